import { TestDatabases } from '@backstage/backend-test-utils';

/**
 * SQLite always, PostgreSQL where a connection is given by the variable
 * BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING.
 */
export function testDatabases(): TestDatabases {
  return TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
}
