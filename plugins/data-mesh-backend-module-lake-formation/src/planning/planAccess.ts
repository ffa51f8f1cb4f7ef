import type {
  Plan,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import { PortLocation } from '../model/PortLocation';
import { describeGrant } from '../steps/describeGrant';
import { checkIntent } from './checkIntent';
import { ObservedPort } from './ObservedPort';
import { planTables } from './tableWants';
import { planWarnings } from './planWarnings';

/** The `type` of ports served here, and the provisioner's name in plans. */
export const PORT_TYPE = 'lake-formation';

/**
 * How many tables one step grants: small enough that others get their turn
 * between two steps, large enough that 100 tables are one line to read.
 */
const TABLES_IN_A_STEP = 100;

/**
 * What is asked for and what exists → the steps that make it so. Pure.
 *
 * @throws InputError where it cannot be granted, naming the field and the way out
 */
export function planAccess(
  intent: AccessIntent,
  location: PortLocation,
  observed: ObservedPort,
): Plan {
  checkIntent(intent, location);
  const planned = planTables(intent, location, observed);
  const steps: PlanStep[] = [];
  for (let from = 0; from < planned.length; from += TABLES_IN_A_STEP) {
    const chunk = planned.slice(from, from + TABLES_IN_A_STEP);
    steps.push(
      describeGrant(
        {
          accountId: location.accountId,
          region: location.region,
          principalId: intent.principal.id,
          wants: chunk.map(one => one.want),
        },
        intent.principal,
        chunk.every(one => one.done),
      ),
    );
  }
  return {
    provisioner: PORT_TYPE,
    // Catalog and principal live in one account: all else was refused above.
    topology: 'single-account',
    steps,
    warnings: planWarnings(
      intent.port,
      observed,
      planned,
      intent.principal.name,
    ),
  };
}
