import type { ActionDeps } from './ActionDeps';
import { askInput } from './askInput';
import { planOutput, tellPlan } from './planOutput';

/** Says what would happen, without asking. */
export function registerPreviewRequest({ registry, apiFor }: ActionDeps): void {
  registry.register({
    name: 'preview-request',
    title: 'Preview a request for access',
    description:
      'Says what would happen if access were asked for: what is wrong with the request, who would decide, what would be done in the system, and what the caller holds already. Asks for nothing. Use it before ask-for-access, and show its answer to the person you act for.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object(askInput(z)),
      output: z =>
        z.object({
          canBeAsked: z.boolean(),
          problems: z
            .array(z.object({ field: z.string(), reason: z.string() }))
            .describe('What must be changed first'),
          approvedByRule: z
            .boolean()
            .describe('Whether no person needs to decide'),
          approvals: z
            .array(
              z.object({
                approvers: z
                  .array(z.string())
                  .describe('Users and groups of whom one decides'),
                because: z.string(),
                onlyForColumns: z
                  .array(z.string())
                  .optional()
                  .describe('Without these columns it is not needed'),
              }),
            )
            .describe('One after the other'),
          medianDecisionHours: z
            .number()
            .optional()
            .describe('How long decisions usually take'),
          plan: planOutput(z).optional(),
          planError: z
            .string()
            .optional()
            .describe('Why what would be done is not known'),
          existing: z
            .array(
              z.object({
                type: z.enum(['request', 'access']),
                id: z.string(),
                state: z.string(),
                principal: z.string(),
                covers: z
                  .boolean()
                  .describe('Whether nothing more than this is needed'),
              }),
            )
            .describe('Requests and accesses for the same'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { accessId, ...draft } = input;
      const preview = await apiFor(credentials).previewRequest({
        ...draft,
        ...(accessId && { entitlementId: accessId }),
      });
      const { policy, plan } = preview;
      const problems = [
        ...preview.problems,
        ...(policy?.refusals ?? []).map(({ field, reason }) => ({
          field,
          reason: reason.text,
        })),
      ];
      return {
        output: {
          canBeAsked: problems.length === 0 && policy !== undefined,
          problems,
          approvedByRule: policy?.autoApproved ?? false,
          approvals: (policy?.stages ?? []).map(stage => ({
            approvers: stage.approvers,
            because: stage.because.text,
            onlyForColumns: stage.columns,
          })),
          medianDecisionHours: preview.medianDecisionHours,
          ...(plan && { plan: tellPlan(plan) }),
          planError: preview.planError,
          existing: preview.existing.map(found => ({
            type: found.type === 'request' ? found.type : ('access' as const),
            id: found.id,
            state: found.state,
            principal: found.principal,
            covers: found.relation === 'covers',
          })),
        },
      };
    },
  });
}
