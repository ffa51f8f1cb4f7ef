import type { Knex } from 'knex';
import type { StepJudgement } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { ScanClaim } from '../store/ScanRow';
import type { JudgedStep } from './JudgedSteps';

/** What lacks of a step. */
export interface FindingRow {
  step_id: string;
  entitlement_id: string;
  target_id: string | null;
  state: 'partial' | 'absent';
  words: string;
  seen_at: string;
  /** Begin of the last scan before that saw it as a whole. */
  present_at: string | null;
}

/** Keeps what was found to lack of steps. */
export class StepFindings {
  readonly #knex: Knex;
  readonly #clock: () => Date;

  constructor(options: { knex: Knex; clock: () => Date }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
  }

  async of(entitlementId: string): Promise<FindingRow[]> {
    return this.#knex<FindingRow>('step_findings')
      .where({ entitlement_id: entitlementId })
      .orderBy('step_id');
  }

  /** Writes only what is news. */
  async note(
    claim: ScanClaim,
    step: JudgedStep,
    judgement: Exclude<StepJudgement, { state: 'unseen' }>,
  ): Promise<void> {
    const old = await this.#knex<FindingRow>('step_findings')
      .where({ step_id: step.id })
      .first();
    if (judgement.state === 'present') {
      if (old) {
        await this.#knex('step_findings').where({ step_id: step.id }).delete();
      }
      return;
    }
    if (old?.words === judgement.words && old.state === judgement.state) return;
    await this.#knex<FindingRow>('step_findings')
      .insert({
        step_id: step.id,
        entitlement_id: step.entitlement_id,
        target_id: claim.target.id,
        state: judgement.state,
        words: judgement.words,
        seen_at: this.#clock().toISOString(),
        present_at: await this.#presentAt(claim, step, old),
      })
      .onConflict('step_id')
      .merge();
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
    const scan = await this.#knex('scans')
      .where({ target_id: target.id, state: 'done' })
      .where('finished_at', '<=', startedAt)
      .where(
        'started_at',
        '>',
        this.#knex('entitlement_steps as s')
          .join('entitlements as e', 'e.id', 's.entitlement_id')
          .where('s.id', step.id)
          .select(
            this.#knex.raw(
              `case when coalesce(s.finished_at, '') > e.updated_at then s.finished_at else e.updated_at end`,
            ),
          ),
      )
      .orderBy('started_at', 'desc')
      .first('started_at');
    return scan?.started_at ?? null;
  }

  /**
   * Forgets what was found of steps that the worker has verified since, or that
   * are not to be there any more.
   *
   * @returns whether there was any
   */
  async forgetVerified(entitlementId: string): Promise<boolean> {
    const rows: Array<Pick<FindingRow, 'step_id'>> = await this.#knex(
      'step_findings as f',
    )
      .join('entitlement_steps as s', 's.id', 'f.step_id')
      .where('f.entitlement_id', entitlementId)
      .where(query =>
        query
          .whereIn('s.state', ['undone', 'skipped'])
          .orWhere('s.direction', 'undo')
          .orWhere(verified =>
            verified
              .where('s.state', 'done')
              .whereRaw('s.finished_at >= f.seen_at'),
          ),
      )
      .select('f.step_id');
    if (rows.length === 0) return false;
    await this.#knex('step_findings')
      .whereIn(
        'step_id',
        rows.map(row => row.step_id),
      )
      .delete();
    return true;
  }
}
