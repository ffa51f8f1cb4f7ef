import type { ActionDeps } from './ActionDeps';
import { nextCursorOutput, pageInput } from './paging';
import { requestOutput, tellRequest } from './requestOutput';

/** Lists requests that the caller made, or is to decide. */
export function registerListRequests({ registry, apiFor }: ActionDeps): void {
  registry.register({
    name: 'list-requests',
    title: 'List my requests',
    description:
      'Requests for access that the caller has made, or those that wait for the caller to decide. Newest first.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          view: z
            .enum(['mine', 'toDecide'])
            .default('mine')
            .describe(
              'mine: made by the caller. toDecide: the caller may decide them now',
            ),
          productRef: z
            .string()
            .optional()
            .describe('Only for this data product'),
          ...pageInput(z),
        }),
      output: z =>
        z.object({
          items: z.array(requestOutput(z)),
          nextCursor: nextCursorOutput(z),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items, nextCursor } = await apiFor(credentials).listRequests(
        input,
      );
      return { output: { items: items.map(tellRequest), nextCursor } };
    },
  });
}
