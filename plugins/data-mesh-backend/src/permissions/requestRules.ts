import {
  createConditionExports,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod/v4';
import { requestResourceRef } from './resources';

const refs = (description: string) =>
  z.array(z.string()).describe(`Full entity references: ${description}`);

const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'The request was made by one of the users',
  resourceRef: requestResourceRef,
  paramsSchema: z.object({ userRefs: refs('users') }),
  apply: (request, { userRefs }) => userRefs.includes(request.requesterRef),
  toQuery: ({ userRefs }) => ({ fact: 'requesterRef', values: userRefs }),
});

const isApprover = createPermissionRule({
  name: 'IS_APPROVER',
  description: 'A stage of the request names one of the approvers',
  resourceRef: requestResourceRef,
  paramsSchema: z.object({ approverRefs: refs('users or groups') }),
  apply: (request, { approverRefs }) =>
    request.approverRefs.some(ref => approverRefs.includes(ref)),
  toQuery: ({ approverRefs }) => ({
    fact: 'approverRefs',
    values: approverRefs,
  }),
});

const isProductOwner = createPermissionRule({
  name: 'IS_PRODUCT_OWNER',
  description: 'The requested product is owned by one of the owners',
  resourceRef: requestResourceRef,
  paramsSchema: z.object({ ownerRefs: refs('users or groups') }),
  apply: (request, { ownerRefs }) =>
    ownerRefs.includes(request.productOwnerRef),
  toQuery: ({ ownerRefs }) => ({ fact: 'productOwnerRef', values: ownerRefs }),
});

const inDomain = createPermissionRule({
  name: 'IN_DOMAIN',
  description: 'The requested product belongs to one of the domains',
  resourceRef: requestResourceRef,
  paramsSchema: z.object({ domainRefs: refs('domains') }),
  apply: (request, { domainRefs }) =>
    request.domainRef !== undefined && domainRefs.includes(request.domainRef),
  toQuery: ({ domainRefs }) => ({ fact: 'domainRef', values: domainRefs }),
});

/**
 * Rules for conditional decisions about requests.
 *
 * @public
 */
export const requestRules = {
  isRequester,
  isApprover,
  isProductOwner,
  inDomain,
};

const exported = createConditionExports({
  resourceRef: requestResourceRef,
  rules: requestRules,
});

/**
 * Conditions on requests, for permission policies.
 *
 * @public
 */
export const requestConditions = exported.conditions;

/**
 * Makes a conditional decision about requests.
 *
 * @public
 */
export const createRequestConditionalDecision =
  exported.createConditionalDecision;
