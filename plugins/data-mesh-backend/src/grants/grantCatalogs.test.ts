import { testDatabases } from '../testing/databases';
import { migrationsDirectory } from '../testing/MigratedCopies';

const databases = testDatabases();

it.each(databases.eachSupportedId())(
  'learns the catalogs of grants that were seen before, on %s',
  async id => {
    const knex = await databases.init(id);
    const directory = migrationsDirectory;
    await knex.migrate.latest({ directory });
    await knex.migrate.down({
      directory,
      name: '20261125000001_grant_catalogs.js',
    } as Parameters<typeof knex.migrate.down>[0]);
    const row = (key: string, resource: object) => ({
      target_id: 'fake:sales',
      grant_key: key,
      group_key: key,
      hash: key,
      principal: 'fake:amy',
      principal_kind: 'other',
      resource_key: key,
      data: JSON.stringify({ resource }),
      search_text: '',
      because: 'unexplained',
      products: '[]',
      first_seen_at: '2026-11-25T00:00:00.000Z',
      valid_from: '2026-11-25T00:00:00.000Z',
    });
    await knex('observed_grants').insert([
      row('a', { words: 'x', catalogId: '111111111111:nested' }),
      row('b', { words: 'x' }),
    ]);
    await knex.migrate.latest({ directory });
    expect(
      await knex('observed_grants')
        .orderBy('grant_key')
        .select('grant_key', 'catalog_id'),
    ).toEqual([
      { grant_key: 'a', catalog_id: '111111111111:nested' },
      { grant_key: 'b', catalog_id: null },
    ]);
  },
);
