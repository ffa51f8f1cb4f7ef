import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  BecauseKind,
  DataProductEntity,
  ObservedGrant,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { testDatabases } from '../testing/databases';
import {
  aCaller,
  anApproval,
  aPort,
  ProvisioningWorld,
  type Replica,
} from '../testing/provisioningFixture';
import { facetsOfGrant } from '../store/ObservedGrantRow';
import { Governance } from '../people';
import { seesAll, type GrantSeen } from '../sight';

const databases = testDatabases();

const productRef = 'dataproduct:default/orders';
const omar = aCaller('user:default/omar');

describe.each(databases.eachSupportedId())('grants on %s', databaseId => {
  let world: ProvisioningWorld;
  let replica: Replica;
  let ports: OutputPort[];
  let told: GrantSeen;
  let result: AuthorizeResult.ALLOW | AuthorizeResult.DENY;

  beforeEach(async () => {
    world = await ProvisioningWorld.on(await databases.migrated(databaseId));
    ports = [aPort()];
    told = seesAll;
    result = AuthorizeResult.ALLOW;
    replica = world.replica({
      access: {
        authorizer: {
          isAllowed: async () => true,
          require: async () => {},
          readFilter: async () => 'all',
        },
        permissions: mockServices.permissions.mock({
          authorize: async () => [{ result }],
        }),
        products: {
          homesOf: async () => new Map(),
          findProduct: async (ref, credentials) =>
            ref === productRef && credentials === omar.credentials
              ? {
                  entity: { spec: { outputPorts: ports } } as DataProductEntity,
                  productRef,
                  title: 'Orders',
                  ownerRef: 'group:default/sales',
                  domainRef: 'domain:default/sales',
                }
              : undefined,
        },
        principals: { availableTo: async () => [], mayUse: async () => false },
        governance: new Governance([]),
        sight: { of: async () => told },
      },
    });
  });

  const grantsNow = () => replica.grants.ofProduct(omar, productRef);

  const anActive = async (options: Parameters<typeof anApproval>[0] = {}) => {
    const id = await world.approve(replica, anApproval(options));
    await replica.runUntilIdle();
    return id;
  };

  it('names the entitlement behind a grant: who asked, who approved, since when and until when', async () => {
    const id = await anActive();

    expect(await grantsNow()).toEqual({
      productRef,
      seenAt: '2026-11-23T08:00:00.000Z',
      hidden: 0,
      missing: [],
      errors: [],
      items: [
        {
          port: 'lake',
          grant: {
            principal: { id: 'fake:analyst', kind: 'other', name: 'analyst' },
            resource: {
              words: 'sales.orders',
              database: 'sales',
              table: 'orders',
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
    const { items } = await grantsNow();
    expect(
      Object.fromEntries(
        items.map(({ grant, because }) => [grant.principal.id, because.kind]),
      ),
    ).toEqual({
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
        healthReason: 'Fake lake lists no grant for it',
      },
    ]);
    expect(await world.entitlement(id)).toMatchObject({
      health: 'degraded',
      version: 2,
    });

    world.system.give('fake:analyst', 'sales.orders', [
      'id',
      'amount',
      'email',
    ]);
    await grantsNow();
    const back = await world.entitlement(id);
    expect(back).toMatchObject({ health: 'ok', version: 2 });
    expect(back.healthReason).toBeUndefined();
  });

  it.each([
    [
      'a table',
      () => world.system.take('fake:analyst', 'sales.returns'),
      'Fake lake does not list `returns`',
    ],
    [
      'a column',
      () => {
        world.system.take('fake:analyst', 'sales.customers');
        world.system.give('fake:analyst', 'sales.customers', ['id']);
      },
      'Fake lake does not list `email` of `customers`',
    ],
    [
      'columns of a whole table',
      () => {
        world.system.take('fake:analyst', 'sales.orders');
        world.system.give('fake:analyst', 'sales.orders', ['id', 'email']);
      },
      'Fake lake does not list `orders` as a whole, only its columns `email` and `id`',
    ],
  ])('sees that %s is gone', async (_, take, reason) => {
    const id = await anActive({
      tables: { orders: 'all', customers: ['id', 'email'], returns: 'all' },
    });
    await grantsNow();
    replica.changes.length = 0;
    take();

    expect((await grantsNow()).missing).toEqual([]);
    await grantsNow();

    expect(await world.entitlement(id)).toMatchObject({
      state: 'active',
      health: 'degraded',
      healthReason: reason,
    });
    // Said once, not with each look.
    expect(replica.changes).toEqual([id]);
  });

  it('reports the error of one port beside the grants of the others', async () => {
    const id = await anActive();
    ports = [
      aPort({ name: 'broken', location: { database: 'other' } }),
      aPort(),
      aPort({ name: 'files', type: 'unknown' }),
    ];
    replica.provisioner.failNext('list');
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
    expect(await world.entitlement(id)).toMatchObject({ health: 'ok' });
  });

  it('does not judge what it could not list', async () => {
    const id = await anActive();
    replica.provisioner.failNext('list');
    const seen = await grantsNow();
    expect(seen.errors).toHaveLength(1);
    expect(seen.missing).toEqual([]);
    expect(await world.entitlement(id)).toMatchObject({ health: 'ok' });
  });

  it('still lists a port that entitlements were given for and that has left the product', async () => {
    await anActive();
    ports = [aPort({ name: 'new', location: { database: 'elsewhere' } })];
    const seen = await grantsNow();
    expect(seen.items.map(item => [item.port, item.because.kind])).toEqual([
      ['lake', 'entitlement'],
    ]);
  });

  it('is only for who may read grants, of products they may see', async () => {
    await expect(
      replica.grants.ofProduct(omar, 'dataproduct:default/none'),
    ).rejects.toThrow("No data product 'dataproduct:default/none'");
    await expect(
      replica.grants.ofProduct(aCaller('user:default/sam'), productRef),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    result = AuthorizeResult.DENY;
    await expect(grantsNow()).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(/data-mesh\.grants\.read/),
    });
  });

  it('knows who administers, and what a person let stay, by the last scan', async () => {
    const held = (
      name: string,
      grantable: string[] = [],
      permissions = ['READ'],
    ): ObservedGrant => ({
      principal: { id: `fake:${name}`, kind: 'other', name },
      resource: { words: 'sales.orders', database: 'sales', table: 'orders' },
      permissions,
      grantable,
    });
    const scanned = (
      grant: ObservedGrant,
      reason: { because: BecauseKind; words?: string; gone_at?: string },
    ) => ({
      target_id: 'fake:sales',
      grant_key: `${grant.principal.id} ${grant.permissions}`,
      group_key: grant.principal.id,
      hash: grant.principal.id,
      ...facetsOfGrant(grant),
      data: JSON.stringify(grant),
      products: '[]',
      first_seen_at: '2026-11-23T00:00:00.000Z',
      valid_from: '2026-11-23T00:00:00.000Z',
      ...reason,
    });
    await world.knex('observed_grants').insert([
      scanned(held('admin', ['READ']), {
        because: 'administrator',
        words: 'admin administers the lake',
      }),
      scanned(held('etl'), { because: 'adopted' }),
      // Seen line by line, and listed as one.
      scanned(held('loader'), { because: 'adopted' }),
      scanned(held('loader', [], ['WRITE']), { because: 'adopted' }),
      scanned(held('grown'), { because: 'adopted' }),
      scanned(held('left'), {
        because: 'adopted',
        gone_at: '2026-11-23T01:00:00.000Z',
      }),
    ]);
    await world.knex('adopted_grants').insert(
      [
        held('etl'),
        held('loader'),
        held('loader', [], ['WRITE']),
        held('grown'),
      ].map((grant, index) => ({
        id: `adopted-${index}`,
        target_id: 'fake:sales',
        grant_key: `${grant.principal.id} ${grant.permissions}`,
        group_key: grant.principal.id,
        data: JSON.stringify(grant),
        reason: 'It was here before',
        adopted_by: 'user:default/omar',
        adopted_at: '2026-11-23T00:00:00.000Z',
      })),
    );
    jest
      .spyOn(replica.provisioner, 'listGrants')
      .mockResolvedValue([
        held('admin', ['READ']),
        held('etl'),
        held('loader', [], ['READ', 'WRITE']),
        held('grown', ['READ']),
        held('etl', [], ['READ', 'WRITE']),
        held('left'),
        held('stranger', ['READ']),
      ]);
    const { items } = await grantsNow();
    expect(
      items.map(({ grant, because }) => [grant.principal.name, because]),
    ).toEqual([
      ['admin', { kind: 'administrator', words: 'admin administers the lake' }],
      ['etl', { kind: 'adopted' }],
      ['loader', { kind: 'adopted' }],
      // It may pass on now what was adopted without that.
      ['grown', { kind: 'unexplained' }],
      ['etl', { kind: 'unexplained' }],
      ['left', { kind: 'unexplained' }],
      ['stranger', { kind: 'unexplained' }],
    ]);
  });
});
