import type {
  Plan,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';

interface Row {
  entitlement: string;
  step: PlanStep;
  baseline?: JsonObject;
  state: 'pending' | 'done' | 'undone';
}

/**
 * What the backend keeps of steps, and how its worker goes through them: a run
 * that is cut off is taken up by the next one from what is written here, by a
 * provisioner that remembers nothing.
 */
export class StepBook {
  readonly #rows: Row[];

  constructor(rows: Row[] = []) {
    this.#rows = rows;
  }

  /** With what is written by now, to go on from it in several ways. */
  copy(): StepBook {
    return new StepBook(structuredClone(this.#rows));
  }

  add(entitlement: string, plan: Plan): void {
    for (const step of plan.steps) {
      this.#rows.push({
        entitlement,
        // As it comes back from a database.
        step: JSON.parse(JSON.stringify(step)),
        state: 'pending',
      });
    }
  }

  /** @throws whatever the provisioner throws; what is done stays recorded */
  async apply(provisioner: Provisioner, entitlement: string): Promise<void> {
    for (const row of this.#of(entitlement)) {
      if (row.state !== 'pending') continue;
      const { step } = row;
      const observation = await provisioner.observe(step);
      row.baseline ??= provisioner.baseline(
        step,
        observation,
        this.#sharing(row, other => other.state !== 'undone'),
      );
      if (observation.state !== 'present') {
        await provisioner.apply(step, { observation });
        const verified = await provisioner.observe(step);
        if (verified.state !== 'present') {
          throw new Error(
            `'${step.words.text}' is ${verified.state} after all`,
          );
        }
      }
      row.state = 'done';
    }
  }

  /** @throws whatever the provisioner throws; what is undone stays recorded */
  async undo(provisioner: Provisioner, entitlement: string): Promise<void> {
    for (const row of this.#of(entitlement).reverse()) {
      const { step, baseline } = row;
      if (row.state !== 'undone' && baseline && step.undo) {
        const others = this.#sharing(
          row,
          other => other.entitlement !== entitlement && other.state === 'done',
        );
        const look = async () => ({
          observation: await provisioner.observe(step),
          baseline,
          others,
        });
        const before = await look();
        if (provisioner.planUndo(step, before).removes.length > 0) {
          await provisioner.undo(step, before);
          const left = provisioner.planUndo(step, await look()).removes;
          if (left.length > 0) {
            throw new Error(`Still there: ${left[0].words.text}`);
          }
        }
      }
      row.state = 'undone';
    }
  }

  #of(entitlement: string): Row[] {
    return this.#rows.filter(row => row.entitlement === entitlement);
  }

  #sharing(of: Row, counts: (row: Row) => boolean): LiveStep[] {
    return this.#rows.flatMap(row =>
      row !== of &&
      row.baseline &&
      counts(row) &&
      row.step.shares?.some(key => of.step.shares?.includes(key))
        ? [{ step: row.step, baseline: row.baseline }]
        : [],
    );
  }
}
