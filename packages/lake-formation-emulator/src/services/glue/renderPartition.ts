import type { Partition } from '@aws-sdk/client-glue';
import { Column } from '../../model/catalog/TableDefinition';
import {
  ColumnSelection,
  selectsColumn,
} from '../../model/grants/ColumnSelection';
import { catalogIdOf } from '../../model/state/nestedCatalogs';
import { PartitionRecord } from '../../model/catalog/partitions';
import { PartitionedTable } from './partitionedTable';
import { renderedDefinition } from './renderTable';

/** A partition as Glue sends it to someone who sees the given columns. */
export function renderPartition(
  { catalog, database, table }: PartitionedTable,
  partition: PartitionRecord,
  visible: ColumnSelection,
  options: { excludeColumnSchema?: boolean } = {},
): Partition {
  const definition = renderedDefinition(partition.definition);
  const storage = definition.StorageDescriptor as
    | { Columns?: Column[] }
    | undefined;
  if (storage?.Columns) {
    storage.Columns = storage.Columns.filter(({ Name }) =>
      selectsColumn(visible, Name),
    );
  }
  if (storage && options.excludeColumnSchema) delete storage.Columns;
  return {
    ...definition,
    Values: [...partition.values],
    DatabaseName: database,
    TableName: table.name,
    CreationTime: new Date(partition.createdAt),
    CatalogId: catalogIdOf(catalog),
  };
}
