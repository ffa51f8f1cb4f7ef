import { liveEntitlementStates } from '@lakemesh/backstage-plugin-data-mesh-common';
import { accessOutput, tellAccess } from './accessOutput';
import type { ActionDeps } from './ActionDeps';
import { nextCursorOutput, pageInput } from './paging';

/** Lists what the caller holds. */
export function registerListMyAccess({ registry, apiFor }: ActionDeps): void {
  registry.register({
    name: 'list-my-access',
    title: 'List my access',
    description:
      'Access to data products that the caller or their principals hold: its state, whether the system really has it, and when it ends. Newest first.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          productRef: z
            .string()
            .optional()
            .describe('Only to this data product'),
          ended: z
            .boolean()
            .default(false)
            .describe('Also what has ended or was revoked'),
          ...pageInput(z),
        }),
      output: z =>
        z.object({
          items: z.array(accessOutput(z)),
          nextCursor: nextCursorOutput(z),
        }),
    },
    action: async ({ input, credentials }) => {
      const { ended, ...query } = input;
      const { items, nextCursor } = await apiFor(credentials).listEntitlements({
        ...query,
        view: 'mine',
        ...(!ended && { state: [...liveEntitlementStates] }),
      });
      return { output: { items: items.map(tellAccess), nextCursor } };
    },
  });
}
