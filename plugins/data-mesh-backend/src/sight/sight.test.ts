import { setImmediate } from 'node:timers/promises';
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
  ANALYSTS_ROLE,
  EVE,
  GIL,
  OMAR,
  OMAR_ROLE,
  ORDERS,
  SALES_ROLE,
  aProduct,
  aRequest,
} from '../testing/meshFixture';
import {
  asked,
  decided,
  deciding,
  startMesh,
  type Mesh,
} from '../testing/startMesh';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'what a caller may not read, on %s',
  databaseId => {
    let mesh: Mesh;
    afterEach(() => mesh.stop());

    /** Own requests and entitlements, and those of one's own products. */
    beforeEach(async () => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        products: [
          aProduct(),
          aProduct({ name: 'visits', spec: { owner: 'group:default/nobody' } }),
        ],
        permissions: deciding((permission, userRef) => {
          const ownerRefs =
            userRef === OMAR ? ['group:default/sales'] : [userRef];
          switch (permission.name) {
            case 'data-mesh.request.for-others':
              return { result: AuthorizeResult.DENY };
            case 'data-mesh.request.read':
              return createRequestConditionalDecision(permission as never, {
                anyOf: [
                  requestConditions.isRequester({ userRefs: [userRef] }),
                  requestConditions.isProductOwner({ ownerRefs }),
                ],
              });
            case 'data-mesh.entitlement.read':
              return createEntitlementConditionalDecision(permission as never, {
                anyOf: [
                  entitlementConditions.isRequester({ userRefs: [userRef] }),
                  entitlementConditions.isProductOwner({ ownerRefs }),
                ],
              });
            default:
              return { result: AuthorizeResult.ALLOW };
          }
        }),
      });
    });

    const preview = async (userRef: string, draft: object) => {
      const { status, body } = await mesh
        .as(userRef)
        .post('/v1/requests/preview', draft);
      expect(status).toBe(200);
      return body;
    };

    it('is only counted in a preview, also where the principal is shared', async () => {
      const request = await asked(mesh, ANA, aRequest());
      expect(await preview(EVE, aRequest())).toMatchObject({
        existing: [],
        hiddenExisting: 1,
      });
      expect(await preview(ANA, aRequest())).toMatchObject({
        existing: [{ type: 'request', id: request.id }],
        hiddenExisting: 0,
      });
      const { body } = await decided(mesh, OMAR, request, {
        decision: 'approve',
      });
      const told = await preview(EVE, aRequest());
      expect(told).toMatchObject({ existing: [], hiddenExisting: 1 });
      expect(JSON.stringify(told)).not.toContain(body.entitlementId);
      expect(told.medianDecisionHours).toBeUndefined();
      expect(
        (await preview(ANA, aRequest())).medianDecisionHours,
      ).toBeDefined();
    });

    it('of principals that are not its own is not even counted, and costs no call', async () => {
      await asked(mesh, OMAR, aRequest({ principals: [OMAR_ROLE] }));
      const calls = mesh.provisioner.together.length;
      const told = await preview(
        EVE,
        aRequest({ principals: [OMAR_ROLE, SALES_ROLE] }),
      );
      // What the scope reaches is of the product, whoever would hold it.
      const { reach, ...others } = told;
      expect(reach.tables).toHaveLength(1);
      expect(others).toEqual({
        problems: [0, 1].map(index => ({
          field: `principals[${index}]`,
          reason: expect.stringMatching(/not one of your principals/),
        })),
        existing: [],
        hiddenExisting: 0,
      });
      expect(mesh.provisioner.together).toHaveLength(calls);
      const mixed = await preview(
        EVE,
        aRequest({ principals: [OMAR_ROLE, ANALYSTS_ROLE] }),
      );
      expect(mesh.provisioner.together).toHaveLength(calls + 1);
      expect(JSON.stringify(mixed.plan)).not.toContain(OMAR_ROLE);
      expect(mixed).toMatchObject({ existing: [], hiddenExisting: 0 });
    });

    it('does not come out of asking for the same', async () => {
      const request = await asked(mesh, ANA, aRequest());
      const refused = async () => {
        const { status, body } = await mesh
          .as(EVE)
          .post('/v1/requests', aRequest());
        expect(status).toBe(409);
        return body.error.message;
      };
      expect(await refused()).toBe(
        `This is asked for ${ANALYSTS_ROLE} already, by a request that you may not see`,
      );
      const { body } = await decided(mesh, OMAR, request, {
        decision: 'approve',
      });
      expect(await refused()).toBe(
        `${ANALYSTS_ROLE} has this already, by an entitlement that you may not see`,
      );
      const own = await mesh.as(ANA).post('/v1/requests', aRequest());
      expect(own.status).toBe(409);
      expect(own.body.error.message).toContain(body.entitlementId);
    });

    it('is only counted beside a request', async () => {
      await asked(mesh, ANA, aRequest());
      const wider = await asked(
        mesh,
        EVE,
        aRequest({ scope: { level: 'read', tables: [{ table: 'orders' }] } }),
      );
      const detail = async (userRef: string) =>
        (await mesh.as(userRef).get(`/v1/requests/${wider.id}`)).body;
      expect(await detail(EVE)).toMatchObject({
        existing: [],
        hiddenExisting: 1,
      });
      expect(await detail(OMAR)).toMatchObject({
        existing: [{ type: 'request' }],
        hiddenExisting: 0,
      });
    });

    it('does not show in the numbers of products; consumers do', async () => {
      const done = await asked(mesh, ANA, aRequest());
      await decided(mesh, OMAR, done, { decision: 'approve' });
      const usage = async (userRef: string) =>
        (await mesh.as(userRef).get('/v1/products')).body.items.find(
          (one: { productRef: string }) => one.productRef === ORDERS,
        );
      await asked(
        mesh,
        ANA,
        aRequest({ scope: { level: 'read', tables: [{ table: 'orders' }] } }),
      );
      expect((await usage(EVE))?.medianDecisionHours).toBeUndefined();
      expect((await usage(EVE))?.openRequests ?? 0).toBe(0);
      expect(await usage(OMAR)).toMatchObject({
        openRequests: 1,
        medianDecisionHours: expect.any(Number),
      });
      while ((await usage(OMAR)).consumers === 0) await setImmediate();
      expect(await usage(EVE)).toMatchObject({ consumers: 1 });
    });

    it('is planned for a few principals at a time in a preview', async () => {
      const many = Array.from({ length: 8 }, (_, index) => `fake:p${index}`);
      await mesh.stop();
      mesh = await startMesh({ knex: await databases.migrated(databaseId) });
      // Who governs may ask for others.
      const told = await preview(GIL, aRequest({ principals: many }));
      expect(mesh.provisioner.together).toHaveLength(5);
      expect(told.plan.steps).toHaveLength(5);
      expect(told.planError).toMatch(/first 5 of 8 principals/);
    });
  },
);
