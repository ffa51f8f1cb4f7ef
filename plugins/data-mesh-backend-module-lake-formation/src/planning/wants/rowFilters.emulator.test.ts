import {
  CreateDataCellsFilterCommand,
  LakeFormationClient,
} from '@aws-sdk/client-lakeformation';
import {
  canonicalRowFilter,
  checkRowFilter,
  type RowFilterColumn,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  startLakeFormationEmulator,
  type LakeFormationEmulator,
} from '@lakemesh/lake-formation-emulator';
import { ACCOUNT, DATABASE, REGION } from '../../__testUtils__/builders';

/**
 * Portal and emulator read row filters by one grammar, `@lakemesh/row-filter`:
 * what one takes the other takes over the wire too.
 */

const columns: RowFilterColumn[] = [
  { name: 'country', type: 'string' },
  { name: 'id', type: 'bigint' },
  { name: 'price', type: 'decimal(10,2)' },
  { name: 'code', type: 'varchar(3)' },
  { name: 'is_new', type: 'boolean' },
  { name: 'value', type: 'string' },
  { name: 'net sales', type: 'double' },
  { name: 'seen', type: 'date' },
  { name: 'seen_at', type: 'timestamp' },
  { name: 'tags', type: 'array<string>' },
  { name: 'labels', type: 'map<string,string>' },
  {
    name: 'customer',
    type: 'struct<id:bigint,address:struct<city:string,lines:array<string>>>',
  },
  { name: 'year', type: 'int', partitionKey: true },
  { name: 'place', type: 'struct<a:int>', partitionKey: true },
];

const ACCEPTED = [
  "year > 2010 and country != 'US'",
  "(year > 2010 and country = 'US') or (year < 8 and id > 23)",
  "(country between 'Z' and 'U') and (year = 2018)",
  "(country like '%ited%') and (year > 2000)",
  'year > 2010 and customer.id <> 1',
  "COUNTRY = 'it''s' AND NOT id IN (1, -2, 3.5e2)",
  "country NOT IN ('a', 'b') OR country NOT LIKE 'c_' OR id NOT BETWEEN 1 AND 2",
  'is_new = true OR is_new != FALSE',
  'id IS NULL OR price IS NOT NULL OR customer IS NULL',
  `"value" = 'x' and "customer"."address"."city" <> ''`,
  "code<='abc'and price>=.5",
  '"net sales" < +1.50E-3',
  'NOT NOT (NOT (id = 1))',
  'true',
  'NOT false',
  'id = 12345678901234567890',
  `country = '${'x'.repeat(2033)}'`,
  `country = '${'ö'.repeat(1017)}'`,
  "country = ' ö\t😀\n'",
];

const REFUSED = [
  '',
  ' ',
  "country = 'US' and",
  "country = 'US",
  'country = US',
  'country = "US"',
  'id = NULL',
  'id IN (NULL)',
  'id IN ()',
  'id = ',
  'id',
  'is_new',
  '5 < id',
  'id == 5',
  'id + 1 = 5',
  'id = - 5',
  'id = 5 -- five',
  'id 5',
  '(id = 5',
  'id = 5)',
  'id = id',
  "lower(country) = 'us'",
  "distance(country) = 'us'",
  "value = 'x'",
  "first = 'x'",
  "last = 'x'",
  "asc = 'x'",
  "missing = 'x'",
  "level = 'x'",
  'customer.size = 1',
  'id LIKE 5',
  "country LIKE 'a!%' ESCAPE '!'",
  'a.b.c.d.e.f = 1',
  `country = '${'x'.repeat(2036)}'`,
  `country = '${'ö'.repeat(1019)}'`,
  "country = '\u0007'",
  "id = 5; drop 'x'",
  'nope = 1',
  '"ID" = 1',
  "id = '5'",
  'country IN (1)',
  "is_new = 'true'",
  "id BETWEEN 1 AND 'z'",
  "id LIKE '5%'",
  "seen > '2026-01-01'",
  "seen > DATE '2026-01-01'",
  'seen_at IS NULL',
  "tags = 'x'",
  'labels IS NOT NULL',
  'customer = 1',
  'customer.nope = 1',
  'id.x = 1',
  "customer.address.lines = 'x'",
  'year IS NULL',
  'place.a = 1',
];

describe('row filters of the portal and of the emulator', () => {
  let emulator: LakeFormationEmulator;
  let lakeFormation: LakeFormationClient;
  let count = 0;

  beforeAll(async () => {
    const isKey = ({ partitionKey }: RowFilterColumn) => Boolean(partitionKey);
    const glue = ({ name, type }: RowFilterColumn) => ({ name, type });
    emulator = await startLakeFormationEmulator({
      port: 0,
      seed: {
        accounts: [
          {
            id: ACCOUNT,
            regions: [REGION],
            databases: [
              {
                name: DATABASE,
                tables: [
                  {
                    name: 'visits',
                    columns: columns.filter(one => !isKey(one)).map(glue),
                    partitionKeys: columns.filter(isKey).map(glue),
                  },
                ],
              },
            ],
          },
        ],
      },
    });
    lakeFormation = new LakeFormationClient({
      region: REGION,
      endpoint: emulator.url,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'not-verified' },
    });
  });
  afterAll(async () => {
    lakeFormation.destroy();
    await emulator.stop();
  });

  const emulatorTakes = async (expression: string): Promise<boolean> => {
    count += 1;
    try {
      await lakeFormation.send(
        new CreateDataCellsFilterCommand({
          TableData: {
            TableCatalogId: ACCOUNT,
            DatabaseName: DATABASE,
            TableName: 'visits',
            Name: `filter-${count}`,
            RowFilter: { FilterExpression: expression },
            ColumnWildcard: {},
          },
        }),
      );
      return true;
    } catch (error) {
      if ((error as Error).name === 'InvalidInputException') return false;
      throw error;
    }
  };

  it.each(ACCEPTED)('both take %s', async text => {
    expect(checkRowFilter(text, columns)).toMatchObject({ ok: true });
    expect(await emulatorTakes(text)).toBe(true);
  });

  it.each(ACCEPTED)('the canonical spelling is taken of %s', async text => {
    const canonical = canonicalRowFilter(text);
    expect(checkRowFilter(canonical, columns)).toMatchObject({ ok: true });
    expect(await emulatorTakes(canonical)).toBe(true);
  });

  it.each(REFUSED)('both refuse %s', async text => {
    expect(checkRowFilter(text, columns)).toMatchObject({ ok: false });
    expect(await emulatorTakes(text)).toBe(false);
  });
});
