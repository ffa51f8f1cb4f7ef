import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import { aTable } from '../__testUtils__/EmulatedLake';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  aPort,
  anIntent,
  tableNames,
} from '../__testUtils__/builders';
import { useLake } from '../__testUtils__/useLake';

const world = useLake();

const at = (table: string, database = DATABASE) => ({
  system: 'lake-formation',
  catalogId: ACCOUNT,
  region: REGION,
  database,
  table,
});

const named = (tables: AccessScope['tables']): AccessScope => ({
  level: 'read',
  tables,
});
const ALL: AccessScope = { level: 'read', tables: [], allTables: true };
const tagged = (key: string, value: string): AccessScope => ({
  level: 'read',
  tables: [],
  tagExpression: [{ key, values: [value] }],
});

/** A table of which one column has a value of its own. */
const withTag = (name: string, column: string, value: string) => ({
  name,
  columns: COLUMNS.map(one => ({
    name: one,
    type: 'string',
    ...(one === column && { lfTags: { class: value } }),
  })),
});

const reach = async (scope: AccessScope, port = aPort()) =>
  world.lake.provisioner.directory.reach({ port, scope });

describe('where a port lives', () => {
  it('is told with names as Glue keeps them, without asking Glue', async () => {
    await world.start();
    const { directory } = world.lake.provisioner;
    expect(directory.addressOf(aPort([], { database: 'Sales' }))).toEqual({
      system: 'lake-formation',
      catalogId: ACCOUNT,
      region: REGION,
      database: 'sales',
    });
    expect(directory.addressOf(aPort([], { catalogId: 'x' }))).toBeUndefined();
    expect(world.lake.callsSince()).toEqual([]);
  });
});

describe('what named tables reach', () => {
  it('is all columns that Glue has, those that nobody declares and partition keys included', async () => {
    await world.start({
      tables: [
        {
          ...aTable('orders', [...COLUMNS, 'payment_token']),
          partitionKeys: [{ name: 'country', type: 'string' }],
        },
      ],
    });
    const { tables } = await reach(named([{ table: 'Orders' }]));
    expect(tables).toEqual([
      {
        address: at('orders'),
        columns: [...COLUMNS, 'payment_token', 'country'].map(name => ({
          name,
          type: 'string',
        })),
      },
    ]);
  });

  it('is the chosen columns, and the partition keys that nobody can be kept from', async () => {
    await world.start({
      tables: [
        {
          ...aTable('orders'),
          partitionKeys: [{ name: 'country', type: 'string' }],
        },
      ],
    });
    const { tables } = await reach(
      named([{ table: 'orders', columns: ['AMOUNT'] }]),
    );
    expect(tables[0].reached).toEqual(['amount', 'country']);
  });

  it('costs what planning looks up anyway, and one look at the database', async () => {
    await world.start({ tables: tableNames(30) });
    const intent = anIntent({ tables: tableNames(30) });
    await world.lake.provisioner.resolve(intent);
    const alone = world.lake.callsSince().length;
    const together = {};
    await world.lake.provisioner.directory.reach(intent, { together });
    await world.lake.provisioner.resolve(intent, { together });
    expect(world.lake.callsSince()).toHaveLength(alone + 1);
  });

  it('is nothing behind a link of a database, which planning refuses too', async () => {
    await world.start({
      account: {
        databases: [
          { name: 'gov', tables: [aTable('orders')] },
          { name: DATABASE, target: { catalogId: ACCOUNT, database: 'gov' } },
        ],
      },
    });
    const refusal = `location.database: '${DATABASE}' is a resource link to 'gov' of catalog ${ACCOUNT}; Lake Formation grants on the target only`;
    await expect(reach(named([{ table: 'orders' }]))).rejects.toThrow(refusal);
    await expect(reach(ALL)).rejects.toThrow(refusal);
    await expect(world.lake.provisioner.resolve(anIntent())).rejects.toThrow(
      refusal,
    );
  });
});

describe('what all tables reach', () => {
  it('is every table of the database, in pages; one behind a link is its target', async () => {
    await world.start({
      pageSizes: { tables: 2 },
      account: {
        databases: [
          { name: 'gov', tables: [aTable('payroll', ['iban'])] },
          {
            name: DATABASE,
            tables: [
              aTable('customers'),
              {
                name: 'linked',
                columns: [],
                target: {
                  catalogId: ACCOUNT,
                  database: 'gov',
                  table: 'payroll',
                },
              },
              aTable('orders'),
            ],
          },
        ],
      },
    });
    const { tables, incomplete } = await reach(ALL);
    expect(incomplete).toBeUndefined();
    expect(tables.map(({ address }) => address)).toEqual([
      at('customers'),
      at('payroll', 'gov'),
      at('orders'),
    ]);
    expect(tables[1].columns.map(({ name }) => name)).toEqual(['iban']);
  });
});

describe('what a tag expression reaches', () => {
  it('is whatever carries the tags, in every database, by column where columns carry them', async () => {
    await world.start({
      account: {
        lfTags: [{ key: 'class', values: ['open', 'closed'] }],
        databases: [
          {
            name: DATABASE,
            lfTags: { class: 'open' },
            tables: [withTag('orders', 'email', 'closed')],
          },
          {
            name: 'hr',
            tables: [withTag('people', 'amount', 'open'), aTable('secret')],
          },
        ],
      },
    });
    const { tables } = await reach(tagged('class', 'open'));
    const found = tables.map(({ address, reached }) => ({ address, reached }));
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        {
          address: at('orders'),
          reached: COLUMNS.filter(name => name !== 'email'),
        },
        { address: at('people', 'hr'), reached: ['amount'] },
      ]),
    );
  });
});

describe('tables in a place', () => {
  const place = {
    system: 'lake-formation',
    catalogId: ACCOUNT,
    region: REGION,
  };

  beforeEach(() =>
    world.start({
      account: {
        databases: [
          { name: 'hr', tables: [aTable('people')] },
          {
            name: DATABASE,
            tables: [aTable('customers'), aTable('orders'), aTable('tmp_x')],
          },
          { name: 'link', target: { catalogId: ACCOUNT, database: 'hr' } },
        ],
      },
    }),
  );

  it.each([
    [
      'a catalog',
      {},
      ['hr.people', 'sales.customers', 'sales.orders', 'sales.tmp_x'],
    ],
    [
      'databases',
      { database: 's*' },
      ['sales.customers', 'sales.orders', 'sales.tmp_x'],
    ],
    ['tables', { database: DATABASE, table: 'tmp_*' }, ['sales.tmp_x']],
  ])('are those of %s, and none behind a link', async (_, part, expected) => {
    const { tables, more } = await world.lake.provisioner.directory.tablesIn(
      { ...place, ...part },
      { limit: 10 },
    );
    expect(tables.map(({ database, table }) => `${database}.${table}`)).toEqual(
      expected,
    );
    expect(more).toBe(false);
  });

  it('are told up to a limit, and that there are more', async () => {
    const { tables, more } = await world.lake.provisioner.directory.tablesIn(
      place,
      { limit: 2 },
    );
    expect(tables).toHaveLength(2);
    expect(more).toBe(true);
  });
});
