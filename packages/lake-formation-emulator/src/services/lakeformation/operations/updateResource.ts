import type {
  UpdateResourceRequest,
  UpdateResourceResponse,
} from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { isAdministrator } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';

/** Changes the role of a registered location, and whether it is hybrid. */
export const updateResource: Operation<
  UpdateResourceRequest,
  UpdateResourceResponse
> = (input, context) => {
  const catalog = requestedCatalog(context, undefined);
  if (!isAdministrator(catalog, context.caller.principal)) {
    throw notThereOrNotAllowed();
  }
  const before = catalog.locations.get(input.ResourceArn);
  if (!before) {
    throw entityNotFound('Entity not found.');
  }
  catalog.locations.set(before.arn, {
    ...before,
    roleArn: input.RoleArn,
    hybridAccessEnabled:
      input.HybridAccessEnabled ?? before.hybridAccessEnabled,
    withFederation: input.WithFederation ?? before.withFederation,
    expectedResourceOwnerAccount:
      input.ExpectedResourceOwnerAccount ?? before.expectedResourceOwnerAccount,
    lastModified: context.now.getTime(),
  });
  return {};
};
