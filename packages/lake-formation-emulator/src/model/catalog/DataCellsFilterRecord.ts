import { ColumnSelection } from '../grants/ColumnSelection';

/** The rows and columns of a table that a grant on the filter reaches. */
export interface DataCellsFilterRecord {
  readonly database: string;
  readonly table: string;
  readonly name: string;
  columns: ColumnSelection;
  /** Absent for all rows. */
  rowFilter?: string;
  /** Changes with every update. */
  versionId: string;
  readonly createdBy: string;
}

/** Where a data cells filter is kept. */
export const filterKey = (database: string, table: string, name: string) =>
  [database, table, name].join('\u0000');
