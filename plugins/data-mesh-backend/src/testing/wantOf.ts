import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { FakeGrant } from './FakeSystem';

/** The grant that a step of the fake provisioner stands for. */
export function wantOf(step: PlanStep): FakeGrant {
  const { principal, table, columns } = step.call.input as unknown as FakeGrant;
  return { principal, table, columns };
}
