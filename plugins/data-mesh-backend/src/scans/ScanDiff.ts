import type { Knex } from 'knex';
import { InputError } from '@backstage/errors';
import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  GrantScanner,
  ScannedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { grantOf, hashOfGrant } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import {
  firstOf,
  ONE_PART,
  rowsInParts,
  type LargeRows,
} from '../store/inParts';
import { readAll } from '../store/page';
import { inTurns, nextTurn } from '../turns';
import { IdSet } from './IdSet';
import type { TargetLease } from '../store/scans/ScanRow';
import type { ChangeCounts } from '../events';

/** A difference between what is stored and what a scan sees. */
export interface ScanChangeRow {
  claim: string;
  target_id: string;
  grant_key: string;
  /** The stored grant that changes or is gone; null where it is new. */
  observed_id: number | string | null;
  /** With hash and data null where it is gone. */
  group_key: string | null;
  hash: string | null;
  data: string | null;
  /** Why the system itself lets it be; only of a scan that was halted. */
  standing?: string | null;
}

type StoredKey = Pick<ObservedGrantRow, 'id' | 'grant_key'>;

/** The part of a target that was looked at. */
export interface LookedAt {
  /** Databases, and what is in none, of catalogs. */
  places: ReadonlyArray<{ catalogId?: string; database: string }>;
  /** Whether the look would have listed a grant of those places. */
  shows(grant: ObservedGrant): boolean;
}

const keysWithGrants: LargeRows<ObservedGrantRow> = {
  table: 'observed_grants',
  key: 'id',
  large: ['data'],
  columns: ['id', 'grant_key', 'data'],
};

const KEYS_AT_ONCE = 250;
const KEY_LENGTH = 512;

/**
 * Compares what a scan sees, page by page, with what is stored, and stages the
 * differences: nothing else is written, and memory does not grow with the
 * grants.
 */
export class ScanDiff {
  readonly #knex: Knex;
  readonly #claim: TargetLease;
  readonly #seen = new IdSet();

  constructor(knex: Knex, claim: TargetLease) {
    this.#knex = knex;
    this.#claim = claim;
  }

  /** Takes a page of what the system holds. */
  async add(grants: readonly ScannedGrant[]): Promise<void> {
    for (let start = 0; start < grants.length; start += KEYS_AT_ONCE) {
      await this.#compare(grants.slice(start, start + KEYS_AT_ONCE));
    }
  }

  /** All has been seen: what is stored and was not is gone. */
  async finish(): Promise<ChangeCounts> {
    const stored = readAll<StoredKey>(
      this.#knex,
      {
        order: ['grant_key'],
        keyOf: row => [row.grant_key],
        source: () => this.#live().select('id', 'grant_key'),
      },
      { batch: 2000 },
    );
    for await (const rows of stored) await this.#stageGone(rows);
    return countChanges(this.#knex, this.#claim.token);
  }

  /** The same where only a part of the target has been looked at. */
  async finishPart({ places, shows }: LookedAt): Promise<ChangeCounts> {
    for (const { catalogId = null, database } of places) {
      for (const name of [database.toLocaleLowerCase('en-US'), null]) {
        const inPlace: Array<Pick<ObservedGrantRow, 'id'>> = await this.#live()
          .where({ catalog_id: catalogId, database_name: name })
          .select('id');
        const unseen = inPlace
          .map(row => row.id)
          .filter(id => !this.#seen.has(Number(id)));
        for (let start = 0; start < unseen.length; start += KEYS_AT_ONCE) {
          const rows = rowsInParts(this.#knex, keysWithGrants, query =>
            query.whereIn('id', unseen.slice(start, start + KEYS_AT_ONCE)),
          );
          const gone: StoredKey[] = [];
          for await (const row of rows) if (shows(grantOf(row))) gone.push(row);
          await this.#stageGone(gone);
        }
      }
    }
    return countChanges(this.#knex, this.#claim.token);
  }

  #live(): Knex.QueryBuilder {
    return this.#knex('observed_grants')
      .where({ target_id: this.#claim.target.id })
      .whereNull('gone_at');
  }

  async #stageGone(rows: readonly StoredKey[]): Promise<void> {
    const gone = rows.filter(row => !this.#seen.has(Number(row.id)));
    await this.#stage(
      gone.map(row => ({
        grant_key: row.grant_key,
        observed_id: row.id,
        group_key: null,
        hash: null,
        data: null,
      })),
    );
  }

  /**
   * Notes which of the staged grants the system itself lets be: whoever applies
   * them later may not know its rules.
   */
  async noteStanding(scanner: Pick<GrantScanner, 'standing'>): Promise<void> {
    const { token, target } = this.#claim;
    const staged = readAll<ScanChangeRow>(this.#knex, {
      order: ['grant_key'],
      keyOf: row => [row.grant_key],
      source: () =>
        this.#knex<ScanChangeRow>('scan_changes')
          .where({ claim: token })
          .whereNotNull('data')
          .select('*'),
    });
    for await (const rows of staged) {
      for await (const row of inTurns(rows)) {
        const standing =
          row.data && scanner.standing(target, grantOf({ data: row.data }));
        if (standing) {
          await this.#knex<ScanChangeRow>('scan_changes')
            .where({ claim: token, grant_key: row.grant_key })
            .update({ standing: JSON.stringify(standing) });
        }
      }
    }
  }

  async #compare(grants: readonly ScannedGrant[]): Promise<void> {
    // A page that shifted while it was read may bring one twice.
    const byKey = new Map(grants.map(one => [one.key, one]));
    for (const key of byKey.keys()) {
      if (key.length > KEY_LENGTH) {
        throw new InputError(
          `The key '${key.slice(0, 60)}…' of a scanned grant has ${
            key.length
          } characters, expected up to ${KEY_LENGTH}`,
        );
      }
    }
    const stored: Array<Pick<ObservedGrantRow, 'id' | 'grant_key' | 'hash'>> =
      await this.#knex('observed_grants')
        .where({ target_id: this.#claim.target.id })
        .whereIn('grant_key', [...byKey.keys()])
        .whereNull('gone_at')
        .select('id', 'grant_key', 'hash');
    const storedByKey = new Map(stored.map(row => [row.grant_key, row]));
    const changes: Array<Omit<ScanChangeRow, 'claim' | 'target_id'>> = [];
    for await (const [key, scanned] of inTurns(byKey)) {
      const old = storedByKey.get(key);
      if (old) this.#seen.add(Number(old.id));
      const hash = hashOfGrant(scanned);
      if (old?.hash !== hash) {
        changes.push({
          grant_key: key,
          observed_id: old?.id ?? null,
          group_key: scanned.group,
          hash,
          data: JSON.stringify(scanned.grant),
        });
      }
    }
    await this.#stage(changes);
  }

  async #stage(
    changes: Array<Omit<ScanChangeRow, 'claim' | 'target_id'>>,
  ): Promise<void> {
    const sized = changes.map(change => ({
      size: change.data?.length ?? 0,
      row: {
        claim: this.#claim.token,
        target_id: this.#claim.target.id,
        ...change,
      },
    }));
    for (let start = 0; start < sized.length; ) {
      const part = firstOf(sized.slice(start, start + KEYS_AT_ONCE), ONE_PART);
      await this.#knex<ScanChangeRow>('scan_changes')
        .insert(part.map(({ row }) => row))
        .onConflict(['claim', 'grant_key'])
        .merge();
      await nextTurn();
      start += part.length;
    }
  }
}

/** Counts what a scan has staged. */
export async function countChanges(
  knex: Knex,
  claim: string,
): Promise<ChangeCounts> {
  const [row]: Array<{ [name: string]: number | string | null }> = await knex(
    'scan_changes',
  )
    .where({ claim })
    .select(
      knex.raw('count(*) as total'),
      knex.raw('count(observed_id) as known'),
      knex.raw('count(case when data is null then 1 end) as removed'),
    );
  const total = Number(row.total);
  const known = Number(row.known);
  const removed = Number(row.removed);
  return { added: total - known, changed: known - removed, removed };
}
