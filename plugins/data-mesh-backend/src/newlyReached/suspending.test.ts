import { setImmediate } from 'node:timers/promises';
import { FakeProvisioner } from '../testing/FakeProvisioner';
import {
  FakeSystemError,
  type InMemoryFakeSystem,
} from '../testing/FakeSystem';
import {
  ANA,
  GIL,
  OMAR,
  STELLA,
  aProduct,
  aRequest,
} from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import { decided, inForce, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();
const DAY_MS = 24 * 60 * 60 * 1000;

const [port] = aProduct().spec.outputPorts;
const [ordersTable, customersTable] = port.tables;
/** A product with one of the tables of the database. */
const withTable = (name: string, table: typeof ordersTable) =>
  aProduct({ name, spec: { outputPorts: [{ ...port, tables: [table] }] } });
const orders = withTable('orders', ordersTable);
const customers = withTable('customers', customersTable);

describe.each(databases.eachSupportedId())(
  'access that is suspended for what it newly reaches, on %s',
  databaseId => {
    let mesh: Mesh;
    let entitlementId: string;
    let now: Date;

    const start = async (newlyReached = 'suspend') => {
      now = new Date('2026-11-29T12:00:00.000Z');
      const provisioner = new FakeProvisioner();
      provisioner.capabilities.allTables = true;
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        products: [orders],
        policy: { newlyReached },
        provisioner,
        worker: { pollSeconds: 0.05 },
        now: () => now,
      });
      entitlementId = await inForce(mesh, {
        requester: ANA,
        approver: OMAR,
        body: aRequest({
          scope: { level: 'read', tables: [], allTables: true },
        }),
      });
    };
    afterEach(() => mesh.stop());

    const held = () => (mesh.provisioner.system as InMemoryFakeSystem).held();
    const rowOf = () =>
      mesh.knex('entitlements').where({ id: entitlementId }).first();
    const until = async (state: string) => {
      while ((await rowOf()).state !== state) await setImmediate();
    };
    const scan = () => mesh.runTask('data-mesh-scan');
    /** Another product publishes a table with personal data in the database. */
    const reachMore = async (look = scan) => {
      mesh.provisioner.directory.tables.push({
        database: 'sales',
        table: 'customers',
        columns: ['customer_id', 'email'],
      });
      mesh.setProducts([orders, customers]);
      await mesh.runTask('data-mesh-publish');
      await look();
    };
    const detail = async () =>
      (await mesh.as(ANA).get(`/v1/entitlements/${entitlementId}`)).body;
    /** The one request that waits for somebody. */
    const waitsFor = async (userRef: string) => {
      const { body } = await mesh
        .as(userRef)
        .get('/v1/requests?view=toDecide&state=pending');
      expect(body.items).toHaveLength(1);
      return body.items[0];
    };
    const approve = async (userRef: string) => {
      const request = await waitsFor(userRef);
      const { body, status } = await decided(mesh, userRef, request, {
        decision: 'approve',
      });
      expect([status, body.error?.message]).toEqual([200, undefined]);
    };

    it('is noticed as well by a scan that a person starts', async () => {
      await start();
      await reachMore(async () => {
        expect((await mesh.as(GIL).post('/v1/scans', {})).status).toBe(202);
      });
      await until('suspended');
      expect(held()).toEqual([]);
    });

    it('is taken away and says why, asked of its approvers, and given back as it was', async () => {
      await start();
      const before = held();
      const { expires_at: end } = await rowOf();
      await reachMore();
      await until('suspended');

      expect(held()).toEqual([]);
      expect(await detail()).toMatchObject({
        state: 'suspended',
        actions: ['relinquish'],
        suspension: {
          reason: 'It newly reaches what nobody has approved',
          newlyReached: expect.arrayContaining([
            '`sales.customers.email`, which is personal data',
          ]),
        },
      });
      expect(await waitsFor(OMAR)).toMatchObject({
        kind: 'resume',
        requesterRef: ANA,
        amendsEntitlementId: entitlementId,
        sensitiveColumns: ['customers.email'],
        policy: {
          stages: [
            { name: 'owner', approvers: ['group:default/sales'] },
            { name: 'steward', approvers: ['group:default/stewards'] },
          ],
        },
      });
      await approve(OMAR);
      expect(held()).toEqual([]);
      await approve(STELLA);
      await until('active');

      expect(held()).toEqual(before);
      expect(await detail()).toMatchObject({
        expiresAt: end,
        approvedBy: [OMAR, STELLA],
      });
      expect((await detail()).suspension).toBeUndefined();
      // What was approved now is nothing new any more.
      await scan();
      expect((await rowOf()).state).toBe('active');
      const trail = await mesh
        .knex('audit_events')
        .where('subject', `entitlement:${entitlementId}`)
        .whereIn('action', [
          'entitlement.suspending',
          'entitlement.suspended',
          'entitlement.resuming',
        ])
        .orderBy('sequence');
      expect(trail.map(({ action }) => action)).toEqual([
        'entitlement.suspending',
        'entitlement.suspended',
        'entitlement.resuming',
      ]);
    });

    it('ends where that is rejected, with the words of who rejects', async () => {
      await start();
      await reachMore();
      await until('suspended');
      const { status } = await decided(mesh, OMAR, await waitsFor(OMAR), {
        decision: 'reject',
        comment: 'Not the customers',
      });
      expect(status).toBe(200);
      expect(await detail()).toMatchObject({
        state: 'revoked',
        endReason: 'Not the customers',
        endedBy: OMAR,
      });
      expect(held()).toEqual([]);
      await scan();
      expect(
        await mesh.knex('access_requests').where({ kind: 'resume' }),
      ).toHaveLength(1);
    });

    it('ends where nobody decides in time', async () => {
      await start();
      await mesh.knex('entitlements').update({
        expires_at: new Date(now.getTime() + 90 * DAY_MS).toISOString(),
      });
      await reachMore();
      await until('suspended');
      now = new Date(now.getTime() + 31 * DAY_MS);
      await mesh.runTask('data-mesh-lapse-requests');
      expect(await detail()).toMatchObject({
        state: 'revoked',
        endReason: 'Nobody decided in time whether it goes on',
      });
    });

    it('expires while it is suspended, and then nobody is asked any more', async () => {
      await start();
      await reachMore();
      await until('suspended');
      const request = await waitsFor(OMAR);
      await mesh
        .knex('entitlements')
        .update({ expires_at: new Date(now.getTime() - 1).toISOString() });
      await until('expired');
      const { status } = await decided(mesh, OMAR, request, {
        decision: 'approve',
      });
      expect(status).toBe(409);
      await mesh.runTask('data-mesh-lapse-requests');
      const { body } = await mesh.as(ANA).get(`/v1/requests/${request.id}`);
      expect(body.state).toBe('lapsed');
      expect((await rowOf()).state).toBe('expired');
    });

    it('is asked about by the next pass where a crash came before that', async () => {
      await start();
      await reachMore();
      await until('suspended');
      const { id } = await waitsFor(OMAR);
      // As if the process had ended after it was suspended.
      await mesh.knex('request_approvers').where({ request_id: id }).delete();
      await mesh.knex('request_comments').where({ request_id: id }).delete();
      await mesh.knex('access_requests').where({ id }).delete();
      await scan();
      await scan();
      expect((await waitsFor(OMAR)).id).not.toBe(id);
    });

    it('is not given back before all of it was taken away, and goes on after a retry', async () => {
      await start();
      mesh.provisioner.failNext(
        'undo',
        new FakeSystemError('AccessDenied', 'permanent'),
      );
      await reachMore();
      await until('failed');
      const request = await waitsFor(OMAR);
      const early = await decided(mesh, OMAR, request, { decision: 'approve' });
      expect(early.status).toBe(409);
      expect(early.body.error.message).toMatch(/still being taken away/);
      expect(await detail()).toMatchObject({
        failedFrom: 'revoking',
        suspension: { newlyReached: expect.any(Array) },
      });
      await mesh
        .as(OMAR)
        .post(
          `/v1/entitlements/${entitlementId}/retry`,
          {},
          { 'if-match': String((await rowOf()).version) },
        );
      await until('suspended');
      expect((await waitsFor(OMAR)).id).toBe(request.id);
      await approve(OMAR);
      await approve(STELLA);
      await until('active');
    });

    it('is asked about under the new name where its product is renamed meanwhile', async () => {
      await start();
      await reachMore();
      await until('suspended');
      const before = await waitsFor(OMAR);
      mesh.setProducts([withTable('deliveries', ordersTable), customers]);
      await mesh.runTask('data-mesh-publish');
      // It does not end what could go over to the successor.
      await mesh.runTask('data-mesh-lapse-requests');
      const productRef = 'dataproduct:default/deliveries';
      const { status } = await mesh
        .as(GIL)
        .post(
          `/v1/entitlements/${entitlementId}/move`,
          { productRef, port: 'lake' },
          { 'if-match': String((await rowOf()).version) },
        );
      expect(status).toBe(200);
      await scan();
      expect(await waitsFor(OMAR)).toMatchObject({
        kind: 'resume',
        productRef,
        amendsEntitlementId: entitlementId,
      });
      const { body } = await mesh.as(ANA).get(`/v1/requests/${before.id}`);
      expect(body.state).toBe('lapsed');
      expect((await rowOf()).state).toBe('suspended');
      await approve(OMAR);
      await approve(STELLA);
      await until('active');
    });

    it('cannot be narrowed or sent back by who decides', async () => {
      await start();
      await reachMore();
      await until('suspended');
      const request = await waitsFor(OMAR);
      const { body: seen } = await mesh
        .as(OMAR)
        .get(`/v1/requests/${request.id}`);
      expect(seen.actions).toEqual(['approve', 'reject', 'comment']);
      for (const decision of [
        { decision: 'request-changes' as const, comment: 'Less' },
        { decision: 'approve' as const, narrowedDurationDays: 1 },
      ]) {
        const { status } = await decided(mesh, OMAR, seen, decision);
        expect(status).toBe(400);
      }
      expect((await rowOf()).state).toBe('suspended');
    });

    it('goes on where config says that people are told only', async () => {
      await start('tell');
      await reachMore();
      expect((await rowOf()).state).toBe('active');
      expect(held()).toHaveLength(1);
      expect(await mesh.told(1, /now reaches/)).toHaveLength(1);
    });
  },
);
