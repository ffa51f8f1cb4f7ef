import type { Knex } from 'knex';
import { NotFoundError } from '@backstage/errors';
import type {
  Because,
  Grant,
  GrantPage,
  GrantQuery,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  listedEntitlements,
  resourceOf,
  toEntitlement,
} from '../store/EntitlementRow';
import {
  readAll,
  readPage,
  type Branch,
  type WindowedList,
} from '../store/page';
import { rowsInParts } from '../store/inParts';
import { whereWords } from '../store/whereWords';
import { mapInTurns } from '../turns';
import {
  hiddenEntitlement,
  refsOf,
  whereGrantTold,
  type GrantSeen,
  type GrantView,
} from '../sight';
import { excessOf, grantOf } from '../store/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import { toBecause } from './toBecause';

const TABLE = 'observed_grants';
const IDS_AT_ONCE = 500;
/**
 * Products whose grants are read each by its own index. Of more, the list of
 * all grants is looked through in windows.
 */
const MOST_BRANCHES = 10;

/** Filters of a list of grants, without the place in it. */
export type GrantFilter = Omit<GrantQuery, 'limit' | 'cursor'>;

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

interface ListedRow extends ObservedGrantRow {
  /** Only in lists by product. */
  grant_id?: number | string;
}

const lower = (text: string) => text.toLocaleLowerCase('en-US');

/** Also for a grant that is not told: nobody finds out that it is there. */
export function noSuchGrant(id: string): NotFoundError {
  return new NotFoundError(`No grant has the id '${id}'`);
}

/** Reads what scans have seen. */
export class ObservedGrantStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** A page, by principal and resource. */
  async list(
    filter: GrantFilter,
    page: { limit: number; cursor?: string; window?: number },
    seen: GrantSeen,
  ): Promise<GrantPage> {
    const { rows, nextCursor } = await readPage(
      this.#knex,
      this.listOf(filter, seen.view),
      page,
    );
    return {
      items: await this.toGrants(rows, seen),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  }

  /** All that a filter finds, in batches. */
  async *all(filter: GrantFilter, seen: GrantSeen): AsyncGenerator<Grant[]> {
    const list = this.listOf(filter, seen.view);
    for await (const rows of readAll(this.#knex, list)) {
      yield await this.toGrants(rows, seen);
    }
  }

  /** All that may matter to a question, in batches. */
  async *select(selection: GrantSelection): AsyncGenerator<ObservedGrantRow[]> {
    const { holder, place } = selection;
    if (place) {
      yield* this.#ofPlace(selection, place);
      return;
    }
    if (!holder || selection.at !== undefined) {
      yield* readAll(
        this.#knex,
        this.#selected(selection, query => {
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
    yield* readAll(
      this.#knex,
      this.#selected(selection, undefined, { principal }),
    );
    for (const kind of holder.kinds) {
      yield* readAll(
        this.#knex,
        this.#selected(
          selection,
          query => query.whereNot('principal', principal),
          { principal_kind: kind },
        ),
      );
    }
  }

  /** Each by equality of the first columns of one index. */
  async *#ofPlace(
    { at, targetIds }: GrantSelection,
    {
      catalogIds,
      database,
      ownTargetIds,
    }: NonNullable<GrantSelection['place']>,
  ): AsyncGenerator<ObservedGrantRow[]> {
    for (const catalogId of [...new Set(catalogIds), null]) {
      for (const databaseName of [lower(database), null]) {
        yield* readAll(this.#knex, {
          ...this.#selected({
            at,
            targetIds: catalogId === null ? ownTargetIds : targetIds,
          }),
          source: () => {
            const query = this.#knex<ListedRow>(TABLE).where({
              catalog_id: catalogId,
              database_name: databaseName,
            });
            if (at === undefined) query.whereNull('gone_at');
            return query.select('*');
          },
        });
      }
    }
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<ObservedGrantRow> {
    const row = /^\d{1,15}$/.test(id)
      ? await this.#knex<ObservedGrantRow>(TABLE)
          .where({ id: Number(id) })
          .first()
      : undefined;
    if (!row) throw noSuchGrant(id);
    return row;
  }

  /** Live rows of the keys of a target. */
  async live(
    targetId: string,
    keys: readonly string[],
  ): Promise<ObservedGrantRow[]> {
    return this.#knex<ObservedGrantRow>(TABLE)
      .where({ target_id: targetId })
      .whereIn('grant_key', [...keys])
      .whereNull('gone_at');
  }

  /** As the API answers them, with no more of the decisions than is seen. */
  async toGrants(
    rows: readonly ObservedGrantRow[],
    seen: GrantSeen,
  ): Promise<Grant[]> {
    const entitlements = await this.#entitlements(rows);
    const seenAt = await this.#seenAt(rows);
    return mapInTurns(rows, row => ({
      id: String(row.id),
      targetId: row.target_id,
      accountId: row.account_id ?? undefined,
      grant: grantOf(row),
      because: becauseOf(row, entitlements.get(row.entitlement_id ?? ''), seen),
      productRefs: JSON.parse(row.products) as string[],
      firstSeenAt: row.first_seen_at,
      lastSeenAt:
        row.last_seen_at ?? seenAt.get(row.target_id) ?? row.valid_from,
      goneAt: row.gone_at ?? undefined,
    }));
  }

  /** How a filter is answered: by which index, and what is left to look for. */
  listOf(filter: GrantFilter, view: GrantView): WindowedList<ListedRow> {
    if (view !== 'all' && !isWithin(filter, view)) {
      return this.#toldList(filter, view);
    }
    const wanted = equalitiesOf(filter);
    const becauses = filter.because ?? [];
    const { productRef, at, q } = filter;
    // One equality goes to an index: the one that leaves least. Most grants are
    // those of entitlements.
    const isRare = !(becauses.length === 1 && becauses[0] === 'entitlement');
    const leading =
      productRef === undefined && at === undefined
        ? [
            'principal',
            'table_name',
            'database_name',
            ...(isRare ? ['because'] : []),
            'target_id',
            'account_id',
            'because',
          ].find(column => wanted.some(([name]) => name === column))
        : undefined;
    const residual = wanted.filter(([column]) => column !== leading);
    const hasResidual =
      residual.length > 0 ||
      becauses.length > 1 ||
      at !== undefined ||
      Boolean(q?.trim());
    const order =
      productRef === undefined
        ? ['principal', 'resource_key', 'id']
        : ['p.principal', 'p.resource_key', 'p.grant_id'];
    return {
      order,
      keyOf: row => [
        row.principal,
        row.resource_key,
        Number(row.grant_id ?? row.id),
      ],
      source: () => {
        if (productRef === undefined) {
          const query = this.#knex<ListedRow>(TABLE);
          if (at === undefined) query.whereNull('gone_at');
          for (const [column, value] of wanted) {
            if (column === leading) query.where(column, value);
          }
          return query.select('*');
        }
        const query = this.#knex('observed_grant_products as p')
          .join('observed_grants as g', 'g.id', 'p.grant_id')
          .where('p.product_ref', productRef);
        if (at === undefined) query.whereNull('p.gone_at');
        return query.select('g.*', 'p.grant_id');
      },
      ...(hasResidual && {
        filter: query => whereLeft(query, filter, residual),
      }),
    };
  }

  /**
   * The same for who is told a part only: by the indexes of that part, or, where
   * it is large, out of all.
   */
  #toldList(filter: GrantFilter, view: Told): WindowedList<ListedRow> {
    const { productRef, at, q } = filter;
    const equalities = equalitiesOf(filter);
    const hasFilter =
      equalities.length > 0 ||
      (filter.because ?? []).length > 1 ||
      productRef !== undefined ||
      at !== undefined ||
      Boolean(q?.trim());
    const isFew = view.products.length <= MOST_BRANCHES;
    return {
      order: ['principal', 'resource_key', 'id'],
      keyOf: row => [row.principal, row.resource_key, Number(row.id)],
      source: () => {
        if (isFew) return this.#branches(view, at);
        const query = this.#knex<ListedRow>(TABLE);
        if (at === undefined) query.whereNull('gone_at');
        return query.select('*');
      },
      ...((hasFilter || !isFew) && {
        filter: query => {
          whereLeft(query, filter, equalities);
          if (!isFew) {
            whereGrantTold(query, view, {
              principal: 'w.principal',
              id: 'w.id',
            });
          }
          if (productRef !== undefined) {
            query.whereIn('id', of =>
              of
                .from('observed_grant_products')
                .where({ product_ref: productRef })
                .select('grant_id'),
            );
          }
        },
      }),
    };
  }

  #branches(view: Told, at: string | undefined): Branch[] {
    const held = this.#knex(TABLE).whereIn('principal', [...view.principals]);
    if (at === undefined) held.whereNull('gone_at');
    const ofProducts = refsOf(view).map(productRef => {
      const query = this.#knex('observed_grant_products as p')
        .join('observed_grants as g', 'g.id', 'p.grant_id')
        .where('p.product_ref', productRef);
      if (at === undefined) query.whereNull('p.gone_at');
      return {
        query: query.select('g.*'),
        order: ['p.principal', 'p.resource_key', 'p.grant_id'],
      };
    });
    return [
      {
        query: held.select('*'),
        order: ['principal', 'resource_key', 'id'],
      },
      ...ofProducts,
    ];
  }

  #selected(
    { at, targetIds }: GrantSelection,
    narrow?: (query: Knex.QueryBuilder) => void,
    equal: { [column: string]: string } = {},
  ): WindowedList<ListedRow> {
    return {
      order: ['principal', 'resource_key', 'id'],
      keyOf: row => [row.principal, row.resource_key, Number(row.id)],
      source: () => {
        const query = this.#knex<ListedRow>(TABLE).where(equal);
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

  async #entitlements(
    rows: readonly ObservedGrantRow[],
  ): Promise<Map<string, Known>> {
    const ids = [...new Set(rows.flatMap(row => row.entitlement_id ?? []))];
    const found = new Map<string, Known>();
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
      const part = rowsInParts(this.#knex, listedEntitlements, query =>
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

  async #seenAt(
    rows: readonly ObservedGrantRow[],
  ): Promise<Map<string, string>> {
    const ids = [...new Set(rows.map(row => row.target_id))];
    if (ids.length === 0) return new Map();
    const targets: Array<{ id: string; seen_at: string | null }> =
      await this.#knex('scan_targets')
        .whereIn('id', ids)
        .select('id', 'seen_at');
    return new Map(
      targets.flatMap(one => (one.seen_at ? [[one.id, one.seen_at]] : [])),
    );
  }
}

type Told = Exclude<GrantView, 'all'>;

/** Whether all that the filter finds is told. */
function isWithin({ principal, productRef }: GrantFilter, view: Told): boolean {
  return (
    (principal !== undefined && view.principals.includes(principal)) ||
    (productRef !== undefined && refsOf(view).includes(productRef))
  );
}

/** Columns that must have one value. */
function equalitiesOf(
  filter: GrantFilter,
): ReadonlyArray<readonly [string, string]> {
  const equal: { [column: string]: string | undefined } = {
    target_id: filter.targetId,
    account_id: filter.accountId,
    principal: filter.principal,
    database_name:
      filter.database === undefined ? undefined : lower(filter.database),
    table_name: filter.table === undefined ? undefined : lower(filter.table),
    because: filter.because?.length === 1 ? filter.because[0] : undefined,
  };
  return Object.entries(equal).flatMap(([column, value]) =>
    value === undefined ? [] : [[column, value] as const],
  );
}

/** What no index has answered. */
function whereLeft(
  query: Knex.QueryBuilder,
  { because = [], at, q }: GrantFilter,
  equalities: ReadonlyArray<readonly [string, string]>,
): void {
  for (const [column, value] of equalities) query.where(column, value);
  if (because.length > 1) query.whereIn('because', because);
  if (at !== undefined) whereHeldAt(query, at);
  if (q) whereWords(query, q);
}

/** From when it was seen until it was seen no more. */
function whereHeldAt(query: Knex.QueryBuilder, at: string): void {
  const time = new Date(at).toISOString();
  query
    .where('valid_from', '<=', time)
    .where(inner => inner.whereNull('gone_at').orWhere('gone_at', '>', time));
}

/** An entitlement that grants come of. */
interface Known {
  resource: ReturnType<typeof resourceOf>;
  entitlement: ReturnType<typeof toEntitlement>;
}

/** The reason with what the entitlement says of itself now. */
function becauseOf(
  row: ObservedGrantRow,
  found: Known | undefined,
  seen: GrantSeen,
): Because {
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
