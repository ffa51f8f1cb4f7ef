import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { EntitlementStore } from '../entitlements/EntitlementStore';
import { callProvisioner } from '../provisioners/ProvisionerFailure';
import type { DriftStore } from './DriftStore';
import type { JudgedScan } from './JudgedScan';
import {
  judgementOf,
  type JudgedStep,
  type JudgedSteps,
  judgedSteps,
} from './JudgedSteps';
import { lookIfPossible } from './lookIfPossible';
import { residueStepsIn } from '../store/stepGroups';
import { markStepGone, hasHeldSteps } from '../store/steps';

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
    const steps = await judgedSteps(
      await residueStepsIn(this.#knex, claim.target.id, {
        endedBefore: claim.startedAt,
        limit: MOST_RESIDUE,
      }),
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
    await markStepGone(this.#knex, step.id, this.#clock());
    const left = await hasHeldSteps(this.#knex, step.entitlement_id);
    if (!left) await this.#residueIsGone(step.entitlement_id);
  }
}
