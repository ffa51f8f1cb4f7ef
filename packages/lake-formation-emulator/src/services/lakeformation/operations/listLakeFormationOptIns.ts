import type {
  ListLakeFormationOptInsRequest,
  ListLakeFormationOptInsResponse,
} from '@aws-sdk/client-lakeformation';
import { notThereOrNotAllowed } from '../../../model/api/AwsError';
import { seesEverything } from '../../../model/access/access';
import { resourceKey } from '../../../model/grants/Grant';
import { pageOf } from '../../../model/api/paging';
import { accountOfPrincipal } from '../../../model/iam/principals';
import { homeOf } from '../../../model/access/sources';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { catalogOfResource } from '../catalogAccess';
import { readOptInPrincipal, renderOptIn } from '../optIns';
import { readResource } from '../resources/readResource';

/**
 * The opt-ins of the account, by principal or resource where one is named; by a
 * resource of another account those of the own principals.
 */
export const listLakeFormationOptIns: Operation<
  ListLakeFormationOptInsRequest,
  ListLakeFormationOptInsResponse
> = (input, context) => {
  const principal =
    input.Principal &&
    readOptInPrincipal(input.Principal.DataLakePrincipalIdentifier);
  const { resource, catalogId } = input.Resource
    ? readResource(input.Resource)
    : { resource: undefined, catalogId: undefined };
  const catalog = catalogOfResource(context, catalogId);
  const { account, principal: asking } = context.caller;
  const isOwner = catalog.accountId === account;
  if (!seesEverything(isOwner ? catalog : homeOf(catalog, account), asking)) {
    throw notThereOrNotAllowed();
  }
  const key = resource && resourceKey(resource);
  const found = [...catalog.optIns.values()]
    .flat()
    .filter(
      one =>
        (isOwner || accountOfPrincipal(one.principal) === account) &&
        (principal === undefined || one.principal === principal) &&
        (key === undefined || resourceKey(one.resource) === key),
    )
    .sort((a, b) => a.sequence - b.sequence);
  const page = pageOf(
    found,
    ({ sequence }) => sequence,
    Number,
    pageSize(input.MaxResults, 1000),
    input.NextToken,
  );
  return {
    LakeFormationOptInsInfoList: page.items.map(one =>
      renderOptIn(catalog, one),
    ),
    NextToken: page.nextToken,
  };
};
