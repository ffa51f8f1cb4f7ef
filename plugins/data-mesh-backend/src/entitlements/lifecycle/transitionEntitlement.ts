import type { Knex } from 'knex';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  entitlementTransitions,
  transition,
  type EntitlementEvent,
  type EntitlementState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LifecycleDeps } from './LifecycleDeps';
import type { EntitlementRow } from '../../store/tables';

const auditActions: { [S in EntitlementState]: string } = {
  provisioning: 'entitlement.provisioning',
  active: 'entitlement.activated',
  suspended: 'entitlement.suspended',
  revoking: 'entitlement.revoking',
  revoked: 'entitlement.revoked',
  expired: 'entitlement.expired',
  failed: 'entitlement.failed',
};

/** What a move leaves on the audit trail. */
export interface AuditedMove {
  actorRef: string;
  /** Without it, what the state reached is called. */
  action?: string;
  facts: { [key: string]: JsonObject[string] };
  /** Without it, the request that the entitlement came from. */
  correlationId?: string;
}

/** @throws ConflictError where the state does not take the event */
export async function transitionEntitlement(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  event: EntitlementEvent,
  patch: Partial<EntitlementRow>,
  audit: AuditedMove,
): Promise<EntitlementRow> {
  const next = transition(entitlementTransitions, row.state, event);
  if (!next.ok) {
    throw new ConflictError(
      `Entitlement ${row.id} does not take '${event}': ${next.reason}`,
    );
  }
  return writeEntitlement(
    deps,
    tx,
    row,
    { ...patch, state: next.state },
    { ...audit, action: audit.action ?? auditActions[next.state] },
  );
}

/** Writes what is no event of the state. */
export async function writeEntitlement(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  patch: Partial<EntitlementRow>,
  audit: AuditedMove & { action: string },
): Promise<EntitlementRow> {
  const changes: Partial<EntitlementRow> = {
    ...patch,
    version: row.version + 1,
    updated_at: deps.clock().toISOString(),
  };
  const updated = await tx<EntitlementRow>('entitlements')
    .where({ id: row.id, version: row.version })
    .update(changes);
  if (updated !== 1) {
    throw new ConflictError(
      `Entitlement ${row.id} was changed by somebody else just now; look again`,
    );
  }
  const after = { ...row, ...changes };
  const facts = Object.fromEntries(
    Object.entries(audit.facts).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  );
  await deps.audit.append(tx, {
    actorRef: audit.actorRef,
    action: audit.action,
    subject: `entitlement:${row.id}`,
    before: { state: row.state, version: row.version },
    after: { state: after.state, version: after.version, ...facts },
    correlationId: audit.correlationId ?? row.request_id,
  });
  return after;
}
