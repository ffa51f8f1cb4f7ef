import type { Reach } from './attackedEntities';
import type { Attack } from './attacks';
import type { Chance } from './chance';
import { plottedSteps } from './plots';
import { randomSteps } from './randomSteps';

/**
 * A sequence of steps: mostly those of plots, and in between what comes to mind.
 * Of what only comes to mind, hardly ever four steps in a row fit together.
 */
export function anAttack(
  chance: Chance,
  options: { steps: number; reach: Reach; accessId: string },
): Attack[] {
  const plotted = plottedSteps(chance, options.reach);
  const random = randomSteps(chance, options);
  return Array.from({ length: options.steps }, () =>
    chance.upTo(3) > 0 ? plotted() : random(),
  );
}
