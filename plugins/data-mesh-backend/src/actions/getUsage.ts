import type { ActionDeps } from './ActionDeps';

/** How to query with an access. */
export function registerGetUsage({ registry, apiFor }: ActionDeps): void {
  registry.register({
    name: 'get-usage',
    title: 'Get usage snippets',
    description:
      'Snippets to query data with an access that is active, for each engine that keeps to its scope, like SQL for Athena. Contains no credentials.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          accessId: z.string().describe('Id of the access, of list-my-access'),
        }),
      output: z =>
        z.object({
          snippets: z.array(
            z.object({
              engine: z.string(),
              title: z.string(),
              language: z.string(),
              text: z.string(),
              note: z.string().optional(),
            }),
          ),
          credentials: z
            .object({
              available: z.boolean(),
              reason: z.string().optional().describe('Why not'),
              tables: z.array(z.string()).optional(),
            })
            .describe(
              'Whether the caller can get temporary credentials with `lakemesh credentials`',
            ),
        }),
    },
    action: async ({ input, credentials }) => ({
      output: await apiFor(credentials).getUsage(input.accessId),
    }),
  });
}
