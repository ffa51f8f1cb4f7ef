import {
  ANA,
  EVE,
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
  'changing and closing requests on %s',
  databaseId => {
    let mesh: Mesh;
    let now: Date;
    const start = async (
      options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
    ) => {
      now = new Date('2026-11-23T10:00:00Z');
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        now: () => now,
        ...options,
      });
    };
    afterEach(() => mesh.stop());

    const detail = async (id: string) =>
      (await mesh.as(ANA).get(`/v1/requests/${id}`)).body;
    const revise = (
      userRef: string,
      seen: { id: string; version: number },
      change: object = {},
    ) => {
      const { scope, purpose, durationDays } = aRequest();
      return mesh
        .as(userRef)
        .post(
          `/v1/requests/${seen.id}/revisions`,
          { scope, purpose, durationDays, ...change },
          { 'if-match': String(seen.version) },
        );
    };
    const sentBack = async (body = aRequest()) => {
      const request = await asked(mesh, ANA, body);
      const answer = await decided(mesh, OMAR, request, {
        decision: 'request-changes',
        comment: 'Fewer days, please',
      });
      return answer.body;
    };

    it('sends back to the requester, who changes it and is heard again', async () => {
      await start();
      const request = await sentBack();
      expect(request).toMatchObject({
        state: 'changes-requested',
        version: 2,
      });
      expect((await detail(request.id)).actions).toEqual([
        'withdraw',
        'revise',
        'comment',
      ]);
      now = new Date('2026-11-25T10:00:00Z');
      const { status, body } = await revise(ANA, request, {
        durationDays: 14,
        comment: 'Two weeks do',
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        state: 'pending',
        stage: 0,
        version: 3,
        durationDays: 14,
        lapsesAt: '2026-12-25T10:00:00.000Z',
        revisions: [
          {
            number: 1,
            authorRef: ANA,
            comment: 'Two weeks do',
            before: { durationDays: 30, purpose: 'analytics' },
          },
        ],
      });
      const approved = await decided(mesh, OMAR, body, { decision: 'approve' });
      expect(approved.body.state).toBe('approved');
    });

    it('makes a new plan and asks policy again', async () => {
      await start();
      const request = await sentBack();
      const { body } = await revise(ANA, request, {
        scope: { level: 'read', tables: [{ table: 'customers' }] },
        justification: 'Churn model',
      });
      expect(body).toMatchObject({
        sensitiveColumns: ['customers.email'],
        policy: { stages: [{ name: 'owner' }, { name: 'steward' }] },
        plan: { steps: [{ call: { input: { table: 'sales.customers' } } }] },
      });
    });

    it('counts no approvals from before the change', async () => {
      await start();
      const scope = {
        level: 'read' as const,
        tables: [{ table: 'customers' }],
      };
      const body = aRequest({ scope, justification: 'Churn model' });
      const request = await asked(mesh, ANA, body);
      const first = await decided(mesh, OMAR, request, { decision: 'approve' });
      const back = await decided(mesh, STELLA, first.body, {
        decision: 'request-changes',
        comment: 'Which model?',
      });
      const revised = await revise(ANA, back.body, {
        scope,
        justification: 'Model 7',
      });
      expect(revised.body.stage).toBe(0);
      const again = await decided(mesh, OLGA, revised.body, {
        decision: 'approve',
      });
      const last = await decided(mesh, STELLA, again.body, {
        decision: 'approve',
      });
      const entitlement = await mesh
        .as(OMAR)
        .get(`/v1/entitlements/${last.body.entitlementId}`);
      expect(entitlement.body.approvedBy).toEqual([OLGA, STELLA]);
    });

    it('checks a change like a new request', async () => {
      await start();
      const request = await sentBack();
      const { status, body } = await revise(ANA, request, {
        purpose: '',
        durationDays: 400,
      });
      expect(status).toBe(400);
      expect(
        body.error.problems.map((one: { field: string }) => one.field),
      ).toEqual(['purpose', 'durationDays']);
      expect(await detail(request.id)).toMatchObject({
        state: 'changes-requested',
        version: 2,
        revisions: [],
      });
    });

    it('lets only the requester change it, and only when it was sent back', async () => {
      await start();
      const request = await sentBack();
      expect((await revise(EVE, request)).status).toBe(403);
      const { body } = await revise(ANA, request, { durationDays: 7 });
      const again = await revise(ANA, body, { durationDays: 5 });
      expect(again.status).toBe(409);
      expect(again.body.error.message).toMatch(/it is pending/);
      const stale = await revise(ANA, request, { durationDays: 5 });
      expect(stale.status).toBe(409);
    });

    it('never lets a rule approve what a person sent back', async () => {
      await start({ policy: { autoApprove: { publicData: true } } });
      const request = await sentBack();
      mesh.setProducts([aProduct({ spec: { classification: 'public' } })]);
      const { body } = await revise(ANA, request);
      expect(body).toMatchObject({
        state: 'pending',
        policy: { stages: [{ name: 'owner' }] },
      });
    });

    it('lets the requester withdraw it, once', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const withdraw = (userRef: string, version: number) =>
        mesh
          .as(userRef)
          .post(
            `/v1/requests/${request.id}/withdraw`,
            { reason: 'Not needed' },
            { 'if-match': String(version) },
          );
      expect((await withdraw(OMAR, 1)).status).toBe(403);
      const { status, body } = await withdraw(ANA, 1);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        state: 'withdrawn',
        version: 2,
        comments: [{ authorRef: ANA, text: 'Not needed' }],
      });
      expect((await withdraw(ANA, 2)).status).toBe(409);
      const late = await decided(mesh, OMAR, body, { decision: 'approve' });
      expect(late.status).toBe(409);
    });

    it('takes comments of who may read it, without a new version', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const comment = (userRef: string, text: string) =>
        mesh.as(userRef).post(`/v1/requests/${request.id}/comments`, { text });
      await comment(OMAR, 'Is the aggregate not enough?');
      now = new Date('2026-11-23T10:01:00Z');
      const { status, body } = await comment(ANA, 'No, I need days');
      expect(status).toBe(201);
      expect(body).toMatchObject({
        version: 1,
        comments: [
          { authorRef: OMAR, text: 'Is the aggregate not enough?' },
          { authorRef: ANA, text: 'No, I need days' },
        ],
      });
      expect((await comment(ANA, '   ')).status).toBe(400);
      expect(
        (await mesh.told(2, /commented/)).map(one => one.recipients),
      ).toMatchObject([{ entityRef: [ANA] }, { entityRef: [OLGA, OMAR] }]);
    });

    it('lapses what nobody decides in time, and tells the requester', async () => {
      await start({ policy: { requestLapseDays: 5 } });
      const pending = await asked(mesh, ANA, aRequest());
      now = new Date('2026-11-24T10:00:00Z');
      const back = await sentBack(aRequest({ principals: ['fake:ana'] }));
      now = new Date('2026-11-28T09:59:59Z');
      await mesh.runTask('data-mesh-lapse-requests');
      expect(await detail(pending.id)).toMatchObject({ state: 'pending' });
      now = new Date('2026-11-28T10:00:00Z');
      await mesh.runTask('data-mesh-lapse-requests');
      expect(await detail(pending.id)).toMatchObject({
        state: 'lapsed',
        actions: ['comment'],
      });
      expect(await detail(back.id)).toMatchObject({
        state: 'changes-requested',
      });
      now = new Date('2026-11-29T10:00:00Z');
      await mesh.runTask('data-mesh-lapse-requests');
      expect(await detail(back.id)).toMatchObject({ state: 'lapsed' });
      expect(await mesh.told(2, /has lapsed$/)).toHaveLength(2);
      const late = await decided(
        mesh,
        OMAR,
        { id: pending.id, version: 2 },
        { decision: 'approve' },
      );
      expect(late.status).toBe(409);
    });
  },
);
