import { InputError } from '@backstage/errors';
import type { Plan } from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * Refuses a plan that could never be finished: without steps there is nothing
 * to verify, and a step that needs itself or a stranger would wait for ever.
 *
 * @throws InputError naming the step
 */
export function checkPlan(plan: Plan): void {
  if (plan.steps.length === 0) {
    throw new InputError(
      'plan.steps: is empty; an entitlement needs at least one step, since it becomes active when its steps are verified',
    );
  }
  const needsOf = new Map<string, readonly string[]>();
  for (const step of plan.steps) {
    if (needsOf.has(step.id)) {
      throw new InputError(`plan.steps: the step '${step.id}' is there twice`);
    }
    needsOf.set(step.id, step.needs);
  }
  for (const [id, needs] of needsOf) {
    const stranger = needs.find(need => !needsOf.has(need));
    if (stranger !== undefined) {
      throw new InputError(
        `plan.steps: '${id}' needs '${stranger}', which is not a step of the plan`,
      );
    }
  }
  const finished = new Set<string>();
  let open = [...needsOf.keys()];
  while (open.length > 0) {
    const left = open.filter(
      id => !needsOf.get(id)?.every(need => finished.has(need)),
    );
    if (left.length === open.length) {
      throw new InputError(
        `plan.steps: ${left
          .map(id => `'${id}'`)
          .join(', ')} need each other in a circle`,
      );
    }
    const waiting = new Set(left);
    open.filter(id => !waiting.has(id)).forEach(id => finished.add(id));
    open = left;
  }
}
