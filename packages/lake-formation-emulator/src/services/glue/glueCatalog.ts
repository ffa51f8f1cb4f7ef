import {
  accessDenied,
  entityNotFound,
  insufficientPermission,
} from '../../model/api/AwsError';
import {
  hasDataLocationAccess,
  hasPermission,
  seesDatabase,
  seesEverything,
} from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { DatabaseRecord } from '../../model/catalog/DatabaseRecord';
import { TableRecord } from '../../model/catalog/TableRecord';
import { registeredLocation } from '../../model/state/locations';
import { findCatalog, isThere } from '../../model/state/nestedCatalogs';
import { Permission } from '../../model/grants/Permission';
import { storedName } from '../../model/api/storedName';
import { OperationContext } from '../Operation';

/** The Data Catalog a Glue request is about. */
export function glueCatalog(
  { state, caller }: OperationContext,
  catalogId: string | undefined,
  region: string = caller.region,
): Catalog {
  const id = catalogId ?? caller.account;
  const catalog = findCatalog(state, id, region);
  if (!catalog || !isThere(catalog)) {
    throw entityNotFound(`Catalog ${id} not found.`);
  }
  return catalog;
}

export { refuseMembers } from '../refuseMembers';

/** How Glue speaks of a permission in its refusals: `Create Table`. */
const spoken = (permission: Permission) =>
  permission
    .split('_')
    .map(word => word.charAt(0) + word.slice(1).toLocaleLowerCase('en-US'))
    .join(' ');

/**
 * A database the caller may see. Whoever does not see everything is refused for
 * what is hidden and for what is missing alike.
 */
export function findDatabase(
  catalog: Catalog,
  { caller }: OperationContext,
  name: string,
): DatabaseRecord {
  const database = catalog.databases.get(storedName(name));
  if (!seesDatabase(catalog, caller, storedName(name))) {
    throw insufficientPermission('Describe', storedName(name));
  }
  if (!database) {
    throw entityNotFound(`Database ${storedName(name)} not found.`);
  }
  return database;
}

/** Refuses a caller without the permission on the database. */
export function requireOnDatabase(
  catalog: Catalog,
  { caller }: OperationContext,
  name: string,
  permission: Permission,
): void {
  const database = storedName(name);
  if (
    !hasPermission(catalog, caller, { kind: 'database', database }, permission)
  ) {
    if (
      seesEverything(catalog, caller.principal) &&
      !catalog.databases.has(database)
    ) {
      throw entityNotFound(`Database ${database} not found.`);
    }
    throw insufficientPermission(spoken(permission), database);
  }
}

/** A table on which the caller holds the permission. */
export function requireOnTable(
  catalog: Catalog,
  context: OperationContext,
  { database, table }: { database: string; table: string },
  permission: Permission,
): TableRecord {
  const names = { database: storedName(database), table: storedName(table) };
  const found = catalog.databases.get(names.database)?.tables.get(names.table);
  const { caller } = context;
  const allowed = hasPermission(
    catalog,
    caller,
    { kind: 'table', ...names },
    permission,
  );
  if (!allowed && (found || !seesEverything(catalog, caller.principal))) {
    throw insufficientPermission(spoken(permission), names.table);
  }
  if (!found) {
    throw catalog.databases.has(names.database)
      ? entityNotFound(`Table ${names.table} not found.`)
      : entityNotFound(`Database ${names.database} not found.`);
  }
  return found;
}

/**
 * Refuses a caller who may not point metadata at a location. What is not
 * registered with Lake Formation is left to IAM.
 */
export function requireDataLocation(
  catalog: Catalog,
  { caller }: OperationContext,
  location: string | undefined,
): void {
  if (
    location &&
    registeredLocation(catalog, location) &&
    !hasDataLocationAccess(catalog, caller, location)
  ) {
    throw accessDenied(
      `Insufficient Lake Formation permission(s) on ${location}`,
    );
  }
}
