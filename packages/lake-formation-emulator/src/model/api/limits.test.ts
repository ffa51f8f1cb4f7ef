import { EmulatorLimit } from './Behaviour';
import { TokenBucket, takeTokens } from './limits';

const call = {
  service: 'lakeformation',
  operation: 'GrantPermissions',
  account: '111111111111',
};

function bucketsFor(...limits: EmulatorLimit[]) {
  const buckets = new Map<string, TokenBucket>();
  return (now: number, fields: Partial<typeof call> = {}) =>
    takeTokens(buckets, limits, { ...call, ...fields }, now);
}

describe('token buckets', () => {
  it('let a burst through and then as many a second as they fill', () => {
    const take = bucketsFor({ perSecond: 2, burst: 3 });
    expect([take(0), take(0), take(0), take(0)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([take(499), take(500), take(500)]).toEqual([false, true, false]);
    expect([1, 2, 3, 4].map(() => take(60_000))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('are apart for each account and operation', () => {
    const take = bucketsFor({
      service: 'lakeformation',
      perSecond: 0,
      burst: 1,
    });
    expect(take(0)).toBe(true);
    expect(take(0)).toBe(false);
    expect(take(0, { account: '222222222222' })).toBe(true);
    expect(take(0, { operation: 'ListPermissions' })).toBe(true);
    expect(take(0, { service: 'glue' })).toBe(true);
    expect(take(0, { service: 'glue' })).toBe(true);
  });

  it('take nothing from one where another is empty', () => {
    const take = bucketsFor(
      { perSecond: 0, burst: 2 },
      { operation: 'GrantPermissions', perSecond: 1, burst: 1 },
    );
    expect([take(0), take(0), take(0)]).toEqual([true, false, false]);
    expect([take(1000), take(2000)]).toEqual([true, false]);
  });

  it('do not fill by a clock that was put back', () => {
    const take = bucketsFor({ perSecond: 1, burst: 1 });
    expect([take(5000), take(1000), take(1500)]).toEqual([true, false, false]);
  });
});
