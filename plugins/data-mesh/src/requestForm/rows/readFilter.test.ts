import { filterText, FilterType, SimpleFilter } from './filterLanguage';
import { readFilter } from './readFilter';

const types: Record<string, FilterType> = {
  country: 'text',
  amount: 'number',
  is_open: 'boolean',
  user: 'text',
  'Net sales': 'number',
};
const columns = Object.keys(types);
const typeOf = (column: string) => types[column] ?? 'other';

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
    expect(readFilter(text, columns)).toEqual({ ok: true, simple: rows });
  });

  it('reads another spelling of the same', () => {
    expect(readFilter(` ( COUNTRY != 'DE' ) `, columns)).toEqual({
      ok: true,
      simple: {
        join: 'and',
        conditions: [{ column: 'country', operator: '<>', values: ['DE'] }],
      },
    });
  });

  it.each([
    "country = 'DE' AND (amount > 1 OR amount < 0)",
    "NOT country = 'DE'",
    'amount BETWEEN 1 AND 2',
    "country NOT IN ('DE')",
    "country.iso = 'DE'",
    'true',
  ])('leaves to the text what has no row: %s', text => {
    expect(readFilter(text, columns)).toEqual({ ok: true });
  });

  it.each<[string, object]>([
    ["country = 'DE", { kind: 'unclosed', at: 11 }],
    ['country =', { kind: 'expected', what: 'value', at: 10 }],
    ['country', { kind: 'expected', what: 'comparison', at: 8 }],
    ["country = 'DE' amount > 1", { kind: 'expected', what: 'join', at: 16 }],
    ["(country = 'DE'", { kind: 'symbol', symbol: ')', at: 16 }],
    ["land = 'DE'", { kind: 'unknown-column', found: 'land', at: 1 }],
    ["user = 'a'", { kind: 'reserved', found: 'user', at: 1 }],
    ["upper(country) = 'DE'", { kind: 'function', found: 'upper', at: 1 }],
    ["lower(country) = 'DE'", { kind: 'function', found: 'lower' }],
    ['country = NULL', { kind: 'null', at: 11 }],
    ['country = amount', { kind: 'expected', what: 'value' }],
    ['country LIKE 3', { kind: 'expected', what: 'text' }],
    ['amount > 1; drop', { kind: 'unexpected', found: ';', at: 11 }],
    ['', { kind: 'expected', what: 'column', at: 1 }],
  ])('tells what is wrong with %j', (text, problem) => {
    expect(readFilter(text, columns)).toEqual({
      ok: false,
      problem: expect.objectContaining(problem),
    });
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
