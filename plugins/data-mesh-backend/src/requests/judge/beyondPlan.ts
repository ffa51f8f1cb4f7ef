import {
  sentence,
  type Plan,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { RequestRecord } from '../../store/requests/RequestRecord';

/** What a new plan would do beyond the one shown. Pure. */
export function beyondPlan(
  shown: Pick<RequestRecord, 'plan' | 'identities'>,
  now: { plan: Plan; identities: { [key: string]: string } },
): Sentence[] {
  if (!shown.plan) return [sentence('difference.noPlan')];
  const known = new Set(shown.plan.steps.map(step => step.id));
  const recreated = Object.keys(now.identities).filter(
    key =>
      shown.identities[key] !== undefined &&
      shown.identities[key] !== now.identities[key],
  );
  return [
    ...recreated.map(name => sentence('difference.recreated', { name })),
    ...now.plan.steps
      .filter(step => !known.has(step.id))
      .map(step => step.words),
  ];
}
