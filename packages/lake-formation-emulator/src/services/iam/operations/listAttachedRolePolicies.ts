import type {
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
} from '@aws-sdk/client-iam';
import { policiesOf } from '../../../model/identities/principalPolicies';
import { Operation } from '../../Operation';
import { refuseMembers } from '../../refuseMembers';
import { iamPage } from '../iamPage';
import { roleArnOf } from '../iamPrincipals';

export const listAttachedRolePolicies: Operation<
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse
> = (input, { state, caller }) => {
  refuseMembers(input, ['PathPrefix']);
  const role = roleArnOf(state, caller.account, input.RoleName);
  const attached = policiesOf(state, role)
    .filter(({ inline }) => !inline)
    .map(({ name }) => ({
      PolicyName: name,
      PolicyArn: `arn:aws:iam::${caller.account}:policy/${name}`,
    }));
  const { items, ...page } = iamPage(attached, input);
  return { AttachedPolicies: items, ...page };
};
