import type { Knex } from 'knex';
import type {
  DriftKind,
  DriftPage,
  DriftQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { decodeSortKey, encodeSortKey, readAll } from '../store/page';
import { toWhere, type FactColumns, type ReadFilter } from '../permissions';
import { whereDriftTold, type GrantView } from '../sight';
import type { DriftRow } from '../store/tables';

/** A difference to be recorded, beyond those that are grants. */
export interface Finding {
  kind: DriftKind;
  subject: string;
  targetId?: string;
  accountId?: string;
  entitlementId: string;
  productRef: string;
  words: string;
}

/** A grant, or a part of one, that nobody explains. */
interface DriftingGrant {
  grant_key: string;
  account_id: string | null;
  entitlement_id: string | null;
  product_ref: string | null;
  kind: 'excess' | 'residue';
}

type OpenItem = Pick<DriftRow, 'id' | 'kind'> & { grant_key: string };

const entitlementFacts: FactColumns = {
  requesterRef: 'e.requester_ref',
  productOwnerRef: 'e.product_owner_ref',
  domainRef: 'e.domain_ref',
  principal: 'e.principal',
};

const kinds: readonly DriftKind[] = [
  'excess',
  'missing',
  'identity',
  'residue',
];

const kindOfGrant = `case when g.because = 'unexplained' and g.entitlement_id is not null then 'residue' else 'excess' end`;
const isDrift = `(g.because = 'unexplained' or g.excess is not null)`;
/** Counts beyond this are not worth a scan of the index; openapi.yaml says so. */
const MOST_COUNTED = 10_000;
const NEWS_AT_ONCE = 500;
const ROWS_PER_INSERT = 200;

/** What of drift somebody is told of. */
export interface ToldDrift {
  /** Of the entitlements that it is about. */
  readable: ReadFilter;
  view: GrantView;
}

/** Differences between what was decided and what is held. */
export class DriftStore {
  readonly #knex: Knex;
  readonly #clock: () => Date;

  constructor(options: { knex: Knex; clock: () => Date }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
  }

  /**
   * Opens an item for each grant of a target that nobody explains, and closes
   * those whose grant is gone or explained.
   */
  async syncGrants(targetId: string): Promise<void> {
    const now = this.#clock().toISOString();
    // In batches by key, not as one statement: what a planner makes of tables
    // that were empty a moment ago may look through all of one for each row of
    // the other.
    const open = readAll<OpenItem>(this.#knex, {
      order: ['id'],
      keyOf: row => [Number(row.id)],
      source: () =>
        this.#knex('drift_items')
          .where({ target_id: targetId })
          .whereNotNull('grant_key')
          .whereNull('gone_at')
          .select('id', 'kind', 'grant_key'),
    });
    for await (const rows of open) await this.#closeOld(targetId, rows, now);
    const drifting = readAll<DriftingGrant>(this.#knex, {
      order: ['grant_key'],
      keyOf: row => [row.grant_key],
      source: () =>
        this.#knex('observed_grants as g')
          .where({ target_id: targetId })
          .whereNull('gone_at')
          .whereRaw(isDrift)
          .select(
            'grant_key',
            'account_id',
            'entitlement_id',
            'product_ref',
            this.#knex.raw(`${kindOfGrant} as kind`),
          ),
    });
    for await (const rows of drifting) {
      await this.#openNew(targetId, rows, now);
    }
  }

  /** Opens an item, or says of the open one what is the matter now. */
  async report(finding: Finding): Promise<void> {
    const { kind, subject, words } = finding;
    const open = await this.#open(kind, subject);
    if (open) {
      if (open.words !== words) {
        await this.#knex<DriftRow>('drift_items')
          .where({ id: open.id })
          .update({ words });
      }
      return;
    }
    await this.#knex('drift_items')
      .insert({
        kind,
        subject,
        target_id: finding.targetId ?? null,
        account_id: finding.accountId ?? null,
        grant_key: null,
        entitlement_id: finding.entitlementId,
        product_ref: finding.productRef,
        words,
        since: this.#clock().toISOString(),
        notified_at: null,
        gone_at: null,
      })
      // Another replica may have found the same in another target.
      .onConflict()
      .ignore();
  }

  /** What of some subjects there is an open item about. */
  async openSubjects(
    kind: DriftKind,
    subjects: readonly string[],
  ): Promise<Set<string>> {
    const rows: Array<Pick<DriftRow, 'subject'>> = await this.#knex(
      'drift_items',
    )
      .where({ kind })
      .whereIn('subject', [...subjects])
      .whereNull('gone_at')
      .select('subject');
    return new Set(rows.map(row => row.subject));
  }

  /** Closes the open item, if there is one. */
  async close(kind: DriftKind, subject: string): Promise<void> {
    const open = await this.#open(kind, subject);
    if (open) await this.closeId(open.id);
  }

  async closeId(id: DriftRow['id']): Promise<void> {
    await this.#knex<DriftRow>('drift_items')
      .where({ id })
      .whereNull('gone_at')
      .update({ gone_at: this.#clock().toISOString() });
  }

  /** Closes what was about entitlements that are not in force any more. */
  async closeEnded(): Promise<void> {
    await this.#knex('drift_items')
      .whereIn('kind', ['missing', 'identity'])
      .whereNull('gone_at')
      .whereNotIn(
        'entitlement_id',
        this.#knex('entitlements').where({ state: 'active' }).select('id'),
      )
      .update({ gone_at: this.#clock().toISOString() });
  }

  /**
   * A page, oldest first, with the counts of all that the filter finds, as far
   * as they are counted.
   */
  async list(
    query: Omit<DriftQuery, 'limit'> & { limit: number },
    told: ToldDrift,
  ): Promise<{
    rows: DriftRow[];
    counts: DriftPage['counts'];
    atLeast: DriftKind[];
    nextCursor?: string;
  }> {
    const { limit, cursor } = query;
    const rows: DriftRow[] = await this.#filtered(query, told)
      .modify(list => {
        if (query.kind?.length) list.whereIn('d.kind', query.kind);
        if (cursor) {
          const [since, id] = decodeSortKey(cursor, 2);
          list.whereRaw('(d.since, d.id) > (?, ?)', [since, Number(id) || 0]);
        }
      })
      .orderBy([{ column: 'd.since' }, { column: 'd.id' }])
      .limit(limit + 1)
      .select('d.*');
    const items = rows.slice(0, limit);
    const last = items[items.length - 1];
    return {
      rows: items,
      ...(await this.#counts(query, told)),
      ...(rows.length > limit && {
        nextCursor: encodeSortKey([last.since, String(last.id)]),
      }),
    };
  }

  /** Open items of the ids. */
  async get(
    ids: readonly string[],
    view: GrantView,
  ): Promise<Map<string, DriftRow>> {
    const numbers = ids.filter(id => /^\d{1,15}$/.test(id)).map(Number);
    const rows: DriftRow[] = await this.#knex<DriftRow>('drift_items')
      .whereIn('id', numbers)
      .whereNull('gone_at')
      .modify(query => whereDriftTold(query, this.#knex, view, 'id'));
    return new Map(rows.map(row => [String(row.id), row]));
  }

  /** Open items of some kinds, oldest first. */
  async open(
    filter: {
      kinds: readonly DriftKind[];
      targetId?: string;
      entitlementIds?: readonly string[];
    },
    limit: number,
  ): Promise<DriftRow[]> {
    return this.#knex<DriftRow>('drift_items')
      .whereIn('kind', [...filter.kinds])
      .whereNull('gone_at')
      .modify(query => {
        if (filter.targetId) query.where({ target_id: filter.targetId });
        if (filter.entitlementIds) {
          query.whereIn('entitlement_id', [...filter.entitlementIds]);
        }
      })
      .orderBy(['since', 'id'])
      .limit(limit);
  }

  async count(kind: DriftKind, targetId?: string): Promise<number> {
    const [{ count }] = await this.#knex('drift_items')
      .where({ kind })
      .whereNull('gone_at')
      .modify(query => {
        if (targetId) query.where({ target_id: targetId });
      })
      .count({ count: '*' });
    return Number(count);
  }

  /**
   * Items that nobody has been told about yet, in batches, each once: whoever
   * calls this tells them.
   */
  async *takeNews(): AsyncGenerator<DriftRow[]> {
    const now = this.#clock().toISOString();
    for (;;) {
      const rows = await this.#knex<DriftRow>('drift_items')
        .whereNull('gone_at')
        .whereNull('notified_at')
        .orderBy('id')
        .limit(NEWS_AT_ONCE);
      if (rows.length === 0) return;
      const marked: Array<{ id: DriftRow['id'] }> = await this.#knex(
        'drift_items',
      )
        .whereIn(
          'id',
          rows.map(row => row.id),
        )
        .whereNull('notified_at')
        .update({ notified_at: now })
        .returning('id');
      const mine = new Set(marked.map(one => String(one.id)));
      yield rows.filter(row => mine.has(String(row.id)));
    }
  }

  async #closeOld(
    targetId: string,
    rows: readonly OpenItem[],
    now: string,
  ): Promise<void> {
    const grants: Array<Pick<DriftingGrant, 'grant_key' | 'kind'>> =
      await this.#knex('observed_grants as g')
        .where({ target_id: targetId })
        .whereIn(
          'grant_key',
          rows.map(row => row.grant_key),
        )
        .whereNull('gone_at')
        .whereRaw(isDrift)
        .select('grant_key', this.#knex.raw(`${kindOfGrant} as kind`));
    const drifting = new Set(grants.map(one => `${one.kind} ${one.grant_key}`));
    const gone = rows.filter(
      row => !drifting.has(`${row.kind} ${row.grant_key}`),
    );
    if (gone.length === 0) return;
    await this.#knex('drift_items')
      .whereIn(
        'id',
        gone.map(row => row.id),
      )
      .whereNull('gone_at')
      .update({ gone_at: now });
  }

  async #openNew(
    targetId: string,
    rows: readonly DriftingGrant[],
    now: string,
  ): Promise<void> {
    const found = rows.map(({ kind, ...row }) => ({
      ...row,
      kind,
      target_id: targetId,
      subject: `${targetId} ${row.grant_key}`,
      words: '',
      since: now,
    }));
    const open: Array<Pick<DriftRow, 'kind' | 'subject'>> = await this.#knex(
      'drift_items',
    )
      .whereIn(
        'subject',
        found.map(one => one.subject),
      )
      .whereIn('kind', ['excess', 'residue'])
      .whereNull('gone_at')
      .select('kind', 'subject');
    const known = new Set(open.map(one => `${one.kind} ${one.subject}`));
    const news = found.filter(one => !known.has(`${one.kind} ${one.subject}`));
    for (let start = 0; start < news.length; start += ROWS_PER_INSERT) {
      await this.#knex('drift_items')
        .insert(news.slice(start, start + ROWS_PER_INSERT))
        .onConflict()
        .ignore();
    }
  }

  async #open(kind: DriftKind, subject: string): Promise<DriftRow | undefined> {
    return this.#knex<DriftRow>('drift_items')
      .where({ kind, subject })
      .whereNull('gone_at')
      .first();
  }

  #filtered(
    query: Pick<DriftQuery, 'accountId' | 'productRef'>,
    told: ToldDrift,
  ): Knex.QueryBuilder {
    return this.#knex('drift_items as d')
      .whereNull('d.gone_at')
      .modify(list => {
        if (query.accountId) list.where('d.account_id', query.accountId);
        if (query.productRef) list.where('d.product_ref', query.productRef);
        whereDriftTold(list, this.#knex, told.view, 'd.id');
        const { readable } = told;
        if (readable === 'all') return;
        // What is about an entitlement is seen by who may read that.
        list.where(inner =>
          inner.whereNull('d.entitlement_id').orWhereExists(of => {
            of.from('entitlements as e').whereRaw('e.id = d.entitlement_id');
            toWhere(of, readable, entitlementFacts);
          }),
        );
      });
  }

  async #counts(
    query: Pick<DriftQuery, 'accountId' | 'productRef'>,
    told: ToldDrift,
  ): Promise<Pick<DriftPage, 'counts' | 'atLeast'>> {
    const counts = { excess: 0, missing: 0, identity: 0, residue: 0 };
    const atLeast: DriftKind[] = [];
    for (const kind of kinds) {
      const [{ count }] = await this.#knex
        .from(
          this.#filtered(query, told)
            .where('d.kind', kind)
            .select('d.id')
            // One more tells whether there are more.
            .limit(MOST_COUNTED + 1)
            .as('w'),
        )
        .count({ count: '*' });
      counts[kind] = Math.min(Number(count), MOST_COUNTED);
      if (Number(count) > MOST_COUNTED) atLeast.push(kind);
    }
    return { counts, atLeast };
  }
}
