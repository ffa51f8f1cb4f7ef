import type { Plan } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { RequestRecord } from '../../store/requests/RequestRecord';

/** What a new plan would do beyond the one shown, in words. Pure. */
export function beyondPlan(
  shown: Pick<RequestRecord, 'plan' | 'identities'>,
  now: { plan: Plan; identities: { [key: string]: string } },
): string[] {
  if (!shown.plan) return ['there was no plan when the request was shown'];
  const known = new Set(shown.plan.steps.map(step => step.id));
  const recreated = Object.keys(now.identities).filter(
    key =>
      shown.identities[key] !== undefined &&
      shown.identities[key] !== now.identities[key],
  );
  return [
    ...recreated.map(key => `${key} was created anew under the same name`),
    ...now.plan.steps
      .filter(step => !known.has(step.id))
      .map(step => step.words),
  ];
}
