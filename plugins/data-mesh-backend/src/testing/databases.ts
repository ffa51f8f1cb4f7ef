import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  PATIENCE_MS,
  PostgresCopies,
  SqliteCopies,
  type MigratedCopies,
} from './MigratedCopies';

/** Databases of tests: empty, or with the tables of the plugin. */
export interface PluginDatabases
  extends Pick<TestDatabases, 'eachSupportedId' | 'init'> {
  /** As `init`, with the tables of the plugin, which are made only once. */
  migrated(id: TestDatabaseId): Promise<Knex>;
}

/**
 * SQLite always, PostgreSQL where a connection is given by the variable
 * BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING.
 */
export function testDatabases(
  ids: TestDatabaseId[] = ['SQLITE_3', 'POSTGRES_15'],
): PluginDatabases {
  const copies = new Map<TestDatabaseId, MigratedCopies>();
  // Before those of TestDatabases, which may stop the server.
  afterAll(async () => {
    for (const one of copies.values()) await one.shutdown();
  }, PATIENCE_MS);
  const databases = TestDatabases.create({ ids });
  const copiesOf = (id: TestDatabaseId) => {
    const Copies = id === 'SQLITE_3' ? SqliteCopies : PostgresCopies;
    const found = copies.get(id) ?? new Copies(() => databases.init(id));
    copies.set(id, found);
    return found;
  };
  return {
    eachSupportedId: () => databases.eachSupportedId(),
    init: id => databases.init(id),
    migrated: id => copiesOf(id).create(),
  };
}
