import {
  productInWords,
  scopeInWords,
  type AccessRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Zod } from './ActionDeps';

/** A request as agents read it. */
export const requestOutput = (z: Zod) =>
  z.object({
    id: z.string(),
    version: z
      .number()
      .describe('Changes with every change. Decisions name the one seen'),
    state: z
      .enum([
        'pending',
        'changes-requested',
        'approved',
        'rejected',
        'withdrawn',
        'lapsed',
      ])
      .describe(
        'pending waits for approvers, changes-requested for the requester; all others are final',
      ),
    kind: z.enum(['new', 'renew', 'amend', 'resume']),
    requesterRef: z.string(),
    productRef: z.string(),
    productTitle: z.string(),
    port: z.string(),
    what: z.string().describe('What is asked for, in words'),
    principal: z.string().describe('Who gets the access'),
    purpose: z.string(),
    justification: z.string().optional(),
    durationDays: z.number(),
    waitsFor: z
      .array(z.string())
      .describe('Users and groups of whom one decides next'),
    createdAt: z.string(),
    lapsesAt: z
      .string()
      .optional()
      .describe('When it lapses unless somebody decides'),
    accessId: z.string().optional().describe('The access that it became'),
    accessState: z.string().optional(),
  });

const waitsFor = ({ state, policy, stage, requesterRef }: AccessRequest) => {
  if (state === 'changes-requested') return [requesterRef];
  return state === 'pending' ? policy.stages[stage]?.approvers ?? [] : [];
};

/** Tells a request by {@link requestOutput}. */
export const tellRequest = (request: AccessRequest) => ({
  ...request,
  productTitle: productInWords(request),
  what: scopeInWords(request.scope),
  principal: request.principal.id,
  waitsFor: waitsFor(request),
  accessId: request.entitlementId,
  accessState: request.entitlementState,
});
