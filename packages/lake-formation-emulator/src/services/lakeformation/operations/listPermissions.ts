import type {
  ListPermissionsRequest,
  ListPermissionsResponse,
} from '@aws-sdk/client-lakeformation';
import { notThereOrNotAllowed } from '../../../model/api/AwsError';
import { seesEverything, seesResource } from '../../../model/access/access';
import { Catalog } from '../../../model/state/EmulatorState';
import { effectiveLines } from '../../../model/access/effectiveLines';
import { missingPart, partNotFound } from '../../../model/state/existence';
import { Grant, GrantResource } from '../../../model/grants/Grant';
import { ListedGrant, listedAs } from '../../../model/grants/listGrants';
import { mergeOrdered } from '../../../model/api/mergeOrdered';
import { withNested } from '../../../model/state/nestedCatalogs';
import { pageOf } from '../../../model/api/paging';
import { isForeign } from '../../../model/sharing/arrival';
import { grantsListedTo } from '../../../model/access/sources';
import { Operation, OperationContext } from '../../Operation';
import { pageSize } from '../../pageSize';
import { catalogOfResource } from '../catalogAccess';
import { visibleValues } from '../lfTags';
import {
  PermissionsQuestion,
  grantsAsked,
  isOfType,
  readQuestion,
} from '../permissionsQuestion';
import { renderGrant } from '../renderGrant';
import { refuseInsideLink } from '../resources/resourceLinks';
import { firstSequence, placed, visibleLine } from '../visibleLine';

/** Whether the caller may ask about a resource: some value of a tag is enough. */
function maySee(
  catalog: Catalog,
  { caller }: OperationContext,
  resource: GrantResource,
): boolean {
  if (resource.kind !== 'lfTag') {
    return seesResource(catalog, caller, resource);
  }
  const tag = catalog.lfTags.get(resource.key);
  return tag
    ? visibleValues(catalog, caller, tag).length > 0
    : seesEverything(catalog, caller.principal);
}

/**
 * Refuses a question about a resource that is hidden or missing. Grants outlive
 * what they are on: only what has none left is "not found".
 */
function refuseUnseen(
  catalog: Catalog,
  context: OperationContext,
  { principal, resource }: PermissionsQuestion,
  hasGrants: () => boolean,
) {
  if (!resource) return;
  const { caller } = context;
  const isOwnQuestion = principal === caller.principal;
  if (!isOwnQuestion && !maySee(catalog, context, resource)) {
    throw notThereOrNotAllowed();
  }
  refuseInsideLink(catalog, resource);
  const missing = missingPart(catalog, resource);
  if (missing && !hasGrants()) {
    throw isOwnQuestion && !seesEverything(catalog, caller.principal)
      ? notThereOrNotAllowed()
      : partNotFound(missing);
  }
}

/**
 * AWS finds nothing by a principal that is a role or user of another account, or
 * a group of Identity Center, although it lists what they hold by resource.
 */
const isFoundByPrincipal = (catalog: Catalog, principal: string) =>
  !(principal.startsWith('arn:aws:iam::') && isForeign(catalog, principal)) &&
  !principal.startsWith('arn:aws:identitystore:::group/');

function* linesOf(grants: Iterable<Grant>): Iterable<ListedGrant> {
  for (const grant of grants) yield* listedAs(grant);
}

export const listPermissions: Operation<
  ListPermissionsRequest,
  ListPermissionsResponse
> = (input, context) => {
  const question = readQuestion(input);
  const limit = pageSize(input.MaxResults, 1000);
  const { caller } = context;
  const { principal, resource, resourceCatalogId, catalogId } = question;
  const catalog = catalogOfResource(context, resourceCatalogId, catalogId);

  const linesIn = (place: Catalog, from: number): Iterable<ListedGrant> => {
    const grants = grantsListedTo(place, caller);
    if (principal !== undefined && !isFoundByPrincipal(place, principal)) {
      return [];
    }
    return principal !== undefined && resource
      ? effectiveLines({ ...place, grants }, principal, resource)
      : linesOf(grantsAsked(grants, question, from));
  };
  refuseUnseen(catalog, context, question, () => {
    for (const _ of linesIn(catalog, 0)) return true;
    return false;
  });

  const from = firstSequence(input.NextToken);
  function* visibleIn(place: Catalog) {
    for (const { line, position } of placed(linesIn(place, from))) {
      if (!isOfType(line.grant, question)) continue;
      const shown = visibleLine(place, caller, line);
      if (shown) yield { place, line: shown, position };
    }
  }
  // Catalogs inside of the account's one are listed with it.
  const places = resource ? [catalog] : withNested(catalog);
  const page = pageOf(
    mergeOrdered(places.map(visibleIn), item => item.position),
    item => item.position,
    Number,
    limit,
    input.NextToken,
  );
  return {
    PrincipalResourcePermissions: page.items.map(({ place, line }) =>
      renderGrant(place, line),
    ),
    NextToken: page.nextToken,
  };
};
