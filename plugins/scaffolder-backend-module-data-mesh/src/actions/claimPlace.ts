import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { MeshFor } from '../mesh/MeshApi';
import { claimPlaceExamples } from './claimPlace.examples';

/** Asks governance for a place on behalf of a domain. */
export function createClaimPlaceAction(options: {
  mesh: MeshFor;
  /** Base URL of the portal, without a slash at its end. */
  appUrl: string;
}) {
  const { mesh, appUrl } = options;
  return createTemplateAction({
    id: 'data-mesh:place:claim',
    description:
      'Claims a place of the lake for a domain: a catalog, databases or tables, or values of a tag. Governance decides.',
    supportsDryRun: true,
    examples: claimPlaceExamples,
    schema: {
      input: {
        domainRef: z => z.string().describe('Reference of the domain'),
        place: z =>
          z
            .object({
              system: z.string().default('lake-formation'),
              catalogId: z
                .string()
                .describe('AWS account, or a nested catalog'),
              region: z
                .string()
                .optional()
                .describe('Left out, every region is meant'),
              database: z
                .string()
                .optional()
                .describe('Name, or a pattern like sales_*'),
              table: z.string().optional(),
              tag: z
                .object({
                  key: z.string(),
                  values: z.array(z.string()).min(1),
                })
                .optional(),
            })
            .describe('What the domain answers for'),
        reason: z => z.string().min(1).describe('What governance reads'),
      },
      output: {
        claimId: z => z.string(),
        claimUrl: z => z.string().describe('Page of the claim in the portal'),
      },
    },
    async handler(ctx) {
      const { domainRef, place, reason } = ctx.input;
      const claim = {
        domainRef,
        place: { ...place, system: place.system ?? 'lake-formation' },
        reason,
      };
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would claim ${JSON.stringify(claim)}`);
        ctx.output('claimId', 'dry-run');
        ctx.output('claimUrl', `${appUrl}/data-mesh/requests`);
        return;
      }
      const api = mesh(await ctx.getInitiatorCredentials());
      // One claim a task, also where the task is run again after a crash.
      const claimId = await ctx.checkpoint({
        key: 'data-mesh.place.claim',
        fn: async () =>
          (
            await api.createClaim(claim, {
              idempotencyKey: `task-${ctx.task.id}`,
            })
          ).id,
      });
      ctx.logger.info(`Claim ${claimId} waits for governance`);
      ctx.output('claimId', claimId);
      ctx.output(
        'claimUrl',
        `${appUrl}/data-mesh/requests/claims/${encodeURIComponent(claimId)}`,
      );
    },
  });
}
