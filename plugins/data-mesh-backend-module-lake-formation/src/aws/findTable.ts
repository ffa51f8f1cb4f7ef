import {
  EntityNotFoundException,
  GetTableCommand,
  type GlueClient,
  type Table,
} from '@aws-sdk/client-glue';
import { PortLocation } from '../lake/PortLocation';

/**
 * A table as the caller sees it, or undefined where it is not there. The answer
 * does not tell a missing table from a missing database.
 */
export async function findTable(
  glue: GlueClient,
  { catalogId, database }: Pick<PortLocation, 'catalogId' | 'database'>,
  name: string,
  signal?: AbortSignal,
): Promise<Table | undefined> {
  try {
    const { Table: table } = await glue.send(
      new GetTableCommand({
        CatalogId: catalogId,
        DatabaseName: database,
        Name: name,
      }),
      { abortSignal: signal },
    );
    return table;
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}
