import type { DataClassification } from '../model';
import { acceptDifferences, diffFacts, strictestFacts } from './diffFacts';
import { canonicalFacts } from './canonicalFacts';
import type { ColumnFacts, PortFacts } from './portFacts';
import { classificationRank } from './protection';

const aColumn = (change: Partial<ColumnFacts> = {}): ColumnFacts => ({
  type: 'string',
  pii: false,
  tags: [],
  ...change,
});

const facts = (change: Partial<PortFacts> = {}): PortFacts =>
  canonicalFacts({
    ownerRef: 'group:default/sales',
    domainRef: 'domain:default/sales',
    system: 'fake',
    location: { database: 'sales' },
    approvers: [],
    neverShared: ['customers.birth_date'],
    tags: [],
    tables: {
      orders: { columns: { order_id: aColumn(), amount: aColumn() } },
      customers: {
        columns: {
          email: aColumn({ pii: true, classification: 'confidential' }),
          birth_date: aColumn({ pii: true }),
        },
      },
    },
    ...change,
  });

const withColumns = (columns: { [name: string]: ColumnFacts }) =>
  facts({
    tables: { ...facts().tables, orders: { columns } },
  });

const orders = facts().tables.orders.columns;

describe('what differs between two sets of facts', () => {
  it.each<[string, PortFacts, PortFacts, object]>([
    [
      'owner',
      facts(),
      facts({ ownerRef: 'group:default/team-x' }),
      {
        id: 'owner',
        words: 'Gives the product to `team-x`',
        loosens: true,
        before: 'group:default/sales',
        after: 'group:default/team-x',
      },
    ],
    [
      'domain',
      facts(),
      facts({ domainRef: 'domain:default/finance' }),
      { words: 'Moves the product to the domain `finance`', loosens: true },
    ],
    [
      'place',
      facts(),
      facts({ location: { database: 'payroll' } }),
      {
        words: 'Moves the tables to another place',
        loosens: true,
        before: 'fake, database sales',
        after: 'fake, database payroll',
      },
    ],
    [
      'type of the port',
      facts(),
      facts({ system: 'other' }),
      { id: 'location', loosens: true },
    ],
    [
      'lower classification',
      facts({ classification: 'confidential' }),
      facts({ classification: 'public' }),
      {
        words: 'Lowers the classification of the product to public',
        loosens: true,
      },
    ],
    [
      'no classification any more, which is internal',
      facts({ classification: 'restricted' }),
      facts(),
      { words: 'Stops classifying the product', loosens: true },
    ],
    [
      'higher classification',
      facts(),
      facts({ classification: 'restricted' }),
      { words: 'Classifies the product as restricted', loosens: false },
    ],
    [
      'approvers added',
      facts(),
      facts({ approvers: ['user:default/ana'] }),
      { words: 'Lets `ana` decide in place of the owner', loosens: true },
    ],
    [
      'approvers removed',
      facts({ approvers: ['user:default/ana', 'user:default/bob'] }),
      facts(),
      {
        words: 'Lets the owner decide in place of `ana` and `bob`',
        loosens: true,
      },
    ],
    [
      'purpose added',
      facts({ purposes: ['audit'] }),
      facts({ purposes: ['audit', 'analytics'] }),
      {
        id: 'purpose:analytics',
        words: 'Allows the purpose `analytics`',
        loosens: true,
      },
    ],
    [
      'purpose removed',
      facts({ purposes: ['audit', 'analytics'] }),
      facts({ purposes: ['audit'] }),
      { words: 'Stops allowing the purpose `analytics`', loosens: false },
    ],
    [
      'purposes no longer listed',
      facts({ purposes: ['audit'] }),
      facts(),
      { id: 'purposes', words: 'Allows every purpose', loosens: true },
    ],
    [
      'purposes listed now',
      facts(),
      facts({ purposes: ['audit'] }),
      { words: 'Allows only the purposes `audit`', loosens: false },
    ],
    [
      'longer',
      facts({ maxDurationDays: 90 }),
      facts({ maxDurationDays: 365 }),
      {
        words: 'Lets access last longer',
        loosens: true,
        before: '90 days',
        after: '365 days',
      },
    ],
    [
      'without limit',
      facts({ maxDurationDays: 90 }),
      facts(),
      { words: 'Lets access last longer', loosens: true },
    ],
    [
      'shorter',
      facts(),
      facts({ maxDurationDays: 90 }),
      { words: 'Lets access last less long', loosens: false },
    ],
    [
      'shared now',
      facts(),
      facts({ neverShared: [] }),
      {
        id: 'never-shared:customers%2ebirth_date',
        words:
          'Takes `customers.birth_date` off the list of what is never shared',
        loosens: true,
        before: 'never shared',
        after: 'can be asked for',
      },
    ],
    [
      'never shared now',
      facts(),
      facts({ neverShared: ['customers.birth_date', 'amount'] }),
      {
        words: 'Puts `amount` on the list of what is never shared',
        loosens: false,
      },
    ],
    [
      'tags',
      facts({ tags: ['gold'] }),
      facts({ tags: ['gold', 'open'] }),
      { words: 'Changes the tags of the product', loosens: true },
    ],
    [
      'table added',
      facts(),
      facts({
        tables: {
          ...facts().tables,
          payroll: { columns: { iban: aColumn({ pii: true }) } },
        },
      }),
      {
        id: 'table:payroll',
        words: 'Adds the table `payroll`',
        loosens: true,
        table: 'payroll',
        after: '1 column, 1 personal',
      },
    ],
    [
      'table removed',
      facts(),
      facts({ tables: { customers: facts().tables.customers } }),
      { words: 'Takes the table `orders` away', loosens: false },
    ],
    [
      'column added where nothing is protected',
      facts(),
      withColumns({ ...orders, currency: aColumn() }),
      {
        id: 'column:orders.currency',
        words: 'Adds the column `currency`',
        loosens: false,
      },
    ],
    [
      'column added that is tagged',
      facts(),
      withColumns({ ...orders, currency: aColumn({ tags: ['open'] }) }),
      { words: 'Adds the column `currency`', loosens: true },
    ],
    [
      'column removed that was as protected as the others',
      facts(),
      withColumns({ order_id: aColumn() }),
      { words: 'Takes the column `amount` away', loosens: false },
    ],
    [
      'column no longer personal',
      withColumns({ ...orders, email: aColumn({ pii: true }) }),
      withColumns({ ...orders, email: aColumn() }),
      {
        id: 'column-pii:orders.email',
        words: 'Stops calling `email` personal data',
        loosens: true,
        before: 'personal',
        after: 'not personal',
      },
    ],
    [
      'column personal now',
      facts(),
      withColumns({ ...orders, amount: aColumn({ pii: true }) }),
      { words: 'Calls `amount` personal data', loosens: false },
    ],
    [
      'only personal column no longer declared: the table may have it still',
      withColumns({ ...orders, email: aColumn({ pii: true }) }),
      facts(),
      {
        id: 'column:orders.email',
        words: 'Stops declaring `email`, the most protected column of `orders`',
        loosens: true,
      },
    ],
    [
      'column below its product',
      facts({ classification: 'restricted' }),
      facts({
        classification: 'restricted',
        tables: {
          ...facts().tables,
          orders: {
            columns: {
              ...orders,
              amount: aColumn({ classification: 'public' }),
            },
          },
        },
      }),
      {
        words: 'Lowers the classification of `amount` to public',
        loosens: true,
      },
    ],
    [
      'column above its product',
      facts(),
      withColumns({
        ...orders,
        amount: aColumn({ classification: 'restricted' }),
      }),
      { words: 'Classifies `amount` as restricted', loosens: false },
    ],
    [
      'tags of a column',
      facts(),
      withColumns({ ...orders, amount: aColumn({ tags: ['open'] }) }),
      { words: 'Changes the tags of `amount`', loosens: true },
    ],
  ])('%s', (_, before, after, expected) => {
    expect(diffFacts(before, after)).toEqual([
      expect.objectContaining(expected),
    ]);
  });

  it('asks less of a new column than its table has, and more is in force', () => {
    const { customers } = facts().tables;
    const added = (column: ColumnFacts, neverShared: string[] = []) =>
      diffFacts(
        facts(),
        facts({
          neverShared: [...facts().neverShared, ...neverShared],
          tables: {
            ...facts().tables,
            customers: { columns: { ...customers.columns, phone: column } },
          },
        }),
      ).filter(difference => difference.kind === 'column');
    expect(added(aColumn())).toEqual([
      expect.objectContaining({
        words:
          'Adds the column `phone` with less protection than `customers` has otherwise',
        loosens: true,
        after: 'not personal, internal',
      }),
    ]);
    const strict = aColumn({ pii: true, classification: 'confidential' });
    expect(added(strict)).toMatchObject([{ loosens: true }]);
    expect(added(strict, ['phone'])).toMatchObject([{ loosens: false }]);
  });

  it('says nothing of types, spelling and order', () => {
    const other = facts({
      tables: {
        CUSTOMERS: facts().tables.customers,
        orders: {
          columns: { Amount: aColumn({ type: 'bigint' }), order_id: aColumn() },
        },
      },
      neverShared: ['Customers.Birth_Date'],
    });
    expect(diffFacts(facts(), other)).toEqual([]);
    expect(strictestFacts(facts(), other)).toEqual(other);
  });

  it('keeps ids apart, whatever names contain', () => {
    const table = { columns: { 'b.c': aColumn(), b: aColumn() } };
    const is = {
      columns: { 'b.c': aColumn({ pii: true }), b: aColumn({ pii: true }) },
    };
    const ids = diffFacts(
      facts({ tables: { a: table, 'a.b': { columns: { c: aColumn() } } } }),
      facts({
        tables: {
          a: is,
          'a.b': { columns: { c: aColumn({ pii: true }) } },
        },
      }),
    ).map(difference => difference.id);
    expect(new Set(ids).size).toBe(3);
  });

  it('takes names for names that objects know already', () => {
    const tables = JSON.parse(
      '{"__proto__":{"columns":{"constructor":{"type":"string","pii":true,"tags":[]}}}}',
    );
    const before = facts({ tables });
    expect(Object.keys(before.tables)).toEqual(['__proto__']);
    expect(diffFacts(before, facts())).toMatchObject([
      { id: 'table:customers' },
      { id: 'table:orders' },
      { id: 'table:__proto__', loosens: false },
    ]);
  });

  it('offers each table where nothing was accepted', () => {
    expect(diffFacts(undefined, facts())).toMatchObject([
      { id: 'table:customers', loosens: true },
      { id: 'table:orders', loosens: true },
    ]);
    expect(diffFacts(undefined, facts({ tables: {} }))).toMatchObject([
      { id: 'location', loosens: true },
    ]);
    expect(
      Object.keys(
        acceptDifferences(undefined, facts(), ['table:orders']).tables,
      ),
    ).toEqual(['orders']);
  });

  it('costs as much more as there are more columns', () => {
    const wide = (count: number, pii: boolean) =>
      facts({
        neverShared: pii
          ? Array.from({ length: count }, (_, index) => `n${index}`)
          : [],
        tables: {
          wide: {
            columns: Object.fromEntries(
              Array.from({ length: count }, (_, index) => [
                `c${index}`,
                aColumn({ pii }),
              ]),
            ),
          },
        },
      });
    const costOf = (count: number) => {
      const [before, after] = [wide(count, true), wide(count, false)];
      const turns = Array.from({ length: 5 }, () => {
        const begun = performance.now();
        const ids = diffFacts(before, after).map(difference => difference.id);
        acceptDifferences(before, after, ids);
        const cost = performance.now() - begun;
        expect(ids).toHaveLength(2 * count);
        return cost;
      });
      return Math.min(...turns);
    };
    costOf(1_000);
    // Four times with what is linear, sixteen times with what is quadratic.
    expect(costOf(16_000) / costOf(4_000)).toBeLessThan(10);
  });
});

/** The same numbers for the same seed. */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    pick: <T>(values: readonly T[]) =>
      values[Math.floor(next() * values.length)],
    some: <T>(values: readonly T[]) => values.filter(() => next() < 0.5),
    chance: () => next() < 0.5,
    order: <T>(values: readonly T[]) =>
      values
        .map(value => ({ value, at: next() }))
        .sort((one, other) => one.at - other.at)
        .map(({ value }) => value),
  };
}

type Random = ReturnType<typeof randomOf>;

const classes: Array<DataClassification | undefined> = [
  undefined,
  'public',
  'internal',
  'confidential',
  'restricted',
];

function someFacts(random: Random): PortFacts {
  const classified = () => {
    const classification = random.pick(classes);
    return classification && { classification };
  };
  const columns = () =>
    Object.fromEntries(
      random.some(['a', 'b', 'c', 'd']).map(name => [
        name,
        {
          type: random.pick(['int', 'string']),
          pii: random.chance(),
          ...classified(),
          tags: random.some(['x', 'y']),
        },
      ]),
    );
  return canonicalFacts({
    ownerRef: random.pick(['group:default/a', 'group:default/b']),
    domainRef: random.pick(['domain:default/a', 'domain:default/b']),
    system: 'fake',
    location: { database: random.pick(['one', 'two']) },
    ...classified(),
    approvers: random.some(['user:default/a', 'user:default/b']),
    ...(random.chance() && { purposes: random.some(['p', 'q', 'r']) }),
    ...(random.chance() && { maxDurationDays: random.pick([1, 30, 90]) }),
    neverShared: random.some(['a', 't.b', 'u.c']),
    tags: random.some(['x', 'y']),
    tables: Object.fromEntries(
      random.some(['t', 'u', 'v']).map(name => [name, { columns: columns() }]),
    ),
  });
}

/** What of `one` goes beyond `other`, where both say something. */
function beyond(one: PortFacts, other: PortFacts): string[] {
  const found: string[] = [];
  const limit = (value: PortFacts) => value.maxDurationDays ?? Infinity;
  if (limit(one) > limit(other)) found.push('duration');
  if (other.purposes) {
    const allowed = new Set(other.purposes);
    if (!one.purposes || one.purposes.some(id => !allowed.has(id))) {
      found.push('purposes');
    }
  }
  if (other.neverShared.some(name => !one.neverShared.includes(name))) {
    found.push('never shared');
  }
  const rank = (value: PortFacts, column?: ColumnFacts) =>
    classificationRank(column?.classification ?? value.classification);
  if (rank(one) < rank(other)) found.push('classification');
  for (const [name, { columns }] of Object.entries(one.tables)) {
    for (const [column, said] of Object.entries(columns)) {
      const there = other.tables[name]?.columns[column];
      if (!there) continue;
      if (there.pii && !said.pii) found.push(`pii ${name}.${column}`);
      if (rank(one, said) < rank(other, there)) {
        found.push(`classification ${name}.${column}`);
      }
    }
  }
  return found;
}

describe('facts in force, for any facts published and any in the catalog', () => {
  const cases = Array.from({ length: 400 }, (_, seed) => {
    const random = randomOf(seed + 1);
    return {
      random,
      published: someFacts(random),
      current: someFacts(random),
    };
  });

  it('never go beyond either', () => {
    for (const { published, current } of cases) {
      const strictest = strictestFacts(published, current);
      expect(beyond(strictest, published)).toEqual([]);
      expect(beyond(strictest, current)).toEqual([]);
      for (const table of Object.keys(strictest.tables)) {
        expect(Object.keys(published.tables)).toContain(table);
        expect(Object.keys(current.tables)).toContain(table);
      }
    }
  });

  it('loosen nothing that was published', () => {
    for (const { published, current } of cases) {
      const loosened = diffFacts(
        published,
        strictestFacts(published, current),
      ).filter(difference => difference.loosens);
      expect(loosened).toEqual([]);
    }
  });

  it('are those of the catalog when all is accepted', () => {
    for (const { published, current } of cases) {
      const ids = diffFacts(published, current).map(({ id }) => id);
      expect(acceptDifferences(published, current, ids)).toEqual(current);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('are the same in whatever order differences are accepted', () => {
    for (const { published, current, random } of cases) {
      const ids = random.some(
        diffFacts(published, current).map(difference => difference.id),
      );
      const together = acceptDifferences(published, current, ids);
      expect(acceptDifferences(published, current, random.order(ids))).toEqual(
        together,
      );
      // What was not accepted does not come in by being looked at again.
      const again = acceptDifferences(together, current, []);
      expect(
        diffFacts(together, again).filter(difference => difference.loosens),
      ).toEqual([]);
    }
  });

  it('are explained by words that begin with a verb', () => {
    for (const { published, current } of cases) {
      for (const before of [published, undefined]) {
        for (const { words, id } of diffFacts(before, current)) {
          expect(words).toMatch(/^[A-Z][a-z]+s /);
          expect(id.length).toBeLessThan(600);
        }
      }
    }
  });
});
