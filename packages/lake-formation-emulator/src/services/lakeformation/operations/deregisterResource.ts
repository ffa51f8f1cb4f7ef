import type {
  DeregisterResourceRequest,
  DeregisterResourceResponse,
} from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { isAdministrator } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';

export const deregisterResource: Operation<
  DeregisterResourceRequest,
  DeregisterResourceResponse
> = (input, context) => {
  const catalog = requestedCatalog(context, undefined);
  if (!isAdministrator(catalog, context.caller.principal)) {
    throw notThereOrNotAllowed();
  }
  if (!catalog.locations.delete(input.ResourceArn)) {
    throw entityNotFound('Entity not found.');
  }
  return {};
};
