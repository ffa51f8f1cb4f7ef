import type {
  DescribeResourceRequest,
  DescribeResourceResponse,
} from '@aws-sdk/client-lakeformation';
import { entityNotFound } from '../../../model/api/AwsError';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { renderLocation } from '../resources/renderLocation';

export const describeResource: Operation<
  DescribeResourceRequest,
  DescribeResourceResponse
> = (input, context) => {
  const { locations } = requestedCatalog(context, undefined);
  const location = locations.get(input.ResourceArn);
  if (!location) {
    throw entityNotFound('Entity not found.');
  }
  return { ResourceInfo: renderLocation(location) };
};
