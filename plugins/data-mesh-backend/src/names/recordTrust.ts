import {
  liveEntitlementStates,
  openRequestStates,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { NameTrust, TrustKind, TrustedName } from './NameTrust';

/** A column of references, and what the name is in the records. */
interface Role {
  column: string;
  role: string;
}

interface RecordKind {
  kind: TrustKind;
  table: string;
  states: readonly string[];
  roles: Role[];
}

const OWNERS: Role[] = [
  { column: 'product_ref', role: 'product of' },
  { column: 'product_owner_ref', role: 'owner of the product of' },
  { column: 'domain_ref', role: 'domain of' },
  { column: 'requester_ref', role: 'requester of' },
];

const RECORDS: RecordKind[] = [
  {
    kind: 'request',
    table: 'access_requests',
    states: openRequestStates,
    roles: [...OWNERS, { column: 'principal_via', role: 'consumer in' }],
  },
  {
    kind: 'entitlement',
    table: 'entitlements',
    states: liveEntitlementStates,
    roles: OWNERS,
  },
];

/** More would be too many variables for SQLite. */
const MOST_REFS = 500;

/**
 * Names that open requests and live entitlements trust: who decides, owns,
 * asked. Requests and entitlements are not for everybody to read, so only their
 * number is told.
 */
export function recordTrust(db: Knex): NameTrust {
  return async refs => {
    if (!refs) return trustedByRecords(db);
    const found: TrustedName[] = [];
    for (let start = 0; start < refs.length; start += MOST_REFS) {
      found.push(
        ...(await trustedByRecords(db, refs.slice(start, start + MOST_REFS))),
      );
    }
    return found;
  };
}

async function trustedByRecords(
  db: Knex,
  refs?: readonly string[],
): Promise<TrustedName[]> {
  const found = await Promise.all([
    countTrusted(
      'request',
      { column: 'approver_ref', role: 'approver of' },
      db('request_approvers')
        .join('access_requests', 'access_requests.id', 'request_id')
        .whereIn('state', [...openRequestStates]),
      refs,
      'request_id',
    ),
    ...RECORDS.flatMap(({ kind, table, states, roles }) =>
      roles.map(role =>
        countTrusted(kind, role, db(table).whereIn('state', [...states]), refs),
      ),
    ),
  ]);
  return found.flat();
}

async function countTrusted(
  kind: TrustKind,
  { column, role }: Role,
  query: Knex.QueryBuilder,
  refs: readonly string[] | undefined,
  counted = 'id',
): Promise<TrustedName[]> {
  if (refs) query.whereIn(column, [...refs]);
  const rows: Array<{ ref: string; number: number | string }> = await query
    .whereNotNull(column)
    .groupBy(column)
    .select({ ref: column })
    .countDistinct({ number: counted });
  return rows.map(({ ref, number }) => ({
    ref,
    trust: {
      kind,
      words: `${role} ${kind === 'request' ? 'requests' : 'entitlements'}`,
      readableBy: 'nobody',
      count: Number(number),
    },
  }));
}
