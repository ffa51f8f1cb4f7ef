import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  endedEntitlementStates,
  openRequestStates,
  type EntitlementRequest,
  type RequestQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../../identity/Caller';
import { readInParts, type LargeRows, type Narrow } from '../inParts';
import { toWhere, type ReadFilter } from '../../permissions';
import type { RequestRecord, RequestSummary } from './RequestRecord';
import { summaryColumns, toRecord, toRow, toSummary } from './RequestRow';
import type { RequestRow, SummaryRow } from '../tables';
import { requestFacts, listRequests, whereToDecide } from './requestList';
import { readLargeItems } from '../page';
import { whereNotDeciding } from './UndoableDecisionStore';

const TABLE = 'access_requests';

const summaries: LargeRows<SummaryRow> = {
  table: TABLE,
  key: 'id',
  large: ['scope', 'sensitive_columns', 'policy'],
  columns: summaryColumns,
};

const records: LargeRows<RequestRow> = {
  table: TABLE,
  key: 'id',
  large: [
    'scope',
    'sensitive_columns',
    'policy',
    'port_snapshot',
    'plan',
    'identities',
    'judgement',
  ],
};

const factColumns = requestFacts(TABLE);

/** Requests in the database. */
export class RequestStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#db.transaction(work);
  }

  async insert(tx: Knex.Transaction, record: RequestRecord): Promise<void> {
    await tx<RequestRow>(TABLE).insert(toRow(record));
    await this.#insertApprovers(tx, record);
  }

  /**
   * Writes the record where the stored version is still the one it was made
   * from. The version goes up by one.
   *
   * @returns false where somebody else was faster; nothing is written then
   */
  async replace(
    tx: Knex.Transaction,
    record: RequestRecord,
    seenVersion: number,
  ): Promise<boolean> {
    const { id, ...row } = toRow({ ...record, version: seenVersion + 1 });
    const count = await tx<RequestRow>(TABLE)
      .where({ id, version: seenVersion })
      .update(row);
    if (count !== 1) return false;
    await tx('request_approvers').where({ request_id: id }).delete();
    await this.#insertApprovers(tx, record);
    return true;
  }

  /**
   * Keeps others from changing the request until the transaction ends.
   *
   * @returns false where it is not at the version seen any more
   */
  async lock(
    tx: Knex.Transaction,
    id: string,
    seenVersion: number,
  ): Promise<boolean> {
    const row = await tx<RequestRow>(TABLE)
      .where({ id, version: seenVersion })
      .forUpdate()
      .first('id');
    return row !== undefined;
  }

  async setEntitlement(
    tx: Knex.Transaction,
    id: string,
    entitlementId: string,
  ): Promise<void> {
    await tx<RequestRow>(TABLE)
      .where({ id })
      .update({ entitlement_id: entitlementId });
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<RequestRecord> {
    const row = await this.#db<RequestRow>(TABLE).where({ id }).first();
    if (!row) throw new NotFoundError(`There is no request '${id}'`);
    return toRecord(row);
  }

  /** @param tx - transaction to read in */
  async summaries(
    ids: readonly string[],
    tx?: Knex.Transaction,
  ): Promise<RequestSummary[]> {
    return this.#summaries(query => query.whereIn('id', [...ids]), tx);
  }

  async group(groupId: string): Promise<RequestSummary[]> {
    return this.#summaries(query =>
      query.where({ group_id: groupId }).orderBy('id'),
    );
  }

  /** A page, by time of creation. */
  async list(
    query: RequestQuery,
    options: { caller: Caller; readable: ReadFilter; limit: number },
  ): Promise<{ items: RequestSummary[]; nextCursor?: string }> {
    const { caller: looker, readable, limit } = options;
    const page = await listRequests(this.#db, query, {
      looker,
      readable,
      limit,
    });
    return readLargeItems(this.#db, summaries, page, toSummary);
  }

  async counts(
    caller: Caller,
    readable: ReadFilter,
  ): Promise<{ toDecide: number; mine: number }> {
    const count = async (where: (q: Knex.QueryBuilder) => void) => {
      const [row] = await this.#db(TABLE)
        .modify(q => toWhere(q, readable, factColumns))
        .modify(where)
        .count({ count: '*' });
      return Number(row.count);
    };
    return {
      toDecide: await count(q => whereToDecide(q, TABLE, caller)),
      mine: await count(q =>
        q
          .where('requester_ref', caller.userRef)
          .whereIn('state', [...openRequestStates]),
      ),
    };
  }

  /** Open requests for the port by any of the principals. */
  async findOpen(
    query: {
      productRef: string;
      port: string;
      principals: readonly string[];
    },
    db: Knex = this.#db,
  ): Promise<RequestSummary[]> {
    return this.#summaries(
      open =>
        open
          .where({ product_ref: query.productRef, port: query.port })
          .whereIn('principal', [...query.principals])
          .whereIn('state', [...openRequestStates])
          .orderBy('created_at'),
      db,
    );
  }

  /** Renewals and amendments of an entitlement, newest first. */
  async aboutEntitlement(
    entitlementId: string,
    db: Knex = this.#db,
  ): Promise<EntitlementRequest[]> {
    const rows = await db<RequestRow>(TABLE)
      .where({ amends_entitlement_id: entitlementId })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .select(
        'id',
        'kind',
        'state',
        'requester_ref',
        'created_at',
        'decided_at',
      );
    return rows.map(row => ({
      id: row.id,
      kind: row.kind,
      state: row.state,
      requesterRef: row.requester_ref,
      createdAt: row.created_at,
      ...(row.decided_at && { decidedAt: row.decided_at }),
    }));
  }

  /** Open requests about suspended access. */
  async openResumptions(): Promise<RequestRecord[]> {
    return this.#records(query =>
      query
        .where({ kind: 'resume' })
        .whereIn('state', [...openRequestStates])
        .orderBy('created_at'),
    );
  }

  /** Open renewals and amendments of entitlements that have ended meanwhile. */
  async findOverdueChanges(limit: number): Promise<RequestRecord[]> {
    return this.#records(query =>
      query
        .whereIn('state', [...openRequestStates])
        .whereIn(
          'amends_entitlement_id',
          this.#db('entitlements')
            .whereIn('state', [...endedEntitlementStates])
            .select('id'),
        )
        .orderBy('created_at')
        .limit(limit),
    );
  }

  /**
   * Open requests whose time limit is over, the oldest first. What was decided
   * in time may still take effect.
   */
  async findLapsed(now: string, limit: number): Promise<RequestRecord[]> {
    return this.#records(query =>
      query
        .whereIn('state', [...openRequestStates])
        .andWhere('lapses_at', '<=', now)
        .modify(whereNotDeciding, TABLE)
        .orderBy('lapses_at')
        .limit(limit),
    );
  }

  /** Ids of requests that wait for a decision, in their order. */
  async pendingAfter(id: string, limit: number): Promise<string[]> {
    const rows = await this.#db<RequestRow>(TABLE)
      .where('state', 'pending')
      .andWhere('id', '>', id)
      .orderBy('id')
      .limit(limit)
      .select('id');
    return rows.map(row => row.id);
  }

  /** Spans from asking to the decision, of the last decided requests. */
  async decisionTimes(
    productRef: string,
    { readable, limit }: { readable: ReadFilter; limit: number },
  ): Promise<Array<{ createdAt: string; decidedAt: string }>> {
    const rows: Array<Pick<RequestRow, 'created_at' | 'decided_at'>> =
      await this.#db<RequestRow>(TABLE)
        .modify(q => toWhere(q, readable, factColumns))
        .where('product_ref', productRef)
        .whereNotNull('decided_at')
        .orderBy('decided_at', 'desc')
        .limit(limit)
        .select('created_at', 'decided_at');
    return rows.flatMap(row =>
      row.decided_at
        ? [{ createdAt: row.created_at, decidedAt: row.decided_at }]
        : [],
    );
  }

  /** Port of each open request. */
  async openPorts(): Promise<Array<{ productRef: string; port: string }>> {
    const rows = await this.#db<RequestRow>(TABLE)
      .whereIn('state', [...openRequestStates])
      .select('product_ref', 'port');
    return rows.map(row => ({ productRef: row.product_ref, port: row.port }));
  }

  /** Number of open requests by product. */
  async openByProduct(readable: ReadFilter): Promise<Map<string, number>> {
    const rows: Array<{ product_ref: string; count: number | string }> =
      await this.#db(TABLE)
        .modify(q => toWhere(q, readable, factColumns))
        .whereIn('state', [...openRequestStates])
        .groupBy('product_ref')
        .select('product_ref')
        .count({ count: '*' });
    return new Map(rows.map(row => [row.product_ref, Number(row.count)]));
  }

  /** The last decided requests of all products. */
  async recentDecisions({
    readable,
    limit,
  }: {
    readable: ReadFilter;
    limit: number;
  }): Promise<
    Array<{ productRef: string; createdAt: string; decidedAt: string }>
  > {
    const rows: Array<
      Pick<RequestRow, 'product_ref' | 'created_at' | 'decided_at'>
    > = await this.#db<RequestRow>(TABLE)
      .modify(q => toWhere(q, readable, factColumns))
      .whereNotNull('decided_at')
      .orderBy('decided_at', 'desc')
      .limit(limit)
      .select('product_ref', 'created_at', 'decided_at');
    return rows.flatMap(row =>
      row.decided_at
        ? [
            {
              productRef: row.product_ref,
              createdAt: row.created_at,
              decidedAt: row.decided_at,
            },
          ]
        : [],
    );
  }

  /** The caller's open requests, newest first. */
  async openOf(userRef: string): Promise<RequestSummary[]> {
    return this.#summaries(query =>
      query
        .where('requester_ref', userRef)
        .whereIn('state', [...openRequestStates])
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ]),
    );
  }

  #summaries(narrow: Narrow, db: Knex = this.#db): Promise<RequestSummary[]> {
    return readInParts(db, summaries, narrow, toSummary);
  }

  #records(narrow: Narrow): Promise<RequestRecord[]> {
    return readInParts(this.#db, records, narrow, toRecord);
  }

  async #insertApprovers(
    tx: Knex.Transaction,
    record: RequestRecord,
  ): Promise<void> {
    const rows = record.policy.stages.flatMap((stage, index) =>
      [...new Set(stage.approvers)].map(approver => ({
        request_id: record.id,
        stage: index,
        approver_ref: approver,
      })),
    );
    if (rows.length > 0) await tx('request_approvers').insert(rows);
  }
}
