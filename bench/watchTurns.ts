/**
 * One turn of the event loop, in milliseconds: nobody else is answered
 * meanwhile.
 */
export interface Turn {
  wall: number;
  /**
   * CPU time of the thread that the event loop runs on: what the turn takes
   * where nobody else uses the machine.
   */
  cpu: number;
}

const now = (): Turn => {
  const { user, system } = process.threadCpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1_000 };
};

const between = (before: Turn, after: Turn): Turn => ({
  wall: after.wall - before.wall,
  cpu: after.cpu - before.cpu,
});

/** Looks at each turn of the event loop, until it is asked for the longest. */
export function watchTurns() {
  const began = now();
  let longest: Turn = { wall: 0, cpu: 0 };
  let last = began;
  let isOver = false;
  const look = () => {
    const at = now();
    const turn = between(last, at);
    if (turn.cpu > longest.cpu) longest = turn;
    last = at;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  return {
    soFar: () => between(began, now()),
    /** The longest by CPU time. Ends the watch. */
    longest: (): Turn => {
      isOver = true;
      return longest;
    },
  };
}

export const ms = (value: number) => `${Math.round(value)} ms`;
