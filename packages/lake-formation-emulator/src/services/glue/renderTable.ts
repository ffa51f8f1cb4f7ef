import type { Table } from '@aws-sdk/client-glue';
import { Catalog } from '../../model/state/EmulatorState';
import { TableRecord, columnsOf } from '../../model/catalog/TableRecord';
import {
  ColumnSelection,
  selectsColumn,
} from '../../model/grants/ColumnSelection';
import { catalogIdOf } from '../../model/state/nestedCatalogs';
import { renderTableTarget } from './links';

const DATES = ['LastAccessTime', 'LastAnalyzedTime'];

/** What a request brings as dates is kept as milliseconds. */
export const storedDefinition = (input: object): TableRecord['definition'] => {
  const { Name, ...definition } = input as Record<string, unknown>;
  for (const member of DATES) {
    const value = definition[member];
    if (value instanceof Date) definition[member] = value.getTime();
  }
  return structuredClone(definition);
};

/** The dates of a definition as dates again; a copy, free to be changed. */
export function renderedDefinition(stored: object): Record<string, unknown> {
  const definition = structuredClone(stored) as Record<string, unknown>;
  for (const member of DATES) {
    const value = definition[member];
    if (typeof value === 'number') definition[member] = new Date(value);
  }
  return definition;
}

/**
 * A table as Glue sends it to someone who sees the given columns. Partition
 * keys are never filtered away, and the other properties stay as they are.
 */
export function renderTable(
  catalog: Catalog,
  databaseName: string,
  table: TableRecord,
  visible: ColumnSelection,
): Table {
  const definition = renderedDefinition(table.definition);
  const storage = table.definition.StorageDescriptor;
  return {
    ...definition,
    ...(storage && {
      StorageDescriptor: {
        ...structuredClone(storage),
        Columns: columnsOf(table).filter(({ Name }) =>
          selectsColumn(visible, Name),
        ),
      },
    }),
    Name: table.name,
    DatabaseName: databaseName,
    CreateTime: new Date(table.createdAt),
    UpdateTime: new Date(table.updatedAt),
    CreatedBy: table.createdBy,
    CatalogId: catalogIdOf(catalog),
    TargetTable: table.target && renderTableTarget(table.target),
    VersionId: String(table.versionId),
  };
}
