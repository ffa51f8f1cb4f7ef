import type {
  GetTableVersionRequest,
  GetTableVersionResponse,
} from '@aws-sdk/client-glue';
import { entityNotFound } from '../../../model/api/AwsError';
import { Operation } from '../../Operation';
import { readableTable } from '../partitionedTable';
import { renderTable } from '../renderTable';
import { versionsOf } from '../tableVersions';

/** One version of a table; the current one where none is named. */
export const getTableVersion: Operation<
  GetTableVersionRequest,
  GetTableVersionResponse
> = (input, context) => {
  const { catalog, database, table, visible } = readableTable(context, input);
  const wanted = input.VersionId ?? String(table.versionId);
  const version = versionsOf(table).find(
    ({ versionId }) => String(versionId) === wanted,
  );
  if (!version) throw entityNotFound(`Version ${wanted} not found.`);
  return {
    TableVersion: {
      Table: renderTable(catalog, database, version, visible),
      VersionId: wanted,
    },
  };
};
