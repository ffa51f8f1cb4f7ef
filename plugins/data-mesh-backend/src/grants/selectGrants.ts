import type { Knex } from 'knex';
import type { Principal } from '@lakemesh/backstage-plugin-data-mesh-common';
import { readAll, type WindowedList } from '../store/page';
import type { ObservedGrantRow } from '../store/tables';
import { whereHeldAt } from './grantList';

const TABLE = 'observed_grants';

/** Grants that a question may be about. */
export interface GrantSelection {
  /** Absent means now. */
  at?: string;
  targetIds: readonly string[];
  /**
   * Only grants in this database, and those in none, of these catalogs, wherever
   * they were seen. What names no catalog is taken of `ownTargetIds` only.
   */
  place?: {
    catalogIds: readonly string[];
    database: string;
    ownTargetIds: readonly string[];
  };
  /** Only what this principal holds, and all of these kinds. */
  holder?: { principal: string; kinds: ReadonlySet<Principal['kind']> };
}

/** All that may matter to a question, in batches. */
export async function* selectGrants(
  db: Knex,
  selection: GrantSelection,
): AsyncGenerator<ObservedGrantRow[]> {
  const { holder, place } = selection;
  if (place) {
    yield* ofPlace(db, selection, place);
    return;
  }
  if (!holder || selection.at !== undefined) {
    yield* readAll(
      db,
      selected(db, selection, query => {
        if (holder) {
          query.where(inner =>
            inner
              .where('principal', holder.principal)
              .orWhereIn('principal_kind', [...holder.kinds]),
          );
        }
      }),
    );
    return;
  }
  const { principal } = holder;
  yield* readAll(db, selected(db, selection, undefined, { principal }));
  for (const kind of holder.kinds) {
    yield* readAll(
      db,
      selected(db, selection, query => query.whereNot('principal', principal), {
        principal_kind: kind,
      }),
    );
  }
}

/** Each by equality of the first columns of one index. */
async function* ofPlace(
  db: Knex,
  { at, targetIds }: GrantSelection,
  { catalogIds, database, ownTargetIds }: NonNullable<GrantSelection['place']>,
): AsyncGenerator<ObservedGrantRow[]> {
  for (const catalogId of [...new Set(catalogIds), null]) {
    for (const name of [database.toLocaleLowerCase('en-US'), null]) {
      yield* readAll(db, {
        ...selected(db, {
          at,
          targetIds: catalogId === null ? ownTargetIds : targetIds,
        }),
        source: () => {
          const query = db<ObservedGrantRow>(TABLE).where({
            catalog_id: catalogId,
            database_name: name,
          });
          if (at === undefined) query.whereNull('gone_at');
          return query.select('*');
        },
      });
    }
  }
}

function selected(
  db: Knex,
  { at, targetIds }: GrantSelection,
  narrow?: (query: Knex.QueryBuilder) => void,
  equal: { [column: string]: string } = {},
): WindowedList<ObservedGrantRow> {
  return {
    order: ['principal', 'resource_key', 'id'],
    keyOf: row => [row.principal, row.resource_key, Number(row.id)],
    source: () => {
      const query = db<ObservedGrantRow>(TABLE).where(equal);
      if (at === undefined) query.whereNull('gone_at');
      return query.select('*');
    },
    filter: query => {
      query.whereIn('target_id', [...targetIds]);
      if (at !== undefined) whereHeldAt(query, at);
      narrow?.(query);
    },
  };
}
