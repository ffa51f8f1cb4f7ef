import { TableRecord } from './TableRecord';
import { checkRowFilter, parseRowFilter } from './rowFilter';

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

const check = (text: string) => checkRowFilter(table, text);

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

  it.each([
    ['', 'expected a column; found the end of the filter'],
    ["country = 'US' and", 'expected a column; found the end of the filter'],
    ["country = 'US", 'the quote at position 11 is not closed'],
    ['country = US', 'columns are compared with constants only; found US'],
    ['country = "US"', 'columns are compared with constants only; found "US"'],
    ['id = NULL', 'nothing is compared with NULL at position 6'],
    ['id = ', 'columns are compared with constants only; found the end'],
    ['5 < id', 'expected a column; found 5 at position 1'],
    ['id == 5', 'found = at position 5'],
    ['id + 1 = 5', "'+' at position 4 means nothing in a row filter"],
    ['id 5', 'expected a comparison'],
    ['(id = 5', 'expected ); found the end of the filter'],
    ['id = 5)', 'expected AND, OR or the end; found ) at position 7'],
    ["lower(country) = 'us'", "'lower' at position 1 is called as a function"],
    ["value = 'x'", "'value' at position 1 is a word of the language"],
    ["select = 'x'", "'select' at position 1 is a word of the language"],
    ["first = 'x'", "'first' at position 1 is a word of the language"],
    ['id LIKE 5', "like 'D%'; found 5 at position 9"],
    ['a.b.c.d.e.f = 1', "'a.b.c.d.e.f' at position 1 lies deeper than 5 names"],
    [
      `country = '${'x'.repeat(2048)}'`,
      'has 2060 characters; there may be 2047',
    ],
    [`country = '${'ö'.repeat(1019)}'`, 'takes 2050 bytes; there may be 2048'],
    ["country = '\u0007'", "'\\u0007' at position 12 means nothing"],
    ["id = 5; drop 'x'", "';' at position 7 means nothing in a row filter"],
  ])('refuses to parse %s', (text, problem) => {
    expect(() => parseRowFilter(text)).toThrow(
      `Row filter expression is invalid: `,
    );
    expect(() => parseRowFilter(text)).toThrow(problem);
  });

  it.each([
    ['nope = 1', "the table has no column 'nope'"],
    ['"ID" = 1', "the table has no column 'ID'"],
    ["id = '5'", "'id' is compared with numbers; found '5'"],
    [
      'country IN (1)',
      "'country' is compared with texts in single quotes; found 1",
    ],
    [
      "is_new = 'true'",
      "'is_new' is compared with TRUE or FALSE; found 'true'",
    ],
    ["id BETWEEN 1 AND 'z'", "'id' is compared with numbers; found 'z'"],
    ["id LIKE '5%'", "'id' at position 1 holds no texts"],
    ["seen > '2026-01-01'", "'seen' at position 1, which is of type date"],
    ["tags = 'x'", "'tags' at position 1, which is of type array<string>"],
    ['customer = 1', "'customer' at position 1 is a struct"],
    ['customer.nope = 1', "there is no field 'customer.nope'"],
    ['id.x = 1', "there is no field 'id.x'"],
    [
      "customer.address.lines = 'x'",
      "'customer.address.lines' at position 1, which is of type array<string>",
    ],
    ['year IS NULL', "'year' at position 1 is a partition key"],
    ['place.a = 1', "'place.a' at position 1 is a field of a partition key"],
  ])('refuses for the table %s', (text, problem) => {
    expect(() => check(text)).toThrow(problem);
  });
});
