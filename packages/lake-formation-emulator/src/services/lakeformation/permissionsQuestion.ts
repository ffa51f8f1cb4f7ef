import type { ListPermissionsRequest } from '@aws-sdk/client-lakeformation';
import { invalidInput, validationError } from '../../model/api/AwsError';
import { Grant, GrantResource } from '../../model/grants/Grant';
import { GrantBook } from '../../model/grants/GrantBook';
import { isPrincipal, withoutAlias } from '../../model/iam/principals';
import { reachesAnyValue } from '../../model/grants/tagExpression';
import { lakeFormationModel } from '../../wire/models/lakeFormation';
import { Validated } from '../Operation';
import { readResource } from './resources/readResource';

/** A question to ListPermissions. */
export interface PermissionsQuestion {
  readonly principal?: string;
  readonly resource?: GrantResource;
  readonly resourceType?: string;
  /** Whether a table's data cells filters are asked with it. */
  readonly includeRelated: boolean;
  /** The account whose grants are asked. */
  readonly catalogId?: string;
  /** The catalog that the resource names, which may be a nested one. */
  readonly resourceCatalogId?: string;
}

/** The types under which a grant is listed; filters have none. */
function typesOf(resource: GrantResource): readonly string[] {
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

const KINDS: Readonly<Record<string, GrantResource['kind']>> = {
  CATALOG: 'catalog',
  DATABASE: 'database',
  TABLE: 'table',
  DATA_LOCATION: 'dataLocation',
  LF_TAG: 'lfTag',
  LF_TAG_POLICY: 'lfTagPolicy',
  LF_TAG_POLICY_DATABASE: 'lfTagPolicy',
  LF_TAG_POLICY_TABLE: 'lfTagPolicy',
  LF_NAMED_TAG_EXPRESSION: 'lfTagExpression',
};

/** Whether a grant is of the type that is asked for. */
export const isOfType = (
  { resource }: Grant,
  { resourceType }: PermissionsQuestion,
) => resourceType === undefined || typesOf(resource).includes(resourceType);

function readType(type: string | undefined) {
  const known = lakeFormationModel.enums.DataLakeResourceType;
  if (type !== undefined && !known.includes(type)) {
    throw validationError([
      `Value '${type}' at 'resourceType' failed to satisfy constraint: Member must satisfy enum value set: [${known.join(
        ', ',
      )}]`,
    ]);
  }
  return type;
}

function readIncludeRelated(text: string | undefined): boolean {
  if (text !== undefined && !/^(TRUE|FALSE)$/i.test(text)) {
    throw invalidInput(`IncludeRelated is TRUE or FALSE, found '${text}'.`);
  }
  return text?.toLocaleUpperCase('en-US') === 'TRUE';
}

function readPrincipal({
  Principal,
  Resource,
}: Validated<ListPermissionsRequest>): string | undefined {
  if (!Principal) return undefined;
  if (!Resource) {
    throw invalidInput(
      'Resource is mandatory if Principal is set in the input.',
    );
  }
  if (Resource.DataCellsFilter) {
    throw invalidInput(
      'Principal cannot be set when Resource is a data cells filter.',
    );
  }
  const principal = withoutAlias(Principal.DataLakePrincipalIdentifier ?? '');
  if (!isPrincipal(principal)) {
    throw invalidInput(`Invalid principal, '${principal}'.`);
  }
  return principal;
}

/** Reads a question and refuses the combinations that AWS refuses. */
export function readQuestion(
  input: Validated<ListPermissionsRequest>,
): PermissionsQuestion {
  const includeRelated = readIncludeRelated(input.IncludeRelated);
  const resourceType = readType(input.ResourceType);
  if (input.Principal && includeRelated) {
    throw invalidInput('Principal cannot be set when IncludeRelated is TRUE.');
  }
  const principal = readPrincipal(input);
  if (input.Resource?.TableWithColumns) {
    throw invalidInput(
      'Resource cannot be TableWithColumns for this operation, use Table.',
    );
  }
  if (includeRelated && !input.Resource?.Table) {
    throw invalidInput('IncludeRelated is for a table as Resource only.');
  }
  const { resource, catalogId } = input.Resource
    ? readResource(input.Resource)
    : { resource: undefined, catalogId: undefined };
  return {
    principal,
    resource,
    resourceType,
    includeRelated,
    catalogId: input.CatalogId,
    resourceCatalogId: catalogId,
  };
}

function* onTag(
  grants: GrantBook,
  { key, values }: Extract<GrantResource, { kind: 'lfTag' }>,
  from: number,
): Iterable<Grant> {
  for (const grant of grants.onTagKey(key, from)) {
    if (
      grant.resource.kind === 'lfTag' &&
      reachesAnyValue(grant.resource.values, values)
    ) {
      yield grant;
    }
  }
}

function onTableWithFilters(
  grants: GrantBook,
  resource: Extract<GrantResource, { kind: 'table' }>,
  from: number,
): Grant[] {
  return [
    ...grants.on(resource, from),
    ...grants.filtersOf(resource.database, resource.table, from),
  ].sort((a, b) => a.sequence - b.sequence);
}

/**
 * The explicit grants a question without a principal is about, in order, from a
 * sequence number on.
 */
export function grantsAsked(
  grants: GrantBook,
  { resource, resourceType, includeRelated }: PermissionsQuestion,
  from: number,
): Iterable<Grant> {
  if (!resource) {
    return resourceType === undefined
      ? grants.all(from)
      : grants.ofKind(KINDS[resourceType], from);
  }
  if (resource.kind === 'lfTag') return onTag(grants, resource, from);
  return resource.kind === 'table' && includeRelated
    ? onTableWithFilters(grants, resource, from)
    : grants.on(resource, from);
}
