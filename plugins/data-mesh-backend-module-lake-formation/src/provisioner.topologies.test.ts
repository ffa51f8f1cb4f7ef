import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { SeedAccount } from '@lakemesh/lake-formation-emulator';
import {
  CONSUMER,
  EmulatedMesh,
  MeshOptions,
  PRODUCER,
  aMeshTable,
} from './__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  anIntent,
  aPort,
  roleArn,
} from './__testUtils__/builders';
import { useMesh } from './__testUtils__/useMesh';

jest.setTimeout(60_000);

const world = useMesh();

/** Tags on one table of two, and on one column less of it. */
const tagged: Partial<SeedAccount> = {
  lfTags: [{ key: 'class', values: ['open', 'secret'] }],
  databases: [
    {
      name: DATABASE,
      tables: [
        {
          ...aMeshTable('orders'),
          lfTags: { class: 'open' },
          columns: COLUMNS.map(name => ({
            name,
            type: 'string',
            ...(name === 'email' && { lfTags: { class: 'secret' } }),
          })),
        },
        aMeshTable('customers'),
      ],
    },
  ],
};

interface Topology {
  name: string;
  topology: string;
  mesh: MeshOptions;
  account: string;
  dataAccountId?: string;
}

const TOPOLOGIES: Topology[] = [
  {
    name: 'one account',
    topology: 'single-account',
    mesh: {},
    account: ACCOUNT,
  },
  {
    name: 'peer to peer within an organization',
    topology: 'peer-to-peer',
    mesh: { organization: true },
    account: CONSUMER,
  },
  {
    name: 'peer to peer within an organization that is not configured',
    topology: 'peer-to-peer',
    mesh: { organization: true, knownOrganization: false },
    account: CONSUMER,
  },
  {
    name: 'peer to peer outside of the organization',
    topology: 'peer-to-peer',
    mesh: {},
    account: CONSUMER,
  },
  {
    name: 'central governance',
    topology: 'central-governance',
    mesh: { organization: true },
    account: CONSUMER,
    dataAccountId: PRODUCER,
  },
];

interface Scope {
  name: string;
  scope: Partial<AccessScope>;
  catalog?: Partial<SeedAccount>;
  /** What is read of `orders`, and of `customers`. */
  orders: string[];
  customers: string[] | 'AccessDeniedException';
}

const DENIED = 'AccessDeniedException';

const SCOPES: Scope[] = [
  {
    name: 'a table',
    scope: { tables: [{ table: 'orders' }] },
    orders: COLUMNS,
    customers: DENIED,
  },
  {
    name: 'two tables',
    scope: { tables: [{ table: 'orders' }, { table: 'customers' }] },
    orders: COLUMNS,
    customers: COLUMNS,
  },
  {
    name: 'columns',
    scope: { tables: [{ table: 'orders', columns: ['order_id', 'amount'] }] },
    orders: ['order_id', 'amount'],
    customers: DENIED,
  },
  {
    name: 'rows',
    scope: { tables: [{ table: 'orders', rowFilter: "customer_id = '7'" }] },
    orders: COLUMNS,
    customers: DENIED,
  },
  {
    name: 'rows and columns',
    scope: {
      tables: [
        {
          table: 'orders',
          columns: ['amount'],
          rowFilter: "customer_id = '7'",
        },
      ],
    },
    orders: ['amount'],
    customers: DENIED,
  },
  {
    name: 'all tables',
    scope: { tables: [], allTables: true },
    orders: COLUMNS,
    customers: COLUMNS,
  },
  {
    name: 'a tag expression',
    scope: { tables: [], tagExpression: [{ key: 'class', values: ['open'] }] },
    catalog: tagged,
    orders: ['order_id', 'customer_id', 'amount'],
    customers: DENIED,
  },
  {
    name: 'appending',
    scope: { level: 'append', tables: [{ table: 'orders' }] },
    orders: COLUMNS,
    customers: DENIED,
  },
  {
    name: 'modifying',
    scope: { level: 'modify', tables: [{ table: 'orders' }] },
    catalog: { locations: [{ arn: 'arn:aws:s3:::acme-lake' }] },
    orders: COLUMNS,
    customers: DENIED,
  },
];

/** What a role of the account sees of both tables, by its own catalog. */
const seen = async (mesh: EmulatedMesh, role: string, database: string) => ({
  orders: await mesh.columnsSeenBy(role, database, 'orders'),
  customers: await mesh.columnsSeenBy(role, database, 'customers'),
});

describe.each(TOPOLOGIES)('$name', ({ topology, mesh: layout, ...where }) => {
  const port = (tables = ['orders', 'customers']) =>
    aPort(tables, {
      ...(where.dataAccountId && { dataAccountId: where.dataAccountId }),
    });
  const analyst = roleArn('analyst', where.account);
  const stranger = roleArn('stranger', where.account);

  it.each(SCOPES)(
    'lets a role read $name, and nobody else, until it ends',
    async ({ scope, catalog, orders, customers }) => {
      const mesh = await world.start({
        ...layout,
        ...(catalog && { catalog }),
      });
      const before = mesh.state();
      const intent = anIntent({ port: port(), principal: analyst, scope });

      const { plan, live } = await mesh.entitlements.grant(intent);
      expect(plan.topology).toBe(topology);
      expect(await seen(mesh, analyst, DATABASE)).toEqual({
        orders,
        customers,
      });
      expect(await seen(mesh, stranger, DATABASE)).toEqual({
        orders: DENIED,
        customers: DENIED,
      });

      await mesh.entitlements.end(live);
      expect(await seen(mesh, analyst, DATABASE)).toEqual({
        orders: DENIED,
        customers: DENIED,
      });
      expect(mesh.state()).toEqual(before);
    },
  );
});

describe('through the account', () => {
  it.each(
    SCOPES.flatMap(scope =>
      [true, false].map(organization => ({ ...scope, organization })),
    ),
  )(
    'lets whom its administrators pass it on to read $name (one organization: $organization), until it ends',
    async ({ scope, catalog, orders, customers, organization }) => {
      const mesh = await world.start({
        organization,
        ...(catalog && { catalog }),
      });
      const before = mesh.state();
      const { live } = await mesh.entitlements.grant(
        anIntent({
          port: aPort(['orders', 'customers']),
          principal: `${CONSUMER}:IAMPrincipals`,
          scope,
        }),
      );
      const anybody = roleArn('anybody', CONSUMER);
      expect(await seen(mesh, anybody, DATABASE)).toEqual({
        orders,
        customers,
      });
      await mesh.entitlements.end(live);
      expect(await seen(mesh, anybody, DATABASE)).toEqual({
        orders: DENIED,
        customers: DENIED,
      });
      expect(mesh.state()).toEqual(before);
    },
  );
});
