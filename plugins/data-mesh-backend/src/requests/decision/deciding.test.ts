import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { NewDecision } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ANA,
  ANALYSTS_ROLE,
  ANA_ROLE,
  DORA,
  EVE,
  GIL,
  OLGA,
  OMAR,
  OMAR_ROLE,
  STELLA,
  aRequest,
  thePeople,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import {
  asked,
  decided,
  deciding,
  startMesh,
  type Mesh,
} from '../../testing/startMesh';

const databases = testDatabases();

const personal = aRequest({
  scope: {
    level: 'read',
    tables: [{ table: 'orders' }, { table: 'customers' }],
  },
  justification: 'Churn model',
});

describe.each(databases.eachSupportedId())('deciding on %s', databaseId => {
  let mesh: Mesh;
  const start = async (
    options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
  ) => {
    mesh = await startMesh({
      knex: await databases.migrated(databaseId),
      ...options,
    });
  };
  afterEach(() => mesh.stop());
  const detail = async (userRef: string, id: string) =>
    (await mesh.as(userRef).get(`/v1/requests/${id}`)).body;

  it('approves: an entitlement comes of it', async () => {
    await start();
    const request = await asked(mesh, ANA, aRequest());
    const { status, body } = await decided(mesh, OMAR, request, {
      decision: 'approve',
      comment: 'Welcome',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'approved',
      version: 2,
      decidedAt: expect.any(String),
      decisions: [
        { actorRef: OMAR, decision: 'approve', stage: 0, comment: 'Welcome' },
      ],
      actions: ['comment'],
    });
    const entitlement = await mesh
      .as(OMAR)
      .get(`/v1/entitlements/${body.entitlementId}`);
    expect(entitlement.body).toMatchObject({
      requestId: request.id,
      requesterRef: ANA,
      principal: { id: ANALYSTS_ROLE },
      approvedBy: [OMAR],
      durationDays: 30,
    });
  });

  it('rejects with a reason, which the requester is told', async () => {
    await start();
    const request = await asked(mesh, ANA, aRequest());
    const { body } = await decided(mesh, OMAR, request, {
      decision: 'reject',
      comment: 'Use the aggregate',
    });
    expect(body).toMatchObject({ state: 'rejected', actions: ['comment'] });
    expect(body.entitlementId).toBeUndefined();
    expect(await mesh.told(1, /rejected/)).toMatchObject([
      {
        recipients: { entityRef: [ANA] },
        payload: {
          title: 'Your request for Sales orders was rejected',
          description: 'omar: Use the aggregate',
        },
      },
    ]);
  });

  it.each<[string, NewDecision, string]>([
    ['a rejection without a reason', { decision: 'reject' }, 'comment'],
    [
      'sending back without a reason',
      { decision: 'request-changes', comment: ' ' },
      'comment',
    ],
    [
      'a column that was not asked for',
      {
        decision: 'approve',
        narrowedScope: {
          level: 'read',
          tables: [{ table: 'orders', columns: ['amount', 'ordered_at'] }],
        },
      },
      'narrowedScope.tables[0].columns',
    ],
    [
      'a table that was not asked for',
      {
        decision: 'approve',
        narrowedScope: { level: 'read', tables: [{ table: 'customers' }] },
      },
      'narrowedScope.tables[0].table',
    ],
    [
      'all columns where some were asked for',
      {
        decision: 'approve',
        narrowedScope: { level: 'read', tables: [{ table: 'orders' }] },
      },
      'narrowedScope.tables[0].columns',
    ],
    [
      'rows by a filter that is none',
      {
        decision: 'approve',
        narrowedScope: {
          level: 'read',
          tables: [
            { table: 'orders', columns: ['amount'], rowFilter: 'amount = x' },
          ],
        },
      },
      'narrowedScope.tables[0].rowFilter',
    ],
    [
      'more days than were asked for',
      { decision: 'approve', narrowedDurationDays: 31 },
      'narrowedDurationDays',
    ],
    [
      'no days',
      { decision: 'approve', narrowedDurationDays: 0 },
      'narrowedDurationDays',
    ],
  ])('refuses %s', async (_, decision, field) => {
    await start();
    const request = await asked(mesh, ANA, aRequest());
    const { status, body } = await decided(mesh, OMAR, request, decision);
    expect(status).toBe(400);
    expect(body.error.problems).toEqual([
      { field, reason: expect.any(String) },
    ]);
    expect(await detail(OMAR, request.id)).toMatchObject({
      state: 'pending',
      version: 1,
      decisions: [],
    });
  });

  it('is never for the requester, even where the policy allows all', async () => {
    await start();
    const request = await asked(
      mesh,
      OMAR,
      aRequest({ principals: [OMAR_ROLE] }),
    );
    const { status, body } = await decided(mesh, OMAR, request, {
      decision: 'approve',
    });
    expect(status).toBe(403);
    expect(body.error.message).toMatch(/made this request yourself/);
    expect(await detail(OMAR, request.id)).toMatchObject({
      actions: ['withdraw', 'comment'],
      whyNotDecide: expect.stringMatching(/made this request yourself/),
    });
    const list = await mesh.as(OMAR).get('/v1/requests?view=toDecide');
    expect(list.body.items).toEqual([]);
  });

  it('is never for whose principal alone it is, though another asked', async () => {
    await start();
    // Gil governs the mesh, so he may ask for others.
    const request = await asked(
      mesh,
      GIL,
      aRequest({ principals: [OMAR_ROLE] }),
    );
    const { status, body } = await decided(mesh, OMAR, request, {
      decision: 'approve',
    });
    expect(status).toBe(403);
    expect(body.error.message).toMatch(/principal that is only yours/);
    const other = await decided(mesh, OLGA, request, { decision: 'approve' });
    expect(other.status).toBe(200);
  });

  it('is only for the approvers of the stage', async () => {
    await start();
    const request = await asked(mesh, ANA, personal);
    const early = await decided(mesh, STELLA, request, { decision: 'approve' });
    expect(early.status).toBe(403);
    expect(early.body.error.message).toMatch(
      /turn of group:default\/sales \(owner\); your stage \(steward\) comes after/,
    );
    const stranger = await decided(mesh, DORA, request, {
      decision: 'approve',
    });
    expect(stranger.status).toBe(403);
    expect((await detail(DORA, request.id)).whyNotDecide).toBeUndefined();
  });

  it('needs the permission to decide beside being an approver', async () => {
    await start({
      permissions: deciding(permission => ({
        result:
          permission.name === 'data-mesh.request.decide'
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    });
    const request = await asked(mesh, ANA, aRequest());
    const { status, body } = await decided(mesh, OMAR, request, {
      decision: 'approve',
    });
    expect(status).toBe(403);
    expect(body.error.message).toMatch(/data-mesh\.request\.decide/);
  });

  it.each([
    ['is for members of child groups, too', undefined, 1, 200],
    [
      'is not for them where config says so',
      { people: { childGroups: false } },
      0,
      403,
    ],
  ])('%s', async (_, config, waiting, status) => {
    const KIM = 'user:default/kim';
    await start({
      ...(config && { config }),
      people: {
        memberships: { ...thePeople.memberships, 'sales-emea': ['kim'] },
        parents: { 'sales-emea': 'sales' },
      },
    });
    const request = await asked(mesh, ANA, aRequest());
    const { body } = await mesh.as(KIM).get('/v1/requests?view=toDecide');
    expect(body.items).toHaveLength(waiting);
    const answer = await decided(mesh, KIM, request, { decision: 'approve' });
    expect(answer.status).toBe(status);
  });

  it('goes through all stages in order', async () => {
    await start();
    const request = await asked(mesh, ANA, personal);
    const first = await decided(mesh, OMAR, request, { decision: 'approve' });
    expect(first.body).toMatchObject({
      state: 'pending',
      stage: 1,
      version: 2,
    });
    expect(first.body.entitlementId).toBeUndefined();
    const again = await decided(mesh, OMAR, first.body, {
      decision: 'approve',
    });
    expect(again.status).toBe(403);
    const last = await decided(mesh, STELLA, first.body, {
      decision: 'approve',
    });
    expect(last.body).toMatchObject({
      state: 'approved',
      decisions: [
        { actorRef: OMAR, stage: 0 },
        { actorRef: STELLA, stage: 1 },
      ],
    });
    const { body } = await mesh
      .as(OMAR)
      .get(`/v1/entitlements/${last.body.entitlementId}`);
    expect(body.approvedBy).toEqual([OMAR, STELLA]);
  });

  it('lets one person decide two stages only where they belong to both', async () => {
    await start({ policy: { stewards: [OMAR] } });
    const request = await asked(mesh, ANA, personal);
    const first = await decided(mesh, OMAR, request, { decision: 'approve' });
    const last = await decided(mesh, OMAR, first.body, { decision: 'approve' });
    expect(last.body.state).toBe('approved');
  });

  it('narrows scope and duration, and keeps what was asked for as a revision', async () => {
    await start();
    const request = await asked(mesh, ANA, personal);
    const narrowedScope = {
      level: 'read' as const,
      tables: [{ table: 'orders', columns: ['order_id'] }],
    };
    const { body } = await decided(mesh, OMAR, request, {
      decision: 'approve',
      narrowedScope,
      narrowedDurationDays: 7,
    });
    // Without personal data the steward has nothing to decide.
    expect(body).toMatchObject({
      state: 'approved',
      scope: narrowedScope,
      durationDays: 7,
      sensitiveColumns: [],
      revisions: [
        {
          number: 1,
          authorRef: OMAR,
          before: { scope: personal.scope, durationDays: 30 },
        },
      ],
      decisions: [{ narrowedScope, narrowedDurationDays: 7 }],
      plan: { steps: [{ call: { input: { columns: ['order_id'] } } }] },
    });
    const entitlement = await mesh
      .as(OMAR)
      .get(`/v1/entitlements/${body.entitlementId}`);
    expect(entitlement.body).toMatchObject({
      scope: narrowedScope,
      durationDays: 7,
      steps: [expect.anything()],
    });
  });

  it('keeps the steward where personal data is left', async () => {
    await start();
    const request = await asked(mesh, ANA, personal);
    const { body } = await decided(mesh, OMAR, request, {
      decision: 'approve',
      narrowedScope: { level: 'read', tables: [{ table: 'customers' }] },
    });
    expect(body).toMatchObject({ state: 'pending', stage: 1 });
  });

  it.each(['reject', 'approve'] as const)(
    'happens once: a request that is decided cannot be decided (%s)',
    async decision => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const { body } = await decided(mesh, OMAR, request, {
        decision,
        comment: 'x',
      });
      const again = await decided(mesh, OLGA, body, { decision: 'approve' });
      expect(again.status).toBe(409);
      expect(again.body.error.message).toMatch(
        /cannot be approved: it is (rejected|approved), where only comment/,
      );
    },
  );

  it('of a version that is not the last one says who changed it to what', async () => {
    await start();
    const request = await asked(mesh, ANA, aRequest());
    await decided(mesh, OMAR, request, { decision: 'reject', comment: 'No' });
    const late = await decided(mesh, OLGA, request, { decision: 'approve' });
    expect(late.status).toBe(409);
    expect(late.body.error.message).toBe(
      `The request was changed by ${OMAR} after you saw version 1: it is rejected now, at version 2`,
    );
  });

  it('needs the version that was seen', async () => {
    await start();
    const { id } = await asked(mesh, ANA, aRequest());
    const path = `/v1/requests/${id}/decisions`;
    const none = await mesh.as(OMAR).post(path, { decision: 'approve' });
    expect(none.status).toBe(400);
    const word = await mesh
      .as(OMAR)
      .post(path, { decision: 'approve' }, { 'if-match': 'latest' });
    expect(word.status).toBe(400);
    expect(word.body.error.message).toMatch(/If-Match is 'latest'/);
    const future = await mesh
      .as(OMAR)
      .post(path, { decision: 'approve' }, { 'if-match': '7' });
    expect(future.status).toBe(409);
  });

  it('by two at the same instant has one winner, and one entitlement', async () => {
    await start();
    const request = await asked(mesh, ANA, aRequest());
    const holds = [
      mesh.provisioner.holdNext('resolve'),
      mesh.provisioner.holdNext('resolve'),
    ];
    // Both have read version 1 and are past all checks when they go on.
    const answers = [OMAR, OLGA].map(userRef =>
      decided(mesh, userRef, request, { decision: 'approve' }).then(one => one),
    );
    await Promise.all(holds.map(one => one.reached));
    holds.forEach(one => one.release());
    const both = await Promise.all(answers);
    expect(both.map(one => one.status).sort()).toEqual([200, 409]);
    const lost = both.find(one => one.status === 409);
    expect(lost?.body.error.message).toMatch(
      /was changed by user:default\/(omar|olga) after you saw version 1: it is approved now, at version 2/,
    );
    const { body } = await mesh.as(OMAR).get('/v1/entitlements');
    expect(body.items).toHaveLength(1);
    expect((await detail(OMAR, request.id)).decisions).toHaveLength(1);
  });

  it('by two against each other has one winner', async () => {
    await start();
    const requests = await Promise.all(
      [ANALYSTS_ROLE, ANA_ROLE].map(principal =>
        asked(mesh, ANA, aRequest({ principals: [principal] })),
      ),
    );
    for (const request of requests) {
      const both = await Promise.all([
        decided(mesh, OMAR, request, { decision: 'approve' }),
        decided(mesh, OLGA, request, { decision: 'reject', comment: 'No' }),
      ]);
      expect(both.map(one => one.status).sort()).toEqual([200, 409]);
    }
  });

  it('answers 404 about a request that is not there', async () => {
    await start();
    const missing = { id: 'b8b1f0c6-0000-4000-8000-000000000000', version: 1 };
    const { status } = await decided(mesh, OMAR, missing, {
      decision: 'approve',
    });
    expect(status).toBe(404);
  });

  it('goes to the auditor, whether it succeeds or not', async () => {
    await start();
    const request = await asked(mesh, ANA, aRequest());
    await decided(mesh, EVE, request, { decision: 'approve' });
    await decided(mesh, OMAR, request, { decision: 'approve' });
    expect(mesh.audits).toEqual([
      { eventId: 'request-decide', outcome: 'fail' },
    ]);
    expect((await mesh.trail()).map(({ eventId }) => eventId)).toEqual(
      expect.arrayContaining(['request-created', 'request-approved']),
    );
  });
});
