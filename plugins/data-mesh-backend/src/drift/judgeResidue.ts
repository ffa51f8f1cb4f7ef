import { callProvisioner } from '../provisioners/ProvisionerFailure';
import { closeDrift, reportDrift } from '../store/drift/driftItems';
import type { JudgeDeps, JudgedScan } from './JudgedScan';
import {
  judgementOf,
  type JudgedStep,
  grantsOfSteps,
  judgedSteps,
} from './judgedSteps';
import { lookIfPossible } from './lookIfPossible';
import { residueStepsIn } from '../store/steps/stepGroups';
import { markStepGone, hasHeldSteps } from '../store/steps/steps';

const MOST_RESIDUE = 200;

/** What a person closed is drift until it is proved to be gone. */
export async function judgeResidue(
  deps: JudgeDeps,
  scan: JudgedScan,
): Promise<void> {
  const { knex, clock, logger } = deps;
  const { claim, provisioner, signal } = scan;
  const steps = await judgedSteps(
    knex,
    await residueStepsIn(knex, claim.target.id, {
      endedBefore: claim.startedAt,
      limit: MOST_RESIDUE,
    }),
  );
  const grants = await grantsOfSteps(knex, claim, steps);
  for (const step of steps) {
    const subject = `step:${step.id}`;
    const judged = judgementOf(scan, step, grants);
    const isUnseen = judged.state === 'unseen';
    const state = isUnseen
      ? (
          await lookIfPossible(logger, () =>
            callProvisioner(provisioner, () =>
              provisioner.observe(step.plan, { signal }),
            ),
          )
        )?.state
      : judged.state;
    if (state === 'absent') {
      await endStep(deps, step);
      await closeDrift(knex, 'residue', subject, clock());
      // What shows among the grants is told of there.
    } else if (state !== undefined && (isUnseen || step.groups.length === 0)) {
      const row = await deps.store.get(step.entitlement_id);
      await reportDrift(
        knex,
        {
          kind: 'residue',
          subject,
          targetId: claim.target.id,
          accountId: claim.target.accountId,
          entitlementId: row.id,
          productRef: row.product_ref,
          words: `Could not be taken back: ${step.plan.words.text}`,
        },
        clock(),
      );
    }
  }
}

/** The last step that is gone takes the residue with it. */
async function endStep(
  { knex, clock, residueIsGone }: JudgeDeps,
  step: JudgedStep,
): Promise<void> {
  await markStepGone(knex, step.id, clock());
  const left = await hasHeldSteps(knex, step.entitlement_id);
  if (!left) await residueIsGone(step.entitlement_id);
}
