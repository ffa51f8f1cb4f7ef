import type { Catalog as WireCatalog } from '@aws-sdk/client-glue';
import {
  entityNotFound,
  insufficientPermission,
} from '../../model/api/AwsError';
import {
  hasPermission,
  holders,
  isAdministrator,
  seesDatabase,
  seesEverything,
} from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { DefaultPermission } from '../../model/catalog/LakeSettings';
import {
  catalogArn,
  catalogIdOf,
  catalogName,
  findCatalog,
  isThere,
} from '../../model/state/nestedCatalogs';
import { Permission } from '../../model/grants/Permission';
import { renderDefaults } from '../lakeformation/dataLakeSettings';
import { OperationContext } from '../Operation';

const defaults = (permissions: readonly DefaultPermission[]) =>
  renderDefaults(permissions) as WireCatalog['CreateTableDefaultPermissions'];

/** A catalog as Glue sends it; the one of a whole account has few properties. */
export function renderCatalog(catalog: Catalog): WireCatalog {
  const { inside } = catalog;
  const named = {
    Name: catalogName(catalog),
    CatalogId: catalogIdOf(catalog),
    ResourceArn: catalogArn(catalog),
  };
  if (!inside) return named;
  return {
    ...named,
    Description: inside.description,
    Parameters: inside.parameters,
    CreateTime: new Date(inside.createdAt),
    UpdateTime: new Date(inside.updatedAt),
    FederatedCatalog: inside.federated && {
      Identifier: inside.federated.identifier,
      ConnectionName: inside.federated.connectionName,
      ConnectionType: inside.federated.connectionType,
    },
    CreateTableDefaultPermissions: defaults(
      inside.createTableDefaultPermissions,
    ),
    CreateDatabaseDefaultPermissions: defaults(
      inside.createDatabaseDefaultPermissions,
    ),
  };
}

/** Any permission on a catalog, or on what is in it, shows it. */
export function seesCatalog(
  { caller }: OperationContext,
  catalog: Catalog,
): boolean {
  if (seesEverything(catalog, caller.principal)) return true;
  if (!catalog.inside) return caller.account === catalog.accountId;
  if (hasPermission(catalog, caller, { kind: 'catalog' }, 'DESCRIBE')) {
    return true;
  }
  for (const holder of holders(caller)) {
    for (const _ of catalog.grants.held(holder, { kind: 'catalog' })) {
      return true;
    }
  }
  return [...catalog.databases.keys()].some(name =>
    seesDatabase(catalog, caller, name),
  );
}

/** A catalog that the caller sees. */
export function visibleCatalog(context: OperationContext, id: string): Catalog {
  const { state, caller } = context;
  const catalog = findCatalog(state, id, caller.region);
  const there = catalog && isThere(catalog) ? catalog : undefined;
  if (there && seesCatalog(context, there)) return there;
  const isOwn = id.split(':')[0] === caller.account;
  throw there || !isOwn
    ? insufficientPermission('Describe', id)
    : entityNotFound(`Catalog ${id} not found.`);
}

/** Refuses a caller without the permission on the catalog. */
export function requireOnCatalog(
  catalog: Catalog,
  { caller }: OperationContext,
  permission: Permission,
  spoken: string,
): void {
  const allowed =
    isAdministrator(catalog, caller.principal) ||
    hasPermission(catalog, caller, { kind: 'catalog' }, permission);
  if (!allowed) throw insufficientPermission(spoken, catalogName(catalog));
}
