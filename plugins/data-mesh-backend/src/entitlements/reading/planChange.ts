import type { Knex } from 'knex';
import type {
  Plan,
  RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { usersOf } from '../../store/steps/sharedSteps';
import { baselineOf, planStepOf } from '../../store/steps/StepRow';
import { holdsSomething, stayingSteps } from '../../store/steps/steps';

/**
 * A plan as the change of an entitlement in force: what is there already is
 * done, and of what is no longer wanted that goes which the worker will take
 * away. It looks at what is held of that now.
 *
 * @throws what the provisioner throws where the system cannot be looked at
 */
export async function planChange(
  knex: Knex,
  provisioner: Provisioner,
  { id, plan, signal }: { id: string; plan: Plan; signal?: AbortSignal },
): Promise<Plan> {
  const rows = (await stayingSteps(knex, id)).filter(holdsSomething);
  const held = new Map(rows.map(row => [planStepOf(row).id, row]));
  const wanted = new Set(plan.steps.map(step => step.id));
  // By then all of the new plan is in force, and needs what it shares.
  const staying = plan.steps.map((step): LiveStep => {
    const row = held.get(step.id);
    return { step, baseline: (row && baselineOf(row)) ?? {} };
  });
  const removes: RevocationEffect[] = [];
  const keeps: RevocationEffect[] = [];
  // Undone from the last to the first, as far as nothing else needs it.
  for (const row of [...rows].reverse()) {
    const step = planStepOf(row);
    const baseline = baselineOf(row);
    if (wanted.has(step.id) || !step.undo || baseline === undefined) continue;
    const users = await usersOf(knex, row);
    const observation = await provisioner.observe(step, { signal });
    const undo = (others: LiveStep[]) =>
      provisioner.planUndo(step, { observation, baseline, others });
    removes.push(...undo([...users, ...staying]).removes);
    // What the new plan wants as well is still asked for.
    keeps.push(...undo(users).keeps);
  }
  return {
    ...plan,
    steps: plan.steps.map(step =>
      held.has(step.id) ? { ...step, done: true } : step,
    ),
    ...(removes.length > 0 && { removes }),
    ...(keeps.length > 0 && { keeps }),
  };
}
