import {
  entityNotFound,
  invalidInput,
  notEmulated,
  notThereOrNotAllowed,
} from '../../model/api/AwsError';
import { isAdministrator } from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import {
  TableRecord,
  partitionKeysOf,
  unknownColumns,
} from '../../model/catalog/TableRecord';
import { missingPart, partNotFound } from '../../model/state/existence';
import {
  Grant,
  GrantResource,
  PermissionChange,
  resourceKey,
} from '../../model/grants/Grant';
import { GrantBook } from '../../model/grants/GrantBook';
import {
  Holding,
  addToHolding,
  takeFromHolding,
} from '../../model/grants/changeGrant';
import { changeTagEntries } from '../../model/grants/changeTagEntries';
import { isActiveShare, isForeign } from '../../model/sharing/arrival';
import { joinShare, leaveShare } from '../../model/sharing/changeShare';
import { mayPassOn } from '../../model/access/passingOn';
import { grantsPassedOn } from '../../model/access/sources';
import { OperationContext } from '../Operation';
import { catalogOfResource } from './catalogAccess';
import { checkFilterGrant } from './checkFilterGrant';
import { checkGrantee } from './checkGrantee';
import { ChangeRequest, readPermissionChange } from './readPermissionChange';
import { checkGrantOnLink, refuseInsideLink } from './resources/resourceLinks';

/** What there is once in an account, not in the catalogs inside of its one. */
const OF_ACCOUNTS: readonly GrantResource['kind'][] = [
  'dataLocation',
  'lfTag',
  'lfTagExpression',
  'lfTagPolicy',
];

/** Where a change may be written: checked for right and for sense. */
interface CheckedChange {
  catalog: Catalog;
  /** The catalog's own grants, or what the caller's account passes on of them. */
  grants: GrantBook;
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
  const catalog = catalogOfResource(context, owner, catalogId);
  if (catalog.inside && OF_ACCOUNTS.includes(change.resource.kind)) {
    throw notEmulated(`a ${change.resource.kind} in nested catalogs`);
  }
  if (!mayPassOn(catalog, context.caller, change)) {
    throw notThereOrNotAllowed();
  }
  refuseInsideLink(catalog, change.resource);
  const { account } = context.caller;
  return {
    catalog,
    grants:
      catalog.accountId === account
        ? catalog.grants
        : grantsPassedOn(catalog, account),
    change,
  };
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

/** The share of a grant: the one it is in, or the one that a new grant joins. */
function shareOf(
  { catalog, grants, change }: CheckedChange,
  before: Grant | undefined,
  at: number,
): string | undefined {
  const { principal, resource } = change;
  if (grants !== catalog.grants || !isForeign(catalog, principal)) {
    return undefined;
  }
  const share = before?.share;
  return share !== undefined && isActiveShare(catalog, share)
    ? share
    : joinShare(catalog, { principal, resource }, at);
}

function write(
  { state, caller, now }: OperationContext,
  checked: CheckedChange,
  holding: Holding | undefined,
) {
  const { catalog, grants, change } = checked;
  const { principal, resource, condition } = change;
  const at = now.getTime();
  const before = grants.get(principal, resource, condition);
  if (!holding) {
    grants.delete(principal, resource, condition);
    if (before) leaveShare(catalog, before, at);
    return;
  }
  const share = shareOf(checked, before, at);
  grants.put({
    principal,
    resource,
    ...(condition !== undefined && { condition }),
    ...holding,
    ...(share !== undefined && { share }),
    sequence: before?.sequence ?? ++state.sequence,
    updatedAt: at,
    updatedBy: caller.principal,
  });
}

/** Applies a change to what is held, and writes what comes of it. */
function writeChange(
  context: OperationContext,
  checked: CheckedChange,
  apply: typeof takeFromHolding,
) {
  const { grants, change } = checked;
  const { principal, resource, condition } = change;
  if (resource.kind !== 'lfTag') {
    const before = grants.get(principal, resource, condition);
    write(context, checked, apply(before, change));
    return;
  }
  const before = [...grants.onTag(principal, resource.key)].filter(
    one => one.condition === condition,
  );
  const after = changeTagEntries(before, { ...change, resource }, apply);
  const kept = new Set(after.map(entry => resourceKey(entry.resource)));
  const writeEntry = (entry: GrantResource, holding: Holding | undefined) =>
    write(
      context,
      { ...checked, change: { ...change, resource: entry } },
      holding,
    );
  // What comes first: a share ends with the last of its grants.
  for (const entry of after) {
    writeEntry(entry.resource, entry.holding);
  }
  for (const entry of before) {
    if (!kept.has(resourceKey(entry.resource))) {
      writeEntry(entry.resource, undefined);
    }
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
  checkGrantee(context, catalog, change);
  if (change.grantable.some(one => !change.permissions.includes(one))) {
    throw invalidInput(
      'Permissions with grant option must be among the permissions that are granted.',
    );
  }
  const missing = missingPart(catalog, change.resource);
  if (missing) {
    throw partNotFound(missing);
  }
  checkGrantOnLink(catalog, change);
  checkColumns(catalog, change);
  checkFilterGrant(checked.grants, change);
  if (change.columns && isAdministrator(catalog, change.principal)) {
    // Columns would narrow what an administrator has implicitly.
    throw invalidInput('Permissions modification is invalid.');
  }
  writeChange(context, checked, addToHolding);
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
  const checked = check(request, catalogId, context);
  const { catalog, grants, change } = checked;
  const { principal, resource, condition } = change;
  const isHeld =
    resource.kind === 'lfTag'
      ? [...grants.onTag(principal, resource.key)].length > 0
      : grants.get(principal, resource, condition) !== undefined;
  const missing = missingPart(catalog, resource);
  if (!isHeld && missing) {
    throw partNotFound(missing);
  }
  writeChange(context, checked, takeFromHolding);
}
