import type {
  GetEffectivePermissionsForPathRequest,
  GetEffectivePermissionsForPathResponse,
} from '@aws-sdk/client-lakeformation';
import { invalidInput } from '../../../model/AwsError';
import { Catalog, locationOf } from '../../../model/Catalog';
import { ALL_TABLES, GrantResource, resourceKey } from '../../../model/Grant';
import { listedAs } from '../../../model/listGrants';
import { isUnder, s3Path } from '../../../model/locations';
import { pageOf } from '../../../model/paging';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { requestedCatalog } from '../catalogAccess';
import { renderGrant } from '../renderGrant';
import { placed, visibleLine } from '../visibleLine';

/** The databases and tables whose location is at the path or below it. */
function resourcesAt(catalog: Catalog, path: string): Set<string> {
  const keys = new Set<string>();
  const add = (resource: GrantResource) => keys.add(resourceKey(resource));
  const isThere = (location: string | undefined) =>
    location !== undefined && isUnder(s3Path(location), path);
  for (const [database, { locationUri, tables }] of catalog.databases) {
    if (isThere(locationUri)) add({ kind: 'database', database });
    for (const [table, record] of tables) {
      if (isThere(locationOf(record))) {
        add({ kind: 'table', database, table });
        add({ kind: 'table', database, table: ALL_TABLES });
      }
    }
  }
  return keys;
}

export const getEffectivePermissionsForPath: Operation<
  GetEffectivePermissionsForPathRequest,
  GetEffectivePermissionsForPathResponse
> = (input, context) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  if (!/^arn:aws[a-z-]*:s3:::/.test(input.ResourceArn)) {
    throw invalidInput(
      `The ARN of a path in S3 is expected, found ${input.ResourceArn}.`,
    );
  }
  const keys = resourcesAt(catalog, s3Path(input.ResourceArn));

  function* lines() {
    for (const grant of catalog.grants.all()) {
      if (keys.has(resourceKey(grant.resource))) yield* listedAs(grant);
    }
  }
  function* visible() {
    for (const { line, position } of placed(lines())) {
      const shown = visibleLine(catalog, context.caller, line);
      if (shown) yield { line: shown, position };
    }
  }
  const page = pageOf(
    visible(),
    ({ position }) => position,
    Number,
    pageSize(input.MaxResults, 1000),
    input.NextToken,
  );
  return {
    Permissions: page.items.map(({ line }) => renderGrant(catalog, line)),
    NextToken: page.nextToken,
  };
};
