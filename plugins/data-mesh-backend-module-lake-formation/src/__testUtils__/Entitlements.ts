import type { Plan } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessIntent,
  LiveStep,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { runTogether } from './runTogether';

/** An entitlement as far as a provisioner sees it. */
export interface Entitled {
  plan: Plan;
  live: LiveStep[];
}

/**
 * Calls a provisioner in the order in which the backend's worker does, and
 * keeps in memory what that keeps in its database.
 */
export class Entitlements {
  readonly #provisioner: Provisioner;
  readonly #inForce: LiveStep[] = [];

  constructor(provisioner: Provisioner) {
    this.#provisioner = provisioner;
  }

  async plan(intent: AccessIntent): Promise<Plan> {
    return this.#provisioner.plan(
      intent,
      await this.#provisioner.resolve(intent),
    );
  }

  async grant(intent: AccessIntent): Promise<Entitled> {
    const plan = await this.plan(intent);
    return { plan, live: await this.carryOut(plan) };
  }

  /** @throws Error where the system does not list afterwards what was applied */
  async carryOut(plan: Plan): Promise<LiveStep[]> {
    const live: LiveStep[] = [];
    for (const step of plan.steps) live.push(await this.#apply(step));
    return live;
  }

  /**
   * Carries out several plans at the same time, as the worker does: a step when
   * what it needs is done and nobody holds its locks.
   *
   * @returns for each plan what is in force of it, and what its first step that
   *   failed has thrown
   */
  async carryOutTogether(
    plans: Plan[],
    stepsAtOnce = 10,
  ): Promise<Array<{ live: LiveStep[]; error?: unknown }>> {
    const outcomes = plans.map(() => ({ live: [] as LiveStep[] }));
    await runTogether(
      plans.map(({ steps }) =>
        steps.map(step => ({ step, needs: step.needs })),
      ),
      stepsAtOnce,
      async (step, index) => {
        outcomes[index].live.push(await this.#apply(step));
      },
    ).then(errors =>
      errors.forEach((error, index) =>
        Object.assign(outcomes[index], error && { error }),
      ),
    );
    return outcomes;
  }

  /** @throws whatever the first step that failed has thrown */
  async endTogether(lives: LiveStep[][], stepsAtOnce = 10): Promise<void> {
    const errors = await runTogether(
      lives.map(live =>
        [...live].reverse().map(({ step }) => ({
          step,
          // What needs something ends before it.
          needs: live.flatMap(other =>
            other.step.needs.includes(step.id) ? other.step.id : [],
          ),
        })),
      ),
      stepsAtOnce,
      async (step, index) => {
        await this.end(lives[index].filter(one => one.step.id === step.id));
      },
    );
    const failed = errors.find(error => error !== undefined);
    if (failed !== undefined) throw failed;
  }

  /** What happens again after an attempt that failed half way. */
  async retry(live: LiveStep[]): Promise<void> {
    for (const { step } of live) {
      const observation = await this.#provisioner.observe(step);
      await this.#provisioner.apply(step, { observation });
    }
  }

  /** Steps in force, also those whose attempt failed. */
  get inForce(): LiveStep[] {
    return [...this.#inForce];
  }

  /** @throws Error where the system still lists what should be gone */
  async end(live: LiveStep[]): Promise<{ removed: string[]; kept: string[] }> {
    const removed: string[] = [];
    const kept: string[] = [];
    // What needs something ends before it.
    for (const one of [...live].reverse()) {
      const { step, baseline } = one;
      const index = this.#inForce.indexOf(one);
      if (index >= 0) this.#inForce.splice(index, 1);
      if (!step.undo) continue;
      const others = this.#sharing(step);
      const observation = await this.#provisioner.observe(step);
      const context = { observation, baseline, others };
      const before = this.#provisioner.planUndo(step, context);
      removed.push(...before.removes.map(effect => effect.words.text));
      kept.push(
        ...before.keeps.map(
          keep => `${keep.words.text}: ${keep.because?.text}`,
        ),
      );
      if (before.removes.length === 0) continue;
      await this.#provisioner.undo(step, context);
      const after = this.#provisioner.planUndo(step, {
        ...context,
        observation: await this.#provisioner.observe(step),
      });
      if (after.removes.length > 0) {
        throw new Error(`Still there: ${after.removes[0].words.text}`);
      }
    }
    return { removed, kept };
  }

  async #apply(step: LiveStep['step']): Promise<LiveStep> {
    const observation = await this.#provisioner.observe(step);
    const others = this.#sharing(step);
    const baseline = this.#provisioner.baseline(step, observation, others);
    const one = { step, baseline };
    this.#inForce.push(one);
    if (observation.state === 'present') return one;
    await this.#provisioner.apply(step, { observation });
    const verified = await this.#provisioner.observe(step);
    if (verified.state !== 'present') {
      throw new Error(`Step '${step.words.text}' is ${verified.state}`);
    }
    return one;
  }

  #sharing(step: LiveStep['step']): LiveStep[] {
    return this.#inForce.filter(other =>
      other.step.shares?.some(key => step.shares?.includes(key)),
    );
  }
}
