import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { EntitlementStore } from '../entitlements/EntitlementStore';
import { callProvisioner } from '../provisioners/ProvisionerFailure';
import type { StepRow } from '../store/tables';
import type { DriftStore } from './DriftStore';
import type { JudgedScan } from './JudgedScan';
import { judgementOf, type JudgedStep, type JudgedSteps } from './JudgedSteps';
import { lookIfPossible } from './lookIfPossible';

const ENDED = ['revoked', 'expired'];
const MOST_RESIDUE = 200;

/** What a person closed is drift until it is proved to be gone. */
export class ResidueJudge {
  readonly #knex: Knex;
  readonly #store: EntitlementStore;
  readonly #drift: DriftStore;
  readonly #steps: JudgedSteps;
  readonly #clock: () => Date;
  readonly #logger: LoggerService;
  readonly #residueIsGone: (entitlementId: string) => Promise<void>;

  constructor(options: {
    knex: Knex;
    store: EntitlementStore;
    drift: DriftStore;
    steps: JudgedSteps;
    clock: () => Date;
    logger: LoggerService;
    /** Nothing is left of what could not be taken back. */
    residueIsGone(entitlementId: string): Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#drift = options.drift;
    this.#steps = options.steps;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#residueIsGone = id => options.residueIsGone(id);
  }

  async judge(scan: JudgedScan): Promise<void> {
    const { claim, provisioner, signal } = scan;
    const steps = await this.#steps.of(claim, undefined, query =>
      query
        .join('entitlements as e', 'e.id', 's.entitlement_id')
        .whereIn('e.state', ENDED)
        .where('e.updated_at', '<', claim.startedAt)
        .whereNotNull('s.baseline')
        .whereNotIn('s.state', ['undone', 'skipped'])
        .limit(MOST_RESIDUE),
    );
    const grants = await this.#steps.grants(claim, steps);
    for (const step of steps) {
      const subject = `step:${step.id}`;
      const judged = judgementOf(scan, step, grants);
      const isUnseen = judged.state === 'unseen';
      const state = isUnseen
        ? (
            await lookIfPossible(this.#logger, () =>
              callProvisioner(provisioner, () =>
                provisioner.observe(step.plan, { signal }),
              ),
            )
          )?.state
        : judged.state;
      if (state === 'absent') {
        await this.#gone(step);
        await this.#drift.close('residue', subject);
        // What shows among the grants is told of there.
      } else if (
        state !== undefined &&
        (isUnseen || step.groups.length === 0)
      ) {
        const row = await this.#store.get(step.entitlement_id);
        await this.#drift.report({
          kind: 'residue',
          subject,
          targetId: claim.target.id,
          accountId: claim.target.accountId,
          entitlementId: row.id,
          productRef: row.product_ref,
          words: `Could not be taken back: ${step.plan.words}`,
        });
      }
    }
  }

  /** The last step that is gone takes the residue with it. */
  async #gone(step: JudgedStep): Promise<void> {
    await this.#knex<StepRow>('entitlement_steps')
      .where({ id: step.id })
      .whereNotIn('state', ['running', 'undone', 'skipped'])
      .update({
        state: 'undone',
        outcome: 'closed as residue, then seen to be gone',
        finished_at: this.#clock().toISOString(),
      });
    const left = await this.#knex<StepRow>('entitlement_steps')
      .where({ entitlement_id: step.entitlement_id })
      .whereNotIn('state', ['undone', 'skipped'])
      .first('id');
    if (!left) await this.#residueIsGone(step.entitlement_id);
  }
}
