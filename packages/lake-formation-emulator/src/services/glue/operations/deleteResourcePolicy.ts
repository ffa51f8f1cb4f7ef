import type {
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import {
  checkPolicyHash,
  policyCatalog,
  requirePolicy,
} from '../resourcePolicies';

export const deleteResourcePolicy: Operation<
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse
> = (input, context) => {
  const catalog = policyCatalog(context, input.ResourceArn);
  requirePolicy(catalog);
  checkPolicyHash(catalog, input.PolicyHashCondition);
  delete catalog.resourcePolicy;
  return {};
};
