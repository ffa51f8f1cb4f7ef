import type { Knex } from 'knex';
import type {
  DriftQuery,
  GrantPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { DriftStore } from '../drift/DriftStore';
import { testDatabases } from '../testing/databases';
import { fillManyGrants } from '../testing/manyGrants';
import { migrationsDirectory } from '../testing/provisioningFixture';
import {
  nodesOf,
  plansOf,
  plansOfPages,
  problemsWith,
  type PlanNode,
} from '../testing/queryPlans';
import { ADMIN, ScanningWorld } from '../testing/scanningFixture';
import { ObservedGrantStore, type GrantFilter } from './ObservedGrantStore';

jest.setTimeout(300_000);

const GRANTS = 60_000;

const large = /observed_grant|drift_items|grant_counts/;

/** Reads of a whole table, and of more than a page may cost. */
const problemsOf = (plans: readonly PlanNode[]) => problemsWith(plans, large);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('pages on %s', id => {
  it('find in windows what no index answers, and miss nothing', async () => {
    const world = await ScanningWorld.on(await databases.init(id));
    const one = world.replica();
    for (let index = 0; index < 400; index += 1) {
      world.system.give(`fake:p${index}`, 'sales.orders', [
        index % 40 === 0 ? 'rare' : 'id',
      ]);
    }
    await world.scan(one);
    const store = new ObservedGrantStore(world.knex);
    const found: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page: GrantPage = await store.list(
        { q: 'RARE sales' },
        { limit: 4, cursor, window: 3 },
      );
      found.push(...page.items.map(item => item.id));
      sizes.push(page.items.length);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(new Set(found).size).toBe(10);
    expect(found).toHaveLength(10);
    // So many windows a page: some hold less than the limit, though more follow.
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4);
    expect(sizes.length).toBeGreaterThan(3);
  });

  if (id !== 'POSTGRES_15') return;

  describe('of many grants', () => {
    let knex: Knex;
    let store: ObservedGrantStore;

    beforeAll(async () => {
      knex = await databases.init('POSTGRES_15');
      await knex.migrate.latest({ directory: migrationsDirectory });
      await fillManyGrants(knex, GRANTS);
      store = new ObservedGrantStore(knex);
    });

    it.each<[string, GrantFilter]>([
      ['of everything', {}],
      ['of a target', { targetId: 'fake:t3' }],
      ['of an account', { accountId: '000000000003' }],
      ['of a product', { productRef: 'dataproduct:default/p40' }],
      ['of a principal', { principal: 'arn:aws:iam::000000000003:role/r13' }],
      ['of a database', { database: 'DB7' }],
      ['of a table', { table: 't77' }],
      ['of what is unexplained', { because: ['unexplained'] }],
      ['of two reasons', { because: ['unexplained', 'adopted'] }],
      [
        'of an account and a reason',
        { accountId: '000000000003', because: ['entitlement'] },
      ],
      ['of words that many have', { q: 'select role' }],
      ['of words that nobody has', { q: 'nothing like it' }],
      ['at a date', { at: '2026-11-25T12:00:00.000Z' }],
      [
        'of a product at a date, by words',
        {
          productRef: 'dataproduct:default/p40',
          at: '2026-11-25T12:00:00.000Z',
          q: 'select',
        },
      ],
    ])('%s are read from an index', async (_, filter) => {
      const plans = await plansOfPages(knex, cursor =>
        store.list(filter, { limit: 20, cursor }),
      );
      expect(problemsOf(plans)).toEqual([]);
    });

    it.each(['product', 'principal', 'account'] as const)(
      'of summaries by %s are read from an index',
      async by => {
        const { explorer } = new ScanningWorld(knex).replica();
        const plans = await plansOfPages(knex, cursor =>
          explorer.summarize(ADMIN, { by, limit: 3, cursor }),
        );
        expect(problemsOf(plans)).toEqual([]);
      },
    );

    it.each<[string, DriftQuery]>([
      ['of one kind', { kind: ['excess'] }],
      ['of an account', { accountId: '000000000004' }],
      ['of all kinds', {}],
    ])('of drift %s are read from an index', async (_, query) => {
      const drift = new DriftStore({ knex, clock: () => new Date() });
      const plans = await plansOfPages(knex, cursor =>
        drift.list({ ...query, limit: 20, cursor }, 'all'),
      );
      expect(problemsOf(plans)).toEqual([]);
    });

    it.each([undefined, '2026-11-25T12:00:00.000Z'])(
      'of one place are read from an index, wherever they were seen (at %s)',
      async at => {
        const found: number[] = [];
        const plans = await plansOf(knex, async () => {
          for await (const rows of store.select({
            at,
            targetIds: ['fake:t3', 'fake:t4'],
            place: {
              catalogIds: ['000000000003', '000000000003:nested'],
              database: 'DB7',
              ownTargetIds: ['fake:t3'],
            },
          })) {
            found.push(rows.length);
          }
        });
        // One of ten catalogs, one of 211 databases.
        const count = found.reduce((sum, one) => sum + one, 0);
        expect(Math.abs(count - GRANTS / 2110)).toBeLessThan(2);
        const read = plans
          .flatMap(nodesOf)
          .filter(node => large.test(node['Relation Name'] ?? ''))
          .map(
            node => node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0),
          );
        expect(problemsOf(plans)).toEqual([]);
        expect(Math.max(...read)).toBeLessThan(2 * count);
      },
    );

    it('of what a question needs are read from an index', async () => {
      const found: number[] = [];
      const plans = await plansOf(knex, async () => {
        for await (const rows of store.select({
          targetIds: ['fake:t3'],
          holder: {
            principal: 'arn:aws:iam::000000000003:role/r13',
            kinds: new Set(['account', 'special']),
          },
        })) {
          found.push(rows.length);
        }
      });
      expect(found).toEqual([GRANTS / 5000]);
      expect(problemsOf(plans)).toEqual([]);
    });
  });
});
