import { nameSuggester, nearestName } from './nearestName';

/** Names that are all near to each other, as in a wide table of a machine. */
const measurements = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `measurement_${String(index).padStart(5, '0')}_of_sensor`,
  );

/** Counts how many names a suggester asks for. */
function* counting(names: string[], seen: { count: number }) {
  for (const name of names) {
    seen.count += 1;
    yield name;
  }
}

describe('nearestName', () => {
  it.each([
    ['ammount', 'amount'],
    ['AMOUNT', 'amount'],
    ['order_di', 'order_id'],
    ['ordr', 'orders'],
    ['custmr_name', 'customer_name'],
  ])('takes %s for %s', (typed, meant) => {
    expect(
      nearestName(typed, [
        'customer_name',
        'amount',
        'order_id',
        'orders',
        'ordered_at',
      ]),
    ).toBe(meant);
  });

  it.each(['x', 'entirely_different', '', 'a'.repeat(255)])(
    'has nothing for %j',
    typed => {
      expect(nearestName(typed, ['amount', 'order_id'])).toBeUndefined();
    },
  );

  it('takes the nearest of several', () => {
    expect(nearestName('ordr', ['border', 'order', 'odr'])).toBe('order');
  });

  it('finds one letter in names of 255', () => {
    const long = 'n'.repeat(254);
    expect(nearestName(`${long}x`, ['amount', `${long}y`])).toBe(`${long}y`);
  });

  it('looks at names of other lengths only to see that', () => {
    const known = Array.from({ length: 50_000 }, () => 'n'.repeat(250));
    const seen = { count: 0 };
    expect(
      nearestName('nnnnnnnn', counting([...known, 'nnnnnnnm'], seen)),
    ).toBe('nnnnnnnm');
    expect(seen.count).toBe(50_001);
  });

  it('gives up on further names after a bounded amount of work', () => {
    const known = measurements(5_000).map(name => name.padEnd(250, '_'));
    const suggest = nameSuggester();
    const looked = known.map(name => {
      const seen = { count: 0 };
      suggest(name.replace('measurement', 'mesurement'), counting(known, seen));
      return seen.count;
    });
    const total = looked.reduce((sum, count) => sum + count, 0);
    // Without a bound: 25 million.
    expect(total).toBeLessThan(4_000_000);
    expect(looked[looked.length - 1]).toBeLessThan(2);
    expect(looked[0]).toBeGreaterThan(100);
  });
});
