import { IdSet } from './IdSet';
import { stormOf } from './stormOf';

const config = { haltAbovePercent: 20, haltAboveCount: 10 };

describe('stormOf', () => {
  it.each([
    [0, { added: 1000, removed: 0 }, false],
    [100, { added: 10, removed: 10 }, false],
    [100, { added: 10, removed: 11 }, true],
    [100, { added: 0, removed: 100 }, true],
    [5, { added: 5, removed: 5 }, false],
    [5, { added: 6, removed: 5 }, true],
  ])('of %i grants and %j is %s', (stored, moved, expected) => {
    const words = stormOf(stored, { changed: 50, ...moved }, config);
    expect(words ?? '').toMatch(expected ? /more than 20 %/ : /^$/);
  });
});

describe('IdSet', () => {
  it('knows what was added, in any order and number', () => {
    const set = new IdSet();
    const ids = Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 5000) * 3);
    ids.forEach(id => set.add(id));
    expect(ids.every(id => set.has(id))).toBe(true);
    expect(ids.some(id => set.has(id + 1))).toBe(false);
    expect(new IdSet().has(0)).toBe(false);
    set.add(1);
    expect(set.has(1)).toBe(true);
  });
});
