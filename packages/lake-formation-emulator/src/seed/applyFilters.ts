import { OperationContext } from '../services/Operation';
import { createDataCellsFilter } from '../services/lakeformation/operations/createDataCellsFilter';
import { asLakeFormation } from './asLakeFormation';
import { SeedDatabase } from './SeedDatabase';

/** Makes the data cells filters of a database's tables. */
export function applyFilters(
  database: SeedDatabase,
  context: OperationContext,
  catalogId: string = context.caller.account,
): void {
  for (const { name: table, dataCellsFilters = [] } of database.tables ?? []) {
    for (const filter of dataCellsFilters) {
      const { name, rowFilter, columns, excludedColumns } = filter;
      asLakeFormation(
        createDataCellsFilter,
        'CreateDataCellsFilterRequest',
        {
          TableData: {
            TableCatalogId: catalogId,
            DatabaseName: database.name,
            TableName: table,
            Name: name,
            RowFilter:
              rowFilter === undefined
                ? { AllRowsWildcard: {} }
                : { FilterExpression: rowFilter },
            ...(columns
              ? { ColumnNames: columns }
              : {
                  ColumnWildcard: {
                    ExcludedColumnNames: excludedColumns ?? [],
                  },
                }),
          },
        },
        context,
        `the data cells filter ${name} of ${database.name}.${table}`,
      );
    }
  }
}
