import type { Knex } from 'knex';
import { portOf, principalOf } from '../store/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import { changedIdentities } from '../entitlements/changedIdentities';
import type { DriftStore } from './DriftStore';
import type { JudgedScan } from './JudgedScan';

/** That nobody was there, which whoever is created later is not. */
const nobodyAt = (missing: readonly string[] = []) =>
  Object.fromEntries(missing.map(key => [key, 'nobody']));

/**
 * Judges whether an entitlement is still given for the same things: tables and
 * principals that were created anew, or are gone.
 */
export class IdentityJudge {
  readonly #knex: Knex;
  readonly #drift: DriftStore;
  readonly #clock: () => Date;

  constructor(options: { knex: Knex; drift: DriftStore; clock: () => Date }) {
    this.#knex = options.knex;
    this.#drift = options.drift;
    this.#clock = options.clock;
  }

  /** What was found the last time of entitlements, in words. */
  async wordsOf(ids: readonly string[]): Promise<Map<string, string>> {
    const rows: Array<{ entitlement_id: string; identity_words: string }> =
      await this.#knex('entitlement_checks')
        .whereIn('entitlement_id', [...ids])
        .whereNotNull('identity_words')
        .select('entitlement_id', 'identity_words');
    return new Map(rows.map(row => [row.entitlement_id, row.identity_words]));
  }

  async look(
    { claim, provisioner, signal }: JudgedScan,
    row: EntitlementRow,
  ): Promise<void> {
    const given = JSON.parse(row.identities) as { [key: string]: string };
    const intent = {
      port: portOf(row),
      scope: JSON.parse(row.scope),
      principal: principalOf(row),
    };
    let words: string[];
    let found: { [key: string]: string } = {};
    try {
      const resolved = await provisioner.resolve(intent, {
        signal,
        together: claim,
      });
      found = { ...nobodyAt(resolved.missing), ...resolved.identities };
      words = changedIdentities(given, resolved);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'NotFoundError') {
        // What cannot be looked at now is looked at another time.
        await this.#noteCheck(row.id, undefined);
        return;
      }
      words = [error.message];
    }
    await this.#learn(row, given, found);
    await this.#noteCheck(row.id, words);
    if (words.length === 0) {
      await this.#drift.close('identity', row.id);
      return;
    }
    await this.#drift.report({
      kind: 'identity',
      subject: row.id,
      targetId: claim.target.id,
      accountId: claim.target.accountId,
      entitlementId: row.id,
      productRef: row.product_ref,
      words: words.join('; '),
    });
  }

  /**
   * What could not be looked at when access was planned is remembered from the
   * first time that it can. What is known stays: only a person decides on that.
   */
  async #learn(
    row: EntitlementRow,
    given: { [key: string]: string },
    found: { [key: string]: string },
  ): Promise<void> {
    if (Object.keys(found).every(key => given[key] !== undefined)) return;
    await this.#knex<EntitlementRow>('entitlements')
      .where({ id: row.id, identities: row.identities })
      .update({ identities: JSON.stringify({ ...found, ...given }) });
  }

  async #noteCheck(
    entitlementId: string,
    words: readonly string[] | undefined,
  ): Promise<void> {
    const found = words && {
      identity_words: words.length > 0 ? words.join('; ') : null,
    };
    await this.#knex('entitlement_checks')
      .insert({
        entitlement_id: entitlementId,
        checked_at: this.#clock().toISOString(),
        ...found,
      })
      .onConflict('entitlement_id')
      .merge();
  }
}
