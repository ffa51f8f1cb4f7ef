/**
 * The emulator's time. It runs with the machine's clock, by an offset that
 * tests may change, or stands still.
 *
 * @public
 */
export interface EmulatorClock {
  /** What time it is for the emulator. */
  now(): Date;
  /** Sets the time, from where it goes on as before (running or standing). */
  set(time: Date): void;
  /** Moves the time forward. */
  advance(milliseconds: number): void;
  /** Stops the time where it is. */
  freeze(): void;
  /** Lets it run again from where it stands. */
  run(): void;
  /** Whether the time stands still. */
  isFrozen(): boolean;
}

/** A clock on the given source of milliseconds. */
export function createClock(source: () => number = Date.now): EmulatorClock {
  let offset = 0;
  let frozenAt: number | undefined;
  const read = () => frozenAt ?? source() + offset;
  const write = (time: number) => {
    if (frozenAt === undefined) {
      offset = time - source();
    } else {
      frozenAt = time;
    }
  };
  return {
    now: () => new Date(read()),
    set: time => write(time.getTime()),
    advance: milliseconds => write(read() + milliseconds),
    freeze: () => {
      frozenAt = read();
    },
    run: () => {
      const time = read();
      frozenAt = undefined;
      write(time);
    },
    isFrozen: () => frozenAt !== undefined,
  };
}
