import { setImmediate } from 'node:timers/promises';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import {
  createEntitlementConditionalDecision,
  entitlementConditions,
} from '../permissions';
import { testDatabases } from '../testing/databases';
import {
  ANA,
  ANALYSTS_ROLE,
  aRequest,
  EVE,
  GIL,
  OLGA,
  OMAR,
  ORDERS,
} from '../testing/meshFixture';
import {
  asked,
  decided,
  deciding,
  startMesh,
  type Mesh,
} from '../testing/startMesh';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('grants over HTTP on %s', id => {
  let knex: Knex;
  let mesh: Mesh;
  let denied: string[];
  /** Whose entitlements a caller may read; all without it. */
  let onlyOf: string | undefined;

  beforeEach(async () => {
    knex = await databases.migrated(id);
    denied = [];
    onlyOf = undefined;
    mesh = await startMesh({
      knex,
      permissions: deciding(permission => {
        if (denied.includes(permission.name)) {
          return { result: AuthorizeResult.DENY };
        }
        if (onlyOf && permission.name === 'data-mesh.entitlement.read') {
          return createEntitlementConditionalDecision(
            permission as never,
            entitlementConditions.isRequester({ userRefs: [onlyOf] }),
          );
        }
        return { result: AuthorizeResult.ALLOW };
      }),
    });
  });

  afterEach(() => mesh.stop());

  const system = () =>
    mesh.provisioner.system as InstanceType<
      typeof import('../testing/FakeSystem').InMemoryFakeSystem
    >;
  const scan = async () => {
    await mesh.runTask('data-mesh-scan');
  };

  /** An entitlement that ANA asked for and OMAR approved, in force. */
  const anEntitlement = async (): Promise<string> => {
    const request = await asked(mesh, ANA, aRequest());
    const { body } = await decided(mesh, OMAR, request, {
      decision: 'approve',
    });
    for (;;) {
      const { body: found } = await mesh
        .as(ANA)
        .get(`/v1/entitlements/${body.entitlementId}`);
      if (found.state === 'active') return found.id;
      if (found.state === 'failed') throw new Error(JSON.stringify(found));
      await setImmediate();
    }
  };

  it('lists, filters and pages what a scan saw, with the reason', async () => {
    const entitlementId = await anEntitlement();
    system().give('fake:zoe', 'sales.orders', ['order_id']);
    system().give('fake:zoe', 'sales.customers', ['email']);
    system().give('fake:zoe', 'other.things', ['id']);
    await scan();

    const list = async (query: string) => {
      const { body, status } = await mesh.as(GIL).get(`/v1/grants${query}`);
      expect({ status, error: body.error?.message }).toEqual({ status: 200 });
      return body;
    };
    const places = async (query: string) =>
      (await list(query)).items.map(
        (one: { grant: { resource: { database: string; table: string } } }) =>
          `${one.grant.resource.database}.${one.grant.resource.table}`,
      );
    const everything = await list('');
    expect(everything.items).toHaveLength(3);
    expect(everything.nextCursor).toBeUndefined();
    expect(everything.items[0]).toMatchObject({
      targetId: 'fake:sales',
      grant: {
        principal: { id: ANALYSTS_ROLE },
        resource: { table: 'orders', columns: ['amount', 'order_id'] },
      },
      because: {
        kind: 'entitlement',
        entitlementId,
        requesterRef: ANA,
        approvedBy: [OMAR],
        since: expect.any(String),
        expiresAt: expect.any(String),
      },
      productRefs: [ORDERS],
      firstSeenAt: expect.any(String),
      lastSeenAt: expect.any(String),
    });

    const first = await list('?limit=2');
    expect(first.items).toHaveLength(2);
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect(second.items).toHaveLength(1);
    expect(second.nextCursor).toBeUndefined();
    expect([...first.items, ...second.items]).toEqual(everything.items);

    expect(await places('?because=unexplained')).toEqual([
      'sales.customers',
      'sales.orders',
    ]);
    expect(
      await places('?because=unexplained&because=entitlement&table=Orders'),
    ).toEqual(['sales.orders', 'sales.orders']);
    expect(await places(`?principal=${ANALYSTS_ROLE}`)).toEqual([
      'sales.orders',
    ]);
    expect(await places('?database=sales&q=zoe%20EMAIL')).toEqual([
      'sales.customers',
    ]);
    expect(await places('?q=100%25')).toEqual([]);
    expect(await places('?targetId=fake:none')).toEqual([]);
    expect(await places(`?productRef=${ORDERS}&because=unexplained`)).toEqual([
      'sales.customers',
      'sales.orders',
    ]);
    expect(
      await places(`?productRef=${ORDERS}&at=2020-01-01T00:00:00Z`),
    ).toEqual([]);
    const { status, body } = await mesh.as(GIL).get('/v1/grants?cursor=x');
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/cursor: 'x' is not a cursor/);
  });

  it('tells apart what was approved only in part, and names the rest', async () => {
    const entitlementId = await anEntitlement();
    system().give(ANALYSTS_ROLE, 'sales.orders', ['ordered_at']);
    await scan();
    const { body } = await mesh
      .as(GIL)
      .get('/v1/grants?because=approved-and-more');
    expect(body.items).toMatchObject([
      {
        because: {
          kind: 'approved-and-more',
          entitlementId,
          requesterRef: ANA,
          more: [{ resource: { words: 'sales.orders (ordered_at)' } }],
        },
      },
    ]);
    const summary = await mesh.as(GIL).get('/v1/grants/summary?by=product');
    expect(summary.body.items).toMatchObject([
      { grants: 1, unexplained: 1, approvedAndMore: 1 },
    ]);
    const none = await mesh.as(GIL).get('/v1/grants?because=entitlement');
    expect(none.body.items).toEqual([]);
  });

  it('counts by product, principal and account, those to look at first', async () => {
    mesh.provisioner.scanner.accounts.set('sales', '111111111111');
    await anEntitlement();
    system().give('fake:zoe', 'sales.orders', ['order_id']);
    system().give('fake:zoe', 'sales.customers', ['email']);
    await scan();
    const summary = async (query: string) =>
      (await mesh.as(GIL).get(`/v1/grants/summary?${query}`)).body;

    expect(await summary('by=principal')).toEqual({
      items: [
        {
          key: 'fake:zoe',
          title: 'zoe',
          principal: { id: 'fake:zoe', kind: 'other', name: 'zoe' },
          grants: 2,
          unexplained: 2,
          approvedAndMore: 0,
        },
        expect.objectContaining({ key: ANALYSTS_ROLE, unexplained: 0 }),
      ],
    });
    expect((await summary('by=product')).items).toEqual([
      {
        key: ORDERS,
        title: 'Sales orders',
        grants: 3,
        unexplained: 2,
        approvedAndMore: 0,
      },
    ]);
    expect((await summary('by=account')).items).toEqual([
      {
        key: '111111111111',
        title: '111111111111',
        grants: 3,
        unexplained: 2,
        approvedAndMore: 0,
      },
    ]);
    expect((await summary('by=product&q=SALES')).items).toHaveLength(1);
    expect((await summary('by=product&q=nothing')).items).toEqual([]);
    const page = await summary('by=principal&limit=1');
    expect(page.items).toHaveLength(1);
    const next = await summary(
      `by=principal&limit=1&cursor=${page.nextCursor}`,
    );
    expect(next.items).toMatchObject([{ key: ANALYSTS_ROLE }]);

    system().take('fake:zoe', 'sales.orders');
    await scan();
    expect((await summary('by=product')).items).toMatchObject([
      { title: 'Sales orders', grants: 2, unexplained: 1 },
    ]);
  });

  it('tells the chain from the people to the grant, each link with its source', async () => {
    const entitlementId = await anEntitlement();
    await scan();
    const { body: list } = await mesh.as(GIL).get('/v1/grants');
    const { body } = await mesh
      .as(GIL)
      .get(`/v1/grants/${list.items[0].id}/explanation`);
    expect(body.grant).toEqual(list.items[0]);
    const requestId = body.grant.because.requestId;
    expect(body.chain).toMatchObject([
      {
        words: 'user:default/ana is a member of group:default/analysts',
        source: 'catalog',
        entityRef: ANA,
      },
      {
        words: 'user:default/eve is a member of group:default/analysts',
        source: 'catalog',
        entityRef: EVE,
      },
      {
        words: 'group:default/analysts acts as fake:analysts',
        source: 'annotation',
        entityRef: 'group:default/analysts',
      },
      {
        words: expect.stringMatching(
          /^analysts holds READ on sales\.orders \(/,
        ),
        source: 'Fake lake',
      },
      {
        words: expect.stringMatching(/^user:default\/ana asked for/),
        source: 'request',
        requestId,
      },
      { words: 'user:default/omar approved it', source: 'request', requestId },
      {
        words: expect.stringMatching(/^The entitlement is active, until/),
        source: 'entitlement',
        entitlementId,
      },
    ]);
    const missing = await mesh.as(GIL).get('/v1/grants/999/explanation');
    expect(missing.status).toBe(404);
  });

  it('exports all that a filter finds, as a file no spreadsheet runs', async () => {
    system().give('fake:zoe', 'sales.orders', ['order_id', '=cmd']);
    system().give('fake:amy', 'sales.orders', ['order_id']);
    await scan();
    const csv = await mesh.as(GIL).get('/v1/grants/export?format=csv');
    expect(csv.status).toBe(200);
    expect(csv.headers['content-type']).toMatch(/^text\/csv/);
    expect(csv.headers['content-disposition']).toBe(
      'attachment; filename="grants.csv"',
    );
    const lines = csv.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^"id","target","account","principal"/);
    expect(lines[1]).toContain('"fake:amy"');
    expect(lines[2]).toContain(`"'=cmd order_id"`);

    const json = await mesh.as(GIL).get('/v1/grants/export?format=json&q=amy');
    expect(json.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(json.text)).toMatchObject([
      { grant: { principal: { id: 'fake:amy' } } },
    ]);
    const none = await mesh
      .as(GIL)
      .get('/v1/grants/export?format=json&q=nobody');
    expect(JSON.parse(none.text)).toEqual([]);
  });

  it('shows drift, resolves it in bulk, and reports each', async () => {
    const entitlementId = await anEntitlement();
    system().give('fake:zoe', 'sales.orders', ['order_id']);
    system().take(ANALYSTS_ROLE, 'sales.orders');
    await scan();
    const { body } = await mesh.as(OMAR).get('/v1/drift');
    expect(body.counts).toEqual({
      excess: 1,
      missing: 1,
      identity: 0,
      residue: 0,
    });
    expect(body.atLeast).toEqual([]);
    const byKind = (kind: string) =>
      body.items.find((item: { kind: string }) => item.kind === kind);
    expect(byKind('excess')).toMatchObject({
      words: 'zoe holds READ on sales.orders (order_id): nobody approved it',
      productRefs: [ORDERS],
      // Of a table that only the product publishes.
      actions: ['adopt', 'revoke'],
    });
    expect(byKind('missing')).toMatchObject({
      entitlement: { id: entitlementId, health: 'degraded' },
      actions: ['reapply', 'revoke'],
    });
    const page = await mesh.as(OMAR).get('/v1/drift?limit=1&kind=missing');
    expect(page.body.items).toHaveLength(1);
    expect(
      (await mesh.as(OMAR).get(`/v1/drift?productRef=${ORDERS}`)).body.items,
    ).toHaveLength(2);
    await mesh.told(1, /^1 grant on Sales orders that nobody approved$/);
    const missing = /^Access to Sales orders is approved, but not all of it is/;
    expect(await mesh.told(1, missing)).toMatchObject([
      { recipients: { entityRef: [ANA, OLGA, OMAR] } },
    ]);

    const ids = [byKind('excess').id, byKind('missing').id, '999'];
    // Whom it is not told to does not learn that it exists.
    const { body: refused } = await mesh
      .as(EVE)
      .post('/v1/drift/resolutions', { ids, action: 'adopt', reason: 'Fine' });
    expect(refused.items[0]).toEqual({
      id: ids[0],
      ok: false,
      effects: [],
      error: `No open drift has the id '${ids[0]}'; it may be resolved by now`,
    });
    const { body: done } = await mesh
      .as(GIL)
      .post('/v1/drift/resolutions', { ids, action: 'adopt', reason: 'Fine' });
    expect(done.items).toMatchObject([
      { id: ids[0], ok: true },
      {
        id: ids[1],
        ok: false,
        error:
          'Drift of the kind missing cannot be resolved by adopt; possible: reapply, revoke',
      },
      { id: '999', ok: false },
    ]);
    expect(mesh.audits).toEqual([]);
    const bad = await mesh
      .as(OMAR)
      .post('/v1/drift/resolutions', { ids, action: 'revoke' });
    expect(bad.status).toBe(400);
    const looked = await mesh
      .as(OMAR)
      .post('/v1/drift/resolutions', { ids, action: 'revoke', dryRun: true });
    expect(looked.status).toBe(200);
    const { body: reconciled } = await mesh
      .as(OMAR)
      .post('/v1/reconciliations', { productRef: ORDERS, dryRun: true });
    expect(reconciled.items).toMatchObject([
      {
        entitlementId,
        started: false,
        words: ['Fake lake does not list `sales.orders`'],
      },
    ]);
  });

  it('shows drift about an entitlement only to who may read that', async () => {
    await anEntitlement();
    system().give('fake:zoe', 'sales.orders', ['order_id']);
    system().take(ANALYSTS_ROLE, 'sales.orders');
    await scan();
    onlyOf = EVE;
    const { body } = await mesh.as(OMAR).get('/v1/drift');
    expect(body.items.map((item: { kind: string }) => item.kind)).toEqual([
      'excess',
    ]);
    expect(body.counts).toMatchObject({ excess: 1, missing: 0 });
    onlyOf = ANA;
    expect((await mesh.as(OMAR).get('/v1/drift')).body.items).toHaveLength(2);
  });

  it('starts scans, shows how they ended and when the next is due', async () => {
    const before = await mesh.as(GIL).get('/v1/scans');
    expect(before.body).toEqual({ items: [], maySteer: true });
    const started = await mesh.as(GIL).post('/v1/scans', {});
    expect(started.status).toBe(202);
    expect(started.body.items).toMatchObject([
      { target: { id: 'fake:sales', portType: 'fake' }, grants: 0 },
    ]);
    await mesh.runTask('data-mesh-scan-upkeep');
    await scan();
    const { body } = await mesh.as(GIL).get('/v1/scans');
    expect(body).toMatchObject({
      nextAt: expect.any(String),
      items: [{ last: { state: 'done', calls: 1 }, lastDone: {} }],
    });
    expect(mesh.signals).toContainEqual(
      expect.objectContaining({
        message: { type: 'scan', id: body.items[0].last.id },
      }),
    );
    const release = await mesh
      .as(GIL)
      .post(`/v1/scans/${body.items[0].last.id}/release`, { reason: 'Why' });
    expect(release.status).toBe(409);
    expect(
      (await mesh.as(GIL).post('/v1/scans/x/release', { reason: 'Why' }))
        .status,
    ).toBe(404);
    expect(
      (await mesh.as(GIL).post('/v1/scans', { targetId: 'x' })).status,
    ).toBe(404);
  });

  it('is for those who may see grants, and to change for those who may resolve', async () => {
    system().give('fake:zoe', 'sales.orders', ['order_id']);
    await scan();
    const { body } = await mesh.as(GIL).get('/v1/grants');
    const grantId = body.items[0].id;
    denied = ['data-mesh.grants.read'];
    for (const path of [
      '/v1/grants',
      '/v1/grants/export',
      '/v1/grants/summary?by=account',
      `/v1/grants/${grantId}/explanation`,
      '/v1/drift',
      '/v1/scans',
      '/v1/access/who?catalogId=1&region=x&database=x&table=x',
      '/v1/access/what?principal=x',
    ]) {
      const { status, body: refused } = await mesh.as(EVE).get(path);
      expect([path, status]).toEqual([path, 403]);
      expect(refused.error.message).toMatch(/data-mesh\.grants\.read/);
    }
    denied = ['data-mesh.drift.resolve'];
    const { body: drift } = await mesh.as(GIL).get('/v1/drift');
    for (const [path, content] of [
      ['/v1/scans', {}],
      ['/v1/scans/x/release', { reason: 'x' }],
      [
        '/v1/drift/resolutions',
        { ids: [drift.items[0].id], action: 'revoke', reason: 'x' },
      ],
    ] as const) {
      const { status } = await mesh.as(EVE).post(path, content);
      expect([path, status]).toEqual([path, 403]);
    }
    expect(drift.items[0].actions).toEqual([]);
    expect(system().held()).toHaveLength(1);
    expect((await mesh.service().get('/v1/grants')).status).toBe(403);
    expect((await mesh.anonymous().get('/v1/grants')).status).toBe(401);
  });
});
