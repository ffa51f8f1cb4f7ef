import type { Knex } from 'knex';
import { testDatabases } from '../testing/databases';
import { migrationsDirectory as directory } from '../testing/MigratedCopies';

const databases = testDatabases();

const ADOPTED_GROUPS = '20261129000020_adopted_groups.js';
const APPROVED_AND_MORE = '20261129000021_approved_and_more.js';
const AT = '2026-11-25T00:00:00.000Z';

const migrated = (knex: Knex) => knex.migrate.latest({ directory });

/** Takes migrations back, the last of them first. */
async function before(knex: Knex, ...names: string[]) {
  for (const name of names.reverse()) {
    await knex.migrate.down({ directory, name } as Parameters<
      typeof knex.migrate.down
    >[0]);
  }
}

interface Held {
  key: string;
  group?: string;
  principal?: string;
  account?: string | null;
  because: string;
  entitlement?: string;
  excess?: boolean;
  gone?: boolean;
  products?: string[];
}

/** Grants as scans of before have stored them. */
async function hold(knex: Knex, grants: readonly Held[]) {
  for (const grant of grants) {
    const gone = { gone_at: grant.gone ? AT : null };
    const sorted = {
      principal: grant.principal ?? 'fake:amy',
      resource_key: grant.key,
    };
    const [{ id }] = await knex('observed_grants')
      .insert({
        ...sorted,
        ...gone,
        target_id: 'fake:sales',
        grant_key: grant.key,
        group_key: grant.group ?? grant.key,
        hash: grant.key,
        account_id: grant.account ?? null,
        principal_kind: 'other',
        data: '{}',
        search_text: '',
        because: grant.because,
        entitlement_id: grant.entitlement ?? null,
        excess: grant.excess ? '[{}]' : null,
        products: JSON.stringify(grant.products ?? []),
        first_seen_at: AT,
        valid_from: AT,
      })
      .returning('id');
    for (const product of grant.products ?? []) {
      await knex('observed_grant_products').insert({
        ...sorted,
        ...gone,
        product_ref: product,
        grant_id: id,
      });
    }
  }
}

const adoption = (index: number, key: string, gone?: string) => ({
  id: `adopted-${String(index).padStart(4, '0')}`,
  target_id: 'fake:sales',
  grant_key: key,
  data: '{}',
  reason: 'It was here before',
  adopted_by: 'user:default/omar',
  adopted_at: AT,
  gone_at: gone ?? null,
});

describe.each(databases.eachSupportedId())('filled tables on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrated(knex);
  });

  it('learn the groups of what was adopted, all of it and as it was seen last', async () => {
    await before(knex, ADOPTED_GROUPS, APPROVED_AND_MORE);
    await hold(knex, [
      { key: 'a', group: 'old group', because: 'adopted', gone: true },
      { key: 'a', group: 'group of a', because: 'adopted' },
      { key: 'gone', group: 'group of gone', because: 'adopted', gone: true },
    ]);
    // More than it reads at once.
    const many = Array.from({ length: 1_100 }, (_, index) =>
      adoption(index, 'a', index > 0 ? AT : undefined),
    );
    await knex.batchInsert(
      'adopted_grants',
      [...many, adoption(5_000, 'gone'), adoption(5_001, 'never seen')],
      50,
    );
    await migrated(knex);
    expect(
      await knex('adopted_grants')
        .groupBy('grant_key', 'group_key')
        .orderBy('grant_key')
        .select('grant_key', 'group_key')
        .count({ count: '*' })
        .then(rows => rows.map(row => ({ ...row, count: Number(row.count) }))),
    ).toEqual([
      { grant_key: 'a', group_key: 'group of a', count: 1_100 },
      { grant_key: 'gone', group_key: 'group of gone', count: 1 },
      { grant_key: 'never seen', group_key: null, count: 1 },
    ]);

    await before(knex, ADOPTED_GROUPS, APPROVED_AND_MORE);
    expect(await knex('adopted_grants').first()).not.toHaveProperty(
      'group_key',
    );
    expect(await knex('adopted_grants')).toHaveLength(1_102);
    await migrated(knex);
  });

  it('tell what is approved and more, and count it', async () => {
    await before(knex, APPROVED_AND_MORE);
    await hold(knex, [
      {
        key: 'a',
        because: 'entitlement',
        entitlement: 'e1',
        excess: true,
        account: '111111111111',
        products: ['p1', 'p2'],
      },
      {
        key: 'b',
        because: 'before-us',
        entitlement: 'e2',
        excess: true,
        products: ['p1'],
      },
      { key: 'c', because: 'adopted', excess: true, principal: 'fake:bob' },
      { key: 'd', because: 'entitlement', entitlement: 'e1' },
      // All of it is unexplained, and so is what explained it once.
      { key: 'e', because: 'unexplained', excess: true },
      {
        key: 'f',
        because: 'entitlement',
        entitlement: 'e1',
        excess: true,
        gone: true,
        products: ['p1'],
      },
    ]);
    const counted = (pivot: string, ref: string) => ({
      pivot,
      group_ref: ref,
      title: ref,
      grants: 9,
      unexplained: 3,
      rank: -3,
    });
    await knex('grant_counts').insert([
      counted('product', 'p1'),
      counted('product', 'p2'),
      counted('product', 'p3'),
      counted('principal', 'fake:amy'),
      counted('principal', 'fake:bob'),
      counted('account', '111111111111'),
    ]);

    await migrated(knex);

    const reasons = async () =>
      Object.fromEntries(
        (
          await knex('observed_grants')
            .orderBy('grant_key')
            .select('grant_key', 'because')
        ).map(row => [row.grant_key, row.because]),
      );
    expect(await reasons()).toEqual({
      a: 'approved-and-more',
      b: 'approved-and-more',
      c: 'approved-and-more',
      d: 'entitlement',
      e: 'unexplained',
      // History says it as well.
      f: 'approved-and-more',
    });
    const counts = await knex('grant_counts').select('group_ref', 'more');
    expect(
      Object.fromEntries(counts.map(row => [row.group_ref, Number(row.more)])),
    ).toEqual({
      p1: 2,
      p2: 1,
      p3: 0,
      'fake:amy': 2,
      'fake:bob': 1,
      '111111111111': 1,
    });

    await before(knex, APPROVED_AND_MORE);
    // Why exactly is not known any more; that an entitlement has to do with it is.
    expect(await reasons()).toEqual({
      a: 'entitlement',
      b: 'entitlement',
      c: 'adopted',
      d: 'entitlement',
      e: 'unexplained',
      f: 'entitlement',
    });
    await migrated(knex);
  });
});
