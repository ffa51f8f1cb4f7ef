import { aProduct } from '../testing';
import { narrowingOf, picksOfAll, tablesToNarrow } from './narrowing';

const asked = {
  durationDays: 30,
  scope: {
    level: 'read' as const,
    tables: [{ table: 'profiles', columns: ['customer_id', 'customer_email'] }],
  },
};
const whole = {
  ...asked,
  scope: { level: 'read' as const, tables: [{ table: 'profiles' }] },
};
const tables = tablesToNarrow(asked.scope, aProduct(), 'profiles');

describe('narrowing', () => {
  it('offers only what was asked for, described by the catalog', () => {
    expect(tables[0].columns.map(column => [column.name, column.pii])).toEqual([
      ['customer_id', undefined],
      ['customer_email', true],
    ]);
  });

  it('offers all columns of a whole table, none where the catalog knows it not', () => {
    expect(
      tablesToNarrow(whole.scope, aProduct(), 'profiles')[0].columns,
    ).toHaveLength(4);
    expect(
      tablesToNarrow(whole.scope, undefined, 'profiles')[0].columns,
    ).toEqual([]);
  });

  it('says nothing of what stays as it was asked for', () => {
    expect(narrowingOf(asked, tables, picksOfAll(tables), 30)).toEqual({});
  });

  it('leaves out columns and days', () => {
    expect(
      narrowingOf(
        asked,
        tables,
        { profiles: { mode: 'columns', columns: ['customer_id'] } },
        7,
      ),
    ).toEqual({
      narrowedDurationDays: 7,
      narrowedScope: {
        level: 'read',
        tables: [{ table: 'profiles', columns: ['customer_id'] }],
      },
    });
  });

  it('refuses to leave nothing', () => {
    expect(
      narrowingOf(
        asked,
        tables,
        { profiles: { mode: 'columns', columns: [] } },
        30,
      ),
    ).toBe('nothing left');
  });

  it('keeps a whole table whose columns nobody knows', () => {
    const unknown = tablesToNarrow(whole.scope, undefined, 'profiles');
    expect(narrowingOf(whole, unknown, {}, 10)).toEqual({
      narrowedDurationDays: 10,
    });
  });
});
