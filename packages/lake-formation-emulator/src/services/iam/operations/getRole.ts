import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam';
import { Operation } from '../../Operation';
import { renderRole, roleArnOf } from '../iamPrincipals';

export const getRole: Operation<GetRoleRequest, GetRoleResponse> = (
  { RoleName },
  { state, caller },
) => ({
  Role: renderRole(state, roleArnOf(state, caller.account, RoleName)),
});
