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
import {
  missingPart,
  partNotFound,
  principalExists,
} from '../../model/existence';
import {
  GrantResource,
  PermissionChange,
  resourceKey,
} from '../../model/Grant';
import {
  Holding,
  addToHolding,
  takeFromHolding,
} from '../../model/changeGrant';
import { changeTagEntries } from '../../model/changeTagEntries';
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
  { principal, resource, condition }: PermissionChange,
  holding: Holding | undefined,
) {
  const before = catalog.grants.get(principal, resource, condition);
  if (!holding) {
    catalog.grants.delete(principal, resource, condition);
    return;
  }
  catalog.grants.put({
    principal,
    resource,
    ...(condition !== undefined && { condition }),
    ...holding,
    sequence: before?.sequence ?? ++state.sequence,
    updatedAt: now.getTime(),
    updatedBy: caller.principal,
  });
}

/** Applies a change to what is held, and writes what comes of it. */
function writeChange(
  context: OperationContext,
  catalog: Catalog,
  change: PermissionChange,
  apply: typeof takeFromHolding,
) {
  const { principal, resource, condition } = change;
  if (resource.kind !== 'lfTag') {
    const before = catalog.grants.get(principal, resource, condition);
    write(context, catalog, change, apply(before, change));
    return;
  }
  const before = [...catalog.grants.onTag(principal, resource.key)].filter(
    grant => grant.condition === condition,
  );
  const after = changeTagEntries(before, { ...change, resource }, apply);
  const kept = new Set(after.map(entry => resourceKey(entry.resource)));
  for (const entry of before) {
    if (!kept.has(resourceKey(entry.resource))) {
      write(
        context,
        catalog,
        { ...change, resource: entry.resource },
        undefined,
      );
    }
  }
  for (const entry of after) {
    write(
      context,
      catalog,
      { ...change, resource: entry.resource },
      entry.holding,
    );
  }
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
    throw partNotFound(missing);
  }
  checkColumns(catalog, change);
  if (change.columns && isAdministrator(catalog, change.principal)) {
    // Columns would narrow what an administrator has implicitly.
    throw invalidInput('Permissions modification is invalid.');
  }
  writeChange(context, catalog, change, addToHolding);
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
  const { principal, resource, condition } = change;
  const before = catalog.grants.get(principal, resource, condition);
  const missing = missingPart(catalog, resource);
  if (!before && missing) {
    throw partNotFound(missing);
  }
  writeChange(context, catalog, change, takeFromHolding);
}
