import type { ActionDeps } from './ActionDeps';
import { requestDetailOutput, tellRequestDetail } from './requestDetailOutput';

/** One request with its history. */
export function registerGetRequest({ registry, apiFor }: ActionDeps): void {
  registry.register({
    name: 'get-request',
    title: 'Get request',
    description:
      'One request for access: how far it is, who decides next, what approvers said, what would be done in the system, and what the caller may do with it. Read it before decide-request.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ id: z.string().describe('Id of the request') }),
      output: requestDetailOutput,
    },
    action: async ({ input, credentials }) => ({
      output: tellRequestDetail(await apiFor(credentials).getRequest(input.id)),
    }),
  });
}
