import {
  checkRowFilter,
  RowFilterColumn,
  RowFilterSuggester,
} from './checkRowFilter';
import { problemOf } from './__testUtils__/rowFilterFixture';
import { RowFilterProblem } from './RowFilterProblem';
import { rowFilterProblemInWords } from './rowFilterProblemInWords';

const columns: RowFilterColumn[] = [
  { name: 'country', type: 'string' },
  { name: 'id', type: 'bigint' },
  { name: 'price', type: 'decimal(10, 2)' },
  { name: 'code', type: 'varchar(3)' },
  { name: 'is_new', type: 'boolean' },
  { name: 'value', type: 'string' },
  { name: 'seen', type: 'date' },
  { name: 'at_time', type: 'timestamp' },
  { name: 'tags', type: 'array<string>' },
  { name: 'labels', type: 'map<string,string>' },
  { name: 'untold', type: '' },
  {
    name: 'customer',
    type: 'struct<id:bigint, address:struct<city:string,lines:array<string>>>',
  },
  { name: 'year', type: 'int', partitionKey: true },
  { name: 'place', type: 'struct<a:int>', partitionKey: true },
];

/** The first column with the same initial. */
const suggest: RowFilterSuggester = (typed, known) =>
  [...known].find(name => name[0] === typed[0].toLowerCase());

describe('checkRowFilter', () => {
  it.each([
    "year > 2010 and country != 'US'",
    "COUNTRY = 'it''s' AND NOT id IN (1, -2, 3.5e2)",
    "country NOT LIKE 'c_' OR id NOT BETWEEN 1 AND 2",
    'is_new = true OR is_new != FALSE',
    'id IS NULL OR price IS NOT NULL OR customer IS NULL',
    `"value" = 'x' and "customer"."address"."city" <> ''`,
    "code <= 'abc' and price >= .5",
    'true',
  ])('finds nothing wrong with %s', text => {
    expect(checkRowFilter(text, columns)).toMatchObject({ ok: true });
  });

  it.each<[string, Partial<RowFilterProblem>, string]>([
    [
      'id = 1 AND contry = 1',
      { kind: 'unknown-column', at: 12 },
      "no column 'contry' (position 12); did you mean 'country'?",
    ],
    ['zzzzz = 1', { kind: 'unknown-column', at: 1 }, "no column 'zzzzz'"],
    ['"ID" = 1', { kind: 'unknown-column', at: 1 }, "did you mean 'id'"],
    [
      "id = '5'",
      { kind: 'constant-type', at: 6 },
      "'id' is compared with numbers; found '5' at position 6",
    ],
    [
      "country IN ('x', 1)",
      { kind: 'constant-type', at: 18 },
      'compared with texts in single quotes; found 1 at position 18',
    ],
    [
      "is_new = 'true'",
      { kind: 'constant-type', at: 10 },
      'compared with TRUE or FALSE',
    ],
    ["id BETWEEN 1 AND 'z'", { kind: 'constant-type', at: 18 }, 'numbers'],
    ["customer.id = 'x'", { kind: 'constant-type', at: 15 }, "'customer.id'"],
    ["id LIKE '5%'", { kind: 'like', at: 1 }, 'LIKE cannot be used'],
    ["seen > '2026-01-01'", { kind: 'column-type', at: 1 }, 'type date'],
    ["at_time > 'x'", { kind: 'column-type', at: 1 }, 'type timestamp'],
    ["tags = 'x'", { kind: 'column-type', at: 1 }, 'type array<string>'],
    ['labels IS NULL', { kind: 'column-type', at: 1 }, 'map<string,string>'],
    ["untold = 'x'", { kind: 'column-type', at: 1 }, 'type unknown'],
    ['customer = 1', { kind: 'struct', at: 1 }, 'one of its fields'],
    ['customer.nope = 1', { kind: 'unknown-field' }, "'customer.nope'"],
    ['id.x = 1', { kind: 'unknown-field' }, "no field 'id.x'"],
    [
      "customer.address.lines = 'x'",
      { kind: 'column-type' },
      'type array<string>',
    ],
    ['year IS NULL', { kind: 'partition-key-null', at: 1 }, 'partition key'],
    ['NOT (year IS NOT NULL)', { kind: 'partition-key-null', at: 6 }, 'key'],
    ['place.a = 1', { kind: 'partition-key-field', at: 1 }, "'place.a'"],
    ['id = ', { kind: 'expected', at: 6 }, 'expected a constant'],
  ])('refuses %s', (text, problem, words) => {
    const found = problemOf(checkRowFilter(text, columns, suggest));
    expect(found).toMatchObject(problem);
    expect(rowFilterProblemInWords(found)).toContain(words);
  });

  it('suggests nothing where nobody knows what was meant', () => {
    expect(problemOf(checkRowFilter('contry = 1', columns))).toEqual({
      kind: 'unknown-column',
      found: 'contry',
      at: 1,
    });
  });
});
