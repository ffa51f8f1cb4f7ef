import type {
  GetUnfilteredTableMetadataRequest,
  GetUnfilteredTableMetadataResponse,
  Permission,
} from '@aws-sdk/client-glue';
import { ALL_COLUMNS } from '../../../model/grants/ColumnSelection';
import { Operation } from '../../Operation';
import { refuseMembers } from '../../refuseMembers';
import { renderTable } from '../renderTable';
import {
  cellFilters,
  isVended,
  rowFilterOfTable,
  unfilteredTable,
} from '../unfilteredTable';

/** Views and what is in other regions. */
const NOT_YET = [
  'Region',
  'ParentResourceArn',
  'RootResourceArn',
  'SupportedDialect',
];

/** The whole schema of a table, with what the engine must filter away. */
export const getUnfilteredTableMetadata: Operation<
  GetUnfilteredTableMetadataRequest,
  GetUnfilteredTableMetadataResponse
> = ({ Name, ...input }, context) => {
  refuseMembers(input, NOT_YET);
  const found = unfilteredTable(context, { ...input, TableName: Name });
  const { catalog, database, table, access, authorizedColumns } = found;
  const isRegistered = isVended(found);
  return {
    Table: {
      ...renderTable(catalog, database, table, ALL_COLUMNS),
      IsRegisteredWithLakeFormation: isRegistered,
    },
    AuthorizedColumns: [...authorizedColumns],
    IsRegisteredWithLakeFormation: isRegistered,
    CellFilters: cellFilters(found),
    RowFilter: rowFilterOfTable(found),
    Permissions: [...access.permissions] as Permission[],
    IsMultiDialectView: false,
    IsMaterializedView: false,
    IsProtected: false,
  };
};
