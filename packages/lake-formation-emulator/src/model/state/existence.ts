import { entityNotFound } from '../api/AwsError';
import { Catalog, EmulatorState, accountOf } from './EmulatorState';
import { filterKey } from '../catalog/DataCellsFilterRecord';
import { ALL_TABLES, GrantResource, ResourceOfKind } from '../grants/Grant';
import { isThere } from './nestedCatalogs';
import { ALL_VALUES, TagExpression } from '../grants/tagExpression';

/** Whether an IAM role or user exists, as far as the account declares them. */
export function principalExists(
  state: EmulatorState,
  principal: string,
): boolean {
  const [, accountId, kind, name] =
    /^arn:aws:iam::(\d{12}):(role|user)\/(.+)$/.exec(principal) ?? [];
  if (!accountId) return true;
  const { roles, users, goneRoles } = accountOf(state, accountId);
  const known = kind === 'role' ? roles : users;
  if (known) return known.includes(name);
  return !(kind === 'role' && goneRoles?.includes(name));
}

/** The part of a resource that is not there. */
export type MissingPart =
  | 'Catalog'
  | 'Database'
  | 'Table'
  | 'Location'
  | 'Data cells filter'
  | 'Tag'
  | 'LF-Tag expression';

/** AWS's word for what is missing. */
export const partNotFound = (part: MissingPart) =>
  entityNotFound(
    part === 'Tag' ? 'Tag or tag value does not exist.' : `${part} not found.`,
  );

/** Whether the tags of an expression exist, each with all of its values. */
export const hasTags = (catalog: Catalog, expression: TagExpression) =>
  expression.every(({ key, values }) => {
    const tag = catalog.lfTags.get(key);
    return (
      tag !== undefined &&
      values.every(value => value === ALL_VALUES || tag.values.includes(value))
    );
  });

function missingPolicyPart(
  catalog: Catalog,
  policy: ResourceOfKind<'lfTagPolicy'>,
): MissingPart | undefined {
  if ('expressionName' in policy) {
    return catalog.tagExpressions.has(policy.expressionName)
      ? undefined
      : 'LF-Tag expression';
  }
  return hasTags(catalog, policy.expression) ? undefined : 'Tag';
}

/** What is missing of a resource, or undefined where it is there. */
export function missingPart(
  catalog: Catalog,
  resource: GrantResource,
): MissingPart | undefined {
  if (!isThere(catalog)) return 'Catalog';
  switch (resource.kind) {
    case 'catalog':
      return undefined;
    case 'dataLocation':
      return catalog.locations.has(resource.arn) ? undefined : 'Location';
    case 'lfTag':
      return hasTags(catalog, [resource]) ? undefined : 'Tag';
    case 'lfTagExpression':
      return catalog.tagExpressions.has(resource.name)
        ? undefined
        : 'LF-Tag expression';
    case 'lfTagPolicy':
      return missingPolicyPart(catalog, resource);
    case 'dataCellsFilter': {
      const { database, table, filter } = resource;
      return catalog.dataCellsFilters.has(filterKey(database, table, filter))
        ? undefined
        : 'Data cells filter';
    }
    default: {
      const database = catalog.databases.get(resource.database);
      if (!database) return 'Database';
      return resource.kind === 'database' ||
        resource.table === ALL_TABLES ||
        database.tables.has(resource.table)
        ? undefined
        : 'Table';
    }
  }
}
