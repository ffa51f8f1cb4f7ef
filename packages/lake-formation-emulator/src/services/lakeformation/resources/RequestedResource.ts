import { ColumnSelection } from '../../../model/grants/ColumnSelection';
import { GrantResource } from '../../../model/grants/Grant';

/** A resource as a request names it. */
export interface RequestedResource {
  readonly resource: GrantResource;
  /** Absent for the whole resource; all columns are the whole table. */
  readonly columns?: ColumnSelection;
  /** Whether the request spoke of columns, if only of all of them. */
  readonly isTableWithColumns: boolean;
  readonly catalogId?: string;
}
