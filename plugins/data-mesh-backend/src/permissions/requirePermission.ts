import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import type { Caller } from '../identity/Caller';

/** Whether the caller has a permission that is about no single resource. */
export async function hasPermission(
  permissions: PermissionsService,
  permission: BasicPermission,
  caller: Caller,
): Promise<boolean> {
  const [decision] = await permissions.authorize([{ permission }], {
    credentials: caller.credentials,
  });
  return decision.result === AuthorizeResult.ALLOW;
}

/** @throws NotAllowedError naming the permission */
export async function requirePermission(
  permissions: PermissionsService,
  permission: BasicPermission,
  caller: Caller,
): Promise<void> {
  if (!(await hasPermission(permissions, permission, caller))) {
    throw new NotAllowedError(
      `The permission ${permission.name} is not given to ${caller.userRef}`,
    );
  }
}
