import { mergeOrdered } from './mergeOrdered';

describe('ordered listings', () => {
  it.each([
    [[], []],
    [[[], []], []],
    [[[1, 4, 9]], [1, 4, 9]],
    [
      [[1, 4, 9], [], [2, 3], [10]],
      [1, 2, 3, 4, 9, 10],
    ],
  ])('%j are one: %j', (listings, expected) => {
    expect([...mergeOrdered(listings, item => item)]).toEqual(expected);
  });

  it('are read no further than needed', () => {
    const read: number[] = [];
    function* numbers(step: number) {
      for (let i = 1; ; i++) {
        read.push(i * step);
        yield i * step;
      }
    }
    const merged = mergeOrdered([numbers(1), numbers(100)], item => item);
    const [first, second] = (function* take() {
      let count = 0;
      for (const item of merged) {
        yield item;
        count += 1;
        if (count === 2) return;
      }
    })();
    expect([first, second]).toEqual([1, 2]);
    expect(read.length).toBeLessThan(6);
  });
});
