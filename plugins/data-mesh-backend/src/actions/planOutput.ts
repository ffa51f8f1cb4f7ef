import type { Plan } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Zod } from './ActionDeps';

/** What will be done, in sentences. */
export const planOutput = (z: Zod) =>
  z.object({
    steps: z
      .array(z.string())
      .describe('What will be done in the system, in this order'),
    takesAway: z
      .array(z.string())
      .describe('What a change takes away after that'),
    warnings: z.array(z.string()),
  });

/** Tells a plan by {@link planOutput}. */
export const tellPlan = ({ steps, removes = [], warnings }: Plan) => ({
  steps: steps.map(({ words, done }) =>
    done ? `${words.text} (already the case)` : words.text,
  ),
  takesAway: removes.map(({ words }) => words.text),
  warnings: warnings.map(({ text }) => text),
});
