import type {
  LiveStep,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { hasUnknownEnd } from './hasUnknownEnd';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioners/ProvisionerFailure';

/** A step to apply, and what its journal knows. The locks are held. */
export interface StepToApply {
  step: PlanStep;
  /** Stored by an attempt before, where there was one. */
  baseline: JsonObject | undefined;
  contributors(): Promise<LiveStep[]>;
  /** @returns false where the step must not be applied any more */
  storeBaseline(baseline: JsonObject): Promise<boolean>;
  /** Told of a call that may still be carried out, though it failed. */
  endUnknown(): Promise<void>;
  signal: AbortSignal;
}

/** How applying ended: proved, or stood down before anything was written. */
export type ApplyResult =
  | { type: 'applied'; outcome: string }
  | { type: 'stood-down' };

/**
 * Looks, stores what was there before us, acts where something is missing, and
 * looks again: only what the system lists counts as done.
 *
 * @throws ProvisionerFailure
 */
export async function applyStep(
  provisioner: Provisioner,
  {
    step,
    baseline,
    contributors,
    storeBaseline,
    endUnknown,
    signal,
  }: StepToApply,
): Promise<ApplyResult> {
  const observation = await callProvisioner(provisioner, () =>
    provisioner.observe(step, { signal }),
  );
  let others: LiveStep[] = [];
  if (baseline === undefined) {
    others = await contributors();
    const before = await callProvisioner(provisioner, () =>
      provisioner.baseline(step, observation, others),
    );
    if (!(await storeBaseline(before))) return { type: 'stood-down' };
  }
  if (observation.state === 'present') {
    return {
      type: 'applied',
      outcome: outcomeOfPresent(baseline !== undefined, others.length > 0),
    };
  }
  try {
    await callProvisioner(provisioner, () =>
      provisioner.apply(step, { observation, signal }),
    );
  } catch (error) {
    if (hasUnknownEnd(error)) await endUnknown();
    throw error;
  }
  const verified = await callProvisioner(provisioner, () =>
    provisioner.observe(step, { signal }),
  );
  if (verified.state !== 'present') {
    throw new ProvisionerFailure({
      code: 'NotYetVisible',
      message: `${
        provisioner.title
      } took the call without an error, but lists ${
        verified.state === 'partial' ? 'only a part of it' : 'nothing of it'
      } yet`,
      kind: 'transient',
      advice: `Look in ${provisioner.title} whether somebody takes the grant away again, then retry`,
    });
  }
  return { type: 'applied', outcome: 'applied and verified' };
}

function outcomeOfPresent(triedBefore: boolean, shared: boolean): string {
  if (triedBefore) return 'applied by an attempt before, verified';
  return shared
    ? 'was there already for another entitlement, verified'
    : 'was there before us, stays';
}
