import type { Knex } from 'knex';
import type { StepJudgement } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { TargetLease } from '../store/scans/ScanRow';
import type { JudgedStep } from './judgedSteps';
import type { FindingRow } from '../store/tables';
import {
  findingsOf,
  deleteFindings,
  storeFinding,
  lastScanOfStep,
} from '../store/steps/stepFindings';

/** A step, and how much of it was seen. */
export interface JudgedAs {
  step: JudgedStep;
  judgement: StepJudgement;
}

/** Keeps what was found to lack of steps. Writes only what is news. */
export async function noteFindings(
  { knex, clock }: { knex: Knex; clock: () => Date },
  lease: TargetLease,
  judged: readonly JudgedAs[],
): Promise<void> {
  const stored = await findingsOf(knex, [
    ...new Set(judged.map(({ step }) => step.entitlement_id)),
  ]);
  const known = new Map(stored.map(row => [row.step_id, row]));
  const back: string[] = [];
  for (const { step, judgement } of judged) {
    const old = known.get(step.id);
    if (judgement.state === 'present' && old) back.push(step.id);
    if (judgement.state === 'present' || judgement.state === 'unseen') continue;
    const { state, words } = judgement;
    if (old?.words === words && old.state === state) continue;
    await storeFinding(knex, {
      step_id: step.id,
      entitlement_id: step.entitlement_id,
      target_id: lease.target.id,
      state,
      words,
      seen_at: clock().toISOString(),
      present_at: await presentAt(knex, lease, step, old),
    });
  }
  if (back.length > 0) await deleteFindings(knex, back);
}

/**
 * The scan before saw it, where it found nothing wrong and had it in view:
 * scans leave out what has changed since they began.
 */
async function presentAt(
  knex: Knex,
  { target, startedAt }: TargetLease,
  step: JudgedStep,
  old: FindingRow | undefined,
): Promise<string | null> {
  if (old) return old.present_at;
  const seen = await lastScanOfStep(
    knex,
    { stepId: step.id, targetId: target.id },
    startedAt,
  );
  return seen ?? null;
}
