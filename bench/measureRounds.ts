/** The same calls several times, each time in a backend that just started. */
import { printTable } from './printTable';
import type { Measured } from './startBackend';
import { ms, type Turn } from './watchTurns';

/** No request may hold the event loop for longer. */
const MOST_TURN_MS = 200;

/** Measures a call under its name. */
export type Measure = (
  what: string,
  measuring: Promise<Measured>,
) => Promise<string>;

/** What was measured of each, by its name. */
export type Rounds = Map<string, Array<Omit<Measured, 'answer'>>>;

export async function measureRounds(
  count: number,
  round: (measure: Measure) => Promise<void>,
): Promise<Rounds> {
  const rounds: Rounds = new Map();
  for (let i = 0; i < count; i += 1) {
    await round(async (what, measuring) => {
      const { answer, ...measured } = await measuring;
      rounds.set(what, [...(rounds.get(what) ?? []), measured]);
      return answer;
    });
  }
  return rounds;
}

/** The numbers that count: CPU times of the best round. */
function bestOf(measured: ReadonlyArray<Omit<Measured, 'answer'>>) {
  return {
    elapsed: Math.min(...measured.map(({ elapsed }) => elapsed.cpu)),
    longest: Math.min(...measured.map(({ longest }) => longest.cpu)),
  };
}

/**
 * Prints how long each took, and for how long it held the event loop. Others use
 * the machine, and the garbage of one call is collected in another: so the best
 * round counts, and the worst stands beside it.
 */
export function printRounds(title: string, rounds: Rounds): void {
  const most = (turns: Turn[], of: keyof Turn) =>
    Math.max(...turns.map(turn => turn[of]));
  printTable(
    [title, 'CPU time', 'longest turn', 'of the worst round', 'with others'],
    [...rounds].map(([what, measured]) => {
      const turns = measured.map(({ longest }) => longest);
      const best = bestOf(measured);
      return [
        what,
        ms(best.elapsed),
        ms(best.longest),
        ms(most(turns, 'cpu')),
        ms(most(turns, 'wall')),
      ];
    }),
  );
}

/**
 * Fails the benchmark where a call held the event loop for too long.
 *
 * @param mostMs - for which calls the CPU time as a whole has a bound as well
 */
export function checkRounds(
  rounds: Rounds,
  mostMs: (what: string) => number = () => Infinity,
): void {
  for (const [what, measured] of rounds) {
    const { elapsed, longest } = bestOf(measured);
    if (longest > MOST_TURN_MS) {
      console.error(
        `${what}: ${ms(
          longest,
        )} in one go, expected ${MOST_TURN_MS} ms at most`,
      );
      process.exitCode = 1;
    }
    if (elapsed > mostMs(what)) {
      console.error(
        `${what}: ${ms(elapsed)}, expected ${ms(mostMs(what))} at most`,
      );
      process.exitCode = 1;
    }
  }
}
