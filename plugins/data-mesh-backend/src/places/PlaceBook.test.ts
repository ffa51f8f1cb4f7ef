import {
  placeCovers,
  placeHolds,
  type Place,
  type TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { PlaceBook, type DomainFacts, type Holding } from './PlaceBook';
import { randomly } from '../testing/randomly';

const place = (change: Partial<Place> = {}): Place => ({
  system: 'lake-formation',
  catalogId: '111111111111',
  ...change,
});

function held(
  domain: string,
  where: Partial<Place>,
  change: Partial<Holding> = {},
): Holding {
  return {
    id: `${domain}-${JSON.stringify(where)}`,
    domainRef: `domain:default/${domain}`,
    place: place(where),
    except: [],
    source: 'config',
    narrowerWins: false,
    ...change,
  };
}

const table = (change: Partial<TableAddress> = {}): TableAddress => ({
  system: 'lake-formation',
  catalogId: '111111111111',
  region: 'eu-central-1',
  database: 'sales_orders',
  table: 'orders',
  ...change,
});

/** The name of the domain, or the names of those that contest it. */
function holderOf(
  holdings: Holding[],
  address: TableAddress = table(),
): string | string[] | undefined {
  const holder = new PlaceBook(holdings, []).holderOf(address);
  if (!holder) return undefined;
  const name = (ref: string) => ref.split('/')[1];
  return 'contestedBy' in holder
    ? holder.contestedBy.map(name)
    : name(holder.domainRef);
}

const decision = { source: 'decision' as const };
const annotation = { source: 'annotation' as const };
const said = { ...decision, narrowerWins: true };

describe('who answers for a table', () => {
  it.each<[string, Holding[], string | string[] | undefined]>([
    ['nobody where nothing is held', [], undefined],
    [
      'nobody where only others are held',
      [held('a', { database: 'hr' })],
      undefined,
    ],
    ['whoever holds the catalog', [held('a', {})], 'a'],
    ['whoever holds the database', [held('a', { database: 'SALES_*' })], 'a'],
    [
      'nobody where it is held in another region',
      [held('a', { region: 'eu-west-1' })],
      undefined,
    ],
    [
      'the narrower of two that config names',
      [held('a', {}), held('b', { database: 'sales_*' })],
      'b',
    ],
    [
      'the narrowest of three that config names',
      [
        held('a', {}),
        held('b', { database: 'sales_orders', table: 'o*' }),
        held('c', { database: 'sales_*' }),
      ],
      'b',
    ],
    [
      'a domain by its narrow place, though it holds the widest as well',
      [
        held('a', {}),
        held('a', { database: 'sales_orders' }),
        held('b', { database: 'sales_*' }),
      ],
      'a',
    ],
    [
      'several where neither place is inside the other',
      [held('b', { database: 'sales_*' }), held('a', { database: '*_orders' })],
      ['a', 'b'],
    ],
    [
      'the decision where config names the same place',
      [
        held('a', { database: 'sales_*' }),
        held('b', { database: 'sales_*' }, decision),
      ],
      'b',
    ],
    [
      'the decision inside a wider place of config',
      [held('a', {}), held('b', { database: 'sales_*' }, decision)],
      'b',
    ],
    [
      'the wider decision where nobody said that the narrower wins',
      [held('a', {}, decision), held('b', { database: 'sales_*' })],
      'a',
    ],
    [
      'the narrower inside a wider decision where governance said so',
      [held('a', {}, said), held('b', { database: 'sales_*' })],
      'b',
    ],
    [
      'several where two decisions overlap and nobody said which wins',
      [held('a', {}, decision), held('b', { database: 'sales_*' }, decision)],
      ['a', 'b'],
    ],
    [
      'the narrower of two decisions where governance said so',
      [held('a', {}, decision), held('b', { database: 'sales_*' }, said)],
      'b',
    ],
    [
      'the annotation where nothing else is held',
      [held('a', {}, annotation)],
      'a',
    ],
    [
      'config before a narrower annotation',
      [held('a', {}), held('b', { region: 'eu-central-1' }, annotation)],
      'a',
    ],
    [
      'a decision before a narrower annotation, whatever was said',
      [held('a', {}, said), held('b', { region: 'eu-central-1' }, annotation)],
      'a',
    ],
    [
      'several where two domains annotate the same account',
      [held('a', {}, annotation), held('b', {}, annotation)],
      ['a', 'b'],
    ],
    [
      'nobody in a part that was left out',
      [
        held(
          'a',
          {},
          { ...decision, except: [place({ database: 'sales_*' })] },
        ),
      ],
      undefined,
    ],
    [
      'whoever holds the part that was left out',
      [
        held(
          'a',
          {},
          { ...decision, except: [place({ database: 'sales_*' })] },
        ),
        held('b', { database: 'sales_*' }),
      ],
      'b',
    ],
  ])('is %s', (_, holdings, expected) => {
    expect(holderOf(holdings)).toEqual(expected);
    expect(holderOf([...holdings].reverse())).toEqual(expected);
  });

  it('is the holder of the account for the catalogs nested in it', () => {
    const nested = table({ catalogId: '111111111111:s3tablescatalog/shop' });
    expect(holderOf([held('a', {})], nested)).toBe('a');
    expect(
      holderOf([held('a', { catalogId: nested.catalogId })], table()),
    ).toBeUndefined();
    expect(
      holderOf(
        [held('a', {}), held('b', { catalogId: nested.catalogId })],
        nested,
      ),
    ).toBe('b');
  });

  it('is nobody in another account whose number begins alike', () => {
    expect(
      holderOf([held('a', { catalogId: '11111111111' })], table()),
    ).toBeUndefined();
  });
});

describe('random places', () => {
  const letters = ['*', 'a', 'b'];
  const names = ['a', 'b', 'ab', 'ba', 'aa', 'bb', 'aab'];

  it('are held by the narrowest place that holds the table, in any order', () => {
    randomly(400, ({ pick, upTo, shuffle }) => {
      const pattern = () =>
        Array.from({ length: 1 + upTo(3) }, () => pick(letters)).join('');
      const somewhere = (): Partial<Place> => {
        const depth = upTo(3);
        return {
          ...(pick([true, false]) && { region: pick(['r1', 'r2']) }),
          ...(depth > 0 && { database: pattern() }),
          ...(depth > 1 && { table: pattern() }),
        };
      };
      const holdings = Array.from({ length: 1 + upTo(5) }, (_, index) =>
        held(pick(['a', 'b', 'c']), somewhere(), { id: String(index) }),
      );
      const address = table({
        region: pick(['r1', 'r2']),
        database: pick(names),
        table: pick(names),
      });
      const holding = holdings.filter(one => placeHolds(one.place, address));
      const holder = new PlaceBook(shuffle(holdings), []).holderOf(address);
      const isInside = (one: Holding, other: Holding) =>
        placeCovers(other.place, one.place) &&
        !placeCovers(one.place, other.place);
      const answers = (one: Holding) =>
        holding.every(
          other => other.domainRef === one.domainRef || isInside(one, other),
        );
      const domains = new Set(
        holding.filter(answers).map(({ domainRef }) => domainRef),
      );
      // At most one domain has a place inside all that others have.
      expect(holder && 'domainRef' in holder ? [holder.domainRef] : []).toEqual(
        [...domains],
      );
      expect(holder === undefined).toBe(holding.length === 0);
    });
  });
});

describe('who answers for a tag', () => {
  const tagged = (values: string[], key = 'domain') => ({
    tag: { key, values },
  });
  const asked = (values: string[], holdings: Holding[]) =>
    new PlaceBook(holdings, []).holderOfTag({
      system: 'lake-formation',
      catalogId: '111111111111',
      region: 'eu-central-1',
      key: 'Domain',
      values,
    });

  it('is the domain that holds all its values, in one place or several', () => {
    const holdings = [
      held('a', tagged(['sales', 'shop'])),
      held('a', tagged(['web'])),
      held('b', tagged(['hr'])),
      held('b', { database: '*' }),
    ];
    expect(asked(['Sales', 'web'], holdings)).toMatchObject({
      domainRef: 'domain:default/a',
    });
    expect(asked(['sales', 'hr'], holdings)).toBeUndefined();
    expect(asked(['sales', 'other'], holdings)).toBeUndefined();
    expect(asked([], holdings)).toBeUndefined();
  });

  it('is several domains where they hold the same values', () => {
    const holdings = [
      held('a', tagged(['sales', 'shop']), decision),
      held('b', tagged(['shop', 'web']), decision),
    ];
    expect(asked(['sales', 'shop'], holdings)).toEqual({
      contestedBy: ['domain:default/a', 'domain:default/b'],
    });
    expect(asked(['sales'], holdings)).toMatchObject({
      domainRef: 'domain:default/a',
    });
  });
});

describe('what belongs to a domain', () => {
  const facts: DomainFacts = {
    domainRef: 'domain:default/sales',
    exists: true,
    ownerRef: 'group:default/heads',
    teams: ['group:default/web'],
    own: ['group:default/heads', 'group:default/shop', 'user:default/dora'],
  };
  const book = new PlaceBook([], [facts]);

  it.each([
    ['group:default/heads', true],
    ['group:default/shop', true],
    ['user:default/dora', true],
    ['group:default/web', true],
    ['group:default/others', false],
  ])('%s: %s', (ownerRef, expected) => {
    expect(book.belongs(ownerRef, facts.domainRef)).toBe(expected);
  });

  it('is nothing where the domain is not known', () => {
    expect(book.belongs('group:default/heads', 'domain:default/x')).toBe(false);
    expect(book.domainOf('domain:default/x')).toEqual({
      domainRef: 'domain:default/x',
      exists: false,
      teams: [],
      own: [],
    });
  });
});
