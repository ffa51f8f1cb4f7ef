import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createEntitlementConditionalDecision,
  createRequestConditionalDecision,
  entitlementConditions,
  requestConditions,
} from '../permissions';
import { testDatabases } from '../testing/databases';
import {
  ANA,
  OMAR,
  ORDERS,
  STELLA,
  aProduct,
  aRequest,
} from '../testing/meshFixture';
import { deciding, inForce, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();
const STEWARDS = 'group:default/stewards';
const ownerRefsOf: { [userRef: string]: string[] } = {
  [OMAR]: ['group:default/sales'],
  [STELLA]: [STEWARDS],
};

/** Requests and entitlements are read by the owner of the product. */
const permissions = deciding((permission, userRef) => {
  const ownerRefs = ownerRefsOf[userRef];
  if (!ownerRefs) return { result: AuthorizeResult.ALLOW };
  switch (permission.name) {
    case 'data-mesh.request.read':
      return createRequestConditionalDecision(
        permission as never,
        requestConditions.isProductOwner({ ownerRefs }),
      );
    case 'data-mesh.entitlement.read':
      return createEntitlementConditionalDecision(
        permission as never,
        entitlementConditions.isProductOwner({ ownerRefs }),
      );
    default:
      return { result: AuthorizeResult.ALLOW };
  }
});

describe.each(databases.eachSupportedId())(
  'live access of a product that is handed over, on %s',
  id => {
    let mesh: Mesh;
    let entitlementId: string;

    beforeEach(async () => {
      mesh = await startMesh({
        knex: await databases.migrated(id),
        permissions,
      });
      entitlementId = await inForce(mesh, {
        requester: ANA,
        approver: OMAR,
        body: aRequest(),
      });
    });
    afterEach(() => mesh.stop());

    const handOver = () =>
      mesh.setProducts([aProduct({ spec: { owner: STEWARDS } })]);
    const follow = () => mesh.runTask('data-mesh-follow-catalog');
    const path = () => `/v1/entitlements/${entitlementId}`;
    const listed = async (userRef: string) => {
      const { body } = await mesh.as(userRef).get('/v1/entitlements');
      const { body: requests } = await mesh.as(userRef).get('/v1/requests');
      return [body.items.length, requests.items.length];
    };
    const moves = () =>
      mesh.knex('audit_events').where({ action: 'product.moved' });

    it('is read by the new owner at once, and by the former no more', async () => {
      handOver();
      expect((await mesh.as(OMAR).get(path())).status).toBe(403);
      const { body, status } = await mesh.as(STELLA).get(path());
      expect(status).toBe(200);
      expect(body.productOwnerRef).toBe(STEWARDS);
      const { body: mine } = await mesh.as(ANA).get('/v1/requests');
      const request = `/v1/requests/${mine.items[0].id}`;
      expect((await mesh.as(OMAR).get(request)).status).toBe(403);
      expect((await mesh.as(STELLA).get(request)).status).toBe(200);
    });

    it('is revoked by the new owner, and by the former no more', async () => {
      handOver();
      const { body } = await mesh.as(STELLA).get(path());
      const revoke = (userRef: string) =>
        mesh
          .as(userRef)
          .post(
            `${path()}/revoke`,
            { reason: 'Ours now' },
            { 'if-match': String(body.version) },
          );
      expect((await revoke(OMAR)).status).toBe(403);
      expect((await revoke(STELLA)).status).toBe(202);
    });

    it('is listed for the new owner once the catalog was followed, which is audited', async () => {
      expect([await listed(OMAR), await listed(STELLA)]).toEqual([
        [1, 1],
        [0, 0],
      ]);
      handOver();
      await follow();
      expect([await listed(OMAR), await listed(STELLA)]).toEqual([
        [0, 0],
        [1, 1],
      ]);
      const [event, ...others] = await moves();
      expect(others).toEqual([]);
      expect(event).toMatchObject({
        actor_ref: 'plugin:data-mesh',
        subject: ORDERS,
      });
      expect(JSON.parse(event.after)).toEqual({
        ownerRef: STEWARDS,
        domainRef: 'domain:default/sales',
        records: 2,
      });
    });

    it('writes nothing where nothing has changed', async () => {
      await follow();
      expect(await moves()).toEqual([]);
      handOver();
      await follow();
      await follow();
      expect(await moves()).toHaveLength(1);
    });

    it('keeps the last owner of a product that has left the catalog', async () => {
      mesh.setProducts([]);
      await follow();
      expect(await moves()).toEqual([]);
      expect((await mesh.as(OMAR).get(path())).status).toBe(200);
      expect((await mesh.as(STELLA).get(path())).status).toBe(403);
      expect(await listed(OMAR)).toEqual([1, 1]);
    });
  },
);
