import type {
  GetResourceSharesRequest,
  GetResourceSharesResponse,
} from '@aws-sdk/client-ram';
import { Operation } from '../../Operation';
import { unknownShare } from '../ramErrors';
import { renderShare } from '../renderShare';
import {
  checkEnum,
  checkShareArns,
  ramPage,
  refuseFilters,
  sharesOf,
} from '../shareScope';

export const getResourceShares: Operation<
  GetResourceSharesRequest,
  GetResourceSharesResponse
> = (input, context) => {
  refuseFilters(input, ['tagFilters', 'permissionArn', 'permissionVersion']);
  const { resourceShareArns, resourceShareStatus, name } = input;
  checkShareArns(resourceShareArns);
  checkEnum('resourceShareStatus', resourceShareStatus, 'ResourceShareStatus');
  const shares = sharesOf(context, input.resourceOwner);
  const missing = resourceShareArns?.find(
    arn => !shares.some(share => share.arn === arn),
  );
  if (missing !== undefined) throw unknownShare(missing);
  const asked = shares.filter(
    share =>
      (!resourceShareArns?.length || resourceShareArns.includes(share.arn)) &&
      (!resourceShareStatus || share.status === resourceShareStatus) &&
      (!name || share.name === name),
  );
  const page = ramPage(asked, input.maxResults, input.nextToken);
  return {
    resourceShares: page.items.map(renderShare),
    nextToken: page.nextToken,
  };
};
