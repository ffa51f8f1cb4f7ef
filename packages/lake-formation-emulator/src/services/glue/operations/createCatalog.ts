import type {
  CreateCatalogRequest,
  CreateCatalogResponse,
} from '@aws-sdk/client-glue';
import { alreadyExists, invalidInput } from '../../../model/api/AwsError';
import { addGrants } from '../../../model/state/creation';
import { addNestedCatalog, isThere } from '../../../model/state/nestedCatalogs';
import { NESTED_CATALOG_PERMISSIONS } from '../../../model/grants/Permission';
import { readDefaults } from '../../lakeformation/dataLakeSettings';
import { Operation } from '../../Operation';
import { requireOnCatalog } from '../catalogs';
import { glueCatalog, refuseMembers } from '../glueCatalog';

const NAME = /^[\w-]{1,64}$/;

/**
 * Creates a catalog inside of the account's one. What is in it, such as the
 * buckets below `s3tablescatalog`, comes from where it leads; here, from the
 * seed.
 */
export const createCatalog: Operation<
  CreateCatalogRequest,
  CreateCatalogResponse
> = ({ Name, CatalogInput, Tags }, context) => {
  refuseMembers({ Tags }, ['Tags']);
  refuseMembers(CatalogInput, [
    'TargetRedshiftCatalog',
    'CatalogProperties',
    'AllowFullTableExternalDataAccess',
    'OverwriteChildResourcePermissionsWithDefault',
  ]);
  const { state, caller, now } = context;
  const root = glueCatalog(context, undefined);
  if (!NAME.test(Name)) {
    throw invalidInput(
      `The name of a catalog has up to 64 letters, digits, _ and -, found '${Name}'.`,
    );
  }
  requireOnCatalog(root, context, 'CREATE_CATALOG', 'Create Catalog');
  const before = root.nested.get(Name);
  if (before && isThere(before)) {
    throw alreadyExists('Catalog already exists.');
  }
  const at = now.getTime();
  const federated = CatalogInput.FederatedCatalog;
  const catalog = addNestedCatalog(root, {
    path: Name,
    description: CatalogInput.Description,
    parameters: CatalogInput.Parameters,
    federated: federated && {
      identifier: federated.Identifier,
      connectionName: federated.ConnectionName,
      connectionType: federated.ConnectionType,
    },
    createDatabaseDefaultPermissions: readDefaults(
      CatalogInput.CreateDatabaseDefaultPermissions,
    ),
    createTableDefaultPermissions: readDefaults(
      CatalogInput.CreateTableDefaultPermissions,
    ),
    createdAt: at,
    updatedAt: at,
  });
  // Grants on one of the same name that was deleted apply to the new one.
  if (before) catalog.grants = before.grants;
  addGrants(
    catalog,
    { kind: 'catalog' },
    caller.principal,
    NESTED_CATALOG_PERMISSIONS,
    { state, principal: caller.principal, at },
  );
  return {};
};
