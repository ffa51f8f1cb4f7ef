import { createHash } from 'node:crypto';
import type {
  ObservedGrant,
  TagExpression,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Grantee } from './grant';
import { LakeResource, tablesIn } from './resource';

/*
 * All of these keys are stored, with steps or with scanned grants: none may
 * change for a resource that exists.
 */

const tagsInKey = (expression: TagExpression) =>
  expression.map(({ key, values }) => `${key}=${values.join('|')}`).join('&');

/** The same for the same resource, and different for different ones. */
export function resourceKey(resource: LakeResource): string {
  const { catalogId } = resource;
  switch (resource.kind) {
    case 'catalog':
      return `${catalogId}:catalog`;
    case 'database':
      return `${catalogId}:database:${resource.database}`;
    case 'allTables':
      return `${catalogId}:${resource.database}.ALL_TABLES`;
    case 'table':
      return `${catalogId}:${resource.database}.${resource.table}`;
    case 'filter':
      return `${catalogId}:${resource.database}.${resource.table}:filter:${resource.filter}`;
    case 'tagPolicy':
      return `${catalogId}:tagged-${resource.reaches}:${
        resource.savedAs === undefined
          ? tagsInKey(resource.expression)
          : `saved:${resource.savedAs}`
      }`;
    case 'tag':
      return `${catalogId}:tag:${resource.key}=${resource.values.join('|')}`;
    case 'savedExpression':
      return `${catalogId}:saved:${resource.name}`;
    case 'location':
      return `${catalogId}:location:${resource.arn}`;
    default:
      return `${catalogId}:unknown`;
  }
}

/**
 * What must not be written at the same time: Lake Formation answers two writers
 * on one table with ConcurrentModificationException, whomever they grant to.
 */
export const lockKey = (resource: LakeResource): string =>
  resourceKey(tablesIn(resource) ?? resource);

/** The same for the same grantee, and different for different ones. */
export const granteeKey = ({ principalId, condition }: Grantee): string =>
  condition ? `${principalId} if ${condition}` : principalId;

// 162 bits: far beyond the point where two of a billion grants meet.
const HASH_LENGTH = 27;

function hash(...parts: unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('base64url')
    .slice(0, HASH_LENGTH);
}

/**
 * Principal and resource, without its columns and what is held there: the lines
 * under which Lake Formation lists one grant have it in common.
 */
export function groupOf(
  principalId: string,
  resource: ObservedGrant['resource'],
): string {
  const { kind, catalogId, database, table } = resource;
  switch (kind) {
    case 'table':
    case 'columns':
      return `table:${hash(principalId, catalogId, database, table)}`;
    case 'data-cells-filter':
      return `${kind}:${hash(
        principalId,
        catalogId,
        database,
        table,
        resource.filter,
      )}`;
    case 'lf-tag':
    case 'tag-policy':
    case 'saved-expression':
      return `${kind}:${hash(
        principalId,
        catalogId,
        resource.tagPolicyReach,
        resource.savedExpression,
        resource.tagExpression,
      )}`;
    case 'data-location':
      return `${kind}:${hash(principalId, catalogId, resource.location)}`;
    case 'catalog':
    case 'database':
    case 'all-tables':
      return `${kind}:${hash(principalId, catalogId, database)}`;
    default:
      return `other:${hash(principalId, resource)}`;
  }
}

/**
 * The group, and what else tells two lines of it apart: SELECT stands beside
 * the rest, chosen columns beside all, those that may be passed on beside those
 * that may not, and each condition for itself. Neither permissions nor names of
 * columns are in it: where they change, the line is the same.
 */
export function keyOf(group: string, grant: ObservedGrant): string {
  const { kind } = grant.resource;
  const isSelect =
    grant.permissions.length === 1 && grant.permissions[0] === 'SELECT';
  const parts: string[] = [];
  if (kind === 'columns') {
    parts.push(grant.grantable.length > 0 ? 'columns-grantable' : 'columns');
  } else if (isSelect && (kind === 'table' || kind === 'all-tables')) {
    parts.push('select');
  }
  if (grant.condition) parts.push(`if-${hash(grant.condition)}`);
  return [group, ...parts].join('/');
}
