/** How long the event loop was held in one go, in milliseconds. */
export interface Turn {
  wall: number;
  cpu: number;
}

/** CPU time of the process so far, in milliseconds. */
export const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** Looks at each turn of the event loop, until it is asked for the longest. */
export function watchTurns(): () => Turn {
  const longest = { wall: 0, cpu: 0 };
  let last = { wall: performance.now(), cpu: cpuMs() };
  let isOver = false;
  const look = () => {
    const now = { wall: performance.now(), cpu: cpuMs() };
    longest.wall = Math.max(longest.wall, now.wall - last.wall);
    longest.cpu = Math.max(longest.cpu, now.cpu - last.cpu);
    last = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  return () => {
    isOver = true;
    return longest;
  };
}

/** Others may use the machine as well: at most its CPU time counts. */
export const blockOf = ({ wall, cpu }: Turn) => Math.min(wall, cpu);

export const ms = (value: number) => `${Math.round(value)} ms`;
