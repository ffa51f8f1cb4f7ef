import {
  matchesName,
  type ObservedGrant,
  type Place,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { grantOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';

const MOST_ROWS = 20_000;

/** Who holds what in a place, by the last scan. */
export interface GrantsInPlace {
  grants: Array<{
    grant: ObservedGrant;
    because: ObservedGrantRow['because'];
    words?: string;
  }>;
  /** More than were read. */
  more: boolean;
  /** Whether a scan has looked there at all. */
  scanned: boolean;
}

function isAbout(place: Place, { resource }: ObservedGrant): boolean {
  const { region, database, table } = resource;
  if (place.region && region && place.region !== region) return false;
  // What names no database reaches all of a catalog, and a part of it too.
  if (database === undefined) return place.database === undefined;
  return (
    matchesName(place.database ?? '*', database) &&
    (table === undefined || matchesName(place.table ?? '*', table))
  );
}

/** Reads the live grants on databases and tables of a place. */
export async function grantsIn(
  knex: Knex,
  place: Place,
): Promise<GrantsInPlace> {
  const { catalogId, database } = place;
  const [account] = catalogId.split(':', 1);
  const targets = await knex<{
    id: string;
    port_type: string;
    account_id: string | null;
    seen_at: string | null;
  }>('scan_targets')
    .where({ port_type: place.system })
    .whereNotNull('seen_at')
    .where(query =>
      query.where('account_id', account).orWhereNull('account_id'),
    )
    .select('id');
  if (targets.length === 0) return { grants: [], more: false, scanned: false };
  const rows: Array<Pick<ObservedGrantRow, 'data' | 'because' | 'words'>> =
    await knex<ObservedGrantRow>('observed_grants')
      .whereNull('gone_at')
      .where(query =>
        query
          .where('catalog_id', catalogId)
          .orWhereRaw("catalog_id like ? escape '\\'", [
            `${catalogId.replace(/[\\%_]/g, found => `\\${found}`)}:%`,
          ])
          .orWhere(own =>
            own.whereNull('catalog_id').whereIn(
              'target_id',
              targets.map(({ id }) => id),
            ),
          ),
      )
      .modify(query => {
        if (database !== undefined && !database.includes('*')) {
          query.where('database_name', database.toLocaleLowerCase('en-US'));
        }
      })
      .orderBy('id')
      .limit(MOST_ROWS + 1)
      .select('data', 'because', 'words');
  return {
    grants: rows
      .slice(0, MOST_ROWS)
      .map(row => ({
        grant: grantOf(row),
        because: row.because,
        ...(row.words && { words: row.words }),
      }))
      .filter(({ grant }) => isAbout(place, grant)),
    more: rows.length > MOST_ROWS,
    scanned: true,
  };
}
