import type { Knex } from 'knex';
import { testDatabases } from '../testing/databases';
import { ANA, aProduct, aRequest } from '../testing/meshFixture';
import { migrationsDirectory as directory } from '../testing/MigratedCopies';
import { startMesh } from '../testing/startMesh';
import { migrate } from './migrate';

const databases = testDatabases();
const WRITTEN_KEYS = '20261130000000_written_keys.js';

async function lockRows(knex: Knex): Promise<number[]> {
  const rows = await knex('knex_migrations_lock').select('is_locked');
  return rows.map(row => row.is_locked);
}

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('let replicas start together on an empty database', async () => {
    const knex = await databases.init(databaseId);
    const replicas = [];
    if (databaseId === 'SQLITE_3') {
      // Of one process only: its backend starts before the next one does.
      replicas.push(await startMesh({ knex }), await startMesh({ knex }));
    } else {
      const starting = [1, 2, 3].map(() => startMesh({ knex }));
      replicas.push(...(await Promise.all(starting)));
    }
    for (const replica of replicas) {
      const { status } = await replica.as(ANA).get('/v1/requests');
      expect(status).toBe(200);
    }
    expect(await lockRows(knex)).toEqual([0]);
    for (const replica of replicas) await replica.stop();
  });

  it('go on where replicas have left two rows in the table of the lock', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    await knex('knex_migrations_lock').insert({ is_locked: 0 });
    await migrate(knex);
    expect(await lockRows(knex)).toEqual([0]);
  });

  it('keep what is stored where columns become texts of any length', async () => {
    const knex = await databases.init(databaseId);
    const isNext = async () => {
      const [, [next]] = await knex.migrate.list({ directory });
      return next?.file === WRITTEN_KEYS;
    };
    while (!(await isNext())) await knex.migrate.up({ directory });
    const target = (id: string) => ({
      id,
      port_type: 'fake',
      title: 'Sales',
      data: '{}',
      grants: 3,
    });
    await knex('scan_targets').insert(target('fake:sales'));
    await migrate(knex);
    await knex('scan_targets').insert(target('x'.repeat(1_000)));
    expect(
      await knex('scan_targets').orderBy('id').select('id', 'title', 'grants'),
    ).toEqual([
      { id: 'fake:sales', title: 'Sales', grants: 3 },
      { id: 'x'.repeat(1_000), title: 'Sales', grants: 3 },
    ]);
  });

  it('have room for whatever a product may be called', async () => {
    const mesh = await startMesh({
      knex: await databases.init(databaseId),
      products: [
        {
          ...aProduct({
            spec: {
              version: 'v'.repeat(64),
              outputPorts: aProduct().spec.outputPorts.map(port => ({
                ...port,
                name: 'p'.repeat(255),
                title: 't'.repeat(1024),
                version: 'w'.repeat(64),
              })),
            },
          }),
          metadata: {
            name: 'orders',
            namespace: 'default',
            title: 'T'.repeat(5000),
          },
        },
      ],
    });
    const made = await mesh
      .as(ANA)
      .post('/v1/requests', aRequest({ port: 'p'.repeat(255) }));
    expect([made.status, made.body.error]).toEqual([201, undefined]);
    const [{ id, version }] = made.body.items;
    const decided = await mesh
      .as('user:default/omar')
      .post(
        `/v1/requests/${id}/decisions`,
        { decision: 'approve' },
        { 'if-match': String(version) },
      );
    expect(decided.status).toBe(200);
    await mesh.stop();
  });
});
