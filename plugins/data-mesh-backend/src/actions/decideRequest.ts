import type { ActionDeps } from './ActionDeps';
import { scopeInput } from './askInput';
import { requestDetailOutput, tellRequestDetail } from './requestDetailOutput';

/** Decides a request as the caller. */
export function registerDecideRequest({ registry, apiFor }: ActionDeps): void {
  registry.register({
    name: 'decide-request',
    title: 'Decide a request',
    description:
      'Approves or rejects a request for access, or asks for changes, in the name of the caller, who must be an approver of its present stage. Nobody decides their own request. Decide only what the person you act for has decided. The last approval gives the access.',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          id: z.string().describe('Id of the request'),
          version: z
            .number()
            .int()
            .describe(
              'Version of the request that was looked at. If it has changed since, nothing is decided and the answer is a ConflictError',
            ),
          decision: z.enum(['approve', 'reject', 'request-changes']),
          comment: z
            .string()
            .optional()
            .describe(
              'What the requester reads. Needed to reject and to ask for changes',
            ),
          narrowedScope: scopeInput(z)
            .optional()
            .describe('Approve no more than this part of what was asked for'),
          narrowedDurationDays: z
            .number()
            .int()
            .optional()
            .describe('Approve for no longer than this'),
        }),
      output: requestDetailOutput,
    },
    action: async ({ input, credentials }) => {
      const { id, version, ...decision } = input;
      return {
        output: tellRequestDetail(
          await apiFor(credentials).decideRequest(id, version, decision),
        ),
      };
    },
  });
}
