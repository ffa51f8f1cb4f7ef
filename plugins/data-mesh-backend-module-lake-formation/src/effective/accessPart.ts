import type {
  AccessReasonKind,
  ObservedGrant,
  Principal,
  TagExpression,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ALL_COLUMNS,
  ColumnSet,
  NO_COLUMNS,
  isAllColumns,
  isNoColumns,
} from '../lake/columns';
import { isIamAllowedPrincipals } from '../lake/principals';
import { expressionInWords } from '../lake/words';
import { TableTags, columnsReached, reachInWords } from './tagReach';

/** Why somebody sees something. */
export interface AccessReason {
  kind: AccessReasonKind;
  words: string;
}

/** What one grant gives its principal on one table. */
export interface AccessPart {
  principal: Principal;
  permissions: string[];
  /** Columns whose values can be read; none where only metadata can. */
  readable: ColumnSet;
  /** Absent where all rows can be read. */
  rowFilter?: string;
  /** Absent where it holds always. */
  condition?: string;
  reasons: AccessReason[];
}

/** A table that is asked about. */
export interface TableSubject {
  catalogId: string;
  region: string;
  database: string;
  table: string;
}

/** What deciding needs to know beside the grants. */
export interface TagKnowledge {
  tags: TableTags;
  /** Expressions that are saved under a name. */
  saved: ReadonlyMap<string, TagExpression>;
}

/** Whoever may change data may read it: AWS hands out keys for both. */
const READING = ['SELECT', 'ALL', 'INSERT', 'DELETE'];
/** What a tag policy on tables gives no more where it reaches some columns only. */
const WHOLE_TABLE_ONLY = ['ALTER', 'DROP', 'INSERT', 'DELETE'];

export const canRead = (permissions: readonly string[]): boolean =>
  permissions.some(one => READING.includes(one));

/** Whether a grant is about the table, by name or by what may match it. */
export function mayReach(
  { resource }: ObservedGrant,
  subject: TableSubject,
): boolean {
  if (
    resource.catalogId !== subject.catalogId ||
    resource.region !== subject.region
  ) {
    return false;
  }
  switch (resource.kind) {
    case 'table':
    case 'columns':
    case 'data-cells-filter':
      return (
        resource.database === subject.database &&
        resource.table === subject.table
      );
    case 'all-tables':
      return resource.database === subject.database;
    case 'tag-policy':
      return resource.tagPolicyReach === 'tables';
    default:
      return false;
  }
}

/** The expression of a tag policy, where it is known. */
export const expressionOf = (
  { resource }: ObservedGrant,
  saved: ReadonlyMap<string, TagExpression>,
): TagExpression | undefined =>
  resource.tagExpression ??
  (resource.savedExpression === undefined
    ? undefined
    : saved.get(resource.savedExpression));

/**
 * What a grant that may reach a table really gives on it. Pure.
 *
 * @returns undefined where it does not reach the table
 */
export function partOf(
  grant: ObservedGrant,
  subject: TableSubject,
  known?: TagKnowledge,
): AccessPart | undefined {
  if (!mayReach(grant, subject)) return undefined;
  const reached =
    grant.resource.kind === 'tag-policy'
      ? reachedByTags(grant, known)
      : reachedByName(grant);
  if (!reached) return undefined;
  const { permissions, columns, reason } = reached;
  const { rowFilter } = grant.resource;
  return {
    principal: grant.principal,
    permissions,
    readable: canRead(permissions) ? columns : NO_COLUMNS,
    ...(rowFilter && { rowFilter }),
    ...(grant.condition && { condition: grant.condition }),
    reasons: [reason, ...reasonsOfPrincipal(grant)],
  };
}

interface Reached {
  permissions: string[];
  columns: ColumnSet;
  reason: AccessReason;
}

function reachedByName({ resource, permissions }: ObservedGrant): Reached {
  const { columns, excludedColumns } = resource;
  const held = permissions.join(', ');
  const name = resource.words;
  const set: ColumnSet = columns
    ? { only: columns }
    : { except: excludedColumns ?? [] };
  switch (resource.kind) {
    case 'all-tables':
      return {
        permissions,
        columns: ALL_COLUMNS,
        reason: {
          kind: 'all-tables',
          words: `${held} on all tables of ${resource.database}, those created later included`,
        },
      };
    case 'columns':
      return {
        permissions,
        columns: set,
        reason: { kind: 'columns', words: `${held} on ${name}` },
      };
    case 'data-cells-filter':
      return {
        permissions,
        columns: set,
        reason: { kind: 'filter', words: `${held} through ${name}` },
      };
    default:
      return {
        permissions,
        columns: ALL_COLUMNS,
        reason: { kind: 'direct', words: `${held} on ${name}` },
      };
  }
}

function reachedByTags(
  grant: ObservedGrant,
  known: TagKnowledge | undefined,
): Reached | undefined {
  const expression = known && expressionOf(grant, known.saved);
  if (!expression) return undefined;
  const columns = columnsReached(expression, known.tags);
  if (isNoColumns(columns)) return undefined;
  const permissions = permissionsByTags(grant.permissions, columns);
  const through = reachInWords(expression, known.tags);
  const name = grant.resource.savedExpression;
  return {
    permissions,
    columns,
    reason: {
      kind: 'tag-expression',
      words: `${permissions.join(', ')} by tag expression ${
        name ? `${name}: ` : ''
      }${expressionInWords(expression)}${through ? ` (${through})` : ''}`,
    },
  };
}

function permissionsByTags(permissions: string[], columns: ColumnSet) {
  if (isAllColumns(columns)) return permissions;
  const shrunk = permissions.flatMap(one => {
    if (one === 'ALL') return ['DESCRIBE', 'SELECT'];
    return WHOLE_TABLE_ONLY.includes(one) ? ['DESCRIBE'] : [one];
  });
  return [...new Set(shrunk)].sort();
}

const GROUPS: ReadonlySet<Principal['kind']> = new Set([
  'identity-center-group',
  'saml-group',
  'quicksight-group',
]);

/** What it means that the grant is not to one person or role alone. */
export function reasonsOfPrincipal({
  principal,
  condition,
}: ObservedGrant): AccessReason[] {
  const reasons: AccessReason[] = [];
  if (isIamAllowedPrincipals(principal.id)) {
    reasons.push({
      kind: 'iam-allowed-principals',
      words:
        'IAM_ALLOWED_PRINCIPALS: everybody whose IAM policy allows it, Lake Formation restricts nobody here',
    });
  }
  if (principal.kind === 'account') {
    reasons.push({
      kind: 'account',
      words: `account ${principal.id}: its data lake administrators, and whom they pass it on to`,
    });
  }
  if (principal.kind === 'iam-principals') {
    reasons.push({
      kind: 'account',
      words: `all IAM principals of account ${principal.accountId}`,
    });
  }
  if (
    principal.kind === 'organization' ||
    principal.kind === 'organizational-unit'
  ) {
    reasons.push({
      kind: 'organization',
      words: `all accounts in ${principal.name}: their data lake administrators, and whom they pass it on to`,
    });
  }
  if (GROUPS.has(principal.kind)) {
    reasons.push({
      kind: 'group',
      words: `the members of group ${principal.name}`,
    });
  }
  if (condition) {
    reasons.push({ kind: 'condition', words: `only while ${condition}` });
  }
  return reasons;
}
