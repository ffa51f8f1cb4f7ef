import type {
  ListResourcesRequest,
  ListResourcesResponse,
} from '@aws-sdk/client-ram';
import { Operation } from '../../Operation';
import { typeOfResource } from '../renderShare';
import {
  checkShareArns,
  ramPage,
  refuseFilters,
  sharesOf,
} from '../shareScope';

export const listResources: Operation<
  ListResourcesRequest,
  ListResourcesResponse
> = (input, context) => {
  refuseFilters(input, ['resourceRegionScope']);
  const { resourceShareArns, resourceArns, principal, resourceType } = input;
  checkShareArns(resourceShareArns);
  const asked = sharesOf(context, input.resourceOwner)
    .filter(
      share =>
        share.status === 'ACTIVE' &&
        (!resourceShareArns?.length || resourceShareArns.includes(share.arn)) &&
        (!principal || share.principals.has(principal)),
    )
    .flatMap(share =>
      [...share.resources.values()].map(resource => ({ share, resource })),
    )
    .filter(
      ({ resource: { entity } }) =>
        (!resourceArns?.length || resourceArns.includes(entity)) &&
        (!resourceType || typeOfResource(entity) === resourceType),
    );
  const page = ramPage(asked, input.maxResults, input.nextToken);
  return {
    resources: page.items.map(({ share, resource }) => ({
      arn: resource.entity,
      type: typeOfResource(resource.entity),
      resourceShareArn: share.arn,
      status: resource.status === 'FAILED' ? 'UNAVAILABLE' : 'AVAILABLE',
      statusMessage: resource.statusMessage,
      creationTime: new Date(resource.createdAt),
      lastUpdatedTime: new Date(resource.updatedAt),
      resourceRegionScope: 'REGIONAL',
    })),
    nextToken: page.nextToken,
  };
};
