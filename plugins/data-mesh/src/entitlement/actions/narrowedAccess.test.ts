import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import { LeftOver, narrowedAccess } from './narrowedAccess';

const column = (name: string) => ({ name, type: 'string' });
const known = [
  { name: 'profiles', columns: [column('id'), column('email')] },
  { name: 'events', columns: [column('at')] },
];
const columnsOf = (...columns: string[]): LeftOver['picks'] => ({
  profiles: { mode: 'columns', columns },
});
const whole: AccessScope = { level: 'read', tables: [{ table: 'profiles' }] };
const expiresAt = '2026-12-24T10:00:00.000Z';

describe('what is left of an access', () => {
  it.each<[string, AccessScope, Partial<LeftOver>, unknown]>([
    ['everything', whole, {}, 'same'],
    ['all columns again', whole, { picks: columnsOf('email', 'id') }, 'same'],
    ['no column', whole, { picks: columnsOf() }, 'nothing left'],
    ['half a condition', whole, { rows: { profiles: 'id =' } }, 'no filter'],
    [
      'a condition on a column that is not there',
      whole,
      { rows: { profiles: "at = 'a'" } },
      'no filter',
    ],
    ['a condition without words', whole, { rows: { profiles: ' ' } }, 'rows'],
    [
      'one column of a whole table',
      whole,
      { picks: columnsOf('id') },
      {
        scope: {
          level: 'read',
          tables: [{ table: 'profiles', columns: ['id'] }],
        },
      },
    ],
    [
      'one of two tables',
      { level: 'modify', tables: [{ table: 'profiles' }, { table: 'events' }] },
      { picks: columnsOf() },
      { scope: { level: 'modify', tables: [{ table: 'events' }] } },
    ],
    [
      'some rows',
      whole,
      { rows: { profiles: " id = 'a' " } },
      {
        scope: {
          level: 'read',
          tables: [{ table: 'profiles', rowFilter: "id = 'a'" }],
        },
      },
    ],
    ['all tables', { level: 'read', tables: [], allTables: true }, {}, 'same'],
    [
      'the tables of today, one of them by columns',
      { level: 'read', tables: [], allTables: true },
      { picks: columnsOf('id') },
      {
        scope: {
          level: 'read',
          tables: [{ table: 'profiles', columns: ['id'] }, { table: 'events' }],
        },
      },
    ],
    [
      'fewer values of a tag',
      {
        level: 'read',
        tables: [],
        tagExpression: [{ key: 'zone', values: ['raw', 'cur'] }],
      },
      { tags: [{ key: 'zone', values: ['cur'] }] },
      {
        scope: {
          level: 'read',
          tables: [],
          tagExpression: [{ key: 'zone', values: ['cur'] }],
        },
      },
    ],
    [
      'no value of a tag',
      {
        level: 'read',
        tables: [],
        tagExpression: [{ key: 'zone', values: ['raw'] }],
      },
      { tags: [{ key: 'zone', values: [] }] },
      'nothing left',
    ],
    [
      'an earlier end',
      whole,
      { lastDay: '2026-12-01' },
      { expiresAt: '2026-12-01T23:59:59.999Z' },
    ],
    ['a later end', whole, { lastDay: '2026-12-24' }, 'same'],
  ])('is %s', (_, scope, left, expected) => {
    expect(
      narrowedAccess({ scope, expiresAt }, known, {
        picks: {},
        rows: {},
        ...left,
      }),
    ).toEqual(expected);
  });
});
