import type {
  ListPrincipalsRequest,
  ListPrincipalsResponse,
} from '@aws-sdk/client-ram';
import { Operation } from '../../Operation';
import { typeOfResource } from '../renderShare';
import { checkShareArns, ramPage, sharesOf } from '../shareScope';

/** Whom shares are with; for shares of others, who shares. */
export const listPrincipals: Operation<
  ListPrincipalsRequest,
  ListPrincipalsResponse
> = (input, context) => {
  const { resourceShareArns, resourceArn, resourceType, principals } = input;
  checkShareArns(resourceShareArns);
  const isSelf = input.resourceOwner === 'SELF';
  const asked = sharesOf(context, input.resourceOwner)
    .filter(
      ({ arn, status, resources }) =>
        status === 'ACTIVE' &&
        (!resourceShareArns?.length || resourceShareArns.includes(arn)) &&
        (!resourceArn || resources.has(resourceArn)) &&
        (!resourceType ||
          [...resources.keys()].some(
            entity => typeOfResource(entity) === resourceType,
          )),
    )
    .flatMap(share =>
      isSelf
        ? [...share.principals.values()]
            .filter(({ status }) => status !== 'DISASSOCIATED')
            .map(({ entity, external, createdAt, updatedAt }) => ({
              share,
              id: entity,
              external,
              createdAt,
              updatedAt,
            }))
        : [
            {
              share,
              id: share.owner,
              external: [...share.principals.values()].some(
                ({ external }) => external,
              ),
              createdAt: share.createdAt,
              updatedAt: share.updatedAt,
            },
          ],
    )
    .filter(({ id }) => !principals?.length || principals.includes(id));
  const page = ramPage(asked, input.maxResults, input.nextToken);
  return {
    principals: page.items.map(
      ({ share, id, external, createdAt, updatedAt }) => ({
        id,
        resourceShareArn: share.arn,
        creationTime: new Date(createdAt),
        lastUpdatedTime: new Date(updatedAt),
        external,
      }),
    ),
    nextToken: page.nextToken,
  };
};
