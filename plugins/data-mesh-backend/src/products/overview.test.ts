import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { grantsReadPermission } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ANA,
  DORA,
  EVE,
  OMAR,
  aProduct,
  aRequest,
  portsIn,
} from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import {
  asked,
  decided,
  deciding,
  inForce,
  startMesh,
  type Mesh,
} from '../testing/startMesh';

const databases = testDatabases();
const [lake] = aProduct().spec.outputPorts;
const [archive] = portsIn('archive');

describe.each(databases.eachSupportedId())(
  'one product as it concerns the caller, on %s',
  databaseId => {
    let mesh: Mesh;
    beforeEach(async () => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        products: [
          aProduct({
            spec: { outputPorts: [lake, { ...archive, name: 'archive' }] },
          }),
        ],
        worker: { pollSeconds: 0.05 },
      });
    });
    afterEach(() => mesh.stop());

    const overview = async (userRef: string) => {
      const { body, status } = await mesh
        .as(userRef)
        .get('/v1/products/default/orders');
      expect(status).toBe(200);
      return body;
    };
    const ask = () => asked(mesh, ANA, aRequest());

    it('has each port with what the caller holds and asked for', async () => {
      const entitlementId = await inForce(mesh, {
        requester: ANA,
        approver: OMAR,
        body: aRequest(),
      });
      const open = await asked(
        mesh,
        ANA,
        aRequest({
          port: 'archive',
          scope: { level: 'read', tables: [{ table: archive.tables[0].name }] },
        }),
      );

      expect(await overview(ANA)).toMatchObject({
        productRef: 'dataproduct:default/orders',
        consumers: 1,
        toDecide: 0,
        ports: [
          {
            port: lake.name,
            access: [{ id: entitlementId, state: 'active' }],
            requests: [],
          },
          { port: 'archive', access: [], requests: [{ id: open.id }] },
        ],
      });
    });

    it('tells others only what is theirs, and whoever decides what waits for them', async () => {
      await ask();
      const [own, others, approvers] = await Promise.all(
        [ANA, DORA, OMAR].map(overview),
      );
      expect(own.ports[0].requests).toHaveLength(1);
      expect(others).toMatchObject({
        toDecide: 0,
        ports: [
          { access: [], requests: [] },
          { access: [], requests: [] },
        ],
      });
      expect(approvers).toMatchObject({
        toDecide: 1,
        ports: [{ requests: [] }, {}],
      });
    });

    it('keeps a request that was refused, until the caller asks again', async () => {
      const first = await ask();
      await decided(mesh, OMAR, first, {
        decision: 'reject',
        comment: 'Not this one',
      });
      expect((await overview(ANA)).ports[0].requests).toMatchObject([
        { id: first.id, state: 'rejected' },
      ]);
      const again = await ask();
      expect((await overview(ANA)).ports[0].requests).toMatchObject([
        { id: again.id, state: 'pending' },
      ]);
    });

    it('says which port cannot be asked for, and whose turn it is', async () => {
      mesh.setProducts([aProduct({ spec: { owner: EVE } })]);
      await mesh.runTask('data-mesh-publish');
      const { ports } = await overview(ANA);
      expect(ports[0].publication).toMatchObject({
        why: expect.stringMatching(/waits for/),
        waitsFor: ['group:default/sales-domain'],
      });
    });

    it('says who may see the tags: the owner, and whom the policy allows', async () => {
      await mesh.stop();
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        permissions: deciding(({ name }) => ({
          result:
            name === grantsReadPermission.name
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        })),
      });
      const [owner, other] = await Promise.all([OMAR, ANA].map(overview));
      expect(owner.maySeeTags).toBe(true);
      expect(other.maySeeTags).toBe(false);
    });

    it('is not there for a product that the catalog does not have', async () => {
      const { status } = await mesh.as(EVE).get('/v1/products/default/none');
      expect(status).toBe(404);
    });
  },
);
