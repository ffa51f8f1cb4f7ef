import type {
  ListRolePoliciesRequest,
  ListRolePoliciesResponse,
} from '@aws-sdk/client-iam';
import { policiesOf } from '../../../model/identities/principalPolicies';
import { Operation } from '../../Operation';
import { iamPage } from '../iamPage';
import { roleArnOf } from '../iamPrincipals';

export const listRolePolicies: Operation<
  ListRolePoliciesRequest,
  ListRolePoliciesResponse
> = (input, { state, caller }) => {
  const role = roleArnOf(state, caller.account, input.RoleName);
  const names = policiesOf(state, role)
    .filter(({ inline }) => inline)
    .map(({ name }) => name);
  const { items, ...page } = iamPage(names, input);
  return { PolicyNames: items, ...page };
};
