import { EmulatorFault, EmulatorFaultRule } from './EmulatorFaultRule';

/** A fault with its hits and the calls it holds. */
export class PlannedFault implements EmulatorFault {
  readonly id: string;
  readonly rule: EmulatorFaultRule;
  readonly #forget: () => void;
  #hits = 0;
  #isReleased = false;
  #waiting: (() => void)[] = [];
  #watchers: { hits: number; resolve: () => void }[] = [];

  constructor(id: string, rule: EmulatorFaultRule, forget: () => void) {
    this.id = id;
    this.rule = rule;
    this.#forget = forget;
  }

  get hits(): number {
    return this.#hits;
  }

  get held(): number {
    return this.#waiting.length;
  }

  isArmed(): boolean {
    const times = this.rule.times ?? 1;
    return !this.#isReleased && (times === 'always' || this.#hits < times);
  }

  hit(): void {
    this.#hits += 1;
    const due = this.#watchers.filter(({ hits }) => hits <= this.#hits);
    this.#watchers = this.#watchers.filter(({ hits }) => hits > this.#hits);
    // After the call that hit has come to stand still.
    due.forEach(({ resolve }) => setImmediate(resolve));
  }

  /** Stands still until the fault is released. */
  wait(): Promise<void> {
    if (this.#isReleased) return Promise.resolve();
    return new Promise(resolve => this.#waiting.push(resolve));
  }

  reached(hits = 1): Promise<void> {
    if (this.#hits >= hits) return Promise.resolve();
    return new Promise(resolve => this.#watchers.push({ hits, resolve }));
  }

  release(): void {
    this.#isReleased = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach(resume => resume());
  }

  remove(): void {
    this.#forget();
    this.release();
  }

  toJSON(): object {
    return {
      id: this.id,
      rule: this.rule,
      hits: this.hits,
      held: this.held,
    };
  }
}
