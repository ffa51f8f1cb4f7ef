import type {
  PutResourcePolicyRequest,
  PutResourcePolicyResponse,
} from '@aws-sdk/client-glue';
import { invalidInput } from '../../../model/api/AwsError';
import { Catalog } from '../../../model/state/EmulatorState';
import { policyHash } from '../../../model/catalog/resourcePolicy';
import { Operation } from '../../Operation';
import {
  checkPolicyDocument,
  checkPolicyExists,
  checkPolicyHash,
  policyCatalog,
} from '../resourcePolicies';

/** Whether Lake Formation has shared anything of the catalog. */
function isShared({ grants }: Catalog): boolean {
  for (const { share } of grants.all()) {
    if (share !== undefined) return true;
  }
  return false;
}

/** Replaces the policy. What it allows to other accounts is left to IAM. */
export const putResourcePolicy: Operation<
  PutResourcePolicyRequest,
  PutResourcePolicyResponse
> = (input, context) => {
  const catalog = policyCatalog(context, input.ResourceArn);
  checkPolicyDocument(catalog, input.PolicyInJson);
  checkPolicyExists(catalog, input.PolicyExistsCondition);
  checkPolicyHash(catalog, input.PolicyHashCondition);
  if (input.EnableHybrid !== 'TRUE' && isShared(catalog)) {
    throw invalidInput(
      "EnableHybrid must be 'TRUE' where Lake Formation has granted access to other accounts.",
    );
  }
  const at = context.now.getTime();
  catalog.resourcePolicy = {
    json: input.PolicyInJson,
    createdAt: catalog.resourcePolicy?.createdAt ?? at,
    updatedAt: at,
  };
  return { PolicyHash: policyHash(catalog.resourcePolicy) };
};
