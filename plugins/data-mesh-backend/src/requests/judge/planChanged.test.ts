import { ANA, OMAR, aProduct, aRequest } from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { FakeSystemError } from '../../testing/FakeSystem';
import { asked, decided, startMesh, type Mesh } from '../../testing/startMesh';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'approving what was shown on %s',
  databaseId => {
    let mesh: Mesh;
    const start = async (
      options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
    ) => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        ...options,
      });
    };
    afterEach(() => mesh.stop());
    const detail = async (userRef: string, id: string) =>
      (await mesh.as(userRef).get(`/v1/requests/${id}`)).body;

    describe('when the world has changed since the plan was shown', () => {
      it('does not approve more than was shown', async () => {
        await start();
        const request = await asked(
          mesh,
          ANA,
          aRequest({ scope: { level: 'read', tables: [{ table: 'orders' }] } }),
        );
        const [port] = aProduct().spec.outputPorts;
        const [orders, customers] = port.tables;
        mesh.setProducts([
          aProduct({
            spec: {
              outputPorts: [
                {
                  ...port,
                  tables: [
                    {
                      ...orders,
                      columns: [
                        ...orders.columns,
                        { name: 'margin', type: 'double' },
                      ],
                    },
                    customers,
                  ],
                },
              ],
            },
          }),
        ]);
        const { status, body } = await decided(mesh, OMAR, request, {
          decision: 'approve',
        });
        expect(status).toBe(409);
        expect(body.error.message).toMatch(
          /What would be done has changed since it was shown: .*margin/,
        );
        const shown = await detail(OMAR, request.id);
        expect(shown).toMatchObject({ state: 'pending', version: 2 });
        expect(JSON.stringify(shown.plan)).toContain('margin');
        const again = await decided(mesh, OMAR, shown, { decision: 'approve' });
        expect(again.body.state).toBe('approved');
      });

      it('shows a plan that could not be made before', async () => {
        await start();
        mesh.provisioner.failNext(
          'resolve',
          new FakeSystemError('ServiceUnavailable', 'transient'),
        );
        const request = await asked(mesh, ANA, aRequest());
        const first = await decided(mesh, OMAR, request, {
          decision: 'approve',
        });
        expect(first.status).toBe(409);
        const shown = await detail(OMAR, request.id);
        expect(shown.plan.steps).toHaveLength(1);
        const again = await decided(mesh, OMAR, shown, { decision: 'approve' });
        expect(again.body.state).toBe('approved');
      });

      it('approves what was shown while the system does not answer', async () => {
        await start();
        const request = await asked(mesh, ANA, aRequest());
        mesh.provisioner.failNext('resolve');
        const { body } = await decided(mesh, OMAR, request, {
          decision: 'approve',
        });
        expect(body.state).toBe('approved');
      });

      it('does not narrow while the system does not answer', async () => {
        await start();
        const request = await asked(mesh, ANA, aRequest());
        mesh.provisioner.failNext('resolve');
        const { status } = await decided(mesh, OMAR, request, {
          decision: 'approve',
          narrowedScope: {
            level: 'read',
            tables: [{ table: 'orders', columns: ['amount'] }],
          },
        });
        expect(status).toBe(503);
        expect(await detail(OMAR, request.id)).toMatchObject({ version: 1 });
      });

      it.each<[string, Parameters<typeof aProduct>[0][], RegExp]>([
        ['the product is gone', [], /not in the catalog any more/],
        [
          'the port is gone',
          [{ spec: { outputPorts: [] } }],
          /has no port 'lake' any more/,
        ],
      ])('does not approve where %s', async (_, products, message) => {
        await start();
        const request = await asked(mesh, ANA, aRequest());
        mesh.setProducts(products.map(aProduct));
        const { status, body } = await decided(mesh, OMAR, request, {
          decision: 'approve',
        });
        expect(status).toBe(409);
        expect(body.error.message).toMatch(message);
      });

      it('does not approve where the table is gone', async () => {
        await start();
        const request = await asked(mesh, ANA, aRequest());
        mesh.provisioner.failNext(
          'resolve',
          new FakeSystemError('NoSuchTable', 'permanent'),
        );
        const { status, body } = await decided(mesh, OMAR, request, {
          decision: 'approve',
        });
        expect(status).toBe(409);
        expect(body.error.message).toMatch(/cannot be granted as it stands/);
      });
    });
  },
);
