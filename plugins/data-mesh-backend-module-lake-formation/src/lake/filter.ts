import { ColumnSet } from './columns';

/** What a data cells filter lets through. */
export interface FilterContent {
  rows: string;
  columns: ColumnSet;
}
