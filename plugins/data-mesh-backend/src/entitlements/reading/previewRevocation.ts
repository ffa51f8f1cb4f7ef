import { ServiceUnavailableError } from '@backstage/errors';
import { type RevocationPreview } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../../provisioners/ProvisionerFailure';
import { baselineOf, planStepOf } from '../../store/steps/StepRow';
import { stepsOf, holdsSomething } from '../../store/steps/steps';
import { usersOf } from '../../store/steps/sharedSteps';
import { readableEntitlement } from '../guard/entitlementGuard';

const OBSERVED_AT_ONCE = 8;

/**
 * What ending it now would take away and leave.
 *
 * @throws NotFoundError, NotAllowedError, ServiceUnavailableError where the
 * system cannot be looked at
 */
export async function previewRevocation(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
): Promise<RevocationPreview> {
  const row = await readableEntitlement(deps, caller, id);
  const provisioner = deps.provisioners.find(row.port_type);
  if (!provisioner) {
    throw new ServiceUnavailableError(
      `No provisioner serves ports of type '${row.port_type}'`,
    );
  }
  const steps = (await stepsOf(deps.knex, id)).filter(holdsSomething);
  const effects: RevocationPreview[] = [];
  for (let start = 0; start < steps.length; start += OBSERVED_AT_ONCE) {
    const part = steps.slice(start, start + OBSERVED_AT_ONCE);
    const previews = part.map(async one => {
      const baseline = baselineOf(one);
      const step = planStepOf(one);
      if (baseline === undefined || !step.undo) {
        return { removes: [], keeps: [] };
      }
      const others = await usersOf(deps.knex, one);
      return callProvisioner(provisioner, async () =>
        provisioner.planUndo(step, {
          observation: await provisioner.observe(step),
          baseline,
          others,
        }),
      );
    });
    effects.push(...(await Promise.all(previews).catch(unavailable)));
  }
  return {
    removes: effects.flatMap(effect => effect.removes),
    keeps: effects.flatMap(effect => effect.keeps),
  };
}

function unavailable(error: unknown): never {
  if (error instanceof ProvisionerFailure) {
    const { code, message, advice } = error.details;
    throw new ServiceUnavailableError(
      `What revoking would do cannot be seen now: ${code}: ${message}${
        advice ? ` (${advice})` : ''
      }`,
      error,
    );
  }
  throw error;
}
