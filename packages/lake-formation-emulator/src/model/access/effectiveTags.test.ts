import { DatabaseRecord } from '../catalog/DatabaseRecord';
import { TableRecord } from '../catalog/TableRecord';
import { reachOfExpression, tagsOfColumn } from './effectiveTags';
import {
  TagExpression,
  matchesExpression,
  storedExpression,
} from '../grants/tagExpression';

const table = (fields: Partial<TableRecord> = {}): TableRecord => ({
  name: 'orders',
  definition: {
    StorageDescriptor: { Columns: [{ Name: 'id' }, { Name: 'email' }] },
    PartitionKeys: [{ Name: 'day' }],
  },
  createdAt: 0,
  updatedAt: 0,
  createdBy: '',
  versionId: 0,
  ...fields,
});

const database = (fields: Partial<DatabaseRecord> = {}): DatabaseRecord => ({
  name: 'sales',
  createTableDefaultPermissions: [],
  createdAt: 0,
  tables: new Map(),
  ...fields,
});

const expression = (tags: Record<string, string[]>): TagExpression =>
  Object.entries(tags).map(([key, values]) => ({ key, values }));

describe('LF-Tags of columns', () => {
  it('come from the database and the table, each overriding the one above', () => {
    expect(
      tagsOfColumn(
        database({ lfTags: { team: 'a', area: 'x', level: '1' } }),
        table({
          lfTags: { area: 'y', level: '2' },
          columnLfTags: { email: { level: '3' } },
        }),
        'email',
      ),
    ).toEqual({ team: 'a', area: 'y', level: '3' });
  });
});

describe('the reach of an expression', () => {
  const owner = database({ lfTags: { team: 'a' } });
  const mixed = table({
    lfTags: { level: 'public' },
    columnLfTags: { email: { level: 'pii' } },
  });

  it.each<[string, TableRecord, TagExpression, 'all' | 'none' | string[]]>([
    [
      'all of a table by inheritance',
      table(),
      expression({ team: ['a'] }),
      'all',
    ],
    [
      'any of several values',
      mixed,
      expression({ level: ['public', 'pii'] }),
      'all',
    ],
    [
      'the columns that override',
      mixed,
      expression({ level: ['pii'] }),
      ['email'],
    ],
    [
      'the columns that do not, with partition keys',
      mixed,
      expression({ team: ['a'], level: ['public'] }),
      ['id', 'day'],
    ],
    [
      'nothing where one key fails',
      mixed,
      expression({ team: ['b'], level: ['pii'] }),
      'none',
    ],
    [
      'nothing by a key that is not there',
      mixed,
      expression({ area: ['*'] }),
      'none',
    ],
    ['all by every value of a key', mixed, expression({ level: ['*'] }), 'all'],
    ['nothing by an empty expression', mixed, [], 'none'],
    [
      'a table without columns by its own tags',
      table({ definition: {} }),
      expression({ team: ['a'] }),
      'all',
    ],
  ])('is %s', (_, asked, wanted, reach) => {
    expect(reachOfExpression(wanted, owner, asked)).toEqual(reach);
  });
});

describe('expressions', () => {
  it('have one form, whatever their order, case and repetition', () => {
    const one = storedExpression(
      expression({ Team: ['B', 'a', 'A'], Area: ['x'] }),
    );
    expect(one).toEqual([
      { key: 'area', values: ['x'] },
      { key: 'team', values: ['a', 'b'] },
    ]);
    expect(
      storedExpression(expression({ area: ['X'], TEAM: ['b', 'a'] })),
    ).toEqual(one);
  });

  it('need every key', () => {
    const wanted = expression({ team: ['a'], area: ['x'] });
    expect(matchesExpression(wanted, { team: 'a', area: 'x' })).toBe(true);
    expect(matchesExpression(wanted, { team: 'a' })).toBe(false);
  });
});
