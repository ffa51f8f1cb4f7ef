import type {
  RevokePermissionsRequest,
  RevokePermissionsResponse,
} from '@aws-sdk/client-lakeformation';
import { Operation } from '../../Operation';
import { revoke } from '../changePermissions';

export const revokePermissions: Operation<
  RevokePermissionsRequest,
  RevokePermissionsResponse
> = (input, context) => {
  revoke(input, input.CatalogId, context);
  return {};
};
