import {
  type DataProductColumn,
  checkRowFilter,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  filterText,
  filterTypeOf,
  operatorsOf,
  SimpleFilter,
} from './filterLanguage';
import { simpleFilter } from './simpleFilter';

const columns: DataProductColumn[] = [
  { name: 'country', type: 'string' },
  { name: 'place', type: 'struct<iso:string>' },
  { name: 'amount', type: 'decimal(10,2)' },
  { name: 'is_open', type: 'boolean' },
  { name: 'user', type: 'varchar(10)' },
  { name: 'Net sales', type: 'double' },
  { name: 'day', type: 'string', partitionKey: true },
];
const typeOf = (name: string) => {
  const column = columns.find(one => one.name === name);
  return column ? filterTypeOf(column) : 'other';
};

/** What the builder shows of a text; null where it is no filter. */
function read(text: string) {
  const checked = checkRowFilter(text, columns);
  return checked.ok ? simpleFilter(checked.filter, columns) : null;
}

describe('the rows of a filter and its text', () => {
  it.each<[string, SimpleFilter]>([
    [
      "country = 'DE'",
      {
        join: 'and',
        conditions: [{ column: 'country', operator: '=', values: ['DE'] }],
      },
    ],
    [
      "country IN ('DE', 'L''Aquila') AND amount >= 10.5",
      {
        join: 'and',
        conditions: [
          { column: 'country', operator: 'in', values: ['DE', "L'Aquila"] },
          { column: 'amount', operator: '>=', values: ['10.5'] },
        ],
      },
    ],
    [
      'is_open = true OR "user" IS NOT NULL OR "Net sales" < -1',
      {
        join: 'or',
        conditions: [
          { column: 'is_open', operator: '=', values: ['true'] },
          { column: 'user', operator: 'not-null', values: [] },
          { column: 'Net sales', operator: '<', values: ['-1'] },
        ],
      },
    ],
    [
      "country LIKE 'D%' AND country <> 'DK' AND country IS NULL",
      {
        join: 'and',
        conditions: [
          { column: 'country', operator: 'like', values: ['D%'] },
          { column: 'country', operator: '<>', values: ['DK'] },
          { column: 'country', operator: 'null', values: [] },
        ],
      },
    ],
  ])('are the same: %s', (text, rows) => {
    expect(filterText(rows, typeOf)).toBe(text);
    expect(read(text)).toEqual(rows);
  });

  it('reads another spelling of the same', () => {
    expect(read(` ( COUNTRY != 'DE' ) `)).toEqual({
      join: 'and',
      conditions: [{ column: 'country', operator: '<>', values: ['DE'] }],
    });
  });

  it.each([
    "country = 'DE' AND (amount > 1 OR amount < 0)",
    "NOT country = 'DE'",
    'amount BETWEEN 1 AND 2',
    "country NOT IN ('DE')",
    "country NOT LIKE 'D%'",
    "place.iso = 'DE'",
    'place IS NULL OR is_open <> true',
    "country < 'DE'",
    "country = ''",
    'true',
  ])('leaves to the text what has no row: %s', text => {
    expect(read(text)).toBeUndefined();
  });

  it('keeps all digits of a number', () => {
    const text = 'amount = 12345678901234567890.12';
    const rows = read(text);
    expect(rows && filterText(rows, typeOf)).toBe(text);
  });

  it('does not ask whether a partition key is empty', () => {
    expect(operatorsOf('text', { partitionKey: true })).not.toContain('null');
    expect(operatorsOf('text', {})).toContain('null');
  });

  it.each<[string, SimpleFilter['conditions'][number]]>([
    ['no column', { column: '', operator: '=', values: ['a'] }],
    ['no value', { column: 'country', operator: '=', values: [''] }],
    ['no number', { column: 'amount', operator: '<', values: ['ten'] }],
    ['no list', { column: 'country', operator: 'in', values: [] }],
  ])('has no text while a row has %s', (_, condition) => {
    expect(
      filterText(
        {
          join: 'and',
          conditions: [
            { column: 'country', operator: '=', values: ['DE'] },
            condition,
          ],
        },
        typeOf,
      ),
    ).toBe('');
  });
});
