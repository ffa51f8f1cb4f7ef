import type {
  PlanStep,
  RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { isNoAccess, isSameAccess, lackingAccess } from '../../lake/access';
import { ResourceAccess } from '../../lake/grant';
import {
  holdingsOf,
  AccessByResource,
  accessOn,
  writeHeld,
  readHeld,
} from '../../lake/held';
import { granteeKey } from '../../lake/keys';
import { accessInWords } from '../../lake/words';
import { GrantCall, catalogOf, readGrantCall } from './GrantCall';
import { GrantReader } from './GrantReader';
import { KnownCreators } from '../KnownCreators';
import { KnownShares } from '../KnownShares';
import { PermissionWriter } from './PermissionWriter';
import { StepKind, UndoContext } from '../StepKind';
import { isOnLinks } from '../resourceLinks';
import { GrantInForce, baselineOf, remainderOf } from './remainder';
import { grantChanges, revokeChanges, changeEffect } from './permissionChange';

/** Grants permissions to one grantee, in one or many resources. */
export class GrantPermissionsStep implements StepKind {
  readonly #writer: Pick<PermissionWriter, 'grant' | 'revoke'>;
  readonly #grants: Pick<GrantReader, 'read'>;
  readonly #shares: KnownShares;
  readonly #creators: KnownCreators;

  constructor(options: {
    writer: Pick<PermissionWriter, 'grant' | 'revoke'>;
    grants: Pick<GrantReader, 'read'>;
    shares: KnownShares;
    creators: KnownCreators;
  }) {
    this.#writer = options.writer;
    this.#grants = options.grants;
    this.#shares = options.shares;
    this.#creators = options.creators;
  }

  async observe(
    step: PlanStep,
    signal?: AbortSignal,
  ): Promise<StepObservation> {
    const grant = readGrantCall(step);
    const resources = grant.wants.map(({ resource }) => resource);
    const listed = await this.#grants.read(
      { ...grant, resources, grantee: grant },
      signal,
    );
    this.#shares.note(grant.region, grant, resources, listed);
    if (isOnLinks(step)) this.#creators.note(grant.region, resources, listed);
    const held = holdingsOf(grant, listed);
    return { state: stateOf(grant.wants, held), held: writeHeld(held) };
  }

  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    return writeHeld(
      baselineOf(
        readGrantCall(step).wants,
        readHeld(observation.held),
        others.flatMap(other => inForce(step, other)),
      ),
    );
  }

  async apply(
    step: PlanStep,
    observation: StepObservation,
    signal?: AbortSignal,
  ): Promise<void> {
    const grant = readGrantCall(step);
    for (const { entries } of grantChanges(grant, readHeld(observation.held))) {
      await this.#writer.grant({ ...catalogOf(grant), entries, signal });
    }
  }

  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[] {
    const grant = readGrantCall(step);
    return grantChanges(grant, readHeld(observation.held)).map(change =>
      changeEffect(grant, change),
    );
  }

  planUndo(step: PlanStep, context: UndoContext): UndoPlan {
    const grant = readGrantCall(step);
    const { removes, keeps } = remainder(step, grant, context);
    const reasons = new Set(keeps.map(kept => kept.because));
    return {
      removes: revokeChanges(grant, removes).map(change =>
        changeEffect(grant, change),
      ),
      keeps: [...reasons].map(because => ({
        words: accessInWords(
          keeps
            .filter(kept => kept.because === because)
            .map(({ want }) => want),
        ),
        because,
      })),
    };
  }

  async undo(
    step: PlanStep,
    context: UndoContext & { signal?: AbortSignal },
  ): Promise<void> {
    const grant = readGrantCall(step);
    const { removes } = remainder(step, grant, context);
    const { signal } = context;
    for (const { entries } of revokeChanges(grant, removes)) {
      await this.#writer.revoke({ ...catalogOf(grant), entries, signal });
    }
  }
}

function stateOf(
  wants: ResourceAccess[],
  held: AccessByResource,
): StepObservation['state'] {
  const lacking = wants.map(({ resource, access }) =>
    lackingAccess(access, accessOn(held, resource)),
  );
  if (lacking.every(isNoAccess)) return 'present';
  return lacking.every((access, index) =>
    isSameAccess(access, wants[index].access),
  )
    ? 'absent'
    : 'partial';
}

/** Another step, where it grants to the same grantee in the same resource. */
function inForce(step: PlanStep, other: LiveStep): GrantInForce[] {
  if (other.step.kind !== step.kind) return [];
  const own = readGrantCall(step);
  const grant = readGrantCall(other.step);
  return granteeKey(grant) === granteeKey(own) && grant.region === own.region
    ? [{ wants: grant.wants, baseline: readHeld(other.baseline) }]
    : [];
}

function remainder(
  step: PlanStep,
  { wants }: GrantCall,
  { observation, baseline, others }: UndoContext,
) {
  return remainderOf(
    { wants, baseline: readHeld(baseline) },
    readHeld(observation.held),
    others.flatMap(other => inForce(step, other)),
  );
}
