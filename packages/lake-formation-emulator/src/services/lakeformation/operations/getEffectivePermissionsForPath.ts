import type {
  GetEffectivePermissionsForPathRequest,
  GetEffectivePermissionsForPathResponse,
} from '@aws-sdk/client-lakeformation';
import { invalidInput } from '../../../model/api/AwsError';
import { Catalog } from '../../../model/state/EmulatorState';
import { locationOf } from '../../../model/catalog/TableRecord';
import { ALL_TABLES, GrantResource } from '../../../model/grants/Grant';
import { listedAs } from '../../../model/grants/listGrants';
import { isUnder, s3Path } from '../../../model/state/locations';
import { pageOf } from '../../../model/api/paging';
import { grantsListedTo } from '../../../model/access/sources';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { requestedCatalog } from '../catalogAccess';
import { renderGrant } from '../renderGrant';
import { placed, visibleLine } from '../visibleLine';

/** The databases and tables whose location is at the path or below it. */
function resourcesAt(catalog: Catalog, path: string): GrantResource[] {
  const found: GrantResource[] = [];
  const isThere = (location: string | undefined) =>
    location !== undefined && isUnder(s3Path(location), path);
  for (const [database, { locationUri, tables }] of catalog.databases) {
    if (isThere(locationUri)) found.push({ kind: 'database', database });
    const at = [...tables].filter(([, table]) => isThere(locationOf(table)));
    for (const [table] of at) found.push({ kind: 'table', database, table });
    if (at.length) found.push({ kind: 'table', database, table: ALL_TABLES });
  }
  return found;
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
  const listed = grantsListedTo(catalog, context.caller);
  const grants = resourcesAt(catalog, s3Path(input.ResourceArn))
    .flatMap(resource => [...listed.on(resource)])
    .sort((a, b) => a.sequence - b.sequence);

  function* visible() {
    for (const { line, position } of placed(grants.flatMap(listedAs))) {
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
