import type { DatabaseIdentifier, TableIdentifier } from '@aws-sdk/client-glue';
import {
  entityNotFound,
  insufficientPermission,
  invalidInput,
} from '../../model/api/AwsError';
import { seesDatabase, visibleColumns } from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { DatabaseRecord } from '../../model/catalog/DatabaseRecord';
import {
  DatabaseTarget,
  TableRecord,
  TableTarget,
} from '../../model/catalog/TableRecord';
import { storedName } from '../../model/api/storedName';
import { OperationContext, Validated } from '../Operation';
import { glueCatalog } from './glueCatalog';

/** A database as a request names it, behind its link if it is one. */
export interface ReachedDatabase {
  readonly catalog: Catalog;
  readonly database: string;
  /** The link that was followed. */
  readonly link?: DatabaseRecord;
}

/** A table as a request names it, behind the one link that Glue follows. */
export interface ReachedTable extends ReachedDatabase {
  readonly table: string;
  /** The table link that was followed. */
  readonly tableLink?: TableRecord;
}

/** Reads the target of a database link; nothing of it needs to exist. */
export function readDatabaseTarget(
  target: Validated<DatabaseIdentifier>,
): DatabaseTarget {
  const { CatalogId, DatabaseName, Region } = target;
  if (!CatalogId || !DatabaseName) {
    throw invalidInput(
      'TargetDatabase must have a CatalogId and a DatabaseName.',
    );
  }
  return {
    catalogId: CatalogId,
    database: storedName(DatabaseName),
    region: Region,
  };
}

/** Reads the target of a table link; nothing of it needs to exist. */
export function readTableTarget(
  target: Validated<TableIdentifier>,
): TableTarget {
  const { CatalogId, DatabaseName, Name, Region } = target;
  if (!CatalogId || !DatabaseName || !Name) {
    throw invalidInput(
      'TargetTable must have a CatalogId, a DatabaseName and a Name.',
    );
  }
  return {
    catalogId: CatalogId,
    database: storedName(DatabaseName),
    table: storedName(Name),
    region: Region,
  };
}

export const renderDatabaseTarget = (
  target: DatabaseTarget,
): DatabaseIdentifier => ({
  CatalogId: target.catalogId,
  DatabaseName: target.database,
  Region: target.region,
});

export const renderTableTarget = (target: TableTarget): TableIdentifier => ({
  CatalogId: target.catalogId,
  DatabaseName: target.database,
  Name: target.table,
  Region: target.region,
});

/** The catalog that a link leads to. */
export const targetCatalog = (
  context: OperationContext,
  { catalogId, region }: DatabaseTarget,
): Catalog => glueCatalog(context, catalogId, region);

/**
 * Follows a database link, for which the caller needs to see the link. What is
 * no link stays as it is.
 */
export function followDatabase(
  context: OperationContext,
  catalog: Catalog,
  name: string,
): ReachedDatabase {
  const database = storedName(name);
  const link = catalog.databases.get(database);
  if (!link?.target) return { catalog, database };
  if (!seesDatabase(catalog, context.caller, database)) {
    throw insufficientPermission('Describe', database);
  }
  return {
    catalog: targetCatalog(context, link.target),
    database: link.target.database,
    link,
  };
}

/**
 * Follows the link of a table's database or else the table's own link, for
 * which the caller needs to see it. Glue follows one link, never two.
 */
export function followTable(
  context: OperationContext,
  named: Catalog,
  names: { database: string; table: string },
): ReachedTable {
  const reached = followDatabase(context, named, names.database);
  const table = storedName(names.table);
  if (reached.link) return { ...reached, table };
  const { catalog, database } = reached;
  const tableLink = catalog.databases.get(database)?.tables.get(table);
  if (!tableLink?.target) return { ...reached, table };
  if (!visibleColumns(catalog, context.caller, database, table)) {
    throw insufficientPermission('Describe', table);
  }
  return {
    catalog: targetCatalog(context, tableLink.target),
    database: tableLink.target.database,
    table: tableLink.target.table,
    tableLink,
  };
}

/** As `followTable`, for changes: through two links they are not possible. */
export function followTableToChange(
  context: OperationContext,
  named: Catalog,
  names: { database: string; table: string },
): ReachedTable {
  const reached = followTable(context, named, names);
  const { catalog, database, table } = reached;
  const isLinkBehindLink =
    (reached.link || reached.tableLink) &&
    catalog.databases.get(database)?.tables.get(table)?.target;
  if (isLinkBehindLink) {
    throw invalidInput(
      'Operation is not supported through both a table resource link and a database resource link.',
    );
  }
  return reached;
}

/** What a caller sees of the database that a link leads to, if anything. */
export function visibleTarget(
  context: OperationContext,
  target: DatabaseTarget,
): { catalog: Catalog; database: DatabaseRecord } | undefined {
  const catalog = targetCatalog(context, target);
  const database = catalog.databases.get(target.database);
  return database && seesDatabase(catalog, context.caller, target.database)
    ? { catalog, database }
    : undefined;
}

/** The database behind a link that leads nowhere is missing to everybody alike. */
export function requireTarget({
  catalog,
  database,
  link,
}: ReachedDatabase): void {
  if (link && !catalog.databases.has(database)) {
    throw insufficientPermission('Describe', database);
  }
}

/** Refuses a link where only a database of the catalog's own will do. */
export function refuseDatabaseLink(reached: ReachedDatabase): void {
  if (reached.link) {
    throw invalidInput(
      'Creating a table resource link through a database resource link is not supported.',
    );
  }
}

export const tableNotFound = (catalog: Catalog, database: string) =>
  catalog.databases.has(database)
    ? entityNotFound('Entity Not Found')
    : entityNotFound(`Database ${database} not found.`);
