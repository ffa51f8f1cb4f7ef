import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { SeedAccount } from '@lakemesh/lake-formation-emulator';
import { CONSUMER, MeshOptions, PRODUCER, aMeshTable } from './EmulatedMesh';
import { ACCOUNT, COLUMNS, DATABASE } from './builders';

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

/** How catalog and principal lie to each other. */
export interface Topology {
  name: string;
  topology: string;
  mesh: MeshOptions;
  account: string;
  dataAccountId?: string;
}

export const TOPOLOGIES: Topology[] = [
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

/** How much is asked for. */
export interface AskedScope {
  name: string;
  scope: Partial<AccessScope>;
  catalog?: Partial<SeedAccount>;
  /** What is read of `orders`, and of `customers`. */
  orders: string[];
  customers: string[] | 'AccessDeniedException';
}

export const DENIED = 'AccessDeniedException';

export const SCOPES: AskedScope[] = [
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
  {
    name: 'modifying all tables',
    scope: { level: 'modify', tables: [], allTables: true },
    catalog: {
      locations: [{ arn: 'arn:aws:s3:::acme-lake' }],
      databases: [
        {
          name: DATABASE,
          locationUri: `s3://acme-lake/${DATABASE}`,
          tables: [aMeshTable('orders'), aMeshTable('customers')],
        },
      ],
    },
    orders: COLUMNS,
    customers: COLUMNS,
  },
];
