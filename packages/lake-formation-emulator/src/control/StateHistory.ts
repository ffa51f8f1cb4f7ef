import { EmulatorState } from '../model/EmulatorState';
import { copyState } from './snapshot';

/** The state as it was until a write. */
interface PastState {
  /** Milliseconds since the epoch, by the emulator's clock. */
  readonly until: number;
  readonly state: EmulatorState;
}

/**
 * Remembers what reads shall still see while a write is on its way. Each write
 * costs a copy of the whole state, as long as a delay is set.
 */
export class StateHistory {
  #past: PastState[] = [];

  /** Keeps the state as it is before a write. */
  beforeWrite(state: EmulatorState, now: number): void {
    const delay = state.behaviour.consistencyDelayMs;
    this.#forget(now - delay);
    if (delay === 0) return;
    // Of writes at one moment nobody sees the state between them.
    if (this.#past.at(-1)?.until === now) return;
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
