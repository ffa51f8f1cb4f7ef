import type {
  GetTableVersionsRequest,
  GetTableVersionsResponse,
} from '@aws-sdk/client-glue';
import { pageOf } from '../../../model/api/paging';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { readableTable } from '../partitionedTable';
import { renderTable } from '../renderTable';
import { versionsOf } from '../tableVersions';

/** All versions of a table, the newest first, with the columns one sees now. */
export const getTableVersions: Operation<
  GetTableVersionsRequest,
  GetTableVersionsResponse
> = (input, context) => {
  const { catalog, database, table, visible } = readableTable(context, input);
  const page = pageOf(
    versionsOf(table).map((version, place) => ({ version, place })),
    ({ place }) => place,
    Number,
    pageSize(input.MaxResults, 100),
    input.NextToken,
  );
  return {
    TableVersions: page.items.map(({ version }) => ({
      Table: renderTable(catalog, database, version, visible),
      VersionId: String(version.versionId),
    })),
    NextToken: page.nextToken,
  };
};
