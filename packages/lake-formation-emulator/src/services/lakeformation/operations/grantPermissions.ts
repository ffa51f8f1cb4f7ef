import type {
  GrantPermissionsRequest,
  GrantPermissionsResponse,
} from '@aws-sdk/client-lakeformation';
import { Operation } from '../../Operation';
import { grant } from '../changePermissions';

export const grantPermissions: Operation<
  GrantPermissionsRequest,
  GrantPermissionsResponse
> = (input, context) => {
  grant(input, input.CatalogId, context);
  return {};
};
