import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { CaseDecision } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  readInParts,
  readLargePage,
  type LargeRows,
  type Narrow,
} from '../store/inParts';
import { encodeSortKey, decodeSortKey } from '../store/page';
import type { AcceptedFacts } from './Publication';
import type { PublicationRow } from './PublicationRow';

const TABLE = 'publications';
/** Placeholders in one statement: SQLite takes some thousands at most. */
const BATCH = 400;

const large: LargeRows<PublicationRow> = {
  table: TABLE,
  key: 'id',
  large: [
    'accepted',
    'current',
    'differences',
    'in_force',
    'parts',
    'part_accepts',
    'sent_back',
  ],
};

/** What a pass needs of a row to know that nothing has changed. */
export type SlimRow = Pick<
  PublicationRow,
  'id' | 'product_ref' | 'port' | 'fingerprint' | 'present'
>;

/** By which it is known whether what was accepted is as it was. */
export type AcceptedVersion = Pick<
  PublicationRow,
  'id' | 'version' | 'accepted_hash'
>;

export interface PublicationFilter {
  states?: readonly string[];
  productRef?: string;
  domainRef?: string;
  /** Owners by the catalog. */
  ownerRefs?: readonly string[];
  /** Those who decide; not about what is theirs. */
  deciderRefs?: readonly string[];
}

export interface DecisionRecord {
  id: string;
  publicationId: string;
  actorRef: string;
  decision: string;
  comment?: string;
  accepted: readonly string[];
  sentBack: readonly string[];
  at: string;
}

/** Publications in the database. */
export class PublicationStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#db.transaction(work);
  }

  /** All rows, without what is large. */
  async slim(): Promise<SlimRow[]> {
    return this.#db<PublicationRow>(TABLE).select(
      'id',
      'product_ref',
      'port',
      'fingerprint',
      'present',
    );
  }

  async ofPort(
    productRef: string,
    port: string,
  ): Promise<PublicationRow | undefined> {
    return this.#db<PublicationRow>(TABLE)
      .where({ product_ref: productRef, port })
      .first();
  }

  async ofProducts(refs: readonly string[]): Promise<PublicationRow[]> {
    const rows: PublicationRow[] = [];
    for (let start = 0; start < refs.length; start += BATCH) {
      rows.push(
        ...(await this.#rows(query =>
          query.whereIn('product_ref', refs.slice(start, start + BATCH)),
        )),
      );
    }
    return rows;
  }

  async byIds(ids: readonly string[]): Promise<PublicationRow[]> {
    const rows: PublicationRow[] = [];
    for (let start = 0; start < ids.length; start += BATCH) {
      rows.push(
        ...(await this.#rows(query =>
          query.whereIn('id', ids.slice(start, start + BATCH)),
        )),
      );
    }
    return rows;
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<PublicationRow> {
    const row = await this.#db<PublicationRow>(TABLE).where({ id }).first();
    if (!row) throw new NotFoundError(`There is no publication '${id}'`);
    return row;
  }

  /** Ports of the catalog that something waits of, or that cannot be asked for. */
  async notPlain(): Promise<PublicationRow[]> {
    return this.#rows(rows =>
      rows
        .where({ present: true })
        .where(query =>
          query.whereNot('state', 'published').orWhere({ requestable: false }),
        )
        .orderBy(['product_ref', 'port']),
    );
  }

  /** Ports that something was accepted of and the catalog does not have. */
  async gone(
    refs?: readonly string[],
  ): Promise<Array<{ productRef: string; port: string }>> {
    const found: Array<{ productRef: string; port: string }> = [];
    for (let start = 0; start < (refs?.length ?? 1); start += BATCH) {
      const rows: Array<Pick<PublicationRow, 'product_ref' | 'port'>> =
        await this.#db<PublicationRow>(TABLE)
          .where({ present: false })
          .whereNotNull('accepted')
          .modify(query => {
            if (refs) {
              query.whereIn('product_ref', refs.slice(start, start + BATCH));
            }
          })
          .orderBy(['product_ref', 'port'])
          .select('product_ref', 'port');
      found.push(
        ...rows.map(row => ({ productRef: row.product_ref, port: row.port })),
      );
    }
    return found;
  }

  /** Versions of all rows that something was accepted of. */
  async acceptedVersions(): Promise<AcceptedVersion[]> {
    return this.#db<PublicationRow>(TABLE)
      .whereNotNull('accepted')
      .select('id', 'version', 'accepted_hash');
  }

  /** @returns false where somebody else made the row at the same time */
  async insert(tx: Knex.Transaction, row: PublicationRow): Promise<boolean> {
    const before = await tx<PublicationRow>(TABLE)
      .where({ product_ref: row.product_ref, port: row.port })
      .first('id');
    if (before) return false;
    const made = await tx<PublicationRow>(TABLE)
      .insert(row)
      .onConflict(['product_ref', 'port'])
      .ignore()
      .returning('id');
    return made.length === 1;
  }

  /** @returns false where the row is not at the version seen any more */
  async update(
    tx: Knex.Transaction,
    { id, version }: Pick<PublicationRow, 'id' | 'version'>,
    change: Partial<PublicationRow>,
  ): Promise<boolean> {
    const count = await tx<PublicationRow>(TABLE)
      .where({ id, version })
      .update(change);
    return count === 1;
  }

  async setDeciders(
    tx: Knex.Transaction,
    id: string,
    refs: readonly string[],
  ): Promise<void> {
    await tx('publication_deciders').where({ publication_id: id }).delete();
    const distinct = [...new Set(refs)];
    if (distinct.length > 0) {
      await tx('publication_deciders').insert(
        distinct.map(ref => ({ publication_id: id, decider_ref: ref })),
      );
    }
  }

  async addSnapshot(
    tx: Knex.Transaction,
    id: string,
    snapshot: number,
    accepted: AcceptedFacts,
    hash: string,
  ): Promise<void> {
    await tx('publication_snapshots').insert({
      publication_id: id,
      number: snapshot,
      accepted: JSON.stringify(accepted),
      accepted_hash: hash,
      accepted_at: accepted.at,
      accepted_by: accepted.by,
    });
  }

  async addDecision(
    tx: Knex.Transaction,
    decision: DecisionRecord,
  ): Promise<void> {
    await tx('publication_decisions').insert({
      id: decision.id,
      publication_id: decision.publicationId,
      actor_ref: decision.actorRef,
      decision: decision.decision,
      comment: decision.comment ?? null,
      accepted: JSON.stringify(decision.accepted),
      sent_back: JSON.stringify(decision.sentBack),
      at: decision.at,
    });
  }

  async decisionsOf(id: string): Promise<CaseDecision[]> {
    const rows: Array<{
      id: string;
      actor_ref: string;
      decision: string;
      comment: string | null;
      at: string;
    }> = await this.#db('publication_decisions')
      .where({ publication_id: id })
      .orderBy(['at', 'id']);
    return rows.map(row => ({
      id: row.id,
      actorRef: row.actor_ref,
      decision: row.decision,
      ...(row.comment && { comment: row.comment }),
      at: row.at,
    }));
  }

  /** A page, what waits first and the oldest of it before the newer. */
  async page(
    filter: PublicationFilter,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<{ rows: PublicationRow[]; nextCursor?: string }> {
    const after = cursor === undefined ? undefined : decodeSortKey(cursor, 2);
    const narrow = (query: Knex.QueryBuilder) => {
      whereFiltered(query, filter);
      if (after) query.whereRaw('(order_key, id) > (?, ?)', [...after]);
      query.orderBy(['order_key', 'id']);
    };
    const { items, last, hasMore } = await readLargePage(
      this.#db,
      large,
      narrow,
      { limit, read: row => row },
    );
    return {
      rows: items,
      ...(hasMore &&
        last && { nextCursor: encodeSortKey([last.order_key, last.id]) }),
    };
  }

  async count(filter: PublicationFilter): Promise<number> {
    const found = await this.#db<PublicationRow>(TABLE)
      .modify(query => whereFiltered(query, filter))
      .count<Array<{ count: string | number }>>({ count: '*' })
      .first();
    return Number(found?.count ?? 0);
  }

  #rows(narrow: Narrow): Promise<PublicationRow[]> {
    return readInParts(this.#db, large, narrow, row => row);
  }

  /** Open requests and live accesses of a port. */
  async touchedBy(
    { product_ref, port }: Pick<PublicationRow, 'product_ref' | 'port'>,
    states: { open: readonly string[]; live: readonly string[] },
  ): Promise<{ openRequests: number; liveEntitlements: number }> {
    const countOf = async (table: string, wanted: readonly string[]) => {
      const found = await this.#db(table)
        .where({ product_ref, port })
        .whereIn('state', [...wanted])
        .count<Array<{ count: string | number }>>({ count: '*' })
        .first();
      return Number(found?.count ?? 0);
    };
    const [openRequests, liveEntitlements] = await Promise.all([
      countOf('access_requests', states.open),
      countOf('entitlements', states.live),
    ]);
    return { openRequests, liveEntitlements };
  }

  /** @throws ConflictError naming the version there is */
  async requireVersion(id: string, seenVersion: number): Promise<void> {
    const { version, state } = await this.get(id);
    if (version !== seenVersion) {
      throw new ConflictError(
        `The publication has changed since you saw version ${seenVersion}: it is ${state} now, at version ${version}`,
      );
    }
  }
}

function whereFiltered(
  query: Knex.QueryBuilder,
  filter: PublicationFilter,
): void {
  const { states, productRef, domainRef, ownerRefs, deciderRefs } = filter;
  if (states) query.whereIn('state', [...states]);
  if (productRef) query.where('product_ref', productRef);
  if (domainRef) query.where('domain_ref', domainRef);
  if (ownerRefs) query.whereIn('owner_ref', [...ownerRefs]);
  if (deciderRefs) {
    const mine = [...deciderRefs];
    query
      .whereIn('id', inner =>
        inner
          .from('publication_deciders')
          .whereIn('decider_ref', mine)
          .select('publication_id'),
      )
      // Nobody decides about what is their own team's.
      .where(other =>
        other.whereNull('owner_ref').orWhereNotIn('owner_ref', mine),
      )
      .where(other =>
        other
          .whereNull('accepted_owner_ref')
          .orWhereNotIn('accepted_owner_ref', mine),
      );
  }
}
