import type { Knex } from 'knex';
import type {
  Because,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import { facetsOfGrant, grantOf } from '../store/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';

type KnownRow = Pick<ObservedGrantRow, 'because' | 'words' | 'data'>;

interface Known extends Pick<ObservedGrantRow, 'words'> {
  grant: ObservedGrant;
  kind: Because['kind'];
}

/**
 * Why grants are there that no entitlement stands behind, as the last scan
 * knows: it has read who administers the lake, and what a person let stay.
 */
export class ScannedReasons {
  readonly #known = new Map<string, Known[]>();

  private constructor(rows: KnownRow[]) {
    for (const row of rows) {
      const grant = grantOf(row);
      const key = keyOf(grant);
      const alike = this.#known.get(key) ?? [];
      alike.push({ grant, kind: row.because, words: row.words });
      this.#known.set(key, alike);
    }
  }

  /** Reads what is known where the grants are, and of nobody else. */
  static async of(
    knex: Knex,
    grants: readonly ObservedGrant[],
  ): Promise<ScannedReasons> {
    if (grants.length === 0) return new ScannedReasons([]);
    const facets = grants.map(facetsOfGrant);
    const principals = new Set(facets.map(one => one.principal));
    const databases = new Set(facets.flatMap(one => one.database_name ?? []));
    const rows: KnownRow[] = await knex<ObservedGrantRow>('observed_grants')
      .whereIn('principal', [...principals])
      .where(query =>
        query
          .whereIn('database_name', [...databases])
          .orWhereNull('database_name'),
      )
      .whereIn('because', ['adopted', 'administrator'])
      .whereNull('gone_at')
      .select('because', 'words', 'data');
    return new ScannedReasons(rows);
  }

  /** @returns undefined where the scan knows no reason, or not for all of it */
  find(
    provisioner: Pick<Provisioner, 'compare'>,
    grant: ObservedGrant,
  ): Because | undefined {
    const known = this.#known.get(keyOf(grant)) ?? [];
    const compared = provisioner.compare(grant, {
      steps: [],
      adopted: known.map(one => one.grant),
    });
    const [first] = known;
    return first && compared.adopted === 'full'
      ? { kind: first.kind, words: first.words ?? undefined }
      : undefined;
  }
}

/** Whose a grant is, and on what, whichever columns of it. */
function keyOf({ principal, resource }: ObservedGrant): string {
  const { catalogId, kind, database, table, filter, location } = resource;
  return JSON.stringify([
    principal.id,
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
