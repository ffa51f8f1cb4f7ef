import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { beyondPlan } from './beyondPlan';

function aPlan(...ids: string[]) {
  return {
    provisioner: 'fake',
    topology: 'other' as const,
    steps: ids.map(
      (id): PlanStep => ({
        id,
        kind: 'grant',
        words: { text: `Grant ${id}` },
        call: { service: 'Fake', operation: 'Grant', input: {} },
        needs: [],
      }),
    ),
    warnings: [],
  };
}

describe('beyondPlan', () => {
  const identities = { 'table:orders': '2026-01-01' };
  it.each<[string, Parameters<typeof beyondPlan>, string[]]>([
    [
      'the same',
      [
        { plan: aPlan('a', 'b'), identities },
        { plan: aPlan('a', 'b'), identities },
      ],
      [],
    ],
    [
      'less',
      [
        { plan: aPlan('a', 'b'), identities },
        { plan: aPlan('b'), identities },
      ],
      [],
    ],
    [
      'more',
      [
        { plan: aPlan('a'), identities },
        { plan: aPlan('a', 'b'), identities },
      ],
      ['Grant b'],
    ],
    [
      'the same on a table that was created anew',
      [
        { plan: aPlan('a'), identities },
        { plan: aPlan('a'), identities: { 'table:orders': '2026-02-02' } },
      ],
      ['table:orders was recreated under the same name'],
    ],
    [
      'the same with something new to be known by',
      [
        { plan: aPlan('a'), identities: {} },
        { plan: aPlan('a'), identities },
      ],
      [],
    ],
    [
      'a plan where there was none',
      [
        { plan: undefined, identities: {} },
        { plan: aPlan('a'), identities },
      ],
      ['there was no plan when the request was shown'],
    ],
  ])('of %s names what is beyond', (_, args, beyond) => {
    expect(beyondPlan(...args).map(({ text }) => text)).toEqual(beyond);
  });
});
