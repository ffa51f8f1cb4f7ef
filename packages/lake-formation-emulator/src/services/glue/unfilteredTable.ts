import type { ColumnRowFilter } from '@aws-sdk/client-glue';
import {
  AwsError,
  insufficientPermission,
  validationError,
} from '../../model/api/AwsError';
import { hasPermission, visibleColumns } from '../../model/access/access';
import { locationOf } from '../../model/catalog/TableRecord';
import { registeredLocation } from '../../model/state/locations';
import {
  ENFORCED_TYPES,
  ReadAccess,
  enforces,
  readAccess,
  readableColumns,
} from '../../model/access/readAccess';
import {
  accessNotAllowed,
  isAuthorizedEngine,
} from '../lakeformation/engineAccess';
import { OperationContext } from '../Operation';
import { glueCatalog } from './glueCatalog';
import { followTable, tableNotFound } from './links';
import { PartitionedTable, TableNames } from './partitionedTable';

/** A table as an engine gets it: whole, with what its user may read of it. */
export interface UnfilteredTable extends PartitionedTable {
  readonly access: ReadAccess;
  /** The columns with SELECT; none for who may only describe the table. */
  readonly authorizedColumns: readonly string[];
}

/** What an engine says of itself and of its user's query. */
export interface UnfilteredRequest extends TableNames {
  SupportedPermissionTypes: readonly string[];
  Permissions?: readonly string[];
}

/**
 * A table for an engine that filters the data itself. Refuses whoever is no
 * such engine, and one that cannot enforce what its user may not see.
 */
export function unfilteredTable(
  context: OperationContext,
  request: UnfilteredRequest,
): UnfilteredTable {
  const { caller } = context;
  const declared = request.SupportedPermissionTypes;
  if (declared.some(type => !(ENFORCED_TYPES as string[]).includes(type))) {
    throw validationError([
      `Value '[${declared.join(
        ', ',
      )}]' at 'supportedPermissionTypes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${ENFORCED_TYPES.join(
        ', ',
      )}]]`,
    ]);
  }
  const reached = followTable(
    context,
    glueCatalog(context, request.CatalogId),
    {
      database: request.DatabaseName,
      table: request.TableName,
    },
  );
  const { catalog, database, table: name } = reached;
  if (!isAuthorizedEngine(catalog.settings, caller)) throw accessNotAllowed();
  if (!visibleColumns(catalog, caller, database, name)) {
    throw insufficientPermission('Describe', name);
  }
  const table = catalog.databases.get(database)?.tables.get(name);
  if (!table) throw tableNotFound(catalog, database);

  const access = readAccess(catalog, caller, database, table);
  const resource = { kind: 'table', database, table: name } as const;
  const holdsAll = (request.Permissions ?? []).every(permission =>
    permission === 'SELECT'
      ? access.columns !== undefined
      : hasPermission(catalog, caller, resource, permission),
  );
  if (!holdsAll) throw accessNotAllowed();
  if (!enforces(declared, access.needs)) {
    throw new AwsError(
      'PermissionTypeMismatchException',
      `The permissions on the table need an engine that supports ${
        access.needs
      }, found ${declared.join(', ')}.`,
    );
  }
  return {
    catalog,
    database,
    table,
    access,
    authorizedColumns: readableColumns(table, access.columns),
  };
}

/**
 * Whether Lake Formation gives the keys for a location. In hybrid access mode
 * it does not for who has the access from IAM.
 */
export function isVended(
  { catalog, access, table }: UnfilteredTable,
  path: string | undefined = locationOf(table),
): boolean {
  const location = path && registeredLocation(catalog, path);
  return (
    Boolean(location) &&
    !(location && location.hybridAccessEnabled && access.isLeftToIam)
  );
}

/** The rows of each column, where not all of them may be read. */
export const cellFilters = ({
  access,
  authorizedColumns,
}: UnfilteredTable): ColumnRowFilter[] =>
  authorizedColumns.flatMap(ColumnName => {
    const RowFilterExpression = access.rowFilter(ColumnName);
    return RowFilterExpression === undefined
      ? []
      : [{ ColumnName, RowFilterExpression }];
  });

/** The one filter of the table, where all columns have the same. */
export function rowFilterOfTable(found: UnfilteredTable): string | undefined {
  const filters = new Set(
    found.authorizedColumns.map(name => found.access.rowFilter(name)),
  );
  return filters.size === 1 ? [...filters][0] : undefined;
}
