import { NotFoundError } from '@backstage/errors';
import {
  openClaimStates,
  type CaseDecision,
  type ClaimQuery,
  type ClaimState,
  type Place,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { decodeSortKey, encodeSortKey } from '../store/page';
import {
  readInParts,
  readLargePage,
  type LargeRows,
  type Narrow,
} from '../store/inParts';
import { placeHash } from '../places';

interface ClaimRow {
  id: string;
  state: ClaimState;
  version: number;
  domain_ref: string;
  place: string;
  place_hash: string;
  reason: string;
  requester_ref: string;
  takes_place_id: string | null;
  without: string;
  created_at: string;
  updated_at: string;
  decided_at: string | null;
}

interface DecisionRow {
  id: string;
  claim_id: string;
  version: number;
  actor_ref: string;
  decision: string;
  comment: string | null;
  at: string;
}

/** A claim as it is kept. */
export interface ClaimRecord {
  readonly id: string;
  readonly state: ClaimState;
  readonly version: number;
  readonly domainRef: string;
  readonly place: Place;
  readonly reason: string;
  readonly requesterRef: string;
  /** The place that its holder hands over by this claim. */
  readonly takesPlaceId?: string;
  readonly without: readonly Place[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly decidedAt?: string;
}

/** Which claims a caller may read. */
export interface ReadableClaims {
  all: boolean;
  requesterRef: string;
  /** Domains that the caller stands behind. */
  domainRefs: readonly string[];
}

function toRow(claim: ClaimRecord): ClaimRow {
  return {
    id: claim.id,
    state: claim.state,
    version: claim.version,
    domain_ref: claim.domainRef,
    place: JSON.stringify(claim.place),
    place_hash: placeHash(claim.place),
    reason: claim.reason,
    requester_ref: claim.requesterRef,
    takes_place_id: claim.takesPlaceId ?? null,
    without: JSON.stringify(claim.without),
    created_at: claim.createdAt,
    updated_at: claim.updatedAt,
    decided_at: claim.decidedAt ?? null,
  };
}

function toRecord(row: ClaimRow): ClaimRecord {
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    domainRef: row.domain_ref,
    place: JSON.parse(row.place) as Place,
    reason: row.reason,
    requesterRef: row.requester_ref,
    ...(row.takes_place_id && { takesPlaceId: row.takes_place_id }),
    without: JSON.parse(row.without) as Place[],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.decided_at && { decidedAt: row.decided_at }),
  };
}

const large: LargeRows<ClaimRow> = {
  table: 'place_claims',
  key: 'id',
  large: ['place', 'without'],
};

const OPEN = openClaimStates.map(state => `'${state}'`).join(', ');
/** Open claims before the others, each the oldest first. */
const ORDER = `(case when state in (${OPEN}) then '0' else '1' end || created_at)`;

/** The same of a row that was read. */
const positionOf = ({ state, created_at }: ClaimRow) =>
  `${openClaimStates.includes(state) ? '0' : '1'}${created_at}`;

function whereReadable(query: Knex.QueryBuilder, readable: ReadableClaims) {
  if (readable.all) return;
  query.where(inner =>
    inner
      .where('requester_ref', readable.requesterRef)
      .orWhereIn('domain_ref', [...readable.domainRefs]),
  );
}

function whereToDecide(query: Knex.QueryBuilder, reader: ReadableClaims) {
  query
    .where('state', 'pending')
    .whereNot('requester_ref', reader.requesterRef)
    .whereNotIn('domain_ref', [...reader.domainRefs]);
}

/** Claims of places, and what happened to them. */
export class ClaimStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#db.transaction(work);
  }

  async insert(tx: Knex.Transaction, claim: ClaimRecord): Promise<void> {
    await tx<ClaimRow>('place_claims').insert(toRow(claim));
  }

  /**
   * Writes the claim where the stored version is still the one before it.
   *
   * @returns false where somebody else was faster
   */
  async replace(tx: Knex.Transaction, claim: ClaimRecord): Promise<boolean> {
    const { id, ...row } = toRow(claim);
    const count = await tx<ClaimRow>('place_claims')
      .where({ id, version: claim.version - 1 })
      .update(row);
    return count === 1;
  }

  async addDecision(
    tx: Knex.Transaction,
    claim: Pick<ClaimRecord, 'id' | 'version'>,
    decision: CaseDecision,
  ): Promise<void> {
    await tx<DecisionRow>('place_claim_decisions').insert({
      id: decision.id,
      claim_id: claim.id,
      version: claim.version,
      actor_ref: decision.actorRef,
      decision: decision.decision,
      comment: decision.comment ?? null,
      at: decision.at,
    });
  }

  async decisionsOf(claimId: string): Promise<CaseDecision[]> {
    const rows = await this.#db<DecisionRow>('place_claim_decisions')
      .where('claim_id', claimId)
      .orderBy('version');
    return rows.map(row => ({
      id: row.id,
      actorRef: row.actor_ref,
      decision: row.decision,
      ...(row.comment && { comment: row.comment }),
      at: row.at,
    }));
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<ClaimRecord> {
    const row = await this.#db<ClaimRow>('place_claims').where({ id }).first();
    if (!row) throw new NotFoundError(`There is no claim '${id}'`);
    return toRecord(row);
  }

  /** Open claims, as a transaction sees them. */
  async open(tx: Knex = this.#db): Promise<ClaimRecord[]> {
    const open: Narrow = query =>
      query
        .whereIn('state', [...openClaimStates])
        .orderBy(['created_at', 'id']);
    return readInParts(tx, large, open, toRecord);
  }

  /** Claims of the same place that were rejected, the newest first. */
  async rejected(place: Place): Promise<ClaimRecord[]> {
    const rows = await this.#db<ClaimRow>('place_claims')
      .where({ place_hash: placeHash(place), state: 'rejected' })
      .orderBy('created_at', 'desc')
      .limit(10);
    return rows.map(toRecord);
  }

  async countToDecide(reader: ReadableClaims): Promise<number> {
    const [row] = await this.#db('place_claims')
      .modify(query => whereToDecide(query, reader))
      .count({ count: '*' });
    return Number(row.count);
  }

  /** A page, open claims first, the oldest of each first. */
  async list(
    query: ClaimQuery,
    readable: ReadableClaims,
  ): Promise<{ items: ClaimRecord[]; nextCursor?: string }> {
    const limit = query.limit ?? 50;
    const narrow = (q: Knex.QueryBuilder) => {
      whereReadable(q, readable);
      if (query.view === 'toDecide') whereToDecide(q, readable);
      if (query.view === 'mine') {
        whereReadable(q, { ...readable, all: false });
      }
      if (query.state?.length) q.whereIn('state', query.state);
      if (query.domainRef) q.where('domain_ref', query.domainRef);
      if (query.cursor) {
        const after = decodeSortKey(query.cursor, 2);
        q.whereRaw(`(${ORDER}, id) > (?, ?)`, [...after]);
      }
      q.orderByRaw(`${ORDER}, id`);
    };
    const { items, last, hasMore } = await readLargePage(
      this.#db,
      large,
      narrow,
      { limit, read: toRecord },
    );
    return {
      items,
      ...(hasMore &&
        last && {
          nextCursor: encodeSortKey([positionOf(last), last.id]),
        }),
    };
  }
}
