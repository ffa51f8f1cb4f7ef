import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Any number that no other advisory lock of the database has. */
const LOCK = 0x6c616b65;

const LOCK_TABLE = 'knex_migrations_lock';

/**
 * Knex makes its own tables without a lock: replicas that start together on an
 * empty database fail, or leave two rows in the table of the lock, which then
 * counts as locked forever.
 */
async function withOneLockRow(knex: Knex): Promise<void> {
  if (!(await knex.schema.hasTable(LOCK_TABLE))) return;
  const rows: Array<{ index: number }> = await knex(LOCK_TABLE)
    .orderBy('index')
    .select('index');
  if (rows.length < 2) return;
  await knex(LOCK_TABLE)
    .whereIn(
      'index',
      rows.slice(1).map(row => row.index),
    )
    .delete();
}

async function latest(knex: Knex): Promise<void> {
  await withOneLockRow(knex);
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@lakemesh/backstage-plugin-data-mesh-backend',
      'migrations',
    ),
  });
}

/**
 * Brings the tables of the plugin up to date. Of replicas that start together
 * on PostgreSQL, each waits for the one before.
 */
export async function migrate(knex: Knex): Promise<void> {
  if (knex.client.config.client !== 'pg') {
    await latest(knex);
    return;
  }
  await knex.transaction(async tx => {
    await tx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
    await latest(knex);
  });
}
