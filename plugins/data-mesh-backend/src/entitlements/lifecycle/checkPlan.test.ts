import type { Plan } from '@lakemesh/backstage-plugin-data-mesh-common';
import { checkPlan } from './checkPlan';

/** A plan of steps that need each other as given. */
const aPlan = (...steps: Array<[id: string, ...needs: string[]]>): Plan => ({
  provisioner: 'fake',
  topology: 'other',
  warnings: [],
  steps: steps.map(([id, ...needs]) => ({
    id,
    needs,
    kind: 'fakeGrant',
    words: { text: id },
    call: { service: 'Fake', operation: 'Grant', input: {} },
  })),
});

describe('checkPlan', () => {
  it('takes steps that need others, in any order', () => {
    expect(() =>
      checkPlan(aPlan(['c', 'a', 'b'], ['b', 'a'], ['a'])),
    ).not.toThrow();
  });

  it.each([
    ['no steps', aPlan(), /^plan\.steps: is empty/],
    ['a step twice', aPlan(['a'], ['a']), /'a' is there twice/],
    ['a need of a stranger', aPlan(['a', 'x']), /'a' needs 'x', which is not/],
    ['a need of itself', aPlan(['a', 'a']), /'a' need each other in a circle/],
    [
      'a circle',
      aPlan(['a'], ['b', 'a', 'c'], ['c', 'b']),
      /'b', 'c' need each other in a circle/,
    ],
  ])('refuses %s', (_, plan, message) => {
    expect(() => checkPlan(plan)).toThrow(message);
  });
});
