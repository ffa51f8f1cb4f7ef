import {
  entityNotFound,
  invalidInput,
  notEmulated,
  notThereOrNotAllowed,
} from '../../model/AwsError';
import { isAdministrator, mayPassOn } from '../../model/access';
import {
  Catalog,
  TableRecord,
  partitionKeysOf,
  unknownColumns,
} from '../../model/Catalog';
import { missingPart, principalExists } from '../../model/existence';
import { GrantResource, PermissionChange } from '../../model/Grant';
import { addToHolding, takeFromHolding } from '../../model/changeGrant';
import {
  IAM_ALLOWED_PRINCIPALS,
  accountOfPrincipal,
  isOrganization,
} from '../../model/principals';
import { OperationContext } from '../Operation';
import { requestedCatalog } from './catalogAccess';
import { ChangeRequest, readPermissionChange } from './readPermissionChange';

/** Where a change may be written: checked for right and for sense. */
interface CheckedChange {
  catalog: Catalog;
  change: PermissionChange;
}

function findTable(
  catalog: Catalog,
  resource: GrantResource,
): TableRecord | undefined {
  return resource.kind === 'table'
    ? catalog.databases.get(resource.database)?.tables.get(resource.table)
    : undefined;
}

/** Checks that hold for granting and for revoking. */
function check(
  request: ChangeRequest,
  catalogId: string | undefined,
  context: OperationContext,
): CheckedChange {
  const { change, catalogId: owner } = readPermissionChange(request);
  if (catalogId !== undefined) {
    requestedCatalog(context, catalogId);
  }
  const catalog = requestedCatalog(context, owner ?? catalogId);
  if (catalog.accountId !== context.caller.account) {
    throw notEmulated(
      `cross-account grants yet (catalog of ${catalog.accountId}, caller of ${context.caller.account})`,
    );
  }
  if (!mayPassOn(catalog, context.caller, change)) {
    throw notThereOrNotAllowed();
  }
  return { catalog, change };
}

function checkGrantee(
  context: OperationContext,
  { catalog, change }: CheckedChange,
) {
  const { principal, grantable } = change;
  const account = accountOfPrincipal(principal);
  if (
    isOrganization(principal) ||
    principal === catalog.accountId ||
    (account !== undefined && account !== catalog.accountId)
  ) {
    throw notEmulated(`cross-account grants yet (to ${principal})`);
  }
  if (!principalExists(context.state, principal)) {
    throw invalidInput(`Invalid principal, '${principal}'.`);
  }
  const isGroupOfAll =
    principal === IAM_ALLOWED_PRINCIPALS ||
    principal.endsWith(':IAMPrincipals');
  if (isGroupOfAll && grantable.length) {
    throw invalidInput(
      `Grant option is not supported for the principal ${principal}.`,
    );
  }
}

function checkColumns(catalog: Catalog, change: PermissionChange) {
  const table = findTable(catalog, change.resource);
  if (!table || !change.columns) return;
  const unknown = unknownColumns(table, change.columns);
  if (unknown.length) {
    throw entityNotFound(`Column not found: ${unknown.join(', ')}.`);
  }
  if ('exclude' in change.columns) {
    const { exclude } = change.columns;
    if (change.grantable.length) {
      throw invalidInput(
        'Columns can only be included, not excluded, when SELECT is granted with the grant option.',
      );
    }
    if (partitionKeysOf(table).some(({ Name }) => exclude.includes(Name))) {
      throw invalidInput('Partition keys cannot be excluded.');
    }
  }
}

function write(
  { state, caller, now }: OperationContext,
  catalog: Catalog,
  { principal, resource }: PermissionChange,
  holding: ReturnType<typeof takeFromHolding>,
) {
  const before = catalog.grants.get(principal, resource);
  if (!holding) {
    catalog.grants.delete(principal, resource);
    return;
  }
  catalog.grants.put({
    principal,
    resource,
    ...holding,
    sequence: before?.sequence ?? ++state.sequence,
    updatedAt: now.getTime(),
    updatedBy: caller.principal,
  });
}

/** Grants as GrantPermissions does, alone or for an entry of a batch. */
export function grant(
  request: ChangeRequest,
  catalogId: string | undefined,
  context: OperationContext,
): void {
  const checked = check(request, catalogId, context);
  const { catalog, change } = checked;
  checkGrantee(context, checked);
  if (change.grantable.some(one => !change.permissions.includes(one))) {
    throw invalidInput(
      'Permissions with grant option must be among the permissions that are granted.',
    );
  }
  const missing = missingPart(catalog, change.resource);
  if (missing) {
    throw entityNotFound(`${missing} not found.`);
  }
  checkColumns(catalog, change);
  if (change.columns && isAdministrator(catalog, change.principal)) {
    // Columns would narrow what an administrator has implicitly.
    throw invalidInput('Permissions modification is invalid.');
  }
  const before = catalog.grants.get(change.principal, change.resource);
  write(context, catalog, change, addToHolding(before, change));
}

/**
 * Revokes as RevokePermissions does. Works on resources that are gone: grants
 * survive them, and must be removable.
 */
export function revoke(
  request: ChangeRequest,
  catalogId: string | undefined,
  context: OperationContext,
): void {
  const { catalog, change } = check(request, catalogId, context);
  const before = catalog.grants.get(change.principal, change.resource);
  const missing = missingPart(catalog, change.resource);
  if (!before && missing) {
    throw entityNotFound(`${missing} not found.`);
  }
  write(context, catalog, change, takeFromHolding(before, change));
}
