import type {
  ListPermissionsRequest,
  ListPermissionsResponse,
} from '@aws-sdk/client-lakeformation';
import {
  invalidInput,
  notThereOrNotAllowed,
  validationError,
} from '../../../model/AwsError';
import { seesEverything, seesResource } from '../../../model/access';
import { effectiveLines } from '../../../model/effectiveLines';
import { missingPart, partNotFound } from '../../../model/existence';
import { Grant, GrantResource } from '../../../model/Grant';
import { ListedGrant, listedAs } from '../../../model/listGrants';
import { pageOf } from '../../../model/paging';
import { isPrincipal, withoutAlias } from '../../../model/principals';
import { grantsListedTo } from '../../../model/sources';
import { lakeFormationModel } from '../../../wire/models/lakeFormation';
import { Operation, Validated } from '../../Operation';
import { pageSize } from '../../pageSize';
import { requestedCatalog } from '../catalogAccess';
import { readResource } from '../readResource';
import { renderGrant } from '../renderGrant';
import { refuseInsideLink } from '../resourceLinks';
import { placed, visibleLine } from '../visibleLine';

/** The types under which a grant is listed; filters have none. */
function resourceTypes(resource: GrantResource): readonly string[] {
  switch (resource.kind) {
    case 'catalog':
      return ['CATALOG'];
    case 'database':
      return ['DATABASE'];
    case 'table':
      return ['TABLE'];
    case 'dataLocation':
      return ['DATA_LOCATION'];
    case 'lfTag':
      return ['LF_TAG'];
    case 'lfTagPolicy':
      return ['LF_TAG_POLICY', `LF_TAG_POLICY_${resource.reaches}`];
    case 'lfTagExpression':
      return ['LF_NAMED_TAG_EXPRESSION'];
    default:
      return [];
  }
}

function refuseBadQuestion(input: Validated<ListPermissionsRequest>) {
  const { Principal, Resource, ResourceType, IncludeRelated } = input;
  const types = lakeFormationModel.enums.DataLakeResourceType;
  if (ResourceType && !types.includes(ResourceType)) {
    throw validationError([
      `Value '${ResourceType}' at 'resourceType' failed to satisfy constraint: Member must satisfy enum value set: [${types.join(
        ', ',
      )}]`,
    ]);
  }
  if (Principal && !Resource) {
    throw invalidInput(
      'Resource is mandatory if Principal is set in the input.',
    );
  }
  if (Principal && IncludeRelated === 'TRUE') {
    throw invalidInput('Principal cannot be set when IncludeRelated is TRUE.');
  }
  if (Resource?.TableWithColumns) {
    throw invalidInput(
      'Resource cannot be TableWithColumns for this operation, use Table.',
    );
  }
}

function requestedResource(input: Validated<ListPermissionsRequest>): {
  resource?: GrantResource;
  catalogId?: string;
} {
  return input.Resource ? readResource(input.Resource) : {};
}

function* linesOf(grants: Iterable<Grant>): Iterable<ListedGrant> {
  for (const grant of grants) yield* listedAs(grant);
}

export const listPermissions: Operation<
  ListPermissionsRequest,
  ListPermissionsResponse
> = (input, context) => {
  refuseBadQuestion(input);
  const limit = pageSize(input.MaxResults, 1000);
  const { resource, catalogId } = requestedResource(input);
  const catalog = requestedCatalog(context, catalogId ?? input.CatalogId);
  const grants = grantsListedTo(catalog, context.caller);
  const principal = input.Principal?.DataLakePrincipalIdentifier;

  const isOwnQuestion = principal === context.caller.principal;
  if (
    resource &&
    !isOwnQuestion &&
    !seesResource(catalog, context.caller, resource)
  ) {
    throw notThereOrNotAllowed();
  }
  if (resource) refuseInsideLink(catalog, resource);

  let lines: Iterable<ListedGrant>;
  if (principal !== undefined && resource) {
    const grantee = withoutAlias(principal);
    if (!isPrincipal(grantee)) {
      throw invalidInput(`Invalid principal, '${grantee}'.`);
    }
    lines = effectiveLines({ ...catalog, grants }, grantee, resource);
  } else {
    lines = resource
      ? [...linesOf(grants.on(resource))]
      : linesOf(grants.all());
  }
  // Grants outlive what they are on: only what has none left is "not found".
  const missing = resource && missingPart(catalog, resource);
  if (missing && [...lines].length === 0) {
    throw isOwnQuestion && !seesEverything(catalog, context.caller.principal)
      ? notThereOrNotAllowed()
      : partNotFound(missing);
  }

  function* visible() {
    for (const { line, position } of placed(lines)) {
      const types = resourceTypes(line.grant.resource);
      if (input.ResourceType && !types.includes(input.ResourceType)) continue;
      const shown = visibleLine(catalog, context.caller, line);
      if (shown) yield { line: shown, position };
    }
  }
  const page = pageOf(
    visible(),
    item => item.position,
    Number,
    limit,
    input.NextToken,
  );
  return {
    PrincipalResourcePermissions: page.items.map(({ line }) =>
      renderGrant(catalog, line),
    ),
    NextToken: page.nextToken,
  };
};
