import type { Knex } from 'knex';
import type {
  DriftQuery,
  GrantPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { listDrift } from '../drift/driftList';
import { testDatabases } from '../testing/databases';
import { fillManyGrants } from '../testing/manyGrants';
import {
  nodesOf,
  plansOf,
  plansOfPages,
  problemsWith,
  type PlanNode,
} from '../testing/queryPlans';
import { ADMIN, ScanningWorld } from '../testing/scanningFixture';
import { seesAll, whereGrantTold, type GrantView } from '../sight';
import { allGrants, listGrants, type GrantFilter } from './grantList';
import { selectGrants } from './selectGrants';

jest.setTimeout(300_000);

const GRANTS = 60_000;

const large = /observed_grant|drift_items|grant_counts/;

/** Reads of a whole table, and of more than a page may cost. */
const problemsOf = (plans: readonly PlanNode[]) => problemsWith(plans, large);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('pages on %s', id => {
  it('find in windows what no index answers, and miss nothing', async () => {
    const world = await ScanningWorld.on(await databases.migrated(id));
    const one = world.replica();
    for (let index = 0; index < 400; index += 1) {
      world.system.give(`fake:p${index}`, 'sales.orders', [
        index % 40 === 0 ? 'rare' : 'id',
      ]);
    }
    await world.scan(one);
    const found: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page: GrantPage = await listGrants(
        world.knex,
        { q: 'RARE sales' },
        { limit: 4, cursor, window: 3 },
        seesAll,
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

    beforeAll(async () => {
      knex = await databases.migrated('POSTGRES_15');
      await fillManyGrants(knex, GRANTS);
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
        listGrants(knex, filter, { limit: 20, cursor }, seesAll),
      );
      expect(problemsOf(plans)).toEqual([]);
    });

    const own = (products: number): GrantView => ({
      principals: [
        'arn:aws:iam::000000000003:role/r13',
        'arn:aws:iam::000000000004:role/r14',
      ],
      products: Array.from({ length: products }, (_, index) => ({
        productRef: `dataproduct:default/p${40 + index}`,
        title: 'Own',
        ports: [],
      })),
    });

    it.each<[string, GrantFilter, GrantView]>([
      ['of own principals', {}, own(0)],
      ['of own principals and products', {}, own(3)],
      ['of many own products', {}, own(20)],
      ['of own ones and a reason', { because: ['unexplained'] }, own(3)],
      [
        'of own ones on a product of others',
        { productRef: 'dataproduct:default/p7' },
        own(3),
      ],
      ['of own ones at a date', { at: '2026-11-25T12:00:00.000Z' }, own(3)],
    ])('%s are read from an index', async (_, filter, view) => {
      const plans = await plansOfPages(knex, cursor =>
        listGrants(knex, filter, { limit: 20, cursor }, { ...seesAll, view }),
      );
      expect(problemsOf(plans)).toEqual([]);
    });

    it('of drift of own principals are read from an index', async () => {
      const plans = await plansOfPages(knex, cursor =>
        listDrift(
          knex,
          { limit: 20, cursor },
          { readable: 'all', view: own(0) },
        ),
      );
      expect(problemsOf(plans)).toEqual([]);
    });

    it.each([
      [0, 'r13 and r14'],
      [3, 'three products'],
      [30, 'thirty products'],
    ])(
      'of %s own products hold all that is told, each once',
      async products => {
        const view = own(products);
        const found: string[] = [];
        for await (const grants of allGrants(
          knex,
          {},
          {
            ...seesAll,
            view,
          },
        )) {
          found.push(...grants.map(grant => grant.id));
        }
        const wanted: Array<{ id: string }> = await knex('observed_grants as g')
          .whereNull('gone_at')
          .modify(query =>
            whereGrantTold(query, view, { principal: 'principal', id: 'g.id' }),
          )
          .orderBy(['principal', 'resource_key', 'id'])
          .select('id');
        expect(wanted.length).toBeGreaterThan(0);
        expect(found).toEqual(wanted.map(row => String(row.id)));
      },
    );

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
      const plans = await plansOfPages(knex, cursor =>
        listDrift(
          knex,
          { ...query, limit: 20, cursor },
          { readable: 'all', view: 'all' },
        ),
      );
      expect(problemsOf(plans)).toEqual([]);
    });

    it.each([undefined, '2026-11-25T12:00:00.000Z'])(
      'of one place are read from an index, wherever they were seen (at %s)',
      async at => {
        const found: number[] = [];
        const plans = await plansOf(knex, async () => {
          for await (const rows of selectGrants(knex, {
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
        for await (const rows of selectGrants(knex, {
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
