import { accessOutput, tellAccess } from './accessOutput';
import type { ActionDeps } from './ActionDeps';

/** Ends an access of the caller. */
export function registerHandBackAccess({ registry, apiFor }: ActionDeps): void {
  registry.register({
    name: 'hand-back-access',
    title: 'Hand access back',
    description:
      'Ends an access that the caller holds: it is taken away in the system and cannot be used any more. To have it again, it must be asked for again.',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          accessId: z.string().describe('Id of the access, of list-my-access'),
          version: z
            .number()
            .int()
            .describe(
              'Version of the access that was looked at. If it has changed since, nothing happens and the answer is a ConflictError',
            ),
          reason: z.string().optional().describe('What the owner reads'),
        }),
      output: accessOutput,
    },
    action: async ({ input, credentials }) => ({
      output: tellAccess(
        await apiFor(credentials).relinquishEntitlement(
          input.accessId,
          input.version,
          input.reason,
        ),
      ),
    }),
  });
}
