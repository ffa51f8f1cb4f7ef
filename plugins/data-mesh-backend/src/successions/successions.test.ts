import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  createEntitlementConditionalDecision,
  createRequestConditionalDecision,
  entitlementConditions,
  requestConditions,
} from '../permissions';
import { testDatabases } from '../testing/databases';
import type { InMemoryFakeSystem } from '../testing/FakeSystem';
import {
  ANA,
  ANA_ROLE,
  GIL,
  OMAR,
  ORDERS,
  ZOE,
  aProduct,
  aRequest,
  thePeople,
  type TestPeople,
} from '../testing/meshFixture';
import {
  asked,
  decided,
  deciding,
  inForce,
  startMesh,
  type Mesh,
} from '../testing/startMesh';

const databases = testDatabases();

const SHIPPED = 'dataproduct:default/shipped';
const SID = 'user:default/sid';
const people: TestPeople = {
  memberships: { ...thePeople.memberships, shop: ['sid'] },
};
/** Those who see what their groups own, and nothing else. */
const ownerRefsOf: { [userRef: string]: string[] } = {
  [ZOE]: [ZOE],
  [SID]: ['group:default/shop'],
};
const permissions = deciding((permission, userRef) => {
  const ownerRefs = ownerRefsOf[userRef];
  switch (ownerRefs && permission.name) {
    case 'data-mesh.request.read':
      return createRequestConditionalDecision(
        permission as never,
        requestConditions.isProductOwner({ ownerRefs }),
      );
    case 'data-mesh.entitlement.read':
    case 'data-mesh.entitlement.revoke':
      return createEntitlementConditionalDecision(
        permission as never,
        entitlementConditions.isProductOwner({ ownerRefs }),
      );
    default:
      return { result: AuthorizeResult.ALLOW };
  }
});

const [port] = aProduct().spec.outputPorts;
/** The tables of `orders` under another name. */
const shipped = (spec: Partial<DataProductEntity['spec']> = {}) => {
  const product = aProduct({ name: 'shipped', spec });
  return {
    ...product,
    metadata: { ...product.metadata, title: 'Shipped orders' },
  };
};

describe.each(databases.eachSupportedId())(
  'a product that goes by another name, on %s',
  databaseId => {
    let mesh: Mesh;
    let entitlementId: string;

    beforeEach(async () => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        people,
        permissions,
        domains: [
          {
            domain: 'sales',
            teams: ['sales', 'shop'],
            holds: ['sales', 'old'].map(database => ({
              system: 'fake',
              catalogId: 'fake',
              database,
            })),
          },
        ],
      });
      entitlementId = await inForce(mesh, {
        requester: ANA,
        approver: OMAR,
        body: aRequest(),
      });
    });
    afterEach(() => mesh.stop());

    const rename = async (...products: DataProductEntity[]) => {
      mesh.setProducts(products);
      await mesh.runTask('data-mesh-publish');
    };
    const seenBy = (userRef: string) =>
      mesh.as(userRef).get(`/v1/entitlements/${entitlementId}`);
    const move = async (
      userRef: string,
      to = { productRef: SHIPPED, port: 'lake' },
    ) => {
      const row = await mesh
        .knex('entitlements')
        .where({ id: entitlementId })
        .first();
      return mesh
        .as(userRef)
        .post(`/v1/entitlements/${entitlementId}/move`, to, {
          'if-match': String(row.version),
        });
    };
    const kept = async () => {
      const { product_ref: productRef, port: portName } = await mesh
        .knex('entitlements')
        .where({ id: entitlementId })
        .first();
      return `${productRef} ${portName}`;
    };
    const successor = {
      productRef: SHIPPED,
      productTitle: 'Shipped orders',
      port: 'lake',
    };

    it('says so wherever its access and requests are read', async () => {
      expect((await seenBy(ANA)).body.successor).toBeUndefined();
      await rename(shipped());
      const { body } = await seenBy(ANA);
      expect(body.successor).toEqual(successor);
      const { body: mine } = await mesh
        .as(ANA)
        .get('/v1/entitlements?view=mine');
      expect(mine.items).toMatchObject([{ id: entitlementId, successor }]);
      const { body: requests } = await mesh
        .as(ANA)
        .get('/v1/requests?view=mine');
      expect(requests.items).toMatchObject([{ successor }]);
      const { body: request } = await mesh
        .as(ANA)
        .get(`/v1/requests/${body.requestId}`);
      expect(request.successor).toEqual(successor);
      const { body: old } = await mesh
        .as(ANA)
        .get('/v1/products/default/orders/successors');
      expect(old.items).toEqual([{ port: 'lake', successor }]);
      const { body: report } = await mesh.as(GIL).get('/v1/doctor');
      const found = report.items.find(
        ({ subject }: { subject: string }) => subject === ORDERS,
      );
      expect(found.checks[0].fix).toMatch(
        `Its tables are published as ${SHIPPED}: move them there`,
      );
    });

    it('hands its access over with its id, grants, end and history', async () => {
      const system = mesh.provisioner.system as InMemoryFakeSystem;
      const before = await mesh
        .knex('entitlements')
        .where({ id: entitlementId })
        .first();
      const steps = await mesh.knex('entitlement_steps').orderBy('id');
      const held = system.held();
      await rename(shipped({ outputPorts: [{ ...port, name: 'tables' }] }));
      expect((await seenBy(OMAR)).body.actions).toContain('move');
      expect((await seenBy(ANA)).body.actions).not.toContain('move');
      const { body, status } = await move(OMAR, {
        productRef: SHIPPED,
        port: 'tables',
      });
      expect([status, body.error?.message]).toEqual([200, undefined]);
      expect(body).toMatchObject({
        id: entitlementId,
        requestId: before.request_id,
        state: 'active',
        productRef: SHIPPED,
        productTitle: 'Shipped orders',
        port: 'tables',
        expiresAt: before.expires_at,
      });
      expect(body.successor).toBeUndefined();
      expect(body.actions).not.toContain('move');
      expect(system.held()).toEqual(held);
      expect(await mesh.knex('entitlement_steps').orderBy('id')).toEqual(steps);
      const [event] = await mesh
        .knex('audit_events')
        .where({ action: 'entitlement.moved' });
      expect(event.actor_ref).toBe(OMAR);
      expect(JSON.parse(event.after)).toMatchObject({
        from: { productRef: ORDERS, port: 'lake' },
        to: { productRef: SHIPPED, port: 'tables' },
      });
      // It goes on like any access of its product: it can be renewed there.
      const renewal = await mesh.as(ANA).post('/v1/requests', {
        ...aRequest({ productRef: SHIPPED, port: 'tables' }),
        kind: 'renew',
        entitlementId,
        durationDays: 5,
      });
      expect(renewal.status).toBe(201);
    });

    it('is moved by governance, and by the owner of its successor, whose domain holds the place', async () => {
      await rename(shipped({ owner: 'group:default/shop' }));
      // Who owned it last sees it, and does not own what succeeds it.
      const former = await move(OMAR);
      expect(former.status).toBe(403);
      expect(await kept()).toBe(`${ORDERS} lake`);

      const { body: list } = await mesh
        .as(SID)
        .get(`/v1/entitlements?productRef=${SHIPPED}`);
      expect(list.items).toMatchObject([{ id: entitlementId, successor }]);
      expect((await seenBy(SID)).body.actions).toEqual(
        expect.arrayContaining(['move', 'revoke']),
      );
      const { status, body } = await move(SID);
      expect([status, body.error?.message]).toEqual([200, undefined]);
      expect(body.productOwnerRef).toBe('group:default/shop');
    });

    it('is moved by governance', async () => {
      await rename(shipped({ owner: 'group:default/shop' }));
      expect((await move(GIL)).status).toBe(200);
      expect(await kept()).toBe(`${SHIPPED} lake`);
    });

    it('shows an owner only what the own product succeeds, port by port', async () => {
      const archive = {
        ...port,
        name: 'archive',
        location: { database: 'old' },
      };
      mesh.setProducts([aProduct({ spec: { outputPorts: [port, archive] } })]);
      await mesh.runTask('data-mesh-publish');
      const other = await inForce(mesh, {
        requester: ANA,
        approver: OMAR,
        body: aRequest({ port: 'archive' }),
      });
      await rename(
        shipped(),
        aProduct({
          name: 'archived',
          spec: { owner: 'group:default/shop', outputPorts: [archive] },
        }),
      );
      const { body } = await mesh.as(SID).get('/v1/entitlements');
      expect(body.items).toMatchObject([
        {
          id: other,
          successor: { productRef: 'dataproduct:default/archived' },
        },
      ]);
      expect((await seenBy(SID)).status).toBe(403);
    });

    it('lets nobody take its access who names its tables and holds no place', async () => {
      const pending = await asked(
        mesh,
        ANA,
        aRequest({ scope: { level: 'read', tables: [{ table: 'orders' }] } }),
      );
      for (const grab of [
        shipped({ owner: ZOE, domain: 'sales' }),
        shipped({ owner: ZOE, domain: 'zoes-own' }),
        shipped({
          owner: ZOE,
          domain: 'zoes-own',
          access: { approvers: [ZOE] },
        }),
      ]) {
        await rename(grab);
        expect((await seenBy(ZOE)).status).toBe(403);
        expect((await move(ZOE)).status).toBe(403);
        const { body: list } = await mesh
          .as(ZOE)
          .get(`/v1/entitlements?productRef=${SHIPPED}`);
        expect(list.items).toEqual([]);
        const request = await mesh.as(ZOE).get(`/v1/requests/${pending.id}`);
        expect(request.status).toBe(403);
        const decision = await decided(mesh, ZOE, pending, {
          decision: 'approve',
        });
        expect(decision.status).toBe(403);
        // Nor is anybody sent to the product of the attacker.
        expect((await seenBy(ANA)).body.successor).toBeUndefined();
        expect((await move(GIL)).status).toBe(409);
      }
      // Naming the team as the owner gives it to the team.
      await rename(shipped());
      expect((await seenBy(ZOE)).status).toBe(403);
      expect((await move(ZOE)).status).toBe(403);
      expect(await kept()).toBe(`${ORDERS} lake`);
    });

    it.each<[string, () => DataProductEntity[]]>([
      [
        'publishes some of its tables only',
        () => [
          shipped({ outputPorts: [{ ...port, tables: [port.tables[0]] }] }),
        ],
      ],
      [
        'has tables of the same names at another place',
        () => [
          shipped({
            outputPorts: [{ ...port, location: { database: 'archive' } }],
          }),
        ],
      ],
      ['is beside it', () => [aProduct(), shipped()]],
      ['is nowhere', () => []],
    ])('is not succeeded by what %s', async (_, products) => {
      await rename(...products());
      expect((await seenBy(OMAR)).body.successor).toBeUndefined();
      expect((await seenBy(OMAR)).body.actions).not.toContain('move');
      const { status, body } = await move(GIL);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/^Nothing succeeds /);
    });

    it('keeps its access where its successor is stricter, and says why', async () => {
      const [orders, customers] = port.tables;
      const [id, amount, at] = orders.columns;
      await rename(
        shipped({
          outputPorts: [
            {
              ...port,
              tables: [
                {
                  ...orders,
                  columns: [id, { ...amount, pii: true }, at],
                },
                customers,
              ],
            },
          ],
        }),
      );
      const { body: seen } = await seenBy(OMAR);
      expect(seen.whyNotMove).toMatch(/`amount`/);
      expect((await seenBy(ANA)).body.whyNotMove).toBeUndefined();
      const { status, body } = await move(OMAR);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/stricter.*Ask for it again/);
      expect(await kept()).toBe(`${ORDERS} lake`);
    });

    it('moves to what was shown only', async () => {
      await rename(shipped());
      const { status, body } = await move(OMAR, {
        productRef: SHIPPED,
        port: 'other',
      });
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/look at the access again/);
    });

    it('ends what is still asked of it, and says where to ask', async () => {
      const pending = await asked(
        mesh,
        ANA,
        aRequest({
          principals: [ANA_ROLE],
        }),
      );
      // One that merely has gone may come back.
      await rename();
      await mesh.runTask('data-mesh-lapse-requests');
      const stateOf = async () =>
        (await mesh.as(ANA).get(`/v1/requests/${pending.id}`)).body;
      expect((await stateOf()).state).toBe('pending');
      await rename(shipped());
      await mesh.runTask('data-mesh-lapse-requests');
      const { state, comments } = await stateOf();
      expect(state).toBe('lapsed');
      expect(comments).toMatchObject([
        {
          text: `The request has ended: ${ORDERS} is not in the catalog any more. Its tables are published as the port 'lake' of ${SHIPPED}; ask for them there`,
        },
      ]);
    });
  },
);
