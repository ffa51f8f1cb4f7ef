import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { ChangeCounts } from '../events';

/** Fewer changes than this do not change how queries are best answered. */
const MANY = 10_000;

/**
 * Lets PostgreSQL know that tables are large now, rather than find out in a
 * minute: until then it may read all of a table for each row of another.
 */
export async function refreshStatistics(
  knex: Knex,
  { added, changed, removed }: ChangeCounts,
  logger: LoggerService,
): Promise<void> {
  if (knex.client.config.client !== 'pg' || added + changed + removed < MANY) {
    return;
  }
  try {
    await knex.raw('analyze observed_grants, observed_grant_products');
  } catch (error) {
    // It goes on without, only slower.
    logger.warn(
      'The statistics of the grants could not be refreshed',
      error instanceof Error ? error : new Error(String(error)),
    );
  }
}
