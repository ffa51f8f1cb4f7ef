import { EmulatorState } from '../model/state/EmulatorState';
import { copyState } from './snapshot';

/** The state as it was until a write. */
interface PastState {
  /** Milliseconds since the epoch, by the emulator's clock. */
  readonly until: number;
  readonly state: EmulatorState;
}

/** A delay is cut into so many parts, in each of which one copy is kept at most. */
const PARTS = 32;

/**
 * Remembers what reads shall still see while a write is on its way, in copies of
 * the whole state. Of writes that follow each other within a part of the delay
 * only the first has a copy: the others show earlier by that part at most.
 */
export class StateHistory {
  #past: PastState[] = [];

  /** Keeps the state as it is before a write. */
  beforeWrite(state: EmulatorState, now: number): void {
    const delay = state.behaviour.consistencyDelayMs;
    this.#forget(now - delay);
    if (delay === 0) return;
    const last = this.#past.at(-1);
    if (last && now - last.until < delay / PARTS) return;
    this.#past.push({ until: now, state: copyState(state) });
  }

  /** The state that reads see: the newest one that is old enough. */
  seen(state: EmulatorState, now: number): EmulatorState {
    this.#forget(now - state.behaviour.consistencyDelayMs);
    return this.#past[0]?.state ?? state;
  }

  clear(): void {
    this.#past = [];
  }

  #forget(arrived: number) {
    this.#past = this.#past.filter(({ until }) => until > arrived);
  }
}
