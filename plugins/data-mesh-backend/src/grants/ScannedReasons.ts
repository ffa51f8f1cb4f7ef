import type { Knex } from 'knex';
import type {
  Because,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { grantOf, type ObservedGrantRow } from './ObservedGrantRow';
import { isWithin } from './partsOfGrant';

/**
 * Why grants are there that no entitlement stands behind, as the last scan
 * knows: it has read who administers the lake, and what a person let stay.
 */
export class ScannedReasons {
  readonly #rows: Map<string, ObservedGrantRow[]>;

  private constructor(rows: ObservedGrantRow[]) {
    this.#rows = new Map();
    for (const row of rows) {
      const alike = this.#rows.get(row.principal) ?? [];
      this.#rows.set(row.principal, [...alike, row]);
    }
  }

  static async of(
    knex: Knex,
    grants: readonly ObservedGrant[],
  ): Promise<ScannedReasons> {
    const principals = new Set(grants.map(grant => grant.principal.id));
    if (principals.size === 0) return new ScannedReasons([]);
    const rows = await knex<ObservedGrantRow>('observed_grants')
      .whereIn('principal', [...principals])
      .whereIn('because', ['adopted', 'administrator'])
      .whereNull('gone_at');
    return new ScannedReasons(rows);
  }

  /**
   * A list may tell as one what a scan has seen line by line: each permission
   * is looked for by itself.
   *
   * @returns undefined where the scan knows no reason, or not for all of it
   */
  find(grant: ObservedGrant): Because | undefined {
    const place = placeOf(grant);
    const rows = (this.#rows.get(grant.principal.id) ?? []).filter(
      row => placeOf(grantOf(row)) === place,
    );
    const reasons = grant.permissions.map(permission => {
      const part = {
        ...grant,
        permissions: [permission],
        grantable: grant.grantable.filter(one => one === permission),
      };
      return rows.find(row => isWithin(part, grantOf(row)));
    });
    const [first] = reasons;
    if (!first || reasons.includes(undefined)) return undefined;
    return { kind: first.because, words: first.words ?? undefined };
  }
}

/** What a grant is on, whichever columns of it. */
function placeOf({ resource }: ObservedGrant): string {
  const { catalogId, kind, database, table, filter, location } = resource;
  return JSON.stringify([
    catalogId,
    kind === 'columns' ? 'table' : kind,
    database,
    table,
    filter,
    location,
    resource.tagExpression,
    resource.tagPolicyReach,
  ]);
}
