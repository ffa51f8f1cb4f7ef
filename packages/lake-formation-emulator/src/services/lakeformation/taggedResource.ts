import type { Resource } from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  invalidInput,
  notEmulated,
  notThereOrNotAllowed,
} from '../../model/api/AwsError';
import {
  effectiveHolding,
  isAdministrator,
  seesEverything,
  seesResource,
} from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { DatabaseRecord } from '../../model/catalog/DatabaseRecord';
import { TableRecord } from '../../model/catalog/TableRecord';
import {
  columnNames,
  tagsOfColumn,
  tagsOfDatabase,
  tagsOfTable,
} from '../../model/access/effectiveTags';
import { ALL_TABLES, GrantResource } from '../../model/grants/Grant';
import { Permission } from '../../model/grants/Permission';
import { TagsByKey } from '../../model/grants/tagExpression';
import { OperationContext, Validated } from '../Operation';
import { catalogOfResource } from './catalogAccess';
import { readResource } from './resources/readResource';
import { refuseInsideLink } from './resources/resourceLinks';

/** What LF-Tags are assigned to: a database, a table, or a column of one. */
export type TagTarget =
  | { readonly kind: 'database'; readonly database: DatabaseRecord }
  | {
      readonly kind: 'table';
      readonly database: DatabaseRecord;
      readonly table: TableRecord;
    }
  | {
      readonly kind: 'column';
      readonly database: DatabaseRecord;
      readonly table: TableRecord;
      readonly column: string;
    };

/** The resource of a request, with the catalog and the records it stands for. */
export interface TaggedResource {
  readonly catalog: Catalog;
  readonly resource: GrantResource;
  readonly database: DatabaseRecord;
  readonly table?: TableRecord;
  /** The columns that are named; none for a database or a whole table. */
  readonly columns: readonly string[];
}

function refuseOthers(resource: Validated<Resource>) {
  const { Database, Table, TableWithColumns } = resource;
  if (!Database && !Table && !TableWithColumns) {
    throw invalidInput(
      `LF-Tags are on databases, tables and columns, found ${
        Object.keys(resource).join(', ') || 'no resource'
      }.`,
    );
  }
  if (TableWithColumns && !TableWithColumns.ColumnNames?.length) {
    throw invalidInput(
      'Columns with LF-Tags must be named in ColumnNames of TableWithColumns.',
    );
  }
}

/** Finds a resource that may carry LF-Tags, for someone who sees it. */
export function findTaggedResource(
  wanted: Validated<Resource>,
  catalogId: string | undefined,
  context: OperationContext,
): TaggedResource {
  refuseOthers(wanted);
  const { resource, columns, catalogId: owner } = readResource(wanted);
  const catalog = catalogOfResource(context, owner, catalogId);
  if (catalog.inside) throw notEmulated('LF-Tags in nested catalogs yet');
  refuseInsideLink(catalog, resource);
  const { caller } = context;
  if (!('database' in resource)) throw notThereOrNotAllowed();
  if (resource.kind === 'table' && resource.table === ALL_TABLES) {
    throw invalidInput('LF-Tags are on single tables, not on all tables.');
  }
  if (!seesResource(catalog, caller, resource)) throw notThereOrNotAllowed();
  const missing = (what: string) =>
    seesEverything(catalog, caller.principal)
      ? entityNotFound(`${what} not found.`)
      : notThereOrNotAllowed();
  const database = catalog.databases.get(resource.database);
  if (!database) throw missing('Database');
  if (resource.kind === 'database') {
    return { catalog, resource, database, columns: [] };
  }
  const table = database.tables.get(resource.table);
  if (!table) throw missing('Table');
  const named = columns && 'include' in columns ? columns.include : [];
  const known = columnNames(table);
  const unknown = named.filter(name => !known.includes(name));
  if (unknown.length) {
    throw entityNotFound(`Column not found: ${unknown.join(', ')}.`);
  }
  return { catalog, resource, database, table, columns: named };
}

/** The single places of a resource that carry tags. */
export function targetsOf({
  database,
  table,
  columns,
}: TaggedResource): TagTarget[] {
  if (!table) return [{ kind: 'database', database }];
  if (!columns.length) return [{ kind: 'table', database, table }];
  return columns.map(column => ({ kind: 'column', database, table, column }));
}

/** The tags that are assigned to the target itself. */
export function ownTags(target: TagTarget): TagsByKey {
  switch (target.kind) {
    case 'database':
      return target.database.lfTags ?? {};
    case 'table':
      return target.table.lfTags ?? {};
    default:
      return target.table.columnLfTags?.[target.column] ?? {};
  }
}

/** The tags of the target, with what it inherits. */
export function effectiveTags(target: TagTarget): TagsByKey {
  switch (target.kind) {
    case 'database':
      return tagsOfDatabase(target.database);
    case 'table':
      return tagsOfTable(target.database, target.table);
    default:
      return tagsOfColumn(target.database, target.table, target.column);
  }
}

/** Replaces the tags that are assigned to the target itself. */
export function assignTags(target: TagTarget, tags: TagsByKey): void {
  const isEmpty = Object.keys(tags).length === 0;
  if (target.kind !== 'column') {
    const record = target.kind === 'database' ? target.database : target.table;
    if (isEmpty) delete record.lfTags;
    else record.lfTags = tags;
    return;
  }
  const { [target.column]: _, ...others } = target.table.columnLfTags ?? {};
  const all = isEmpty ? others : { ...others, [target.column]: tags };
  if (Object.keys(all).length) target.table.columnLfTags = all;
  else delete target.table.columnLfTags;
}

/** What one must be able to pass on to assign tags, if it is not ALL. */
const NEEDED: Record<'database' | 'table', readonly Permission[]> = {
  database: ['ALTER', 'CREATE_TABLE', 'DESCRIBE', 'DROP'],
  table: ['ALTER', 'DELETE', 'DESCRIBE', 'DROP', 'INSERT', 'SELECT'],
};

/** Refuses whoever may see the resource but does not own it. */
export function requireOwnership(
  { catalog, resource }: TaggedResource,
  { caller }: OperationContext,
): void {
  if (isAdministrator(catalog, caller.principal)) return;
  const { grantable } = effectiveHolding(catalog, caller, resource);
  const kind = resource.kind === 'database' ? 'database' : 'table';
  if (
    !grantable.includes('ALL') &&
    !NEEDED[kind].every(permission => grantable.includes(permission))
  ) {
    throw notThereOrNotAllowed();
  }
}
