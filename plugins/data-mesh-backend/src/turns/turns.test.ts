import { setImmediate } from 'node:timers/promises';
import { allInTurns, inTurns } from './turns';

function work(milliseconds: number) {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

/** Counts how often others had their turn until it is asked. */
function others(): () => number {
  let turns = 0;
  let isOver = false;
  const count = async () => {
    while (!isOver) {
      await setImmediate();
      turns += 1;
    }
  };
  count();
  return () => {
    isOver = true;
    return turns;
  };
}

describe('long work', () => {
  it('lets others have their turn between its parts', async () => {
    const turns = others();
    const done: number[] = [];
    for await (const item of inTurns([1, 2, 3, 4])) {
      work(30);
      done.push(item);
    }
    expect(done).toEqual([1, 2, 3, 4]);
    expect(turns()).toBeGreaterThanOrEqual(3);
  });

  it('is not held up while its turn lasts', async () => {
    const turns = others();
    const done: number[] = [];
    for await (const item of inTurns([1, 2, 3])) done.push(item);
    expect(done).toEqual([1, 2, 3]);
    expect(turns()).toBeLessThanOrEqual(1);
  });

  it('on many things at once is begun one after the other', async () => {
    const turns = others();
    const done: number[] = [];
    await allInTurns([1, 2, 3, 4], async item => {
      work(30);
      await setImmediate();
      done.push(item);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4]);
    expect(turns()).toBeGreaterThanOrEqual(3);
  });

  it('fails as any of its parts does', async () => {
    await expect(
      allInTurns([1, 2], async item => {
        if (item === 1) throw new Error('away');
        await setImmediate();
      }),
    ).rejects.toThrow('away');
  });
});
