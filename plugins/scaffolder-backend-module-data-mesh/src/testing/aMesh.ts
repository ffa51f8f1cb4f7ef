import type { NameVerdict } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshApi, MeshFor } from '../mesh/MeshApi';

/** What the tests say about names. Every other name is free. */
export type Verdicts = { [ref: string]: Partial<NameVerdict> | Error };

/** A data mesh backend that says what the test wants. */
export function aMesh(
  verdicts: Verdicts | (() => Verdicts) = {},
  createClaim: MeshApi['createClaim'] = async () => {
    throw new Error('No claim is expected');
  },
): { mesh: MeshFor; asked: string[] } {
  const asked: string[] = [];
  const api: MeshApi = {
    findName: async ref => {
      asked.push(ref);
      const all = typeof verdicts === 'function' ? verdicts() : verdicts;
      const verdict = all[ref];
      if (verdict instanceof Error) throw verdict;
      return {
        ref,
        state: 'free',
        trustedBy: [],
        mayCreate: true,
        mayJoin: true,
        ...verdict,
      };
    },
    createClaim,
  };
  return { mesh: () => api, asked };
}

/** A name that something trusts, for a caller who is not governance. */
export const trusted = (
  words: string,
  kind: NameVerdict['trustedBy'][number]['kind'] = 'product',
): Partial<NameVerdict> => ({
  state: 'trusted',
  trustedBy: [{ kind, words }],
  mayCreate: false,
  mayJoin: false,
});
