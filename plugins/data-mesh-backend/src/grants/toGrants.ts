import type { Knex } from 'knex';
import type {
  Because,
  Entitlement,
  Grant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementResource } from '../permissions';
import { hiddenEntitlement, type GrantSeen } from '../sight';
import {
  listedEntitlements,
  resourceOf,
  toEntitlement,
} from '../store/entitlements/EntitlementRow';
import { rowsInParts } from '../store/inParts';
import { excessOf, grantOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import { mapInTurns } from '../turns';
import { toBecause } from './toBecause';

const IDS_AT_ONCE = 500;

/** An entitlement that grants come of. */
export interface KnownEntitlement {
  resource: EntitlementResource;
  entitlement: Entitlement;
}

/** What is stored of the reason for a grant. */
export type StoredReason = Pick<
  ObservedGrantRow,
  'because' | 'words' | 'excess' | 'entitlement_id'
>;

/** Grants as the API answers them, with no more of the decisions than is seen. */
export async function toGrants(
  db: Knex,
  rows: readonly ObservedGrantRow[],
  seen: GrantSeen,
): Promise<Grant[]> {
  const entitlements = await entitlementsBehind(db, rows);
  const seenAt = await seenAtOf(db, rows);
  return mapInTurns(rows, row => ({
    id: String(row.id),
    targetId: row.target_id,
    accountId: row.account_id ?? undefined,
    grant: grantOf(row),
    because: becauseOf(row, entitlements, seen),
    productRefs: JSON.parse(row.products) as string[],
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at ?? seenAt.get(row.target_id) ?? row.valid_from,
    goneAt: row.gone_at ?? undefined,
  }));
}

/** Entitlements that some grants come of, by their ids. */
export async function entitlementsBehind(
  db: Knex,
  rows: ReadonlyArray<Pick<ObservedGrantRow, 'entitlement_id'>>,
): Promise<Map<string, KnownEntitlement>> {
  const ids = [...new Set(rows.flatMap(row => row.entitlement_id ?? []))];
  const found = new Map<string, KnownEntitlement>();
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const part = rowsInParts(db, listedEntitlements, query =>
      query.whereIn('id', ids.slice(start, start + IDS_AT_ONCE)),
    );
    // Many grants may come of one that names thousands of columns.
    for await (const row of part) {
      found.set(row.id, {
        resource: resourceOf(row),
        entitlement: toEntitlement(row),
      });
    }
  }
  return found;
}

/** The reason with what the entitlement says of itself now. Pure. */
export function becauseOf(
  row: StoredReason,
  entitlements: ReadonlyMap<string, KnownEntitlement>,
  seen: GrantSeen,
): Because {
  const found = entitlements.get(row.entitlement_id ?? '');
  const reason = {
    because: row.because,
    words: row.words ?? undefined,
    excess: excessOf(row),
  };
  if (!found) return toBecause(reason, undefined);
  if (!seen.entitlement(found.resource)) {
    return toBecause({ ...reason, words: hiddenEntitlement }, undefined);
  }
  return toBecause(reason, found.entitlement);
}

async function seenAtOf(
  db: Knex,
  rows: readonly ObservedGrantRow[],
): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map(row => row.target_id))];
  if (ids.length === 0) return new Map();
  const targets: Array<{ id: string; seen_at: string | null }> = await db(
    'scan_targets',
  )
    .whereIn('id', ids)
    .select('id', 'seen_at');
  return new Map(
    targets.flatMap(target =>
      target.seen_at ? [[target.id, target.seen_at]] : [],
    ),
  );
}
