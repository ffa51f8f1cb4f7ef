import type { Knex } from 'knex';
import type { StepJudgement } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { ScanClaim } from '../store/ScanRow';
import type { JudgedStep } from './JudgedSteps';
import type { FindingRow } from '../store/tables';
import {
  findingsOf,
  findFinding,
  deleteFindings,
  storeFinding,
  lastScanOfStep,
  settledFindings,
} from '../store/stepFindings';

/** Keeps what was found to lack of steps. */
export class StepFindings {
  readonly #knex: Knex;
  readonly #clock: () => Date;

  constructor(options: { knex: Knex; clock: () => Date }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
  }

  async of(entitlementId: string): Promise<FindingRow[]> {
    return findingsOf(this.#knex, entitlementId);
  }

  /** Writes only what is news. */
  async note(
    claim: ScanClaim,
    step: JudgedStep,
    judgement: Exclude<StepJudgement, { state: 'unseen' }>,
  ): Promise<void> {
    const old = await findFinding(this.#knex, step.id);
    if (judgement.state === 'present') {
      if (old) await deleteFindings(this.#knex, [step.id]);
      return;
    }
    if (old?.words === judgement.words && old.state === judgement.state) return;
    await storeFinding(this.#knex, {
      step_id: step.id,
      entitlement_id: step.entitlement_id,
      target_id: claim.target.id,
      state: judgement.state,
      words: judgement.words,
      seen_at: this.#clock().toISOString(),
      present_at: await this.#presentAt(claim, step, old),
    });
  }

  /**
   * The scan before saw it, where it found nothing wrong and had it in view:
   * scans leave out what has changed since they began.
   */
  async #presentAt(
    { target, startedAt }: ScanClaim,
    step: JudgedStep,
    old: FindingRow | undefined,
  ): Promise<string | null> {
    if (old) return old.present_at;
    const seen = await lastScanOfStep(
      this.#knex,
      { stepId: step.id, targetId: target.id },
      startedAt,
    );
    return seen ?? null;
  }

  /**
   * Forgets what was found of steps that the worker has verified since, or that
   * are not to be there any more.
   *
   * @returns whether there was any
   */
  async forgetVerified(entitlementId: string): Promise<boolean> {
    const settled = await settledFindings(this.#knex, entitlementId);
    if (settled.length === 0) return false;
    await deleteFindings(this.#knex, settled);
    return true;
  }
}
