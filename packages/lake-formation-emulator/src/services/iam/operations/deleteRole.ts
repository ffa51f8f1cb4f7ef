import type { DeleteRoleRequest } from '@aws-sdk/client-iam';
import { accountOf } from '../../../model/state/EmulatorState';
import { Operation } from '../../Operation';
import { roleArnOf } from '../iamPrincipals';

/**
 * Deletes a role with its policies. What it was granted stays, and applies to a
 * new role of its name.
 */
export const deleteRole: Operation<DeleteRoleRequest> = (
  { RoleName },
  { state, caller },
) => {
  const account = accountOf(state, caller.account);
  const arn = roleArnOf(state, account.id, RoleName);
  const name = arn.slice(`arn:aws:iam::${account.id}:role/`.length);
  if (account.roles) {
    account.roles = account.roles.filter(one => one !== name);
  } else {
    account.goneRoles = [...(account.goneRoles ?? []), name];
  }
  account.policies = account.policies?.map(policy => ({
    ...policy,
    principals: policy.principals.filter(one => one !== arn),
  }));
  for (const [accessKeyId, { roleArn }] of state.sessions) {
    if (roleArn === arn) state.sessions.delete(accessKeyId);
  }
  return {};
};
