import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  columnsReached,
  matchesExpression,
  reachInWords,
  readTableTags,
} from './tagReach';

const pair = (TagKey: string, ...TagValues: string[]) => ({
  TagKey,
  TagValues,
});
const expression = (text: string): TagExpression =>
  text.split('&').map(part => {
    const [key, values] = part.split('=');
    return { key, values: values.split('|') };
  });

/** `d:class=open t:class=secret c.email:class=pii`. */
function tagged(text: string) {
  const own = (owner: string) =>
    text
      .split(' ')
      .filter(part => part.startsWith(`${owner}:`))
      .map(part => part.slice(owner.length + 1).split('='))
      .map(([key, value]) => pair(key, value));
  const columns = [
    ...new Set(
      text
        .split(' ')
        .filter(part => part.startsWith('c.'))
        .map(part => part.slice(2, part.indexOf(':'))),
    ),
  ];
  return readTableTags({
    LFTagOnDatabase: own('d'),
    LFTagsOnTable: own('t'),
    LFTagsOnColumns: columns.map(Name => ({ Name, LFTags: own(`c.${Name}`) })),
  });
}

describe('matching an expression', () => {
  it.each([
    ['class=open', { class: 'open' }, true],
    ['class=open', { class: 'secret' }, false],
    ['class=open|secret', { class: 'secret' }, true],
    ['class=open&domain=sales', { class: 'open' }, false],
    ['class=open&domain=sales', { class: 'open', domain: 'sales' }, true],
    ['CLASS=Open', { class: 'open' }, true],
    ['class=*', { class: 'anything' }, true],
    ['class=*', { domain: 'sales' }, false],
  ])('%s on %j: %s', (text, tags, expected) => {
    expect(
      matchesExpression(new Map(Object.entries(tags)), expression(text)),
    ).toBe(expected);
  });

  it('of no keys reaches nothing', () => {
    expect(matchesExpression(new Map([['a', 'b']]), [])).toBe(false);
  });
});

describe('columns that an expression reaches', () => {
  it.each<[string, string, string, object]>([
    ['nothing has tags', 'class=open', '', { only: [] }],
    ['the database has it', 'class=open', 'd:class=open', { except: [] }],
    ['the table has it', 'class=open', 't:class=open', { except: [] }],
    [
      'the table overrides the database',
      'class=open',
      'd:class=open t:class=secret',
      { only: [] },
    ],
    [
      'a column overrides the table',
      'class=open',
      'd:class=open c.email:class=pii',
      { except: ['email'] },
    ],
    [
      'only columns have it',
      'class=open',
      't:class=secret c.a:class=open c.b:class=open',
      { only: ['a', 'b'] },
    ],
    [
      'a column adds the second key',
      'class=open&pii=no',
      'd:class=open c.a:pii=no c.b:pii=yes',
      { only: ['a'] },
    ],
    [
      'a column repeats what it inherits',
      'class=open',
      't:class=open c.a:class=open',
      { except: [] },
    ],
  ])('%s', (_, text, tags, expected) => {
    expect(columnsReached(expression(text), tagged(tags))).toEqual(expected);
  });
});

describe('where the tags stand, in words', () => {
  it.each([
    ['d:class=open', 'class = open inherited from the database'],
    ['t:class=open', 'class = open on the table'],
    ['d:class=open t:class=open', 'class = open inherited from the database'],
    ['d:class=secret t:class=open', 'class = open on the table'],
    [
      'd:class=open c.a:class=pii c.b:class=open',
      'class = open inherited from the database; class of its own on a',
    ],
  ])('%s', (tags, words) => {
    expect(reachInWords(expression('class=open'), tagged(tags))).toBe(words);
  });
});
