import type {
  BatchRevokePermissionsRequest,
  BatchRevokePermissionsResponse,
} from '@aws-sdk/client-lakeformation';
import { Operation } from '../../Operation';
import { changeInBatch } from '../changeInBatch';
import { revoke } from '../changePermissions';

export const batchRevokePermissions: Operation<
  BatchRevokePermissionsRequest,
  BatchRevokePermissionsResponse
> = (input, context) => ({ Failures: changeInBatch(input, context, revoke) });
