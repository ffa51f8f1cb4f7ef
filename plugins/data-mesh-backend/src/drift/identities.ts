import type { Knex } from 'knex';
import { portOf, principalOf } from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import { changedIdentities } from '../entitlements/lifecycle/changedIdentities';
import { closeDrift, reportDrift } from '../store/drift/driftItems';
import type { JudgeDeps, JudgedScan } from './JudgedScan';

/** That nobody was there, which whoever is created later is not. */
const nobodyAt = (missing: readonly string[] = []) =>
  Object.fromEntries(missing.map(key => [key, 'nobody']));

type IdentityDeps = Pick<JudgeDeps, 'knex' | 'clock'>;

/** What was found the last time of entitlements, in words. */
export async function identityWordsOf(
  db: Knex,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows: Array<{ entitlement_id: string; identity_words: string }> =
    await db('entitlement_checks')
      .whereIn('entitlement_id', [...ids])
      .whereNotNull('identity_words')
      .select('entitlement_id', 'identity_words');
  return new Map(rows.map(row => [row.entitlement_id, row.identity_words]));
}

/**
 * Judges whether an entitlement is still given for the same things: tables and
 * principals that were created anew, or are gone.
 */
export async function lookAtIdentities(
  { knex, clock }: IdentityDeps,
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
      await noteCheck({ knex, clock }, row.id, undefined);
      return;
    }
    words = [error.message];
  }
  await learn(knex, row, given, found);
  await noteCheck({ knex, clock }, row.id, words);
  if (words.length === 0) {
    await closeDrift(knex, 'identity', row.id, clock());
    return;
  }
  await reportDrift(
    knex,
    {
      kind: 'identity',
      subject: row.id,
      targetId: claim.target.id,
      accountId: claim.target.accountId,
      entitlementId: row.id,
      productRef: row.product_ref,
      words: words.join('; '),
    },
    clock(),
  );
}

/**
 * What could not be looked at when access was planned is remembered from the
 * first time that it can. What is known stays: only a person decides on that.
 */
async function learn(
  knex: Knex,
  row: EntitlementRow,
  given: { [key: string]: string },
  found: { [key: string]: string },
): Promise<void> {
  if (Object.keys(found).every(key => given[key] !== undefined)) return;
  await knex<EntitlementRow>('entitlements')
    .where({ id: row.id, identities: row.identities })
    .update({ identities: JSON.stringify({ ...found, ...given }) });
}

async function noteCheck(
  { knex, clock }: IdentityDeps,
  entitlementId: string,
  words: readonly string[] | undefined,
): Promise<void> {
  const found = words && {
    identity_words: words.length > 0 ? words.join('; ') : null,
  };
  await knex('entitlement_checks')
    .insert({
      entitlement_id: entitlementId,
      checked_at: clock().toISOString(),
      ...found,
    })
    .onConflict('entitlement_id')
    .merge();
}
