import { PlannedFault } from './PlannedFault';
import { readFaultRule } from './readFaultRule';
import { resourceNames } from './resourceNames';
import {
  EmulatorFault,
  EmulatorFaultRule,
  EmulatorFaults,
} from './EmulatorFaultRule';

/** What a rule is matched against. */
export interface FaultTarget {
  service: string;
  operation: string;
  account: string;
  /** The call's input, or one entry of a batch. */
  input: unknown;
}

/** Keeps the faults, counts their hits and holds calls. */
export class FaultPlan implements EmulatorFaults {
  readonly #faults = new Map<string, PlannedFault>();
  #lastId = 0;

  add(rule: EmulatorFaultRule): EmulatorFault {
    const id = `fault-${++this.#lastId}`;
    const fault = new PlannedFault(id, readFaultRule(rule), () =>
      this.#faults.delete(id),
    );
    this.#faults.set(id, fault);
    return fault;
  }

  list(): EmulatorFault[] {
    return [...this.#faults.values()];
  }

  get(id: string): EmulatorFault | undefined {
    return this.#faults.get(id);
  }

  clear(): void {
    for (const fault of [...this.#faults.values()]) fault.remove();
  }

  /** The first fault that hits; its hit is counted. */
  take(
    target: FaultTarget,
    when: 'before' | 'after',
    scope: 'call' | 'entry',
  ): PlannedFault | undefined {
    for (const fault of this.#faults.values()) {
      const { rule } = fault;
      if (
        (rule.scope ?? 'call') === scope &&
        (rule.when ?? 'before') === when &&
        fault.isArmed() &&
        matches(rule, target)
      ) {
        fault.hit();
        return fault;
      }
    }
    return undefined;
  }
}

function matches(rule: EmulatorFaultRule, target: FaultTarget): boolean {
  return (
    (rule.service === undefined || rule.service === target.service) &&
    (rule.operation === undefined || rule.operation === target.operation) &&
    (rule.account === undefined || rule.account === target.account) &&
    (rule.resource === undefined ||
      resourceNames(target.input).has(rule.resource))
  );
}
