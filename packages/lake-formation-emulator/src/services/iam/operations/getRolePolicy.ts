import type {
  GetRolePolicyRequest,
  GetRolePolicyResponse,
} from '@aws-sdk/client-iam';
import { policiesOf } from '../../../model/identities/principalPolicies';
import { Operation } from '../../Operation';
import { encodedDocument, noSuchRolePolicy, roleArnOf } from '../iamPrincipals';

export const getRolePolicy: Operation<
  GetRolePolicyRequest,
  GetRolePolicyResponse
> = ({ RoleName, PolicyName }, { state, caller }) => {
  const role = roleArnOf(state, caller.account, RoleName);
  const policy = policiesOf(state, role).find(
    ({ inline, name }) => inline && name === PolicyName,
  );
  if (!policy) throw noSuchRolePolicy(PolicyName);
  return {
    RoleName,
    PolicyName,
    PolicyDocument: encodedDocument(policy.document),
  };
};
