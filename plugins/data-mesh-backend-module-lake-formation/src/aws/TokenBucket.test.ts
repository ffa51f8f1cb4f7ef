import { TokenBucket } from './TokenBucket';

describe('TokenBucket', () => {
  it('lets a burst pass, then paces, each caller after the one before', async () => {
    const waits: number[] = [];
    const bucket = new TokenBucket({
      perSecond: 10,
      burst: 2,
      now: () => 0,
      sleep: async ms => {
        waits.push(ms);
      },
    });
    for (let i = 0; i < 5; i += 1) await bucket.take();
    expect(waits).toEqual([100, 200, 300]);
  });

  it('fills up again with time, up to the burst', async () => {
    let now = 0;
    const waits: number[] = [];
    const bucket = new TokenBucket({
      perSecond: 10,
      burst: 2,
      now: () => now,
      sleep: async ms => {
        waits.push(ms);
      },
    });
    await bucket.take();
    await bucket.take();
    now = 60_000;
    for (let i = 0; i < 3; i += 1) await bucket.take();
    expect(waits).toEqual([100]);
  });
});
