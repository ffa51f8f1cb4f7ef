import type {
  GetResourcePolicyRequest,
  GetResourcePolicyResponse,
} from '@aws-sdk/client-glue';
import { policyHash } from '../../../model/catalog/resourcePolicy';
import { Operation } from '../../Operation';
import { policyCatalog, requirePolicy } from '../resourcePolicies';

export const getResourcePolicy: Operation<
  GetResourcePolicyRequest,
  GetResourcePolicyResponse
> = (input, context) => {
  const policy = requirePolicy(policyCatalog(context, input.ResourceArn));
  return {
    PolicyInJson: policy.json,
    PolicyHash: policyHash(policy),
    CreateTime: new Date(policy.createdAt),
    UpdateTime: new Date(policy.updatedAt),
  };
};
