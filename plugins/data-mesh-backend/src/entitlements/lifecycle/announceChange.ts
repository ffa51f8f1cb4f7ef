import type { Readiness } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementNotice, Tell } from '../../events';
import {
  changeOf,
  toEntitlement,
} from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import type { EntitlementChange } from './EntitlementChange';

/** Tells of a committed change, and people of what they want to know. */
export function announceChange(events: Tell, change: EntitlementChange): void {
  events.emit('entitlementTouched', { entitlementId: change.after.id });
  const notice = noticeOf(change);
  if (notice) events.emit('entitlement', notice);
}

/** A check was made; people are told where a query would fail. */
export function announceReadiness(
  events: Tell,
  row: EntitlementRow,
  readiness: Readiness,
): void {
  events.emit('entitlementTouched', { entitlementId: row.id });
  if (readiness.ready === 'no') {
    const entitlement = toEntitlement(row);
    events.emit('entitlement', { kind: 'not-ready', entitlement, readiness });
  }
}

/** What people are to be told of a change, if anything. */
export function noticeOf({
  before,
  after,
  happening,
  actorRef,
}: EntitlementChange): EntitlementNotice | undefined {
  const entitlement = toEntitlement(after);
  if (happening) {
    return { kind: happening, entitlement, ...(actorRef && { actorRef }) };
  }
  if (before.state === after.state) {
    if (after.state !== 'active') return undefined;
    if (after.change_state === 'failed' && before.change_state !== 'failed') {
      return { kind: 'change-failed', entitlement };
    }
    if (before.scope === after.scope) return undefined;
    const isNarrower = changeOf(before)?.kind === 'narrow';
    return { kind: isNarrower ? 'narrowed' : 'amended', entitlement };
  }
  switch (after.state) {
    case 'active':
      return {
        kind: before.activated_at === null ? 'activated' : 'restored',
        entitlement,
      };
    case 'failed':
    case 'suspended':
    case 'expired':
      return { kind: after.state, entitlement };
    case 'revoked':
      return {
        kind: after.end_kind === 'relinquished' ? 'relinquished' : 'revoked',
        entitlement,
      };
    default:
      return undefined;
  }
}
