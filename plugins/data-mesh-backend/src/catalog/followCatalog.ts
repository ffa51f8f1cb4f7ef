import type { Knex } from 'knex';
import { openRequestStates } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AuditLog } from '../audit/AuditLog';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { MeshCatalog } from './MeshCatalog';

/** Tables that keep whose product they are about. */
const TABLES = ['access_requests', 'entitlements'] as const;

/**
 * Open requests are left out: judging them again tells the approvers of a new
 * owner, and stores it.
 */
function settled(knex: Knex, table: (typeof TABLES)[number]) {
  const query = knex<KeptHome & { state: string }>(table);
  return table === 'access_requests'
    ? query.whereNotIn('state', [...openRequestStates])
    : query;
}

interface KeptHome {
  product_ref: string;
  product_owner_ref: string;
  domain_ref: string | null;
}

/**
 * Brings the owner and the domain that are kept with requests and entitlements
 * to what the catalog says of their products now: lists and permissions go by
 * them. A product that has left the catalog keeps the last ones. Where nothing
 * has changed it reads an index, asks the catalog, and writes nothing.
 *
 * @returns the products that had changed
 */
export async function followCatalog(
  deps: {
    knex: Knex;
    audit: AuditLog;
    catalog: Pick<MeshCatalog, 'homesOf'>;
  },
  signal?: AbortSignal,
): Promise<string[]> {
  const { knex, audit, catalog } = deps;
  const kept = new Map<string, KeptHome[]>();
  for (const table of TABLES) {
    const rows: KeptHome[] = await settled(knex, table).distinct(
      'product_ref',
      'product_owner_ref',
      'domain_ref',
    );
    for (const row of rows) {
      kept.set(row.product_ref, [...(kept.get(row.product_ref) ?? []), row]);
    }
  }
  const homes = await catalog.homesOf(kept.keys());
  const changed: string[] = [];
  for (const [productRef, { ownerRef, domainRef }] of homes) {
    if (signal?.aborted) break;
    const stale = (kept.get(productRef) ?? []).filter(
      row => row.product_owner_ref !== ownerRef || row.domain_ref !== domainRef,
    );
    if (stale.length === 0) continue;
    const moved = await knex.transaction(async tx => {
      let count = 0;
      for (const table of TABLES) {
        count += await settled(tx, table)
          .where({ product_ref: productRef })
          .where(query =>
            query
              .whereNot({ product_owner_ref: ownerRef })
              .orWhereNull('domain_ref')
              .orWhereNot({ domain_ref: domainRef }),
          )
          .update({ product_owner_ref: ownerRef, domain_ref: domainRef });
      }
      // Another replica may have been faster.
      if (count === 0) return false;
      const [before] = stale;
      await audit.append(tx, {
        actorRef: SYSTEM_ACTOR,
        action: 'product.moved',
        subject: productRef,
        before: {
          ownerRef: before.product_owner_ref,
          domainRef: before.domain_ref,
        },
        after: { ownerRef, domainRef, records: count },
      });
      return true;
    });
    if (moved) changed.push(productRef);
  }
  return changed;
}
