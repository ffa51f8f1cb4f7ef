import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { lockKeysOf, shareKeysOf } from './StepRow';

const aStep = (keys: Pick<PlanStep, 'shares' | 'locks'>): PlanStep => ({
  id: 's',
  kind: 'k',
  words: { text: 'w' },
  call: { service: 'S', operation: 'O', input: {} },
  needs: [],
  ...keys,
});

describe('keys of a step', () => {
  it('are what it locks and shares, once and in one order', () => {
    const step = aStep({ shares: ['c', 'a', 'c'], locks: ['b', 'a'] });
    expect(shareKeysOf(step)).toEqual(['c', 'a']);
    expect(lockKeysOf(step)).toEqual(['a', 'b', 'c']);
  });

  it('are the same and short where no index takes them', () => {
    const long = '字'.repeat(1000);
    const [key] = shareKeysOf(aStep({ shares: [long] }));
    expect(Buffer.byteLength(key)).toBeLessThan(100);
    expect(lockKeysOf(aStep({ locks: [long] }))).toEqual([key]);
    expect(shareKeysOf(aStep({ shares: [`${long}字`] }))).not.toEqual([key]);
  });
});
