import { TableRecord } from '../Catalog';
import { checkRowFilter } from './checkRowFilter';
import { parseRowFilter } from './parseRowFilter';

const table: TableRecord = {
  name: 'visits',
  definition: {
    StorageDescriptor: {
      Columns: [
        { Name: 'country', Type: 'string' },
        { Name: 'id', Type: 'bigint' },
        { Name: 'price', Type: 'decimal(10,2)' },
        { Name: 'code', Type: 'varchar(3)' },
        { Name: 'is_new', Type: 'boolean' },
        { Name: 'value', Type: 'string' },
        { Name: 'seen', Type: 'date' },
        { Name: 'tags', Type: 'array<string>' },
        {
          Name: 'customer',
          Type: 'struct<id:bigint, address:struct<city:string,lines:array<string>>>',
        },
      ],
    },
    PartitionKeys: [
      { Name: 'year', Type: 'int' },
      { Name: 'place', Type: 'struct<a:int>' },
    ],
  },
  createdAt: 0,
  updatedAt: 0,
  createdBy: '',
  versionId: 0,
};

const check = (text: string) => checkRowFilter(table, parseRowFilter(text));

describe('row filters', () => {
  it.each([
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
    "code <= 'abc' and price >= .5",
    'true',
  ])('%s', text => {
    expect(() => check(text)).not.toThrow();
  });

  it('binds AND tighter than OR, and NOT tightest', () => {
    const test = (name: string) => ({
      kind: 'null',
      column: [{ name, isQuoted: false }],
      isNegated: false,
    });
    expect(
      parseRowFilter('a IS NULL OR NOT b IS NULL AND (c IS NULL OR d IS NULL)'),
    ).toEqual({
      kind: 'or',
      terms: [
        test('a'),
        {
          kind: 'and',
          terms: [
            { kind: 'not', term: test('b') },
            { kind: 'or', terms: [test('c'), test('d')] },
          ],
        },
      ],
    });
  });

  it.each([
    ['', 'expected a column at its end'],
    ["country = 'US' and", 'expected a column at its end'],
    ["country = 'US", 'the quote at position 11 is not closed'],
    ['country = US', 'a column is compared with a constant, found US'],
    ['country = "US"', 'a column is compared with a constant, found "US"'],
    ['id = NULL', 'NULL is not compared'],
    ['id = ', 'expected a constant at its end'],
    ['5 < id', 'expected a column, found 5 at position 1'],
    ['id == 5', 'expected a constant, found = at position 5'],
    ['id + 1 = 5', "unexpected '+' at position 4"],
    ['id 5', 'expected a comparison'],
    ['(id = 5', 'expected ) at its end'],
    ['id = 5)', 'expected AND or OR, found ) at position 7'],
    ["lower(country) = 'us'", 'functions are not supported, found lower()'],
    ["value = 'x'", 'value at position 1 is a reserved word'],
    ["select = 'x'", 'select at position 1 is a reserved word'],
    ["first = 'x'", 'first at position 1 is a reserved word'],
    ['id LIKE 5', 'LIKE needs a text, found 5'],
    ['a.b.c.d.e.f = 1', 'fields may be nested 5 deep, found a.b.c.d.e.f'],
    [`country = '${'x'.repeat(2048)}'`, 'shorter than 2048 characters'],
    [`country = '${'ö'.repeat(1019)}'`, 'may have 2048 bytes, found 2050'],
    ["country = '\u0007'", 'a control character is at position 12'],
    ["id = 5; drop 'x'", "unexpected ';' at position 7"],
  ])('refuses to parse %s', (text, problem) => {
    expect(() => parseRowFilter(text)).toThrow(
      `Row filter expression is invalid: `,
    );
    expect(() => parseRowFilter(text)).toThrow(problem);
  });

  it.each([
    ['nope = 1', 'the table has no column nope'],
    ['"ID" = 1', 'the table has no column ID'],
    ["id = '5'", 'id is compared with a number, found "5"'],
    ['country IN (1)', 'country is compared with a string, found 1'],
    ["is_new = 'true'", 'is_new is compared with a boolean, found "true"'],
    ["id BETWEEN 1 AND 'z'", 'id is compared with a number, found "z"'],
    ["id LIKE '5%'", 'LIKE needs a text column, found id'],
    ["seen > '2026-01-01'", 'columns of type date are not supported'],
    ["tags = 'x'", 'columns of type array<string> are not supported'],
    ['customer = 1', 'customer is a struct'],
    ['customer.nope = 1', 'there is no customer.nope'],
    ['id.x = 1', 'there is no id.x'],
    [
      "customer.address.lines = 'x'",
      'columns of type array<string> are not supported',
    ],
    ['year IS NULL', 'cannot be used on the partition key year'],
    ['place.a = 1', 'fields of the partition key place'],
  ])('refuses for the table %s', (text, problem) => {
    expect(() => check(text)).toThrow(problem);
  });
});
