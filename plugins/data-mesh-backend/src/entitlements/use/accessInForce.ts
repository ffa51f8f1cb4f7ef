import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessInForce } from '@lakemesh/backstage-plugin-data-mesh-node';
import { planStepOf } from '../../store/steps/StepRow';
import type { StepRow } from '../../store/tables';
import { portOf, principalOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { holdsSomething } from '../../store/steps/steps';

/** An entitlement as far as using it needs to know it. */
export function accessInForce(
  row: EntitlementRow,
  steps: readonly StepRow[],
): AccessInForce {
  return {
    port: portOf(row),
    scope: JSON.parse(row.scope) as AccessScope,
    principal: principalOf(row),
    steps: steps.filter(holdsSomething).map(planStepOf),
    ...(row.expires_at && { expiresAt: new Date(row.expires_at) }),
  };
}
