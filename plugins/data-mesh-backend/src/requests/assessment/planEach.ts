import type { RequestDraft } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { FoundEntitlement } from '../../entitlements/reading/EntitlementReader';
import type { PlanOutcome } from '../../provisioners/AccessPlanner';
import { lookWithin } from '../../provisioners/lookWithin';
import { allInTurns } from '../../turns';
import type { AssessDeps } from './AssessDeps';
import type { Assessment } from './Assessment';

/** Principals that a preview plans for: each costs calls to the system. */
export const MOST_PLANNED = 5;

/** Plans for each principal, and notes what would be done. */
export async function planEach(
  deps: AssessDeps,
  { scope }: RequestDraft,
  found: Pick<Assessment, 'port' | 'provisioner' | 'principals'> & {
    together: object;
  },
  about: FoundEntitlement | undefined,
): Promise<void> {
  const { port, provisioner, together } = found;
  if (!port || !provisioner || !scope) return;
  await allInTurns(found.principals, async one => {
    if (!one.principal) return;
    const outcome = await deps.planner.plan(
      provisioner,
      { port, scope, principal: one.principal },
      together,
    );
    one.plan =
      about && outcome.ok
        ? await asChange(deps, provisioner, about, outcome)
        : outcome;
  });
}

/** What the worker will do and take away, not all that the scope needs. */
async function asChange(
  deps: AssessDeps,
  provisioner: Provisioner,
  { entitlement: { id } }: FoundEntitlement,
  outcome: Extract<PlanOutcome, { ok: true }>,
): Promise<PlanOutcome> {
  const changed = await lookWithin(
    provisioner,
    deps.planner.timeoutMs,
    signal =>
      deps.entitlements.asChange(provisioner, {
        id,
        plan: outcome.plan,
        signal,
      }),
  );
  return changed.ok ? { ...outcome, plan: changed.found } : changed;
}
