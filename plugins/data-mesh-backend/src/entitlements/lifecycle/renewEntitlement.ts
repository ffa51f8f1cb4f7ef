import type { Knex } from 'knex';
import { ConflictError } from '@backstage/errors';
import { isInForce } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LifecycleDeps } from './LifecycleDeps';
import { progressOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import {
  transitionEntitlement,
  writeEntitlement,
} from './transitionEntitlement';
import { DAY_MS } from './settling';

/**
 * Moves the end, counted from the old one.
 *
 * @throws ConflictError where it is not in force, or its time is over
 */
export async function renewEntitlement(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  renewal: {
    durationDays: number;
    approvedBy: string[];
    requestId: string;
    actorRef: string;
  },
): Promise<EntitlementRow> {
  const now = deps.clock().toISOString();
  if (!isInForce(progressOf(row)) || !row.expires_at || row.expires_at <= now) {
    throw new ConflictError(
      `Entitlement ${row.id} has ended or is ending, so it cannot be renewed; a new request is needed`,
    );
  }
  const expiresAt = new Date(
    Date.parse(row.expires_at) + renewal.durationDays * DAY_MS,
  ).toISOString();
  const approvedBy = [
    ...new Set([
      ...(JSON.parse(row.approved_by) as string[]),
      ...renewal.approvedBy,
    ]),
  ];
  const patch: Partial<EntitlementRow> = {
    expires_at: expiresAt,
    duration_days: row.duration_days + renewal.durationDays,
    approved_by: JSON.stringify(approvedBy),
  };
  const audit = {
    actorRef: renewal.actorRef,
    action: 'entitlement.renewed',
    facts: {
      requestId: renewal.requestId,
      before: row.expires_at,
      expiresAt,
      approvedBy: renewal.approvedBy,
    },
    correlationId: renewal.requestId,
  };
  // A failed re-application stays failed, with more time to mend it.
  return row.state === 'failed'
    ? writeEntitlement(deps, tx, row, patch, audit)
    : transitionEntitlement(deps, tx, row, 'renew', patch, audit);
}
