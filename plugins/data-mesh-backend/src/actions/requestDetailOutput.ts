import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Zod } from './ActionDeps';
import { planOutput, tellPlan } from './planOutput';
import { requestOutput, tellRequest } from './requestOutput';

/** A request with what was said about it and what will be done. */
export const requestDetailOutput = (z: Zod) =>
  requestOutput(z).extend({
    sensitiveColumns: z
      .array(z.string())
      .describe('Columns with personal data that are asked for'),
    plan: planOutput(z).optional(),
    planError: z.string().optional(),
    decisions: z.array(
      z.object({
        actorRef: z.string(),
        decision: z.enum(['approve', 'reject', 'request-changes']),
        comment: z.string().optional(),
        at: z.string(),
      }),
    ),
    comments: z.array(
      z.object({ authorRef: z.string(), text: z.string(), at: z.string() }),
    ),
    changedSinceShown: z
      .array(z.string())
      .describe('What changed since approvers were last shown the request'),
    actions: z.array(z.string()).describe('What the caller may do with it now'),
    whyNotDecide: z.string().optional(),
  });

/** Tells a request by {@link requestDetailOutput}. */
export const tellRequestDetail = (request: RequestDetail) => ({
  ...tellRequest(request),
  sensitiveColumns: request.sensitiveColumns ?? [],
  ...(request.plan && { plan: tellPlan(request.plan) }),
  planError: request.planError,
  decisions: request.decisions,
  comments: request.comments,
  changedSinceShown: (request.differences ?? []).map(({ words }) => words.text),
  actions: request.actions,
  whyNotDecide: request.whyNotDecide,
});
