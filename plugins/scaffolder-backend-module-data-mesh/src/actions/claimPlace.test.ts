import type { ClaimDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { aMesh } from '../testing/aMesh';
import { createClaimPlaceAction } from './claimPlace';
import { claimPlaceExamples } from './claimPlace.examples';

const input = {
  domainRef: 'domain:default/sales',
  place: { system: 'lake-formation', catalogId: '210987654321' },
  reason: 'Ours',
};

async function claim(
  given: typeof input,
  options: { isDryRun?: boolean; answer?: () => Promise<ClaimDetail> } = {},
) {
  const claims: unknown[] = [];
  const { mesh } = aMesh({}, async (...sent) => {
    claims.push(sent);
    return options.answer
      ? options.answer()
      : ({ id: 'claim 1' } as ClaimDetail);
  });
  const outputs: Record<string, unknown> = {};
  const action = createClaimPlaceAction({ mesh, appUrl: 'https://portal' });
  await action.handler({
    ...createMockActionContext({ input: given }),
    isDryRun: options.isDryRun,
    output: (name, value) => {
      outputs[name] = value;
    },
  });
  return { claims, outputs };
}

describe('data-mesh:place:claim', () => {
  it('claims once for a task and says where the claim is', async () => {
    const { claims, outputs } = await claim(input);
    expect(claims).toEqual([
      [input, { idempotencyKey: expect.stringMatching(/^task-.{3,}$/) }],
    ]);
    expect(outputs).toEqual({
      claimId: 'claim 1',
      claimUrl: 'https://portal/data-mesh/requests/claims/claim%201',
    });
  });

  it('claims nothing in a dry run', async () => {
    const { claims, outputs } = await claim(input, { isDryRun: true });
    expect(claims).toEqual([]);
    expect(outputs.claimId).toBe('dry-run');
  });

  it('fails where the backend refuses, with its reason', async () => {
    await expect(
      claim(input, {
        answer: async () => {
          throw new Error('The place is held by domain:default/finance');
        },
      }),
    ).rejects.toThrow('held by domain:default/finance');
  });

  it.each(claimPlaceExamples.map(e => [e.description, e.example]))(
    'has an example that works: %s',
    async (_, example) => {
      const [step] = parse(example).steps;
      const { claims } = await claim(step.input);
      expect(claims).toHaveLength(1);
    },
  );
});
