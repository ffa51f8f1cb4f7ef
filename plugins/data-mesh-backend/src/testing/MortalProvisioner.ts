import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeProvisioner } from './FakeProvisioner';
import type { FakeSystem } from './FakeSystem';

/**
 * A provisioner whose process dies at one of its boundaries: the one of that
 * number, and from then on at all. What is dead looks from outside like what
 * hangs for ever.
 */
export class MortalProvisioner extends FakeProvisioner {
  /** The boundaries that were reached, in their order. */
  readonly reached: string[] = [];
  /** Settles when it has died. */
  readonly death: Promise<void>;
  #die: () => void = () => {};
  #isDead = false;

  constructor(system: FakeSystem, private readonly diesAt: number) {
    super(system);
    this.death = new Promise(resolve => {
      this.#die = resolve;
    });
  }

  override observe(
    step: PlanStep,
    options?: Parameters<FakeProvisioner['observe']>[1],
  ) {
    return this.#mortal('looking', () => super.observe(step, options));
  }

  override apply(
    step: PlanStep,
    context: Parameters<FakeProvisioner['apply']>[1],
  ) {
    return this.#mortal('applying', () => super.apply(step, context));
  }

  override undo(
    step: PlanStep,
    context: Parameters<FakeProvisioner['undo']>[1],
  ) {
    return this.#mortal('undoing', () => super.undo(step, context));
  }

  async #mortal<T>(what: string, act: () => Promise<T>): Promise<T> {
    await this.#boundary(`before ${what}`);
    const result = await act();
    await this.#boundary(`after ${what}`);
    return result;
  }

  async #boundary(name: string): Promise<void> {
    if (!this.#isDead) {
      this.reached.push(name);
      if (this.reached.length - 1 < this.diesAt) return;
      this.#isDead = true;
      this.#die();
    }
    await new Promise(() => {});
  }
}
