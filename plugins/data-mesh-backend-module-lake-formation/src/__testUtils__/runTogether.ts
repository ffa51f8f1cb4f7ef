import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';

const locksOf = ({ locks = [], shares = [] }: PlanStep) => [
  ...locks,
  ...shares,
];

/** A step, and what must have gone before it. */
export interface Task {
  step: PlanStep;
  needs: string[];
}

/**
 * Goes through several lists of steps at the same time, as the backend's worker
 * does: so many at once, those whose needs are met and whose locks are free, the
 * lists in turn.
 *
 * @returns for each list what its first step that failed has thrown
 */
export async function runTogether(
  lists: Task[][],
  atOnce: number,
  run: (step: PlanStep, list: number) => Promise<void>,
): Promise<Array<unknown>> {
  const errors: unknown[] = lists.map(() => undefined);
  const waiting = lists.map(tasks => [...tasks]);
  const done = lists.map(() => new Set<string>());
  const locked = new Set<string>();
  const running = new Set<Promise<void>>();

  const begin = (task: Task, list: number) => {
    const { step } = task;
    const keys = locksOf(step);
    keys.forEach(key => locked.add(key));
    waiting[list] = waiting[list].filter(one => one !== task);
    const work: Promise<void> = run(step, list)
      .then(
        () => done[list].add(step.id),
        error => {
          errors[list] ??= error;
          waiting[list] = [];
        },
      )
      .then(() => {
        keys.forEach(key => locked.delete(key));
        running.delete(work);
      });
    running.add(work);
  };

  const isReady = ({ step, needs }: Task, list: number) =>
    needs.every(need => done[list].has(need)) &&
    !locksOf(step).some(key => locked.has(key));

  for (;;) {
    let begun = true;
    while (begun) {
      begun = false;
      for (const list of lists.keys()) {
        if (running.size >= atOnce) break;
        const next = waiting[list].find(task => isReady(task, list));
        if (next) {
          begin(next, list);
          begun = true;
        }
      }
    }
    if (running.size === 0) return errors;
    await Promise.race(running);
  }
}
