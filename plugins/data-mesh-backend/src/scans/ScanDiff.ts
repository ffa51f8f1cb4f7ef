import type { Knex } from 'knex';
import { InputError } from '@backstage/errors';
import type {
  GrantScanner,
  ScannedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { grantOf, hashOfGrant } from '../store/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import { readAll } from '../store/page';
import { inTurns } from '../turns';
import { IdSet } from './IdSet';
import type { ScanClaim } from '../store/ScanRow';
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

const KEYS_AT_ONCE = 250;
const KEY_LENGTH = 512;

/**
 * Compares what a scan sees, page by page, with what is stored, and stages the
 * differences: nothing else is written, and memory does not grow with the
 * grants.
 */
export class ScanDiff {
  readonly #knex: Knex;
  readonly #claim: ScanClaim;
  readonly #seen = new IdSet();

  constructor(knex: Knex, claim: ScanClaim) {
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
    const stored = readAll<Pick<ObservedGrantRow, 'id' | 'grant_key'>>(
      this.#knex,
      {
        order: ['grant_key'],
        keyOf: row => [row.grant_key],
        source: () =>
          this.#knex('observed_grants')
            .where({ target_id: this.#claim.target.id })
            .whereNull('gone_at')
            .select('id', 'grant_key'),
      },
      { batch: 2000 },
    );
    for await (const rows of stored) {
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
    return countChanges(this.#knex, this.#claim.token);
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
    for (let start = 0; start < changes.length; start += KEYS_AT_ONCE) {
      await this.#knex<ScanChangeRow>('scan_changes')
        .insert(
          changes.slice(start, start + KEYS_AT_ONCE).map(change => ({
            claim: this.#claim.token,
            target_id: this.#claim.target.id,
            ...change,
          })),
        )
        .onConflict(['claim', 'grant_key'])
        .merge();
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
