import type { NewRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ANA,
  ANALYSTS_ROLE,
  ANA_ROLE,
  DORA,
  EVE,
  OMAR,
  aProduct,
  aRequest,
  portsIn,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { asked, decided, startMesh, type Mesh } from '../../testing/startMesh';

const databases = testDatabases();

const products = [
  aProduct(),
  aProduct({ name: 'visits', spec: { owner: 'group:default/analysts' } }),
  aProduct({ name: 'returns', spec: { domain: 'logistics' } }),
];

const customers: Partial<NewRequest> = {
  scope: { level: 'read', tables: [{ table: 'customers' }] },
  justification: 'Churn model',
};

describe.each(databases.eachSupportedId())(
  'before asking on %s',
  databaseId => {
    let mesh: Mesh;
    let seconds = 0;
    const start = async (
      options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
    ) => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        products,
        // Each look at the clock is a second later: no two have the same time.
        now: () => new Date(Date.UTC(2026, 10, 23) + 1000 * seconds++),
        ...options,
      });
    };
    afterEach(() => mesh.stop());

    const of = (name: string) => ({
      productRef: `dataproduct:default/${name}`,
    });

    describe('a draft', () => {
      const preview = async (draft: object, userRef = ANA) => {
        const { status, body } = await mesh
          .as(userRef)
          .post('/v1/requests/preview', draft);
        expect(status).toBe(200);
        return body;
      };

      it('is answered as far as it is filled in', async () => {
        await start();
        expect(await preview(of('orders'))).toEqual({
          problems: [],
          existing: [],
          hiddenExisting: 0,
        });
        const { scope } = aRequest();
        const early = await preview({ ...of('orders'), port: 'lake', scope });
        expect(early).toMatchObject({
          problems: [],
          policy: { stages: [{ name: 'owner' }] },
          existing: [],
        });
        expect(early.plan).toBeUndefined();
        const full = await preview(aRequest());
        expect(full.plan.steps).toHaveLength(1);
      });

      it('shows its problems without failing', async () => {
        await start();
        const body = await preview({
          ...of('orders'),
          port: 'pond',
          durationDays: 0,
          purpose: '',
        });
        expect(
          body.problems.map((one: { field: string }) => one.field),
        ).toEqual(['port', 'purpose', 'durationDays']);
        expect(
          await preview({ productRef: 'dataproduct:default/none' }),
        ).toEqual({
          problems: [{ field: 'productRef', reason: expect.any(String) }],
          existing: [],
          hiddenExisting: 0,
        });
      });

      it('for several principals shows the steps for all', async () => {
        await start();
        const body = await preview(
          aRequest({ principals: [ANALYSTS_ROLE, ANA_ROLE] }),
        );
        expect(
          body.plan.steps.map(
            (one: { call: { input: { principal: string } } }) =>
              one.call.input.principal,
          ),
        ).toEqual([ANALYSTS_ROLE, ANA_ROLE]);
      });

      it('says why there is no plan while the system is down', async () => {
        await start();
        mesh.provisioner.failNext('resolve');
        const body = await preview(aRequest());
        expect(body).toMatchObject({
          planError: expect.stringMatching(/SlowDown/),
        });
        expect(body.plan).toBeUndefined();
      });

      it('shows what is asked for or held already, and how long a decision takes', async () => {
        await start();
        const request = await asked(mesh, ANA, aRequest());
        const { scope } = aRequest();
        const [{ columns }] = scope.tables;
        expect(await preview(aRequest(), EVE)).toMatchObject({
          existing: [
            {
              type: 'request',
              id: request.id,
              state: 'pending',
              relation: 'covers',
            },
          ],
        });
        const wider = {
          level: 'read' as const,
          tables: [
            { table: 'orders', columns: [...(columns ?? []), 'ordered_at'] },
          ],
        };
        const { body } = await decided(mesh, OMAR, request, {
          decision: 'approve',
        });
        const later = await preview(aRequest({ scope: wider }), EVE);
        expect(later).toMatchObject({
          existing: [
            {
              type: 'entitlement',
              id: body.entitlementId,
              relation: 'overlaps',
            },
          ],
          medianDecisionHours: expect.any(Number),
        });
        const elsewhere = await preview(aRequest({ ...customers }), EVE);
        expect(elsewhere.existing).toEqual([]);
      });
    });

    it('tells who the caller is and what it may ask for', async () => {
      await start({ policy: { maxDurationDays: 90 } });
      const { body } = await mesh.as(ANA).get('/v1/me');
      expect(body).toMatchObject({
        userRef: ANA,
        ownershipRefs: [ANA, 'group:default/analysts'],
        principals: [
          { principal: { id: ANA_ROLE }, via: ANA },
          { principal: { id: ANALYSTS_ROLE }, via: 'group:default/analysts' },
        ],
        provisioners: [{ portType: 'fake', title: 'Fake lake' }],
        limits: { maxDurationDays: 90, defaultDurationDays: 30 },
      });
    });

    it('tells how products are used, and how the caller stands to them', async () => {
      await start({
        products: [
          aProduct(),
          aProduct({
            name: 'visits',
            spec: { outputPorts: portsIn('visits') },
          }),
        ],
      });
      const open = await asked(mesh, ANA, aRequest(of('visits')));
      const done = await asked(mesh, ANA, aRequest());
      await decided(mesh, OMAR, done, { decision: 'approve' });
      const { body } = await mesh.as(ANA).get('/v1/products');
      expect(body.items).toMatchObject([
        {
          productRef: 'dataproduct:default/orders',
          openRequests: 0,
          medianDecisionHours: expect.any(Number),
        },
        {
          productRef: 'dataproduct:default/visits',
          consumers: 0,
          openRequests: 1,
          myRequest: { id: open.id, state: 'pending' },
        },
      ]);
      const other = await mesh.as(DORA).get('/v1/products');
      expect(other.body.items[1].myRequest).toBeUndefined();
    });
  },
);
