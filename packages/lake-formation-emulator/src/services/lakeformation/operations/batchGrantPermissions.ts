import type {
  BatchGrantPermissionsRequest,
  BatchGrantPermissionsResponse,
} from '@aws-sdk/client-lakeformation';
import { Operation } from '../../Operation';
import { changeInBatch } from '../changeInBatch';
import { grant } from '../changePermissions';

export const batchGrantPermissions: Operation<
  BatchGrantPermissionsRequest,
  BatchGrantPermissionsResponse
> = (input, context) => ({ Failures: changeInBatch(input, context, grant) });
