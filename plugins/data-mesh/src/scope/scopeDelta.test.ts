import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import { countDelta, scopeDelta } from './scopeDelta';

const scope = (tables: AccessScope['tables']): AccessScope => ({
  level: 'read',
  tables,
});
const profiles = (columns?: string[], rowFilter?: string) => ({
  table: 'profiles',
  ...(columns && { columns }),
  ...(rowFilter && { rowFilter }),
});

describe('the difference between two scopes', () => {
  it('is all that is asked for where nothing is held, personal data first', () => {
    const lines = scopeDelta(
      undefined,
      scope([profiles(['segment', 'email'], "country = 'DE'")]),
      ['profiles.email'],
    );
    expect(lines).toEqual([
      { sign: 'add', table: 'profiles', columns: ['email'], personal: true },
      { sign: 'add', table: 'profiles', columns: ['segment'] },
      { sign: 'add', table: 'profiles', rows: { to: "country = 'DE'" } },
    ]);
    expect(countDelta(lines)).toEqual({ added: 2, removed: 0, personal: 1 });
  });

  it('says what comes, goes, changes and stays', () => {
    const lines = scopeDelta(
      scope([profiles(['id', 'language'], "country = 'DE'")]),
      scope([profiles(['id', 'email', 'segment'])]),
      ['profiles.email'],
    );
    expect(lines).toEqual([
      { sign: 'add', table: 'profiles', columns: ['email'], personal: true },
      { sign: 'add', table: 'profiles', columns: ['segment'] },
      { sign: 'remove', table: 'profiles', columns: ['language'] },
      {
        sign: 'change',
        table: 'profiles',
        rows: { from: "country = 'DE'", to: undefined },
      },
      { sign: 'keep', table: 'profiles', columns: ['id'] },
    ]);
    expect(countDelta(lines)).toEqual({ added: 2, removed: 1, personal: 1 });
  });

  it('tells whole tables apart from chosen columns', () => {
    const widened = scopeDelta(scope([profiles(['id'])]), scope([profiles()]));
    expect(widened).toEqual([{ sign: 'add', table: 'profiles' }]);
    expect(countDelta(widened)).toBeUndefined();
    expect(scopeDelta(scope([profiles()]), scope([profiles(['id'])]))).toEqual([
      { sign: 'remove', table: 'profiles' },
      { sign: 'keep', table: 'profiles', columns: ['id'] },
    ]);
    expect(
      scopeDelta(scope([profiles(), { table: 'events' }]), scope([profiles()])),
    ).toEqual([
      { sign: 'remove', table: 'events' },
      { sign: 'keep', table: 'profiles' },
    ]);
  });

  it('says by words what is not about named tables', () => {
    const all: AccessScope = { level: 'read', tables: [], allTables: true };
    expect(scopeDelta(undefined, all)).toEqual([
      { sign: 'add', words: 'all tables, those added later included' },
    ]);
    expect(scopeDelta(all, all)).toEqual([
      { sign: 'keep', words: 'all tables, those added later included' },
    ]);
    expect(scopeDelta(scope([profiles()]), all)).toEqual([
      { sign: 'add', words: 'all tables, those added later included' },
      { sign: 'remove', words: 'all of profiles' },
    ]);
  });

  it('is nothing but what stays where both are the same', () => {
    const same = scope([profiles(['id'], 'a = 1')]);
    const lines = scopeDelta(same, same);
    expect(lines.every(({ sign }) => sign === 'keep')).toBe(true);
    expect(countDelta(lines)).toEqual({ added: 0, removed: 0, personal: 0 });
  });

  it('always tells of more than reading', () => {
    const modify = (columns: string[]): AccessScope => ({
      level: 'modify',
      tables: [profiles(columns)],
    });
    const anew = scopeDelta(undefined, modify(['id']));
    expect(anew).toEqual([
      { sign: 'add', level: { to: 'modify' } },
      { sign: 'add', table: 'profiles', columns: ['id'] },
    ]);
    expect(countDelta(anew)).toEqual({ added: 1, removed: 0, personal: 0 });
    expect(scopeDelta(scope([profiles(['id'])]), modify(['id']))).toEqual([
      { sign: 'change', level: { from: 'read', to: 'modify' } },
      { sign: 'keep', table: 'profiles', columns: ['id'] },
    ]);
    expect(scopeDelta(modify(['id']), modify(['id']))).toEqual([
      { sign: 'keep', level: { to: 'modify' } },
      { sign: 'keep', table: 'profiles', columns: ['id'] },
    ]);
    const all = (level: AccessScope['level']): AccessScope => ({
      level,
      tables: [],
      allTables: true,
    });
    expect(scopeDelta(all('read'), all('append'))).toEqual([
      { sign: 'change', level: { from: 'read', to: 'append' } },
      { sign: 'keep', words: 'all tables, those added later included' },
    ]);
  });

  it('tells of rows that stay restricted', () => {
    const same = scope([profiles(['id'], "country = 'DE'")]);
    expect(scopeDelta(same, same)).toEqual([
      { sign: 'keep', table: 'profiles', columns: ['id'] },
      { sign: 'keep', table: 'profiles', rows: { to: "country = 'DE'" } },
    ]);
  });
});
