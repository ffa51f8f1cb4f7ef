import {
  coversPattern,
  matchesExactly,
  matchesName,
  patternsOverlap,
} from './glob';
import type { Place } from '../client/types.generated';
import {
  compareNarrowness,
  placeCovers,
  placeHolds,
  placeHoldsTag,
  placeInWords,
  placeKey,
  placeRelation,
  placesOverlap,
  type TableAddress,
} from './place';

/** All texts of the letters up to a length. */
function texts(letters: string[], longest: number): string[] {
  let level = [''];
  const all: string[] = [];
  for (let length = 1; length <= longest; length += 1) {
    level = level.flatMap(start => letters.map(letter => start + letter));
    all.push(...level);
  }
  return all;
}

const PATTERNS = texts(['*', 'a', 'b'], 3);
/** With a letter that no pattern names, as real names have. */
const NAMES = texts(['a', 'b', 'c'], 5);

/** What a pattern means, said in another way. */
const expressionOf = (pattern: string) =>
  new RegExp(`^${pattern.replace(/\*+/g, '.*')}$`);

describe('patterns', () => {
  const namesOf = new Map(
    PATTERNS.map(pattern => {
      const expression = expressionOf(pattern);
      return [pattern, new Set(NAMES.filter(name => expression.test(name)))];
    }),
  );
  const named = (pattern: string) => namesOf.get(pattern) ?? new Set<string>();

  it('match the names that they stand for', () => {
    for (const pattern of PATTERNS) {
      expect([
        pattern,
        NAMES.filter(name => matchesName(pattern, name)),
      ]).toEqual([pattern, [...named(pattern)]]);
    }
  });

  it('cover each other exactly where they cover each other’s names', () => {
    const wrong = PATTERNS.flatMap(wide =>
      PATTERNS.filter(
        narrow =>
          coversPattern(wide, narrow) !==
          [...named(narrow)].every(name => named(wide).has(name)),
      ).map(narrow => [wide, narrow]),
    );
    expect(wrong).toEqual([]);
  });

  it('overlap exactly where they have a name in common', () => {
    const wrong = PATTERNS.flatMap(one =>
      PATTERNS.filter(
        other =>
          patternsOverlap(one, other) !==
          [...named(one)].some(name => named(other).has(name)),
      ).map(other => [one, other]),
    );
    expect(wrong).toEqual([]);
  });

  it('treat upper and lower case as the same, except exact matches', () => {
    expect(matchesName('Sales_*', 'SALES_orders')).toBe(true);
    expect(patternsOverlap('Sales_*', '*_ORDERS')).toBe(true);
    expect(matchesExactly('url:a/*', 'url:a/B')).toBe(true);
    expect(matchesExactly('url:a/*', 'url:A/b')).toBe(false);
  });

  it('give every other letter no meaning', () => {
    expect(matchesName('a.c', 'abc')).toBe(false);
    expect(matchesName('a[bc]', 'ab')).toBe(false);
    expect(matchesName('a?', 'ab')).toBe(false);
  });

  it('are compared in time however many stars they have', () => {
    const many = `${'*a'.repeat(127)}*`;
    const long = 'a'.repeat(254);
    const started = process.hrtime.bigint();
    expect(matchesName(`${many}b`, long)).toBe(false);
    expect(coversPattern(many, `${many}b`)).toBe(true);
    expect(patternsOverlap(many, `${many}b`)).toBe(true);
    const ms = Number(process.hrtime.bigint() - started) / 1e6;
    expect(ms).toBeLessThan(100);
  });
});

/** Few enough to try every pair against every table. */
const SMALL = ['*', 'a', 'b', 'a*', '*a'];
const PLACES: Place[] = ['1', '1:n', '2'].flatMap(catalogId =>
  [undefined, 'r', 's'].flatMap(region =>
    [undefined, ...SMALL].flatMap(database =>
      (database === undefined ? [undefined] : [undefined, ...SMALL]).map(
        table => ({
          system: 'fake',
          catalogId,
          ...(region && { region }),
          ...(database && { database }),
          ...(table && { table }),
        }),
      ),
    ),
  ),
);
const TABLES: TableAddress[] = ['1', '1:n', '1:m', '2'].flatMap(catalogId =>
  ['r', 's', 't'].flatMap(region =>
    ['a', 'b', 'aa', 'ab', 'ba', 'c', 'aca'].flatMap(database =>
      ['a', 'b', 'aa', 'ab', 'ba', 'c', 'aca'].map(table => ({
        system: 'fake',
        catalogId,
        region,
        database,
        table,
      })),
    ),
  ),
);

describe('places of tables', () => {
  const holding = PLACES.map(place =>
    TABLES.map(address => placeHolds(place, address)),
  );

  it('overlap exactly where they have a table in common', () => {
    const wrong: Place[][] = [];
    PLACES.forEach((one, i) =>
      PLACES.forEach((other, j) => {
        const common = TABLES.some((_, at) => holding[i][at] && holding[j][at]);
        if (placesOverlap(one, other) !== common) wrong.push([one, other]);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('cover each other exactly where they hold each other’s tables', () => {
    const wrong: Place[][] = [];
    PLACES.forEach((wide, i) =>
      PLACES.forEach((narrow, j) => {
        const all = TABLES.every((_, at) => !holding[j][at] || holding[i][at]);
        if (placeCovers(wide, narrow) !== all) wrong.push([wide, narrow]);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('are related as they cover and overlap', () => {
    const at = (database?: string): Place => ({
      system: 'fake',
      catalogId: '1',
      ...(database && { database }),
    });
    expect(placeRelation(at('a*'), at())).toBe('wider');
    expect(placeRelation(at('a*'), at('ab'))).toBe('narrower');
    expect(placeRelation(at('a*'), at('A*'))).toBe('same');
    expect(placeRelation(at('a*'), at('*a'))).toBe('partial');
    expect(placeRelation(at('a*'), at('b*'))).toBeUndefined();
  });

  it('are in order of how narrow they are', () => {
    const at = (place: Partial<Place>): Place => ({
      system: 'fake',
      catalogId: '1',
      ...place,
    });
    const ordered = [
      at({ database: 'ab', table: 'a' }),
      at({ database: 'ab', table: 'a*' }),
      at({ database: 'ab' }),
      at({ database: 'ab*' }),
      at({ database: 'a*' }),
      at({ database: '*' }),
      at({ region: 'r' }),
      at({}),
    ];
    expect([...ordered].reverse().sort(compareNarrowness)).toEqual(ordered);
  });

  it('have no tables of other systems, nor tags', () => {
    const lake: Place = { system: 'lake', catalogId: '1' };
    expect(placesOverlap(lake, { ...lake, system: 'fake' })).toBe(false);
    const tag: Place = { ...lake, tag: { key: 'k', values: ['a'] } };
    expect(placesOverlap(lake, tag)).toBe(false);
    expect(placeCovers(lake, tag)).toBe(false);
  });
});

describe('places of tags', () => {
  const tagged = (values: string[], change: Partial<Place> = {}): Place => ({
    system: 'lake',
    catalogId: '1',
    tag: { key: 'Domain', values },
    ...change,
  });

  it('hold values of their key, in any case', () => {
    const place = tagged(['Sales', 'shop']);
    const asked = { system: 'lake', catalogId: '1', key: 'domain' };
    expect(placeHoldsTag(place, { ...asked, values: ['SALES'] })).toBe(true);
    expect(placeHoldsTag(place, { ...asked, values: ['sales', 'hr'] })).toBe(
      false,
    );
    expect(placeHoldsTag(place, { ...asked, values: [] })).toBe(false);
    expect(
      placeHoldsTag(place, { ...asked, key: 'other', values: ['sales'] }),
    ).toBe(false);
  });

  it('overlap and cover by their values', () => {
    expect(placeRelation(tagged(['a', 'b']), tagged(['A']))).toBe('narrower');
    expect(placeRelation(tagged(['a', 'b']), tagged(['b', 'c']))).toBe(
      'partial',
    );
    expect(placeRelation(tagged(['a', 'b']), tagged(['b', 'a']))).toBe('same');
    expect(placeRelation(tagged(['a']), tagged(['b']))).toBeUndefined();
    expect(placeRelation(tagged(['a']), tagged(['a'], { region: 'r' }))).toBe(
      'narrower',
    );
  });

  it('are the same whatever the order and case of their values', () => {
    expect(placeKey(tagged(['B', 'a']))).toBe(
      placeKey(tagged(['a', 'b', 'A'])),
    );
    expect(placeKey(tagged(['a']))).not.toBe(placeKey(tagged(['b'])));
  });
});

describe('places in words', () => {
  it.each<[Partial<Place>, string]>([
    [{}, 'the catalog `1`'],
    [{ region: 'r' }, 'the catalog `1` in r'],
    [{ database: 'sales' }, 'the database `sales`'],
    [{ database: 'sales_*' }, 'the databases `sales_*`'],
    [{ database: 'sales', table: 'o' }, 'the table `sales.o`'],
    [{ database: 'sales', table: 'o*' }, 'the tables `sales.o*`'],
    [{ tag: { key: 'k', values: ['a', 'b'] } }, 'the LF-Tag `k = a, b`'],
  ])('%j is %s', (change, words) => {
    expect(placeInWords({ system: 'fake', catalogId: '1', ...change })).toBe(
      words,
    );
  });
});
