import type {
  ListLakeFormationOptInsRequest,
  ListLakeFormationOptInsResponse,
} from '@aws-sdk/client-lakeformation';
import { notThereOrNotAllowed } from '../../../model/AwsError';
import { seesEverything } from '../../../model/access';
import { resourceKey } from '../../../model/Grant';
import { pageOf } from '../../../model/paging';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { catalogOfResource } from '../catalogAccess';
import { readOptInPrincipal, renderOptIn } from '../optIns';
import { readResource } from '../readResource';

/** The opt-ins of the account, by principal or resource where one is named. */
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
  if (!seesEverything(catalog, context.caller.principal)) {
    throw notThereOrNotAllowed();
  }
  const key = resource && resourceKey(resource);
  const found = [...catalog.optIns.values()]
    .flat()
    .filter(
      one =>
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
