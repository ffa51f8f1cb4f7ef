import {
  ANA,
  DORA,
  OLGA,
  OMAR,
  STELLA,
  aProduct,
  aRequest,
} from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import { asked, decided, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'what access newly reaches on %s',
  databaseId => {
    let mesh: Mesh;
    afterEach(() => mesh.stop());

    /** Access to all tables, which reached what is given when it was approved. */
    const withAllTables = async (reached: string[] | null) => {
      mesh = await startMesh({ knex: await databases.migrated(databaseId) });
      const request = await asked(mesh, ANA, aRequest());
      await decided(mesh, OMAR, request, { decision: 'approve' });
      await mesh.knex('entitlements').update({
        state: 'active',
        scope: JSON.stringify({ level: 'read', tables: [], allTables: true }),
        protected_reach: reached && JSON.stringify(reached),
      });
      await mesh.told(2);
      mesh.notifications.length = 0;
    };
    const scan = () => mesh.runTask('data-mesh-scan');
    const told = (count: number) => mesh.told(count, /now reaches/);

    it('is told once to owner, stewards and the owner of the domain', async () => {
      await withAllTables([]);
      mesh.setProducts([aProduct()]);
      await scan();
      const [notice, ...more] = await told(1);
      expect(more).toEqual([]);
      expect(notice.payload.description).toBe(
        '`sales.customers.email`, which is personal data',
      );
      expect(notice.recipients).toEqual({
        type: 'entity',
        entityRef: [DORA, OLGA, OMAR, STELLA],
      });
      await scan();
      expect(await told(1)).toHaveLength(1);
      const trail = await mesh
        .knex('audit_events')
        .where({ action: 'entitlement.newly-reached' });
      expect(trail).toHaveLength(1);
    });

    it('is nothing new of access from before that was kept', async () => {
      await withAllTables(null);
      await scan();
      expect(await told(0)).toEqual([]);
      mesh.provisioner.directory.tables.push({
        database: 'sales',
        table: 'orders',
        columns: ['order_id', 'amount', 'card'],
      });
      mesh.setProducts([
        aProduct({ spec: { access: { neverShared: ['orders.card'] } } }),
      ]);
      await scan();
      expect((await told(1)).map(({ payload }) => payload.description)).toEqual(
        ['`sales.orders.card`, which is never shared'],
      );
    });

    it('is not guessed while the system does not answer', async () => {
      await withAllTables([]);
      mesh.provisioner.directory.failure = new Error('silent');
      await scan();
      expect(await told(0)).toEqual([]);
      mesh.provisioner.directory.failure = undefined;
      await scan();
      expect(await told(1)).toHaveLength(1);
    });
  },
);
