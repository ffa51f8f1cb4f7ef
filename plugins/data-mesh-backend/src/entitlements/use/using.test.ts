import type {
  DoctorReport,
  EntitlementDetail,
  NewRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { testDatabases } from '../../testing/databases';
import { FakeSystemError, InMemoryFakeSystem } from '../../testing/FakeSystem';
import {
  ANA,
  ANALYSTS_ROLE,
  DORA,
  EVE,
  OLGA,
  OMAR,
  aProduct,
  aRequest,
  thePeople,
} from '../../testing/meshFixture';
import { ManualClock } from '../../testing/provisioningFixture';
import {
  asked,
  decided,
  deciding,
  inForce,
  startMesh,
  type Mesh,
} from '../../testing/startMesh';
import {
  FAKE_SECRET,
  FAKE_TOKEN,
  WideFakeProvisioner,
} from '../../testing/WideFakeProvisioner';

const databases = testDatabases();

const ORG = 'url:https://github.com/acme/org/blob/main/all.yaml';

const wholeTable = (change: Partial<NewRequest> = {}) =>
  aRequest({
    scope: { level: 'read', tables: [{ table: 'orders' }] },
    ...change,
  });

describe.each(databases.eachSupportedId())(
  'using an entitlement on %s',
  databaseId => {
    let mesh: Mesh;
    let clock: ManualClock;
    let provisioner: WideFakeProvisioner;

    const start = async (
      options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
    ) => {
      clock = new ManualClock();
      provisioner = new WideFakeProvisioner(
        new InMemoryFakeSystem(),
        clock.now,
      );
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        now: clock.now,
        provisioner,
        worker: { pollSeconds: 0.05 },
        ...options,
      });
    };
    afterEach(async () => {
      await mesh.stop();
      jest.restoreAllMocks();
    });

    const until = async (
      id: string,
      holds: (one: EntitlementDetail) => boolean,
    ): Promise<EntitlementDetail> => {
      for (;;) {
        const { body } = await mesh.as(OMAR).get(`/v1/entitlements/${id}`);
        if (holds(body)) return body;
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    const anActive = async (body: NewRequest = wholeTable()) => {
      const request = await asked(mesh, ANA, body);
      const answer = await decided(mesh, OMAR, request, {
        decision: 'approve',
      });
      const id: string = answer.body.entitlementId;
      await until(id, one => one.state === 'active');
      return id;
    };
    const get = (userRef: string, id: string, what: string) =>
      mesh.as(userRef).get(`/v1/entitlements/${id}/${what}`);
    const vend = (userRef: string, id: string, body: object = {}) =>
      mesh.as(userRef).post(`/v1/entitlements/${id}/credentials`, {
        table: 'orders',
        ...body,
      });

    describe('readiness', () => {
      it('is looked at once after activation, stored and shown', async () => {
        await start();
        const id = await anActive();
        const { readiness, version } = await until(id, one => !!one.readiness);
        expect(readiness).toEqual({
          ready: 'yes',
          checks: [
            {
              id: 'link',
              title: 'The link resolves',
              state: 'ok',
              words: 'It does',
            },
          ],
          checkedAt: clock.now().toISOString(),
        });
        expect(provisioner.checked).toMatchObject([
          {
            port: { name: 'lake' },
            scope: { tables: [{ table: 'orders' }] },
            principal: { id: 'fake:analysts' },
            steps: [{ kind: 'fakeGrant' }],
          },
        ]);
        expect(version).toBe(2);
      });

      it('that fails is told to who asked, with the fix', async () => {
        await start();
        provisioner.checks = [
          {
            id: 'iam',
            title: 'Its policy lets it get data',
            state: 'failed',
            words: 'lakeformation:GetDataAccess is missing',
            fix: 'Add it',
          },
        ];
        const id = await anActive();
        const { readiness } = await until(id, one => !!one.readiness);
        expect(readiness?.ready).toBe('no');
        const [notice] = await mesh.told(1, /but queries would fail$/);
        expect(notice.payload.description).toBe(
          'Its policy lets it get data: lakeformation:GetDataAccess is missing. Add it',
        );
      });

      it('is looked at anew when somebody asks, and kept', async () => {
        await start();
        const id = await anActive();
        await until(id, one => !!one.readiness);
        provisioner.checks = [
          { id: 'x', title: 'X', state: 'unknown', words: 'cannot be seen' },
        ];
        clock.advance({ seconds: 60 });
        const { status, body } = await get(EVE, id, 'readiness');
        expect(status).toBe(200);
        expect(body).toMatchObject({
          ready: 'unknown',
          checkedAt: clock.now().toISOString(),
        });
        expect((await until(id, () => true)).readiness).toEqual(body);
      });

      it('says what the system answers where it cannot be looked at', async () => {
        await start();
        const id = await anActive();
        await until(id, one => !!one.readiness);
        provisioner.checks = new FakeSystemError('SlowDown', 'throttled');
        const { status, body } = await get(ANA, id, 'readiness');
        expect(status).toBe(503);
        expect(body.error.message).toMatch(/SlowDown/);
      });

      it('is not looked at where nothing is in force', async () => {
        await start();
        const id = await anActive();
        await mesh
          .as(OMAR)
          .post(
            `/v1/entitlements/${id}/revoke`,
            { reason: 'x' },
            { 'if-match': '2' },
          );
        await until(id, one => one.state === 'revoked');
        const { status, body } = await get(ANA, id, 'readiness');
        expect(status).toBe(409);
        expect(body.error.message).toMatch(/is revoked/);
      });
    });

    describe('usage', () => {
      it('shows snippets, and credentials to who may have them', async () => {
        await start();
        const id = await anActive();
        const { status, body } = await get(EVE, id, 'usage');
        expect(status).toBe(200);
        expect(body).toEqual({
          snippets: [
            {
              engine: 'fake',
              title: 'Fake SQL',
              language: 'sql',
              text: 'select * from sales.orders',
            },
          ],
          credentials: { available: true, tables: ['orders'] },
        });
        const owner = await get(OMAR, id, 'usage');
        expect(owner.body.credentials).toEqual({
          available: false,
          reason: expect.stringMatching(/may act as its principal/),
        });
      });

      it('says why there are no credentials', async () => {
        await start();
        const id = await anActive(aRequest());
        const { body } = await get(EVE, id, 'usage');
        expect(body.credentials).toEqual({
          available: false,
          reason: 'Only some columns or rows: use an engine that filters',
        });
        const detail = await mesh.as(EVE).get(`/v1/entitlements/${id}`);
        expect(detail.body.actions).not.toContain('vend');
      });
    });

    describe('credentials', () => {
      it('are given to a consumer, bounded, audited, and kept by nobody', async () => {
        const printed: string[] = [];
        const levels = ['error', 'warn', 'info', 'debug', 'log'] as const;
        for (const level of levels) {
          jest
            .spyOn(console, level)
            .mockImplementation((...all) => printed.push(JSON.stringify(all)));
        }
        await start({ logs: true });
        const id = await anActive();
        const { status, body, headers } = await vend(EVE, id);
        expect(status).toBe(200);
        expect(headers['cache-control']).toBe('no-store');
        expect(body).toEqual({
          accessKeyId: 'FAKEKEYID',
          secretAccessKey: FAKE_SECRET,
          sessionToken: FAKE_TOKEN,
          expiration: new Date(clock.now().getTime() + 3600_000).toISOString(),
          locations: ['s3://fake/orders'],
        });
        expect(provisioner.vended).toEqual([
          { table: 'orders', durationSeconds: 3600 },
        ]);

        const [event] = await mesh
          .knex('audit_events')
          .where({ action: 'credentials.vended' });
        expect(event).toMatchObject({
          actor_ref: EVE,
          subject: `entitlement:${id}`,
        });
        expect(JSON.parse(event.after)).toMatchObject({
          table: 'orders',
          principal: 'fake:analysts',
          accessKeyId: 'FAKEKEYID',
          durationSeconds: 3600,
        });
        const trail = await mesh.trail();
        expect(trail.map(({ eventId }) => eventId)).toContain(
          'credentials-vended',
        );

        const tables = [
          'access_requests',
          'entitlements',
          'entitlement_steps',
          'audit_events',
          'decisions',
          'submissions',
        ];
        const stored = JSON.stringify(
          await Promise.all(tables.map(table => mesh.knex(table))),
        );
        const said = JSON.stringify([
          printed,
          mesh.signals,
          mesh.notifications,
          mesh.audits,
          trail,
        ]);
        for (const secret of [FAKE_SECRET, FAKE_TOKEN]) {
          expect(stored).not.toContain(secret);
          expect(said).not.toContain(secret);
        }
        expect(stored).toContain('FAKEKEYID');
        expect(printed.length).toBeGreaterThan(0);
      });

      it('do not outlive the access', async () => {
        await start();
        const id = await anActive(wholeTable({ durationDays: 1 }));
        clock.advance({ seconds: 86_400 - 1800 });
        await vend(EVE, id, { durationSeconds: 43_200 });
        expect(provisioner.vended).toEqual([
          { table: 'orders', durationSeconds: 1800 },
        ]);
        clock.advance({ seconds: 901 });
        const late = await vend(EVE, id);
        expect(late.status).toBe(409);
        expect(late.body.error.message).toMatch(/would outlive it/);
        expect(late.headers['cache-control']).toBe('no-store');
        expect(provisioner.vended).toHaveLength(1);
      });

      it.each<[string, string, object, number, RegExp]>([
        [
          'the owner',
          OMAR,
          {},
          403,
          /only who may act as its principal through/,
        ],
        [
          'a bystander',
          DORA,
          {},
          403,
          /only who may act as its principal through/,
        ],
        [
          'a table that is not given',
          EVE,
          { table: 'customers' },
          400,
          /'customers' is none that the access gives credentials for; there are 'orders'/,
        ],
        [
          'less than the system gives',
          EVE,
          { durationSeconds: 60 },
          400,
          /durationSeconds/,
        ],
      ])('are refused to %s', async (_, userRef, body, status, message) => {
        await start();
        const id = await anActive();
        const answer = await vend(userRef, id, body);
        expect(answer.status).toBe(status);
        expect(answer.body.error.message).toMatch(message);
        expect(provisioner.vended).toEqual([]);
      });

      it('are refused to who asked for a principal of others', async () => {
        await start({ config: { trustedLocations: [ORG] } });
        const id = await inForce(mesh, {
          requester: OLGA,
          approver: OMAR,
          body: wholeTable({ principals: [ANALYSTS_ROLE] }),
        });
        expect((await vend(OLGA, id)).status).toBe(403);
        // Nobody of the group has asked, and anybody may name the role.
        expect((await vend(EVE, id)).status).toBe(403);
        mesh.setCatalog(entities =>
          entities.map(entity => ({
            ...entity,
            metadata: {
              ...entity.metadata,
              annotations: {
                ...entity.metadata.annotations,
                'backstage.io/managed-by-origin-location': ORG,
              },
            },
          })),
        );
        expect((await vend(EVE, id)).status).toBe(200);
      });

      it('are refused to who only writes the name of the role', async () => {
        await start();
        const id = await anActive();
        mesh.setPeople({ ...thePeople, principals: { dora: ANALYSTS_ROLE } });
        const { status, body } = await vend(DORA, id);
        expect(status).toBe(403);
        expect(body.error.message).toMatch(/dataMesh\.trustedLocations/);
        expect(provisioner.vended).toEqual([]);
        expect((await vend(EVE, id)).status).toBe(200);
      });

      it('are refused of restricted access, with the reason', async () => {
        await start();
        const id = await anActive(aRequest());
        const { status, body } = await vend(EVE, id);
        expect(status).toBe(403);
        expect(body.error.message).toBe(
          'Only some columns or rows: use an engine that filters',
        );
      });

      it('are refused without the permission', async () => {
        await start({
          permissions: deciding(({ name }) => ({
            result:
              name === 'data-mesh.credentials.vend'
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
        });
        const id = await anActive();
        expect((await vend(EVE, id)).status).toBe(403);
        const { body } = await get(EVE, id, 'usage');
        expect(body.credentials.available).toBe(false);
      });

      it('are thrown away where the access ends while they are made', async () => {
        await start();
        const id = await anActive();
        provisioner.onVend = async () => {
          await mesh
            .as(OMAR)
            .post(
              `/v1/entitlements/${id}/revoke`,
              { reason: 'x' },
              { 'if-match': '2' },
            );
        };
        const { status, body } = await vend(EVE, id);
        expect(status).toBe(409);
        expect(JSON.stringify(body)).not.toContain(FAKE_SECRET);
        expect(
          await mesh
            .knex('audit_events')
            .where({ action: 'credentials.vended' }),
        ).toEqual([]);
        expect((await vend(EVE, id)).status).toBe(409);
      });

      it.each([
        ['permanent', 409],
        ['transient', 503],
      ] as const)('say what the system answers: %s', async (kind, status) => {
        await start();
        const id = await anActive();
        provisioner.onVend = async () => {
          throw new FakeSystemError('Nope', kind);
        };
        const answer = await vend(EVE, id);
        expect(answer.status).toBe(status);
        expect(answer.body.error.message).toMatch(
          /Fake lake gave no credentials: Nope/,
        );
      });

      it('of what both old and new scope give while it changes', async () => {
        await start();
        const id = await anActive();
        const held = provisioner.holdNext('apply');
        const narrowed = await mesh.as(ANA).post(
          `/v1/entitlements/${id}/narrow`,
          {
            reason: 'x',
            scope: {
              level: 'read',
              tables: [{ table: 'orders', columns: ['amount'] }],
            },
          },
          { 'if-match': '2' },
        );
        expect(narrowed.status).toBe(202);
        // The one with chosen columns is there already: it is the removal that
        // is waited for, or nothing at all.
        expect((await vend(EVE, id)).status).toBe(403);
        held.release();
        await until(id, one => !one.change);
        expect((await vend(EVE, id)).status).toBe(403);
      });
    });

    describe('the doctor', () => {
      it('reports what would make plans fail', async () => {
        await start({
          products: [
            aProduct(),
            aProduct({
              name: 'strange',
              spec: {
                outputPorts: [
                  { name: 'tape', type: 'tape', location: {}, tables: [] },
                  { name: 'lost', type: 'fake', location: {}, tables: [] },
                ],
              },
            }),
          ],
        });
        await anActive();
        const { status, body } = await mesh.as(OMAR).get('/v1/doctor');
        expect(status).toBe(200);
        expect(body.checkedAt).toBe(clock.now().toISOString());
        const states = Object.fromEntries(
          (body as DoctorReport).items.map(item => [
            item.subject,
            item.checks.map(check => check.state),
          ]),
        );
        expect(states).toEqual({
          'database sales': ['ok'],
          'principal analysts': ['warning'],
          'Sales orders, port tape': ['failed'],
          'Sales orders, port lost': ['failed'],
        });
      });

      it('reports a system that does not answer', async () => {
        await start();
        provisioner.checks = new FakeSystemError('SlowDown', 'throttled');
        const { body } = await mesh.as(OMAR).get('/v1/doctor');
        expect(body.items).toEqual([
          {
            subject: 'Fake lake',
            checks: [
              expect.objectContaining({
                state: 'unknown',
                words: expect.stringMatching(/SlowDown/),
              }),
            ],
          },
        ]);
      });

      it('is refused without the permission', async () => {
        await start({
          permissions: deciding(({ name }) => ({
            result:
              name === 'data-mesh.doctor.read'
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
        });
        expect((await mesh.as(ANA).get('/v1/doctor')).status).toBe(403);
      });
    });
  },
);
