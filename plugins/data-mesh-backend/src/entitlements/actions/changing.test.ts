import type {
  RequestDetail,
  EntitlementDetail,
  NewRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { testDatabases } from '../../testing/databases';
import { FakeSystemError, InMemoryFakeSystem } from '../../testing/FakeSystem';
import {
  ANA,
  ANALYSTS_ROLE,
  ANA_ROLE,
  EVE,
  OLGA,
  OMAR,
  STELLA,
  aProduct,
  aRequest,
} from '../../testing/meshFixture';
import { ManualClock } from '../../testing/provisioningFixture';
import { asked, decided, startMesh, type Mesh } from '../../testing/startMesh';
import { WideFakeProvisioner } from '../../testing/WideFakeProvisioner';

const databases = testDatabases();
const DAY = 864e5;

describe.each(databases.eachSupportedId())(
  'changing an entitlement on %s',
  databaseId => {
    let mesh: Mesh;
    let clock: ManualClock;
    let system: InMemoryFakeSystem;

    const start = async (
      options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
    ) => {
      clock = new ManualClock();
      system = new InMemoryFakeSystem();
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        now: clock.now,
        provisioner: new WideFakeProvisioner(system, clock.now),
        worker: { pollSeconds: 0.05 },
        domains: [
          {
            domain: 'sales',
            teams: ['sales'],
            holds: [
              { system: 'fake', catalogId: 'fake' },
              {
                system: 'fake',
                catalogId: 'fake',
                tag: { key: 'domain', values: ['sales'] },
              },
            ],
          },
        ],
        ...options,
      });
    };
    afterEach(() => mesh.stop());

    const detail = async (
      id: string,
      userRef = OMAR,
    ): Promise<EntitlementDetail> => {
      const { body } = await mesh.as(userRef).get(`/v1/entitlements/${id}`);
      return body;
    };
    const until = async (
      id: string,
      holds: (one: EntitlementDetail) => boolean,
    ): Promise<EntitlementDetail> => {
      for (;;) {
        const one = await detail(id);
        if (holds(one)) return one;
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    const reached = (id: string, state: EntitlementDetail['state']) =>
      until(id, one => one.state === state);
    const settled = (id: string) =>
      until(id, one => one.state === 'active' && !one.change);

    const approved = async (
      body: NewRequest = aRequest(),
      userRef = ANA,
    ): Promise<string> => {
      const { id, version } = await asked(mesh, userRef, body);
      const answer = await decided(
        mesh,
        OMAR,
        { id, version },
        { decision: 'approve' },
      );
      if (answer.status !== 200) throw new Error(answer.body.error.message);
      return answer.body.entitlementId;
    };
    const anActive = async (body?: NewRequest) => {
      const id = await approved(body);
      await reached(id, 'active');
      return id;
    };
    const post = (
      userRef: string,
      id: string,
      what: string,
      body: object,
      version: number,
    ) =>
      mesh.as(userRef).post(`/v1/entitlements/${id}/${what}`, body, {
        'if-match': String(version),
      });
    const trail = async (id: string): Promise<string[]> => {
      const rows: Array<{ action: string }> = await mesh
        .knex('audit_events')
        .where({ subject: `entitlement:${id}` })
        .orderBy('sequence');
      return rows.map(row => row.action);
    };
    const wider = (entitlementId: string): NewRequest =>
      aRequest({
        kind: 'amend',
        entitlementId,
        scope: {
          level: 'read',
          tables: [{ table: 'orders' }],
        },
      });

    describe('by renewal', () => {
      const renewal = (entitlementId: string, durationDays = 10) =>
        aRequest({ kind: 'renew', entitlementId, durationDays });

      it('extends from the old end, after approval, and does nothing in the system', async () => {
        await start();
        const id = await anActive();
        const before = await detail(id, EVE);
        expect(before.actions).toContain('renew');
        const writes = system.writes.length;

        // A colleague who may act as its principal asks.
        const request = await asked(mesh, EVE, renewal(id));
        expect(request).toMatchObject({
          kind: 'renew',
          state: 'pending',
          amendsEntitlementId: id,
        });
        expect(await detail(id)).toMatchObject({
          state: 'active',
          expiresAt: before.expiresAt,
          requests: [
            {
              id: request.id,
              kind: 'renew',
              state: 'pending',
              requesterRef: EVE,
            },
          ],
        });
        const plan = await mesh.as(OMAR).get(`/v1/requests/${request.id}`);
        expect(plan.body.plan.steps).toMatchObject([{ done: true }]);
        expect(plan.body.plan.removes).toBeUndefined();

        clock.advance({ days: 3 });
        const told = mesh.signals.length;
        const answer = await decided(mesh, OMAR, request, {
          decision: 'approve',
        });
        expect(answer.body).toMatchObject({
          state: 'approved',
          entitlementId: id,
          entitlementState: 'active',
        });
        expect(await detail(id)).toMatchObject({
          state: 'active',
          activatedAt: before.activatedAt,
          expiresAt: new Date(
            Date.parse(before.expiresAt ?? '') + 10 * DAY,
          ).toISOString(),
          durationDays: 40,
          requests: [{ state: 'approved' }],
        });
        expect(system.writes).toHaveLength(writes);
        // Open pages learn of the new end.
        expect(mesh.signals.slice(told)).toContainEqual(
          expect.objectContaining({ message: { type: 'entitlement', id } }),
        );
        expect(await trail(id)).toEqual([
          'entitlement.provisioning',
          'step.applied',
          'entitlement.activated',
          'entitlement.renewed',
        ]);
      });

      it('is not decided twice over, and can be shortened by the approver', async () => {
        await start();
        const id = await anActive();
        const { expiresAt = '' } = await detail(id);
        const request = await asked(mesh, ANA, renewal(id, 20));
        const second = await mesh.as(EVE).post('/v1/requests', renewal(id));
        expect(second.status).toBe(409);
        expect(second.body.error.message).toMatch(
          `The request ${request.id} asks to renew the entitlement ${id} already`,
        );
        const narrowed = await decided(mesh, OMAR, request, {
          decision: 'approve',
          narrowedScope: { level: 'read', tables: [{ table: 'orders' }] },
        });
        expect(narrowed.body.error.problems).toEqual([
          {
            field: 'narrowedScope',
            reason: expect.stringMatching(/a renewal keeps what is held/),
          },
        ]);
        await decided(mesh, OMAR, request, {
          decision: 'approve',
          narrowedDurationDays: 5,
        });
        expect((await detail(id)).expiresAt).toBe(
          new Date(Date.parse(expiresAt) + 5 * DAY).toISOString(),
        );
      });

      it('is approved by rule where a rule says so, though the system does not answer', async () => {
        await start({
          products: [aProduct({ spec: { classification: 'public' } })],
          policy: { autoApprove: { publicData: true } },
        });
        const request = await asked(mesh, ANA, aRequest());
        const { body } = await mesh.as(ANA).get(`/v1/requests/${request.id}`);
        const id = body.entitlementId;
        const { expiresAt = '' } = await reached(id, 'active');
        mesh.provisioner.failNext('resolve');
        await asked(mesh, ANA, renewal(id));
        expect((await detail(id)).expiresAt).toBe(
          new Date(Date.parse(expiresAt) + 10 * DAY).toISOString(),
        );
      });

      it('does not stop the end while it is pending; it lapses with what it is about', async () => {
        await start();
        const id = await anActive();
        const request = await asked(mesh, ANA, renewal(id));
        clock.advance({ days: 30 });
        await reached(id, 'expired');
        const late = await decided(mesh, OMAR, request, {
          decision: 'approve',
        });
        expect(late.status).toBe(409);
        expect(late.body.error.message).toMatch(
          /is expired by now, so there is nothing to renew/,
        );
        expect(system.held()).toEqual([]);
        await mesh.runTask('data-mesh-lapse-requests');
        const { body } = await mesh.as(ANA).get(`/v1/requests/${request.id}`);
        expect(body.state).toBe('lapsed');
      });

      it('is not stacked: it can be asked for when the end comes near', async () => {
        await start({
          products: [aProduct({ spec: { access: { maxDurationDays: 30 } } })],
        });
        const id = await anActive();
        const first = await asked(mesh, ANA, renewal(id, 30));
        await decided(mesh, OMAR, first, { decision: 'approve' });
        const again = await mesh.as(ANA).post('/v1/requests', renewal(id, 30));
        expect(again.body.error.problems).toEqual([
          {
            field: 'entitlementId',
            reason: expect.stringMatching(/can be renewed from 2026-12-23 on/),
          },
        ]);
        clock.advance({ days: 30 });
        await asked(mesh, ANA, renewal(id, 30));
      });

      it.each<[string, (id: string) => Partial<NewRequest>, string, RegExp]>([
        [
          'without naming what it renews',
          () => ({ kind: 'renew' }),
          'entitlementId',
          /is missing/,
        ],
        [
          'of nothing',
          () => ({ kind: 'renew', entitlementId: 'nope' }),
          'entitlementId',
          /there is no entitlement 'nope'/,
        ],
        [
          'with another scope',
          id => ({
            kind: 'renew',
            entitlementId: id,
            scope: { level: 'read', tables: [{ table: 'orders' }] },
          }),
          'scope',
          /a renewal keeps what is held \(2 columns of orders\)/,
        ],
        [
          'for another principal',
          id => ({ kind: 'renew', entitlementId: id, principals: [ANA_ROLE] }),
          'principals',
          /'fake:ana' is not what the entitlement is for: 'fake:analysts'/,
        ],
        [
          'for several principals',
          id => ({
            kind: 'renew',
            entitlementId: id,
            principals: [ANALYSTS_ROLE, ANA_ROLE],
          }),
          'principals',
          /is not what the entitlement is for/,
        ],
        [
          'as a new request',
          id => ({ entitlementId: id }),
          'entitlementId',
          /only for requests of the kind renew or amend/,
        ],
        [
          'for too long',
          id => ({ kind: 'renew', entitlementId: id, durationDays: 400 }),
          'durationDays',
          /longer than the 365 days/,
        ],
        [
          'as an amendment that changes nothing',
          id => ({ kind: 'amend', entitlementId: id }),
          'scope',
          /is what is held already: 2 columns of orders/,
        ],
        [
          'as an amendment that needs no approval',
          id => ({
            kind: 'amend',
            entitlementId: id,
            scope: {
              level: 'read',
              tables: [{ table: 'orders', columns: ['amount'] }],
            },
          }),
          'scope',
          /narrow the access instead/,
        ],
      ])('is refused %s', async (_, change, field, reason) => {
        await start();
        const id = await anActive();
        const answer = await mesh
          .as(ANA)
          .post('/v1/requests', aRequest(change(id)));
        expect(answer.status).toBe(400);
        expect(answer.body.error.problems).toEqual([
          { field, reason: expect.stringMatching(reason) },
        ]);
      });

      it('is nobody else’s business', async () => {
        await start();
        const id = await anActive();
        const { body } = await mesh
          .as(STELLA)
          .post('/v1/requests', renewal(id));
        expect(body.error.problems).toContainEqual({
          field: 'entitlementId',
          reason: expect.stringMatching(
            /that you asked for or whose principal you may act as/,
          ),
        });
      });
    });

    describe('by amendment', () => {
      it('brings what is new first, takes away what is not wanted after it, and stays active', async () => {
        await start();
        const id = await anActive();
        const before = await detail(id);
        const request = await asked(
          mesh,
          ANA,
          aRequest({
            kind: 'amend',
            entitlementId: id,
            scope: {
              level: 'read',
              tables: [
                { table: 'orders', columns: ['amount', 'ordered_at'] },
                { table: 'customers', columns: ['customer_id'] },
              ],
            },
          }),
        );
        const shown = await mesh.as(OMAR).get(`/v1/requests/${request.id}`);
        expect(shown.body.plan).toMatchObject({
          steps: [{ kind: 'fakeGrant' }, { kind: 'fakeGrant' }],
          removes: [{ words: { text: 'Reading of `sales.orders.order_id`' } }],
        });
        expect(await detail(id)).toMatchObject({
          state: 'active',
          scope: before.scope,
        });

        // The second new one hangs: nothing may be gone by then.
        const held = mesh.provisioner.holdNext('apply');
        const answer = await decided(mesh, OMAR, request, {
          decision: 'approve',
        });
        expect(answer.body).toMatchObject({
          state: 'approved',
          entitlementId: id,
          entitlementState: 'active',
        });
        await held.reached;
        expect(await detail(id)).toMatchObject({
          state: 'active',
          scope: before.scope,
          change: {
            kind: 'amend',
            state: 'applying',
            requestId: request.id,
            scope: { tables: [{ table: 'orders' }, { table: 'customers' }] },
          },
          actions: ['revoke'],
          steps: [{ leaving: true, state: 'done' }, {}, {}],
        });
        expect(system.writes.filter(one => one.operation === 'revoke')).toEqual(
          [],
        );
        held.release();

        const after = await settled(id);
        expect(after).toMatchObject({
          id,
          state: 'active',
          activatedAt: before.activatedAt,
          expiresAt: before.expiresAt,
          durationDays: 30,
          scope: { tables: [{ table: 'orders' }, { table: 'customers' }] },
          steps: [{ state: 'done' }, { state: 'done' }],
        });
        expect(system.held()).toEqual([
          {
            principal: ANALYSTS_ROLE,
            table: 'sales.customers',
            columns: ['customer_id'],
          },
          {
            principal: ANALYSTS_ROLE,
            table: 'sales.orders',
            columns: ['amount', 'ordered_at'],
          },
        ]);
        // `amount`, which both have in common, was never taken away.
        expect(system.writes.filter(one => one.operation === 'revoke')).toEqual(
          [
            {
              operation: 'revoke',
              principal: ANALYSTS_ROLE,
              table: 'sales.orders',
              columns: ['order_id'],
            },
          ],
        );
        expect((await trail(id)).slice(3)).toEqual([
          'entitlement.amending',
          'step.applied',
          'step.applied',
          'step.undone',
          'entitlement.amended',
        ]);

        const revoked = await post(
          OMAR,
          id,
          'revoke',
          { reason: 'over' },
          after.version,
        );
        expect(revoked.status).toBe(202);
        await reached(id, 'revoked');
        expect(system.held()).toEqual([]);
      });

      it('keeps steps that old and new have in common as they are', async () => {
        await start();
        const id = await anActive(
          aRequest({
            scope: {
              level: 'read',
              tables: [{ table: 'orders' }],
            },
          }),
        );
        const request = await asked(
          mesh,
          ANA,
          aRequest({
            kind: 'amend',
            entitlementId: id,
            scope: {
              level: 'read',
              tables: [
                { table: 'customers', columns: ['customer_id'] },
                { table: 'orders' },
              ],
            },
          }),
        );
        const shown = await mesh.as(OMAR).get(`/v1/requests/${request.id}`);
        expect(
          (shown.body as RequestDetail).plan?.steps.map(one => one.done),
        ).toEqual([undefined, true]);
        await decided(mesh, OMAR, request, { decision: 'approve' });
        const after = await settled(id);
        expect(after.steps.map(one => one.attempts)).toEqual([1, 1]);
        expect(mesh.provisioner.calls.map(one => one.operation)).toEqual([
          'apply',
          'apply',
        ]);
      });

      it.each<[string, NewRequest['scope'], string[]]>([
        [
          'all tables',
          { level: 'read', tables: [], allTables: true },
          ['sales.*'],
        ],
        [
          'what is tagged',
          {
            level: 'read',
            tables: [],
            tagExpression: [{ key: 'domain', values: ['sales'] }],
          },
          ['tags.domain=sales'],
        ],
        [
          'another level',
          {
            level: 'append',
            tables: [{ table: 'orders', columns: ['amount', 'order_id'] }],
          },
          ['sales.orders[append]'],
        ],
      ])('reaches %s', async (_, scope, tables) => {
        await start();
        const id = await anActive();
        const request = await asked(
          mesh,
          ANA,
          aRequest({
            kind: 'amend',
            entitlementId: id,
            scope,
            justification: 'needed',
          }),
        );
        let seen = request;
        const first = await decided(mesh, OMAR, seen, { decision: 'approve' });
        if (first.body.state === 'pending') {
          // Personal data among what it reaches: the steward too.
          seen = first.body;
          await decided(mesh, STELLA, seen, { decision: 'approve' });
        }
        const after = await settled(id);
        expect(after.scope).toEqual(scope);
        expect(system.held().map(one => one.table)).toEqual(tables);
      });

      it('that fails leaves what was there in force, and goes on when it is retried', async () => {
        await start();
        const id = await anActive();
        const request = await asked(mesh, ANA, wider(id));
        mesh.provisioner.failNext(
          'apply',
          new FakeSystemError('AccessDenied', 'permanent'),
        );
        await decided(mesh, OMAR, request, { decision: 'approve' });
        const failed = await until(id, one => one.change?.state === 'failed');
        expect(failed).toMatchObject({
          state: 'active',
          change: {
            failedFrom: 'applying',
            error: { code: 'AccessDenied', advice: 'Ask the fake admin' },
          },
          scope: { tables: [{ columns: ['amount', 'order_id'] }] },
        });
        expect(system.held()).toMatchObject([
          { columns: ['amount', 'order_id'] },
        ]);
        expect((await detail(id, ANA)).actions).toEqual([
          'retry',
          'relinquish',
          'renew',
          'amend',
          'narrow',
        ]);
        expect(
          await mesh.told(1, /^Access to Sales orders could not be changed$/),
        ).toMatchObject([{ recipients: { entityRef: [ANA, OLGA, OMAR] } }]);

        const retried = await post(ANA, id, 'retry', {}, failed.version);
        expect(retried.status).toBe(202);
        await settled(id);
        expect(system.held()).toMatchObject([
          { columns: ['amount', 'order_id', 'ordered_at'] },
        ]);
      });

      it('that fails can be replaced by another one', async () => {
        await start();
        const id = await anActive();
        const request = await asked(mesh, ANA, wider(id));
        mesh.provisioner.failNext(
          'apply',
          new FakeSystemError('AccessDenied', 'permanent'),
        );
        await decided(mesh, OMAR, request, { decision: 'approve' });
        const failed = await until(id, one => one.change?.state === 'failed');
        const narrowed = await post(
          ANA,
          id,
          'narrow',
          {
            reason: 'Then less',
            scope: {
              level: 'read',
              tables: [{ table: 'orders', columns: ['amount'] }],
            },
          },
          failed.version,
        );
        expect(narrowed.status).toBe(202);
        await settled(id);
        expect(system.held()).toMatchObject([{ columns: ['amount'] }]);
      });

      it('ends with the entitlement, whatever was begun', async () => {
        await start();
        const id = await anActive();
        const request = await asked(mesh, ANA, wider(id));
        const held = mesh.provisioner.holdNext('apply', 'after');
        await decided(mesh, OMAR, request, { decision: 'approve' });
        await held.reached;
        const changing = await detail(id);
        const revoked = await post(
          OMAR,
          id,
          'revoke',
          { reason: 'x' },
          changing.version,
        );
        expect(revoked.status).toBe(202);
        expect(revoked.body.change).toBeUndefined();
        held.release();
        await reached(id, 'revoked');
        expect(system.held()).toEqual([]);
      });

      it('can be narrowed by the approver, but not shortened', async () => {
        await start();
        const id = await anActive();
        const request = await asked(
          mesh,
          ANA,
          aRequest({
            kind: 'amend',
            entitlementId: id,
            scope: {
              level: 'read',
              tables: [
                { table: 'orders' },
                { table: 'customers', columns: ['customer_id'] },
              ],
            },
          }),
        );
        const shortened = await decided(mesh, OMAR, request, {
          decision: 'approve',
          narrowedDurationDays: 5,
        });
        expect(shortened.body.error.problems).toEqual([
          {
            field: 'narrowedDurationDays',
            reason: expect.stringMatching(/an amendment keeps the end/),
          },
        ]);
        const answer = await decided(mesh, OMAR, request, {
          decision: 'approve',
          narrowedScope: { level: 'read', tables: [{ table: 'orders' }] },
        });
        expect(answer.status).toBe(200);
        const after = await settled(id);
        expect(after.scope.tables).toEqual([{ table: 'orders' }]);
        expect(system.held().map(one => one.table)).toEqual(['sales.orders']);
      });

      it('says in the preview what would be done and what would go', async () => {
        await start();
        const id = await anActive();
        const { body } = await mesh
          .as(ANA)
          .post('/v1/requests/preview', wider(id));
        expect(body).toMatchObject({
          problems: [],
          existing: [],
          plan: { steps: [{}] },
        });
        expect(body.plan.steps[0].done).toBeUndefined();
        // Nothing goes: the wider access needs all of the narrower one.
        expect(body.plan.removes).toBeUndefined();
      });

      const filtered = (entitlementId: string, rowFilter: string): NewRequest =>
        aRequest({
          kind: 'amend',
          entitlementId,
          scope: {
            level: 'read',
            tables: [
              { table: 'customers', columns: ['customer_id'], rowFilter },
            ],
          },
        });

      it('shows the filter that the system cannot do', async () => {
        await start();
        const id = await anActive();
        const { body } = await mesh
          .as(ANA)
          .post('/v1/requests', filtered(id, "email LIKE '%@example.com'"));
        expect(body.error.problems).toEqual([
          // To filter by a column is to read it.
          {
            field: 'justification',
            reason: expect.stringMatching(/'customers\.email' is personal/),
          },
          { field: 'port', reason: expect.stringMatching(/has LIKE/) },
        ]);
      });

      it.each([
        ['asked', '/v1/requests'],
        ['previewed', '/v1/requests/preview'],
      ])('names the filter that is none, when it is %s', async (_, path) => {
        await start();
        const id = await anActive();
        const { status, body } = await mesh
          .as(ANA)
          .post(path, filtered(id, "customer_id = 'x'"));
        const problems = [
          {
            field: 'scope.tables[0].rowFilter',
            reason:
              "'customer_id' is compared with numbers; found 'x' at position 15",
          },
        ];
        expect({
          status,
          problems: body.error?.problems ?? body.problems,
        }).toEqual({ status: path.endsWith('preview') ? 200 : 400, problems });
      });
    });

    describe('by narrowing', () => {
      it('refuses rows by a filter that is none, and takes those of one', async () => {
        await start();
        const id = await anActive();
        const { version } = await detail(id);
        const byRows = (rowFilter: string) => ({
          reason: 'Less is enough',
          scope: {
            level: 'read',
            tables: [{ table: 'orders', columns: ['amount'], rowFilter }],
          },
        });
        const narrow = (rowFilter: string) =>
          post(EVE, id, 'narrow', byRows(rowFilter), version);
        const refused = await narrow("ordered_at > '2026-01-01'");
        expect(refused.status).toBe(400);
        expect(refused.body.error.problems).toEqual([
          {
            field: 'scope.tables[0].rowFilter',
            reason: expect.stringMatching(/'ordered_at' .* of type timestamp/),
          },
        ]);
        expect((await narrow('amount > 10')).status).toBe(202);
        await settled(id);
        // Spelt in another way it is what is held.
        const again = await post(
          EVE,
          id,
          'narrow',
          byRows('(AMOUNT>10.0)'),
          (
            await detail(id)
          ).version,
        );
        expect(again.body.error.problems).toEqual([
          { field: 'scope', reason: expect.stringMatching(/held already/) },
        ]);
      });

      it.each([
        ['the owner', OMAR],
        ['the consumer', EVE],
      ])('takes a part away for %s without approval', async (_, userRef) => {
        await start();
        const id = await anActive();
        const { version, expiresAt } = await detail(id);
        const answer = await post(
          userRef,
          id,
          'narrow',
          {
            reason: 'Less is enough',
            scope: {
              level: 'read',
              tables: [{ table: 'orders', columns: ['amount'] }],
            },
          },
          version,
        );
        expect(answer.status).toBe(202);
        const after = await settled(id);
        expect(after).toMatchObject({
          scope: { tables: [{ table: 'orders', columns: ['amount'] }] },
          expiresAt,
        });
        expect(system.held()).toMatchObject([{ columns: ['amount'] }]);
        expect(await trail(id)).toContain('entitlement.narrowed');
        expect((await mesh.trail()).map(({ eventId }) => eventId)).toContain(
          'entitlement-narrowed',
        );
      });

      it('lets it end earlier', async () => {
        await start();
        const id = await anActive();
        const { version } = await detail(id);
        const expiresAt = new Date(
          clock.now().getTime() + 2 * DAY,
        ).toISOString();
        const answer = await post(
          ANA,
          id,
          'narrow',
          { reason: 'Done sooner', expiresAt },
          version,
        );
        expect(answer.body).toMatchObject({ state: 'active', expiresAt });
        clock.advance({ days: 2 });
        const ended = await reached(id, 'expired');
        expect(ended.endReason).toBe(`Its time was over at ${expiresAt}`);
      });

      it.each<[string, object, string, RegExp]>([
        ['nothing', {}, 'scope', /is missing, and so is expiresAt/],
        [
          'more',
          { scope: { level: 'read', tables: [{ table: 'orders' }] } },
          'scope.tables[0].columns',
          /not all columns/,
        ],
        [
          'the same',
          { scope: aRequest().scope },
          'scope',
          /is what is held already/,
        ],
        [
          'a column that is not there',
          {
            scope: {
              level: 'read',
              tables: [{ table: 'orders', columns: ['amoun'] }],
            },
          },
          'scope.tables[0].columns',
          /did you mean 'amount'/,
        ],
        [
          'a later end',
          { expiresAt: '2027-12-01T00:00:00.000Z' },
          'expiresAt',
          /is no earlier than/,
        ],
        [
          'an end that is over',
          { expiresAt: '2026-01-01T00:00:00.000Z' },
          'expiresAt',
          /is over already/,
        ],
        [
          'no reason',
          { reason: ' ', expiresAt: '2026-11-25T00:00:00.000Z' },
          'reason',
          /is empty/,
        ],
      ])('refuses %s', async (_, body, field, reason) => {
        await start();
        const id = await anActive();
        const { version } = await detail(id);
        const answer = await post(
          OMAR,
          id,
          'narrow',
          { reason: 'x', ...body },
          version,
        );
        expect(answer.status).toBe(400);
        expect(answer.body.error.problems).toEqual([
          { field, reason: expect.stringMatching(reason) },
        ]);
      });

      it('is refused to bystanders, and at another version', async () => {
        await start();
        const id = await anActive();
        const body = { reason: 'x', expiresAt: '2026-11-25T00:00:00.000Z' };
        expect((await post(STELLA, id, 'narrow', body, 2)).status).toBe(403);
        expect((await post(OMAR, id, 'narrow', body, 1)).status).toBe(409);
      });
    });

    describe('by applying it again', () => {
      it('restores what the system has lost; the consumer may press it, and the owner is told', async () => {
        await start();
        const id = await anActive();
        const before = await detail(id);
        system.take(ANALYSTS_ROLE, 'sales.orders');

        const answer = await post(EVE, id, 'reapply', {}, before.version);
        expect(answer.status).toBe(202);
        expect(answer.body).toMatchObject({
          state: 'provisioning',
          health: 'ok',
          expiresAt: before.expiresAt,
        });
        const after = await reached(id, 'active');
        expect(after).toMatchObject({
          activatedAt: before.activatedAt,
          expiresAt: before.expiresAt,
        });
        expect(system.held()).toMatchObject([
          { columns: ['amount', 'order_id'] },
        ]);
        expect(await mesh.told(1, /is being re-applied$/)).toMatchObject([
          {
            recipients: { entityRef: [ANA, OLGA, OMAR] },
            payload: {
              description: expect.stringMatching(/, by eve$/),
            },
          },
        ]);
      });

      it('goes on ending in time', async () => {
        await start();
        const id = await anActive();
        const { version } = await detail(id);
        mesh.provisioner.failNext(
          'observe',
          new FakeSystemError('AccessDenied', 'permanent'),
        );
        await post(ANA, id, 'reapply', {}, version);
        await reached(id, 'failed');
        clock.advance({ days: 30 });
        await reached(id, 'expired');
        expect(system.held()).toEqual([]);
      });

      it('is refused to bystanders, and where there is nothing to apply', async () => {
        await start();
        const id = await anActive();
        expect((await post(STELLA, id, 'reapply', {}, 2)).status).toBe(403);
        await post(OMAR, id, 'revoke', { reason: 'x' }, 2);
        const { version } = await reached(id, 'revoked');
        const late = await post(ANA, id, 'reapply', {}, version);
        expect(late.status).toBe(409);
        expect(late.body.error.message).toMatch(
          /cannot be reapplied: it is revoked, which is final/,
        );
      });
    });

    describe('that cannot be ended', () => {
      const stuck = async () => {
        const id = await anActive();
        mesh.provisioner.failNext(
          'undo',
          new FakeSystemError('AccessDenied', 'permanent'),
        );
        const { version } = await detail(id);
        await post(OMAR, id, 'revoke', { reason: 'x' }, version);
        return reached(id, 'failed');
      };

      it('is closed by a person with a reason, and keeps what is left', async () => {
        await start();
        const failed = await stuck();
        expect(failed.actions).toEqual(['retry', 'close-residue']);
        const empty = await post(
          OMAR,
          failed.id,
          'residue',
          { reason: ' ' },
          failed.version,
        );
        expect(empty.status).toBe(400);
        const closed = await post(
          OMAR,
          failed.id,
          'residue',
          { reason: 'The account was closed' },
          failed.version,
        );
        expect(closed.status).toBe(200);
        expect(closed.body).toMatchObject({
          state: 'revoked',
          residue: {
            reason: 'The account was closed',
            closedBy: OMAR,
            words: [
              {
                text: expect.stringMatching(/Grant reading of `sales.orders`/),
              },
            ],
          },
          actions: [],
        });
        expect(await trail(failed.id)).toContain(
          'entitlement.closed-with-residue',
        );

        // What it left is not taken for what was there before: the next one
        // takes it along.
        const next = await anActive();
        await post(OMAR, next, 'revoke', { reason: 'x' }, 2);
        await reached(next, 'revoked');
        expect(system.held()).toEqual([]);
      });

      it('is not closed by its consumer, nor where nothing is left', async () => {
        await start();
        const failed = await stuck();
        expect(
          (
            await post(
              ANA,
              failed.id,
              'residue',
              { reason: 'x' },
              failed.version,
            )
          ).status,
        ).toBe(403);
        const active = await anActive(aRequest({ principals: [ANA_ROLE] }));
        const none = await post(OMAR, active, 'residue', { reason: 'x' }, 2);
        expect(none.status).toBe(409);
        expect(none.body.error.message).toMatch(
          /cannot be closed with residue: it is active/,
        );
      });
    });

    it('goes on by what was approved when the product has left the catalog', async () => {
      await start();
      const id = await anActive();
      mesh.setProducts([]);
      system.take(ANALYSTS_ROLE, 'sales.orders');
      const { version } = await detail(id);
      await post(ANA, id, 'reapply', {}, version);
      const after = await reached(id, 'active');
      expect(system.held()).toMatchObject([
        { columns: ['amount', 'order_id'] },
      ]);
      // The owner it had still governs it.
      expect(after.actions).toEqual(['revoke', 'reapply', 'narrow']);
      const report = await mesh.as(OMAR).get('/v1/doctor');
      expect(report.body.items).toContainEqual({
        subject: 'dataproduct:default/orders',
        checks: [
          expect.objectContaining({
            id: 'product-vanished',
            state: 'warning',
            words: expect.stringMatching(
              /1 entitlement for 1 principal stay in force/,
            ),
          }),
        ],
      });
      clock.advance({ days: 1 });
      await new Promise(resolve => setImmediate(resolve));
      expect(await detail(id)).toMatchObject({ state: 'active' });
    });
  },
);
