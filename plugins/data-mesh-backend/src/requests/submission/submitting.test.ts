import {
  ANA,
  ANALYSTS_ROLE,
  ANA_ROLE,
  EVE,
  OLGA,
  OMAR,
  ORDERS,
  aProduct,
  aRequest,
  PRODUCTS_LOCATION,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { FakeSystemError } from '../../testing/FakeSystem';
import { asked, decided, startMesh, type Mesh } from '../../testing/startMesh';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('asking on %s', databaseId => {
  let mesh: Mesh;
  const start = async (
    options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
  ) => {
    mesh = await startMesh({
      knex: await databases.migrated(databaseId),
      ...options,
    });
    return mesh;
  };
  afterEach(() => mesh.stop());

  it('makes a request that waits for the owner, with what would be done', async () => {
    await start();
    const { status, body } = await mesh
      .as(ANA)
      .post('/v1/requests', aRequest());
    expect(status).toBe(201);
    expect(body.items).toEqual([
      expect.objectContaining({
        groupId: body.groupId,
        kind: 'new',
        state: 'pending',
        version: 1,
        requesterRef: ANA,
        principal: { id: ANALYSTS_ROLE, kind: 'other', name: 'analysts' },
        principalVia: 'group:default/analysts',
        productRef: ORDERS,
        productTitle: 'Sales orders',
        productOwnerRef: 'group:default/sales',
        domainRef: 'domain:default/sales',
        sensitiveColumns: [],
        policy: {
          stages: [
            {
              name: 'owner',
              approvers: ['group:default/sales'],
              because: {
                text: 'the owner decides about the product',
                code: 'policy.owner',
              },
            },
          ],
          refusals: [],
          maxDurationDays: 365,
          autoApproved: false,
        },
      }),
    ]);
    const detail = await mesh.as(OMAR).get(`/v1/requests/${body.items[0].id}`);
    expect(detail.body).toMatchObject({
      plan: { steps: [{ kind: 'fakeGrant' }] },
      actions: ['approve', 'reject', 'request-changes', 'comment'],
    });
  });

  it('makes one request for each principal, or none', async () => {
    await start();
    const both = await mesh
      .as(ANA)
      .post(
        '/v1/requests',
        aRequest({ principals: [ANALYSTS_ROLE, ANA_ROLE] }),
      );
    expect(both.body.items).toHaveLength(2);
    const one = await mesh
      .as(EVE)
      .post(
        '/v1/requests',
        aRequest({ principals: [ANALYSTS_ROLE, 'not-a-principal'] }),
      );
    expect(one.status).toBe(400);
    const all = await mesh.as(OMAR).get('/v1/requests');
    expect(all.body.items).toHaveLength(2);
  });

  it('makes nothing twice for the same idempotency key', async () => {
    await start();
    const key = { 'idempotency-key': 'key-0001' };
    const first = await mesh.as(ANA).post('/v1/requests', aRequest(), key);
    const again = await mesh.as(ANA).post('/v1/requests', aRequest(), key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    const other = await mesh
      .as(ANA)
      .post('/v1/requests', aRequest({ durationDays: 7 }), key);
    expect(other.status).toBe(409);
    expect(other.body.error.message).toMatch(/key-0001/);
    const all = await mesh.as(ANA).get('/v1/requests');
    expect(all.body.items).toHaveLength(1);
  });

  it('makes nothing twice where the same key comes twice at one instant', async () => {
    await start();
    const key = { 'idempotency-key': 'key-0002' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => mesh.as(ANA).post('/v1/requests', aRequest(), key)),
    );
    // One that comes after the first is done may also be told by the record.
    expect(answers.map(one => one.status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(one => one.body.groupId)).size).toBe(1);
    const all = await mesh.as(ANA).get('/v1/requests');
    expect(all.body.items).toHaveLength(1);
  });

  it('is refused where an open request or live entitlement covers it', async () => {
    await start();
    const first = await asked(mesh, ANA, aRequest());
    const less = aRequest({
      scope: {
        level: 'read',
        tables: [{ table: 'orders', columns: ['amount'] }],
      },
    });
    const open = await mesh.as(EVE).post('/v1/requests', less);
    expect(open.status).toBe(409);
    expect(open.body.error.message).toContain(first.id);
    const { body } = await decided(mesh, OMAR, first, { decision: 'approve' });
    const held = await mesh.as(EVE).post('/v1/requests', less);
    expect(held.status).toBe(409);
    expect(held.body.error.message).toContain(body.entitlementId);
    const more = await mesh
      .as(EVE)
      .post(
        '/v1/requests',
        aRequest({ scope: { level: 'read', tables: [{ table: 'orders' }] } }),
      );
    expect(more.status).toBe(201);
  });

  it('goes on without a plan while the system is down', async () => {
    await start();
    mesh.provisioner.failNext(
      'resolve',
      new FakeSystemError('ServiceUnavailable', 'transient'),
      // Opening the request looks again.
      { times: 2 },
    );
    const { id } = await asked(mesh, ANA, aRequest());
    const { body } = await mesh.as(OMAR).get(`/v1/requests/${id}`);
    expect(body.plan).toBeUndefined();
    expect(body.planError).toMatch(/ServiceUnavailable/);
  });

  it('is approved at once where a rule says so', async () => {
    await start({
      products: [aProduct({ spec: { classification: 'public' } })],
      policy: { autoApprove: { publicData: true } },
    });
    const { id } = await asked(mesh, ANA, aRequest());
    const { body } = await mesh.as(ANA).get(`/v1/requests/${id}`);
    expect(body).toMatchObject({
      state: 'approved',
      entitlementId: expect.any(String),
      decisions: [
        {
          actorRef: 'plugin:data-mesh',
          decision: 'approve',
          comment: 'the product is public data',
        },
      ],
    });
  });

  it('is not approved by rule where personal data is asked for', async () => {
    await start({
      products: [aProduct({ spec: { classification: 'public' } })],
      policy: { autoApprove: { publicData: true } },
    });
    const { body } = await mesh.as(ANA).post(
      '/v1/requests',
      aRequest({
        scope: { level: 'read', tables: [{ table: 'customers' }] },
        justification: 'Churn model',
      }),
    );
    expect(body.items[0]).toMatchObject({
      state: 'pending',
      sensitiveColumns: ['customers.email'],
      policy: { stages: [{ name: 'owner' }, { name: 'steward' }] },
    });
  });

  it('makes nothing by rule while the system is down', async () => {
    await start({
      products: [aProduct({ spec: { classification: 'public' } })],
      policy: { autoApprove: { publicData: true } },
    });
    mesh.provisioner.failNext(
      'resolve',
      new FakeSystemError('ServiceUnavailable', 'transient'),
    );
    const { status } = await mesh.as(ANA).post('/v1/requests', aRequest());
    expect(status).toBe(503);
    const all = await mesh.as(ANA).get('/v1/requests');
    expect(all.body.items).toEqual([]);
  });

  it('falls to the domain owner where the requester is the only approver', async () => {
    await start({
      products: [aProduct({ spec: { access: { approvers: [ANA] } } })],
      config: { trustedLocations: [PRODUCTS_LOCATION] },
    });
    const { body } = await mesh.as(ANA).post('/v1/requests', aRequest());
    expect(body.items[0].policy.stages).toEqual([
      {
        name: 'fallback',
        approvers: ['group:default/sales-domain'],
        because: expect.objectContaining({
          text: expect.stringMatching(/nobody but the requester/),
        }),
      },
    ]);
  });

  it('hears what policies of modules add', async () => {
    await start({
      policies: [
        {
          name: 'four eyes',
          evaluate: async ({ purpose }) => ({
            stages: [
              {
                name: 'privacy',
                approvers: ['user:default/stella'],
                because: { text: `it is for ${purpose}` },
              },
            ],
            maxDurationDays: 60,
          }),
        },
      ],
    });
    const { body } = await mesh.as(ANA).post('/v1/requests', aRequest());
    expect(body.items[0].policy).toMatchObject({
      stages: [{ name: 'owner' }, { name: 'privacy' }],
      maxDurationDays: 60,
    });
    const long = await mesh
      .as(ANA)
      .post('/v1/requests', aRequest({ durationDays: 61, port: 'lake' }));
    expect(long.body.error.problems).toEqual([
      { field: 'durationDays', reason: expect.stringMatching(/60 days/) },
    ]);
  });

  it('is not made where a policy does not answer', async () => {
    await start({
      policies: [
        {
          name: 'broken',
          evaluate: async () => {
            throw new Error('no connection');
          },
        },
      ],
    });
    const { status, body } = await mesh
      .as(ANA)
      .post('/v1/requests', aRequest());
    expect(status).toBe(503);
    expect(body.error.message).toMatch(/'broken' did not answer/);
  });

  it('tells the approvers, and open pages without any data', async () => {
    await start();
    const { id } = await asked(mesh, ANA, aRequest());
    expect(await mesh.told(1)).toEqual([
      {
        recipients: { type: 'entity', entityRef: [OLGA, OMAR] },
        payload: expect.objectContaining({
          title: 'ana asks for access to Sales orders',
          link: `/data-mesh/requests/${id}`,
        }),
      },
    ]);
    expect(mesh.signals).toEqual([
      {
        channel: 'data-mesh',
        recipients: { type: 'broadcast' },
        message: { type: 'publication', id: expect.any(String) },
      },
      {
        channel: 'data-mesh',
        recipients: { type: 'broadcast' },
        message: { type: 'request', id },
      },
    ]);
    expect(await mesh.trail()).toEqual([
      // The product is published by rule when it is first asked for.
      expect.objectContaining({ eventId: 'publication-accepted' }),
      {
        eventId: 'request-created',
        meta: expect.objectContaining({
          sequence: 2,
          actorRef: ANA,
          subject: `request:${id}`,
        }),
      },
    ]);
    expect(mesh.audits).toEqual([]);
  });
});
