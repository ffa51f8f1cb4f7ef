import type { Knex } from 'knex';
import type {
  DriftKind,
  DriftPage,
  DriftQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { decodeCursor, encodeCursor } from '../paging/cursor';
import { toWhere, type FactColumns, type ReadFilter } from '../permissions';
import type { DriftRow } from './DriftRow';

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
/** Counts beyond this are not worth a scan of the index. */
const MOST_COUNTED = 10_000;
const NEWS_AT_ONCE = 500;

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
    await this.#knex.transaction(async tx => {
      await tx.raw(
        `update drift_items set gone_at = ?
         where target_id = ? and grant_key is not null and gone_at is null
           and not exists (
             select 1 from observed_grants g
             where g.target_id = drift_items.target_id
               and g.grant_key = drift_items.grant_key
               and g.gone_at is null and ${isDrift}
               and ${kindOfGrant} = drift_items.kind)`,
        [now, targetId],
      );
      await tx.raw(
        `insert into drift_items (kind, subject, target_id, account_id, grant_key,
           entitlement_id, product_ref, words, since)
         select ${kindOfGrant}, g.target_id || ' ' || g.grant_key, g.target_id,
           g.account_id, g.grant_key, g.entitlement_id,
           (select min(p.product_ref) from observed_grant_products p
            where p.grant_id = g.id), '', ?
         from observed_grants g
         where g.target_id = ? and g.gone_at is null and ${isDrift}
           and not exists (
             select 1 from drift_items d
             where d.gone_at is null and d.kind = ${kindOfGrant}
               and d.subject = g.target_id || ' ' || g.grant_key)
         on conflict do nothing`,
        [now, targetId],
      );
    });
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

  /** A page, oldest first, with the counts of all that the filter finds. */
  async list(
    query: Omit<DriftQuery, 'limit'> & { limit: number },
    readable: ReadFilter,
  ): Promise<{
    rows: DriftRow[];
    counts: DriftPage['counts'];
    nextCursor?: string;
  }> {
    const { limit, cursor } = query;
    const rows: DriftRow[] = await this.#filtered(query, readable)
      .modify(list => {
        if (query.kind?.length) list.whereIn('d.kind', query.kind);
        if (cursor) {
          const after = decodeCursor(cursor);
          list.whereRaw('(d.since, d.id) > (?, ?)', [
            after.at,
            Number(after.id) || 0,
          ]);
        }
      })
      .orderBy([{ column: 'd.since' }, { column: 'd.id' }])
      .limit(limit + 1)
      .select('d.*');
    const items = rows.slice(0, limit);
    const last = items[items.length - 1];
    return {
      rows: items,
      counts: await this.#counts(query, readable),
      ...(rows.length > limit && {
        nextCursor: encodeCursor({ at: last.since, id: String(last.id) }),
      }),
    };
  }

  /** Open items of the ids. */
  async get(ids: readonly string[]): Promise<Map<string, DriftRow>> {
    const numbers = ids.filter(id => /^\d{1,15}$/.test(id)).map(Number);
    const rows = await this.#knex<DriftRow>('drift_items')
      .whereIn('id', numbers)
      .whereNull('gone_at');
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

  async #open(kind: DriftKind, subject: string): Promise<DriftRow | undefined> {
    return this.#knex<DriftRow>('drift_items')
      .where({ kind, subject })
      .whereNull('gone_at')
      .first();
  }

  #filtered(
    query: Pick<DriftQuery, 'accountId' | 'productRef'>,
    readable: ReadFilter,
  ): Knex.QueryBuilder {
    return this.#knex('drift_items as d')
      .whereNull('d.gone_at')
      .modify(list => {
        if (query.accountId) list.where('d.account_id', query.accountId);
        if (query.productRef) list.where('d.product_ref', query.productRef);
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
    readable: ReadFilter,
  ): Promise<DriftPage['counts']> {
    const counts = { excess: 0, missing: 0, identity: 0, residue: 0 };
    for (const kind of kinds) {
      const [{ count }] = await this.#knex
        .from(
          this.#filtered(query, readable)
            .where('d.kind', kind)
            .select('d.id')
            .limit(MOST_COUNTED)
            .as('w'),
        )
        .count({ count: '*' });
      counts[kind] = Number(count);
    }
    return counts;
  }
}
