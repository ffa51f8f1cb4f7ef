import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { aCaller, anApproval, aPort } from '../testing/provisioningFixture';
import {
  ScanningWorld,
  type ScanningReplica,
} from '../testing/scanningFixture';
import { testDatabases } from '../testing/databases';
import { grantsOfProduct } from './grantsOfProduct';

const databases = testDatabases();

const productRef = 'dataproduct:default/orders';
const omar = aCaller('user:default/omar');
const ALL = ['id', 'amount', 'email'];

describe.each(databases.eachSupportedId())('grants on %s', databaseId => {
  let world: ScanningWorld;
  let one: ScanningReplica;
  let result: AuthorizeResult.ALLOW | AuthorizeResult.DENY;

  beforeEach(async () => {
    world = await ScanningWorld.on(await databases.migrated(databaseId));
    result = AuthorizeResult.ALLOW;
    one = world.replica({
      permissions: mockServices.permissions.mock({
        authorize: async () => [{ result }],
      }),
      findProduct: async (ref, credentials) =>
        ref === productRef && credentials === omar.credentials
          ? {
              entity: {
                spec: { outputPorts: world.ports },
              } as DataProductEntity,
              productRef,
              title: 'Orders',
              ownerRef: 'group:default/sales',
              domainRef: 'domain:default/sales',
            }
          : undefined,
    });
  });

  /** Somebody opens the tab Access a little later. */
  const grantsNow = async () => {
    world.clock.advance({ seconds: 10 });
    const seen = await grantsOfProduct(one.productGrants, omar, productRef);
    await one.refresher.idle();
    return seen;
  };

  /** What an approval gives, as a scan has seen it. */
  const anActive = async (options: Parameters<typeof anApproval>[0] = {}) => {
    const id = await world.active(one, options);
    await world.scan(one);
    return id;
  };

  const kinds = async () => {
    const { items } = await grantsNow();
    return Object.fromEntries(
      items.map(({ grant, because }) => [grant.principal.id, because.kind]),
    );
  };

  const healthOf = async (id: string) => {
    const { health, healthReason } = await world.provisioning.entitlement(id);
    return [health, healthReason];
  };

  it('names the entitlement behind a grant: who asked, who approved, since when and until when', async () => {
    const id = await anActive();

    expect(await grantsNow()).toEqual({
      productRef,
      seenAt: '2026-11-23T08:00:20.000Z',
      hidden: 0,
      missing: [],
      errors: [],
      items: [
        {
          port: 'lake',
          grant: {
            principal: { id: 'fake:analyst', kind: 'other', name: 'analyst' },
            resource: {
              words: 'sales.orders (amount, email, id)',
              database: 'sales',
              table: 'orders',
              columns: ['amount', 'email', 'id'],
            },
            permissions: ['READ'],
            grantable: [],
          },
          because: {
            kind: 'entitlement',
            entitlementId: id,
            requestId: 'request-1',
            requesterRef: 'user:default/ana',
            approvedBy: ['user:default/omar'],
            since: '2026-11-23T08:00:00.000Z',
            expiresAt: '2026-12-23T08:00:00.000Z',
          },
        },
      ],
    });
  });

  it('tells what was there before us, what nobody explains, and what is only part of it', async () => {
    world.system.give('fake:analyst', 'sales.orders', ['id']);
    world.system.give('fake:other', 'sales.orders', ['id']);
    world.system.give('IAM_ALLOWED_PRINCIPALS', 'sales.orders', ['id']);
    await anActive({ tables: { orders: ['id'] } });
    expect(await kinds()).toEqual({
      'fake:analyst': 'before-us',
      'fake:other': 'unexplained',
      IAM_ALLOWED_PRINCIPALS: 'unrestricted',
    });

    await anActive({ tables: { orders: ['amount'] } });
    const mixed = (await grantsNow()).items.find(
      item => item.grant.principal.id === 'fake:analyst',
    );
    expect(mixed?.because).toMatchObject({
      kind: 'entitlement',
      words: expect.stringMatching(/^A part of it/),
    });
  });

  it('names the entitlement that ends last where several stand behind a grant', async () => {
    await anActive({ durationDays: 10 });
    const longest = await anActive({ durationDays: 30 });
    const { items } = await grantsNow();
    expect(items.map(item => item.because)).toMatchObject([
      {
        entitlementId: longest,
        words: '1 more entitlement stands behind it',
      },
    ]);
  });

  it('explains a grant by the entitlement of another product that gives the same table away', async () => {
    const id = await anActive({ productRef: 'dataproduct:default/mart' });
    const { items, missing } = await grantsNow();
    expect(items[0].because).toMatchObject({ entitlementId: id });
    expect(missing).toEqual([]);
  });

  it('misses an active entitlement that nothing stands behind, until it is back', async () => {
    const id = await anActive();
    world.system.take('fake:analyst', 'sales.orders');

    const seen = await grantsNow();
    expect(seen.items).toEqual([]);
    expect(seen.missing).toMatchObject([
      {
        id,
        state: 'active',
        health: 'degraded',
        healthReason: 'Fake lake does not list `sales.orders`',
      },
    ]);
    expect(await world.drift()).toEqual([`missing ${id}`]);
    expect(await world.live()).toEqual([]);

    world.system.give('fake:analyst', 'sales.orders', ALL);
    expect((await grantsNow()).missing).toEqual([]);
    expect(await healthOf(id)).toEqual(['ok', undefined]);
    expect(await world.drift()).toEqual([]);
  });

  it.each([
    [
      'a table',
      () => world.system.take('fake:analyst', 'sales.returns'),
      'Fake lake does not list `sales.returns`',
    ],
    [
      'a column',
      () => {
        world.system.take('fake:analyst', 'sales.customers');
        world.system.give('fake:analyst', 'sales.customers', ['id']);
      },
      'Fake lake does not list email of `sales.customers`',
    ],
  ])('sees that %s is gone, as a scan does', async (_, take, reason) => {
    const id = await anActive({
      tables: { orders: 'all', customers: ['id', 'email'], returns: 'all' },
    });
    one.replica.changes.length = 0;
    take();

    expect((await grantsNow()).missing).toEqual([]);
    await grantsNow();
    expect(await healthOf(id)).toEqual(['degraded', reason]);
    // Said once, not with each look.
    expect(one.replica.changes).toEqual([id]);

    await world.scan(one);
    expect(await healthOf(id)).toEqual(['degraded', reason]);
    expect(one.replica.changes).toEqual([id]);
  });

  it('sees that more is held than was approved, until it is taken away', async () => {
    const id = await anActive({ tables: { orders: ['id'] } });
    world.system.give('fake:analyst', 'sales.orders', ['email']);

    const [{ because }] = (await grantsNow()).items;
    expect(because).toMatchObject({
      kind: 'approved-and-more',
      entitlementId: id,
      more: [{ resource: { columns: ['email'] } }],
    });
    expect(await healthOf(id)).toEqual([
      'excess',
      expect.stringContaining('sales.orders (email)'),
    ]);
    expect(await world.drift()).toEqual(['excess fake:analyst sales.orders']);

    world.system.take('fake:analyst', 'sales.orders');
    world.system.give('fake:analyst', 'sales.orders', ['id']);
    await grantsNow();
    expect(await healthOf(id)).toEqual(['ok', undefined]);
    expect(await world.drift()).toEqual([]);
  });

  it('writes only about what it sees', async () => {
    world.ports = [aPort({ tables: aPort().tables.slice(0, 1) })];
    world.system.give('fake:etl', 'sales.orders', ['id']);
    world.system.give('fake:etl', 'sales.elsewhere', ['id']);
    await world.scan(one);
    const before = await world.knex('scan_targets').select('seen_at');

    world.system.take('fake:etl', 'sales.orders');
    world.system.take('fake:etl', 'sales.elsewhere');
    world.system.give('fake:new', 'sales.orders', ['id']);
    await grantsNow();

    expect(await world.reasons()).toEqual({
      'fake:etl sales.elsewhere': 'unexplained',
      'fake:new sales.orders': 'unexplained',
    });
    expect(await world.drift()).toEqual([
      'excess fake:etl sales.elsewhere',
      'excess fake:new sales.orders',
    ]);
    const [{ products }] = await world
      .knex('observed_grants')
      .where({ principal: 'fake:new' });
    expect(JSON.parse(products)).toEqual([productRef]);
    // Of the rest it still says when it was seen.
    expect(await world.knex('scan_targets').select('seen_at')).toEqual(before);
    expect(
      await world.knex('grant_counts').where({ pivot: 'principal' }),
    ).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ group_ref: 'fake:new', unexplained: 1 }),
      ]),
    );
  });

  it('takes nothing back that a scan has found where the look does not reach', async () => {
    one.provisioner.scanner.unseenTables.add('sales.returns');
    one.provisioner.scanner.readsBeside = true;
    const id = await anActive({ tables: { orders: 'all', returns: 'all' } });
    world.system.take('fake:analyst', 'sales.returns');
    await world.scan(one);
    const found = await healthOf(id);
    expect(found[0]).toBe('degraded');

    expect((await grantsNow()).missing).toEqual([]);
    expect(await healthOf(id)).toEqual(found);
  });

  it('finds nothing new for the scan after it', async () => {
    await anActive();
    world.system.give('fake:etl', 'sales.orders', ['id']);
    await grantsNow();
    const [{ changes }] = await world.scan(one);
    expect(changes).toEqual({ added: 0, changed: 0, removed: 0 });
  });

  describe('writes nothing', () => {
    const written = async () => [
      await world.live(),
      await world.drift(),
      await world.knex('step_findings'),
    ];

    it('where nobody has scanned yet', async () => {
      const id = await world.active(one);
      world.system.give('fake:etl', 'sales.orders', ['id']);
      expect(await kinds()).toEqual({
        'fake:analyst': 'entitlement',
        'fake:etl': 'unexplained',
      });
      world.system.take('fake:analyst', 'sales.orders');
      expect((await grantsNow()).missing).toMatchObject([{ id, health: 'ok' }]);
      expect(await written()).toEqual([[], [], []]);
      // Else the first scan would be too much to be believed.
      const [{ state }] = await world.scan(one);
      expect(state).toBe('done');
    });

    it('while a scan is under way, and shows what is there all the same', async () => {
      await anActive();
      const before = await written();
      world.system.give('fake:etl', 'sales.orders', ['id']);
      const held = one.provisioner.holdNext('scan');
      const scanned = world.scan(one);
      await held.reached;
      expect(await kinds()).toEqual({
        'fake:analyst': 'entitlement',
        'fake:etl': 'unexplained',
      });
      expect(await written()).toEqual(before);
      held.release();
      expect(await scanned).toMatchObject([{ state: 'done' }]);
      expect(await world.reasons()).toMatchObject({
        'fake:etl sales.orders': 'unexplained',
      });
    });

    it('where a scan begins meanwhile, which does not wait for it', async () => {
      await anActive();
      world.system.give('fake:etl', 'sales.orders', ['id']);
      const held = one.provisioner.holdNext('list', 'after');
      const seeing = kinds();
      await held.reached;
      world.system.take('fake:etl', 'sales.orders');
      expect(await world.scan(one)).toMatchObject([{ state: 'done' }]);
      const before = await written();
      held.release();
      expect(await seeing).toMatchObject({ 'fake:etl': 'unexplained' });
      expect(await written()).toEqual(before);
      expect(await world.knex('scan_changes')).toEqual([]);
    });

    it('where a scan waits for a person, or it would change too much itself', async () => {
      for (let n = 0; n < 60; n += 1) {
        world.system.give(`fake:p${n}`, 'sales.orders', ['id']);
      }
      await world.scan(one);
      const before = await written();
      for (let n = 0; n < 60; n += 1) {
        world.system.take(`fake:p${n}`, 'sales.orders');
      }
      expect((await grantsNow()).items).toEqual([]);
      expect(await written()).toEqual(before);

      expect(await world.scan(one)).toMatchObject([{ state: 'halted' }]);
      world.system.give('fake:etl', 'sales.orders', ['id']);
      expect(await kinds()).toEqual({ 'fake:etl': 'unexplained' });
      expect(await written()).toEqual(before);
    });

    it('about what it could not list', async () => {
      const id = await anActive();
      const before = await written();
      one.provisioner.failNext('list');
      const seen = await grantsNow();
      expect(seen.errors).toHaveLength(1);
      expect(seen.missing).toEqual([]);
      expect(await healthOf(id)).toEqual(['ok', undefined]);
      expect(await written()).toEqual(before);
    });
  });

  it('reports the error of one port beside the grants of the others', async () => {
    const id = await anActive();
    world.ports = [
      aPort({ name: 'broken', location: { database: 'other' } }),
      aPort(),
      aPort({ name: 'files', type: 'unknown' }),
    ];
    one.provisioner.failNext('list');
    const seen = await grantsNow();
    expect(seen.errors).toEqual([
      {
        port: 'broken',
        message: 'SlowDown: The fake system answered SlowDown',
      },
      {
        port: 'files',
        message: "No provisioner serves ports of type 'unknown'",
      },
    ]);
    expect(seen.items).toHaveLength(1);
    expect(await healthOf(id)).toEqual(['ok', undefined]);
  });

  it('still lists a port that entitlements were given for and that has left the product', async () => {
    await anActive();
    world.ports = [aPort({ name: 'new', location: { database: 'elsewhere' } })];
    const seen = await grantsNow();
    expect(seen.items.map(item => [item.port, item.because.kind])).toEqual([
      ['lake', 'entitlement'],
    ]);
  });

  it('is only for who may read grants, of products they may see', async () => {
    await expect(
      grantsOfProduct(one.productGrants, omar, 'dataproduct:default/none'),
    ).rejects.toThrow("No data product 'dataproduct:default/none'");
    await expect(
      grantsOfProduct(
        one.productGrants,
        aCaller('user:default/sam'),
        productRef,
      ),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    result = AuthorizeResult.DENY;
    await expect(grantsNow()).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(/data-mesh\.grants\.read/),
    });
  });

  it('knows who administers, and what a person let stay', async () => {
    one.provisioner.scanner.administrators.add('fake:admin');
    for (const name of ['admin', 'etl', 'stranger']) {
      world.system.give(`fake:${name}`, 'sales.orders', ['id']);
    }
    await world.scan(one);
    const [etl] = await world
      .knex('observed_grants')
      .where({ principal: 'fake:etl' });
    await world.knex('adopted_grants').insert({
      id: 'adopted-1',
      target_id: etl.target_id,
      grant_key: etl.grant_key,
      group_key: etl.group_key,
      data: etl.data,
      reason: 'It was here before',
      adopted_by: 'user:default/omar',
      adopted_at: '2026-11-23T00:00:00.000Z',
    });
    world.system.give('fake:etl', 'sales.orders', ['email']);
    const { items } = await grantsNow();
    expect(
      items.map(({ grant, because }) => [grant.principal.name, because.kind]),
    ).toEqual([
      ['admin', 'administrator'],
      ['etl', 'approved-and-more'],
      ['stranger', 'unexplained'],
    ]);
  });
});
