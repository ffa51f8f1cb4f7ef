import type {
  AccessScope,
  ChangeUnderWay,
  Entitlement,
  EntitlementProgress,
  LastCheck,
  OutputPort,
  Principal,
  Readiness,
  StepError,
  Suspension,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { storedResidue } from '../storedSentences';
import type { EntitlementResource } from '../../permissions';
import type { LargeRows } from '../inParts';
import type { EntitlementRow } from '../tables';

/** A row as lists read it: without what only changing it takes. */
export type ListedRow = Omit<
  EntitlementRow,
  | 'port_snapshot'
  | 'identities'
  | 'level'
  | 'served'
  | 'readiness_due_at'
  | 'protected_reach'
>;

const listedColumns: Array<keyof ListedRow> = [
  'id',
  'request_id',
  'state',
  'failed_from',
  'version',
  'health',
  'health_reason',
  'requester_ref',
  'principal',
  'principal_kind',
  'principal_name',
  'principal_account_id',
  'principal_account_alias',
  'consumer_ref',
  'product_ref',
  'product_title',
  'product_owner_ref',
  'domain_ref',
  'port',
  'port_type',
  'scope',
  'purpose',
  'duration_days',
  'approved_by',
  'created_at',
  'updated_at',
  'activated_at',
  'expires_at',
  'ended_at',
  'end_reason',
  'ended_by',
  'end_kind',
  'error',
  'change_state',
  'change',
  'residue',
  'suspension',
  'readiness',
];

/** To read rows by for lists. */
export const listedEntitlements: LargeRows<ListedRow> = {
  table: 'entitlements',
  key: 'id',
  large: ['scope', 'change', 'suspension', 'residue'],
  columns: listedColumns,
};

/** To read whole rows by. */
export const largeEntitlements: LargeRows<EntitlementRow> = {
  table: 'entitlements',
  key: 'id',
  large: [
    'scope',
    'change',
    'suspension',
    'residue',
    'port_snapshot',
    'protected_reach',
  ],
};

/** A change under way, with all that is taken over when it is done. */
export interface StoredChange extends Omit<ChangeUnderWay, 'state'> {
  port: OutputPort;
  identities: { [key: string]: string };
  approvedBy?: string[];
  purpose?: string;
  actorRef: string;
}

/** The principal that holds it. */
export function principalOf(row: ListedRow): Principal {
  return {
    id: row.principal,
    kind: row.principal_kind,
    name: row.principal_name,
    accountId: row.principal_account_id ?? undefined,
    accountAlias: row.principal_account_alias ?? undefined,
  };
}

/** The port as it was approved. */
export function portOf(row: Pick<EntitlementRow, 'port_snapshot'>): OutputPort {
  return JSON.parse(row.port_snapshot) as OutputPort;
}

/** The change that is under way, if there is one. */
export function changeOf(
  row: Pick<EntitlementRow, 'change'>,
): StoredChange | undefined {
  return row.change === null
    ? undefined
    : (JSON.parse(row.change) as StoredChange);
}

/** What the last check of the principal has found, if there was one. */
export function readinessOf(
  row: Pick<EntitlementRow, 'readiness'>,
): Readiness | undefined {
  return row.readiness === null
    ? undefined
    : (JSON.parse(row.readiness) as Readiness);
}

function lastCheckOf(row: ListedRow): LastCheck | undefined {
  const readiness = readinessOf(row);
  return (
    readiness && {
      ready: readiness.ready,
      checkedAt: readiness.checkedAt,
      failed: readiness.checks.find(({ state }) => state === 'failed')?.title,
    }
  );
}

/** What of it decides about its phase, and so about what may be done with it. */
export function progressOf(
  row: Pick<
    EntitlementRow,
    'state' | 'failed_from' | 'activated_at' | 'change_state'
  >,
): EntitlementProgress {
  return {
    state: row.state,
    failedFrom: row.failed_from ?? undefined,
    activatedAt: row.activated_at ?? undefined,
    change: row.change_state ? { state: row.change_state } : undefined,
  };
}

/** Whether it is suspended, or what it holds is being taken away for that. */
export const isSuspended = (
  row: Pick<EntitlementRow, 'state' | 'end_kind'>,
): boolean =>
  row.end_kind === 'suspended' &&
  ['revoking', 'suspended', 'failed'].includes(row.state);

function toChange(row: ListedRow): ChangeUnderWay | undefined {
  const change = changeOf(row);
  if (!change || !row.change_state) return undefined;
  const { kind, failedFrom, scope, requestId, since, error } = change;
  return {
    kind,
    state: row.change_state,
    failedFrom,
    scope,
    requestId,
    since,
    error,
  };
}

/** The product that it is about, with the owner it had last. */
export function concernedBy(
  row: Pick<EntitlementRow, 'product_ref' | 'product_owner_ref'>,
): { productRef: string; lastOwnerRef: string } {
  return { productRef: row.product_ref, lastOwnerRef: row.product_owner_ref };
}

/** What permission rules may ask about it. */
export function resourceOf(row: ListedRow): EntitlementResource {
  return {
    id: row.id,
    requesterRef: row.requester_ref,
    productOwnerRef: row.product_owner_ref,
    domainRef: row.domain_ref ?? undefined,
    principal: row.principal,
  };
}

/** As the API answers it. */
export function toEntitlement(row: ListedRow): Entitlement {
  return {
    id: row.id,
    requestId: row.request_id,
    state: row.state,
    failedFrom: row.failed_from ?? undefined,
    version: row.version,
    health: row.health,
    healthReason: row.health_reason ?? undefined,
    requesterRef: row.requester_ref,
    principal: principalOf(row),
    consumerRef: row.consumer_ref ?? undefined,
    productRef: row.product_ref,
    productTitle: row.product_title,
    productOwnerRef: row.product_owner_ref,
    domainRef: row.domain_ref ?? undefined,
    port: row.port,
    portType: row.port_type,
    scope: JSON.parse(row.scope) as AccessScope,
    purpose: row.purpose,
    durationDays: row.duration_days,
    approvedBy: JSON.parse(row.approved_by) as string[],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    activatedAt: row.activated_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    endReason: row.end_reason ?? undefined,
    endedBy: row.ended_by ?? undefined,
    error: row.error ? (JSON.parse(row.error) as StepError) : undefined,
    change: toChange(row),
    suspension: row.suspension
      ? (JSON.parse(row.suspension) as Suspension)
      : undefined,
    residue: row.residue ? storedResidue(JSON.parse(row.residue)) : undefined,
    lastCheck: row.state === 'active' ? lastCheckOf(row) : undefined,
  };
}
