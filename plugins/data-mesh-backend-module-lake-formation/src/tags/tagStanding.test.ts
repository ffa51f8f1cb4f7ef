import { ACCOUNT, REGION } from '../__testUtils__/builders';
import { tableStanding } from './tagStanding';

const tags = (values: Record<string, string> = {}) =>
  new Map(Object.entries(values));
const byColumn = (columns: Record<string, Record<string, string>> = {}) =>
  new Map(
    Object.entries(columns).map(([column, values]) => [column, tags(values)]),
  );

const standing = (options: {
  inherited?: Record<string, string>;
  table?: Record<string, string>;
  columns?: Record<string, Record<string, string>>;
  wanted?: Record<string, string>;
  wantedColumns?: Record<string, Record<string, string>>;
}) =>
  tableStanding({
    accountId: ACCOUNT,
    region: REGION,
    catalogId: ACCOUNT,
    database: 'sales',
    table: 'orders',
    wanted: {
      table: tags(options.wanted),
      columns: byColumn(options.wantedColumns),
      keys: ['class', 'pii'],
    },
    own: { table: tags(options.table), columns: byColumn(options.columns) },
    inherited: tags(options.inherited),
  });

describe('standing of the tags of a table', () => {
  it('says where a value comes from', () => {
    expect(
      standing({
        inherited: { class: 'open', pii: 'false' },
        table: { pii: 'true' },
        wanted: { class: 'open', pii: 'true' },
      }).tags,
    ).toEqual([
      {
        key: 'class',
        state: 'same',
        wanted: 'open',
        found: 'open',
        foundAt: 'database',
      },
      {
        key: 'pii',
        state: 'same',
        wanted: 'true',
        found: 'true',
        foundAt: 'table',
      },
    ]);
  });

  it.each([
    [{ wanted: { class: 'open' } }, 'missing', undefined],
    [{ wanted: { class: 'open' }, table: { class: 'x' } }, 'different', 'x'],
    [{ table: { class: 'x' } }, 'excess', 'x'],
    [{ inherited: { class: 'x' } }, 'excess', 'x'],
  ])('of %j is %s', (options, state, found) => {
    const [first, ...more] = standing(options).tags;
    expect(first).toMatchObject({ key: 'class', state });
    expect(first.found).toBe(found);
    expect(more).toEqual([]);
  });

  it('names nothing of which there is nothing', () => {
    expect(standing({})).toEqual({ tags: [], columns: [] });
  });

  it('lists columns by what they have or are to have of their own', () => {
    const { columns } = standing({
      table: { class: 'open', pii: 'false' },
      wanted: { class: 'open', pii: 'false' },
      columns: { old: { class: 'secret' }, email: { class: 'open' } },
      wantedColumns: { email: { pii: 'true' } },
    });
    expect(columns).toEqual([
      {
        column: 'email',
        tags: [
          {
            key: 'class',
            state: 'same',
            wanted: 'open',
            found: 'open',
            foundAt: 'column',
          },
          // It has the table's, and is to have its own.
          {
            key: 'pii',
            state: 'different',
            wanted: 'true',
            found: 'false',
            foundAt: 'table',
          },
        ],
      },
      {
        column: 'old',
        tags: [
          {
            key: 'class',
            state: 'different',
            wanted: 'open',
            found: 'secret',
            foundAt: 'column',
          },
        ],
      },
    ]);
  });

  it('has excess at a column that overrides what nothing asks for', () => {
    expect(standing({ columns: { old: { pii: 'true' } } }).columns).toEqual([
      {
        column: 'old',
        tags: [
          { key: 'pii', state: 'excess', found: 'true', foundAt: 'column' },
        ],
      },
    ]);
  });
});
