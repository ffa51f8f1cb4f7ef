import type { ActionDeps } from './ActionDeps';
import { askInput } from './askInput';
import { requestOutput, tellRequest } from './requestOutput';

/** Asks for access. */
export function registerAskForAccess({ registry, apiFor }: ActionDeps): void {
  registry.register({
    name: 'ask-for-access',
    title: 'Ask for access',
    description:
      'Asks for access to a port of a data product: one request for each principal, all or none. People decide about it unless a rule approves it; get-request says how far it is. Preview it first.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          ...askInput(z),
          idempotencyKey: z
            .string()
            .min(8)
            .max(128)
            .describe(
              'Any text that is new for a new request, like a UUID. Use the same again when you repeat a call that was cut off: it answers with what was made the first time',
            ),
        }),
      output: z => z.object({ requests: z.array(requestOutput(z)) }),
    },
    action: async ({ input, credentials }) => {
      const { idempotencyKey, accessId, ...request } = input;
      const { items } = await apiFor(credentials).createRequests(
        { ...request, ...(accessId && { entitlementId: accessId }) },
        { idempotencyKey },
      );
      return { output: { requests: items.map(tellRequest) } };
    },
  });
}
