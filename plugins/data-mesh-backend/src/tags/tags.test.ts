import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { testDatabases } from '../testing/databases';
import { FakeProvisioner } from '../testing/FakeProvisioner';
import { FakeSystemError } from '../testing/FakeSystem';
import { FAKE_TAGS } from '../testing/FakeTagger';
import {
  ANA,
  GIL,
  OMAR,
  ORDERS,
  STELLA,
  aProduct,
} from '../testing/meshFixture';
import { Mesh, deciding, startMesh } from '../testing/startMesh';
import { ResourceLocks } from './ResourceLocks';
import { TagLooks } from './TagLooks';

const databases = testDatabases();
const TAGS = '/v1/products/default/orders/tags';
const internal = aProduct({ spec: { classification: 'internal' } });
const ontology = { [FAKE_TAGS]: 'public,internal' };

/** Everything but resolving drift and seeing grants, which are Gil's and Stella's. */
const permissions = deciding(({ name }, userRef) => ({
  result:
    ['data-mesh.drift.resolve', 'data-mesh.grants.read'].includes(name) &&
    ![GIL, STELLA].includes(userRef)
      ? AuthorizeResult.DENY
      : AuthorizeResult.ALLOW,
}));

describe.each(databases.eachSupportedId())('tags of products on %s', id => {
  let mesh: Mesh;

  async function start(
    options: Partial<Parameters<typeof startMesh>[0]> = {},
  ): Promise<Mesh> {
    mesh = await startMesh({
      knex: await databases.migrated(id),
      products: [internal],
      domainAnnotations: ontology,
      permissions,
      ...options,
    });
    return mesh;
  }
  afterEach(() => mesh.stop());

  const held = () => Object.fromEntries(mesh.provisioner.tagger.tags);
  const both = { 'sales.orders': 'internal', 'sales.customers': 'internal' };
  const audit = () =>
    mesh
      .knex('audit_events')
      .where({ subject: ORDERS })
      .orderBy('sequence')
      .select('action', 'actor_ref', 'after') as Promise<
      Array<{ action: string; actor_ref: string; after: string }>
    >;

  it('are planned, and applied by the owner', async () => {
    await start();
    const { body, status } = await mesh.as(OMAR).get(TAGS);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      productRef: ORDERS,
      keys: ['class'],
      ontology: [
        {
          key: 'class',
          values: ['public', 'internal'],
          from: 'classification',
          declaredIn: 'domain',
        },
      ],
      tables: [
        {
          table: 'orders',
          tags: [{ key: 'class', state: 'missing', wanted: 'internal' }],
          columns: [],
        },
        { table: 'customers' },
      ],
      findings: [
        { kind: 'missing', table: 'orders', key: 'class', wanted: 'internal' },
        { kind: 'missing', table: 'customers' },
      ],
      errors: [],
      mayApply: true,
    });
    expect(body.steps.map(({ words }: PlanStep) => words.text)).toEqual([
      'Tag `sales.orders` with `internal`',
      'Tag `sales.customers` with `internal`',
    ]);
    expect(held()).toEqual({});

    const dry = await mesh.as(OMAR).post(TAGS, { dryRun: true });
    expect(dry.body).toMatchObject({ dryRun: true });
    expect(dry.body.left).toHaveLength(2);
    expect(held()).toEqual({});
    expect(await audit()).toEqual([]);

    const done = await mesh.as(OMAR).post(TAGS, {});
    expect(done.body).toMatchObject({ dryRun: false, left: [] });
    expect(done.body.items.map((one: { ok: boolean }) => one.ok)).toEqual([
      true,
      true,
    ]);
    expect(held()).toEqual(both);
    expect(
      (await audit()).map(({ action, actor_ref }) => [action, actor_ref]),
    ).toEqual([
      ['tags.begun', OMAR],
      ['tags.applied', OMAR],
      ['tags.applied', OMAR],
    ]);
    expect((await mesh.trail()).map(({ eventId }) => eventId)).toEqual([
      // By rule, when the tags were first looked at.
      'publication-accepted',
      'tags-begun',
      'tags-applied',
      'tags-applied',
    ]);
    expect(mesh.audits).toEqual([]);

    // Nothing to do is nothing done.
    const again = await mesh.as(OMAR).post(TAGS, {});
    expect(again.body.items).toEqual([]);
    expect(await audit()).toHaveLength(3);
    expect(await mesh.knex('resource_locks')).toEqual([]);
  });

  it('show what differs, and what replaces it', async () => {
    await start();
    mesh.provisioner.tagger.tags.set('sales.orders', 'public');
    mesh.provisioner.tagger.tags.set('sales.customers', 'internal');
    const { body } = await mesh.as(OMAR).get(TAGS);
    expect(body.findings).toEqual([
      expect.objectContaining({
        kind: 'different',
        found: 'public',
        wanted: 'internal',
      }),
    ]);
    await mesh.as(OMAR).post(TAGS, {});
    expect(held()).toEqual(both);
  });

  it('are told from the last look, as long as it will do', async () => {
    let now = new Date('2026-11-25T08:00:00.000Z');
    await start({ now: () => now });
    const plan = jest.spyOn(mesh.provisioner.tagger, 'plan');
    const hint = async (maxAgeSeconds: number) => {
      const { body } = await mesh
        .as(OMAR)
        .get(`${TAGS}?maxAgeSeconds=${maxAgeSeconds}`);
      return [body.findings.length, body.checkedAt, plan.mock.calls.length];
    };
    expect(await hint(3_600)).toEqual([2, '2026-11-25T08:00:00.000Z', 1]);
    now = new Date('2026-11-25T08:30:00.000Z');
    expect(await hint(3_600)).toEqual([2, '2026-11-25T08:00:00.000Z', 1]);
    expect(await hint(1_799)).toEqual([2, '2026-11-25T08:30:00.000Z', 2]);
    expect(await hint(0)).toEqual([2, '2026-11-25T08:30:00.000Z', 3]);

    // Somebody else is told by the same look, and not more than is theirs.
    expect(
      (await mesh.as(GIL).get(`${TAGS}?maxAgeSeconds=60`)).body,
    ).toMatchObject({ mayApply: true, findings: [{}, {}] });
    expect((await mesh.as(ANA).get(`${TAGS}?maxAgeSeconds=60`)).status).toBe(
      403,
    );
    expect(plan).toHaveBeenCalledTimes(3);

    // Applying leaves what it saw afterwards.
    await mesh.as(OMAR).post(TAGS, {});
    expect((await hint(3_600)).slice(0, 1)).toEqual([0]);
    const refused = await mesh.as(OMAR).get(`${TAGS}?maxAgeSeconds=-1`);
    expect(refused.status).toBe(400);
  });

  it('are looked at again where the product asks for something else', async () => {
    await start();
    const plan = jest.spyOn(mesh.provisioner.tagger, 'plan');
    const looks = new TagLooks({ knex: mesh.knex });
    await mesh.as(OMAR).get(TAGS);
    const [[asked]] = plan.mock.calls;
    const since = new Date(0);
    const wanted = (product: object = {}) => ({
      productRef: ORDERS,
      products: [{ ...asked, ...product }],
      errors: [],
    });
    expect(await looks.find(wanted(), since)).toMatchObject({
      keys: ['class'],
    });
    expect(
      await looks.find(wanted({ classification: 'public' }), since),
    ).toBeUndefined();
    expect(
      await looks.find(wanted({ domainAnnotations: {} }), since),
    ).toBeUndefined();

    // One that began before and ends after a later one says nothing.
    const look = await looks.find(wanted(), since);
    if (!look) throw new Error('There is no look');
    const earlier = { ...look, checkedAt: '2020-01-01T00:00:00.000Z' };
    await looks.remember(wanted(), { ...earlier, keys: ['old'] });
    expect((await looks.find(wanted(), since))?.keys).toEqual(['class']);
    await looks.forget(asked.productRef);
    expect(await looks.find(wanted(), since)).toBeUndefined();
  });

  it('are left alone while it is being decided who owns the product', async () => {
    await start();
    await mesh.as(OMAR).post(TAGS, {});
    mesh.setProducts([
      aProduct({
        spec: { owner: 'group:default/analysts', classification: 'restricted' },
      }),
    ]);
    const { body, status } = await mesh.as(ANA).post(TAGS, {});
    expect([status, body.items]).toEqual([200, []]);
    const look = await mesh.as(ANA).get(TAGS);
    expect(look.body.errors).toEqual([
      {
        port: 'lake',
        message: expect.stringContaining(
          'It is being decided whether group:default/analysts owns it in the place of group:default/sales',
        ),
      },
    ]);
    expect(held()).toEqual(both);
  });

  it('are nothing where no ontology says anything', async () => {
    await start({ domainAnnotations: undefined });
    const { body } = await mesh.as(OMAR).get(TAGS);
    expect(body).toMatchObject({ keys: [], findings: [], steps: [] });
  });

  it('are for the owner and for governance, the permission alone is not enough', async () => {
    await start();
    expect((await mesh.as(ANA).get(TAGS)).status).toBe(403);
    const refused = await mesh.as(ANA).post(TAGS, {});
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(
      `changed by its owner group:default/sales, or by data governance (dataMesh.governance) with the permission data-mesh.drift.resolve; ${ANA} is neither`,
    );
    expect((await mesh.as(ANA).post(TAGS, { dryRun: true })).status).toBe(403);
    expect((await mesh.as(STELLA).get(TAGS)).body.mayApply).toBe(false);
    expect((await mesh.as(STELLA).post(TAGS, {})).status).toBe(403);
    expect(held()).toEqual({});
    expect((await mesh.as(GIL).get(TAGS)).body.mayApply).toBe(true);
    expect((await mesh.as(GIL).post(TAGS, {})).status).toBe(200);
    expect(held()).toEqual(both);
  });

  it('are seen, and no more, by who may see grants', async () => {
    await start({
      permissions: deciding(({ name }) => ({
        result:
          name === 'data-mesh.drift.resolve'
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    });
    const { body, status } = await mesh.as(ANA).get(TAGS);
    expect(status).toBe(200);
    expect(body.mayApply).toBe(false);
    expect((await mesh.as(ANA).post(TAGS, {})).status).toBe(403);
  });

  it('refuse bad input in words', async () => {
    await start({
      products: [aProduct({ spec: { classification: 'restricted' } })],
    });
    const { body, status } = await mesh.as(OMAR).get(TAGS);
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      `The classification of ${ORDERS} is 'restricted', expected one of public, internal`,
    );
    expect((await mesh.as(OMAR).post(TAGS, { dryRun: 'yes' })).status).toBe(
      400,
    );
    const gone = await mesh.as(OMAR).get('/v1/products/default/gone/tags');
    expect(gone.status).toBe(404);
    expect((await mesh.anonymous().post(TAGS, {})).status).toBe(401);
  });

  it('say of a port that it cannot be read', async () => {
    const [port] = internal.spec.outputPorts;
    await start({
      products: [
        aProduct({
          spec: {
            classification: 'internal',
            outputPorts: [port, { ...port, name: 'lost', location: {} }],
          },
        }),
      ],
    });
    const { body } = await mesh.as(OMAR).get(TAGS);
    expect(body.errors).toEqual([
      {
        port: 'lost',
        message: 'It cannot be served: location.database is missing',
      },
    ]);
    expect(body.steps).toHaveLength(2);
  });

  it('go on where they were cut off', async () => {
    await start();
    // The effect is there, and its record is not.
    mesh.provisioner.failNext(
      'tag',
      new FakeSystemError('Reset', 'transient', 'connection reset'),
      { when: 'after' },
    );
    const cut = await mesh.as(OMAR).post(TAGS, {});
    expect(cut.body.items).toEqual([
      expect.objectContaining({ ok: false, error: 'Reset: connection reset' }),
      expect.objectContaining({
        ok: false,
        error: 'Needs what has failed: Tag `sales.orders` with `internal`',
      }),
    ]);
    expect(cut.body.left).toEqual([
      expect.objectContaining({ table: 'customers' }),
    ]);
    const next = await mesh.as(OMAR).post(TAGS, {});
    expect(next.body).toMatchObject({ items: [{ ok: true }], left: [] });
    expect(held()).toEqual(both);
  });

  it('are not written by two at once, and a lock of the dead ends', async () => {
    let now = new Date('2026-11-25T08:00:00Z');
    await start({ now: () => now });
    const others = new ResourceLocks({ knex: mesh.knex, clock: () => now });

    const { reached, release } = mesh.provisioner.holdNext('tag');
    const first = mesh
      .as(OMAR)
      .post(TAGS, {})
      .then(answer => answer);
    await reached;
    const second = await mesh.as(GIL).post(TAGS, {});
    expect(second.status).toBe(409);
    expect(second.body.error.message).toContain(
      `Somebody else is changing the tags of ${ORDERS} now`,
    );
    release();
    expect((await first).body.left).toEqual([]);
    expect(mesh.provisioner.tagger.applied).toHaveLength(2);

    // A replica that died has left its lock behind.
    mesh.provisioner.tagger.tags.clear();
    expect(await others.take([`tags:${ORDERS}`])).toBeDefined();
    expect((await mesh.as(OMAR).post(TAGS, {})).status).toBe(409);
    now = new Date(now.getTime() + 61_000);
    expect((await mesh.as(OMAR).post(TAGS, {})).status).toBe(200);
    expect(held()).toEqual(both);
  });

  it('leave a table to who is at it', async () => {
    await start();
    const others = new ResourceLocks({
      knex: mesh.knex,
      clock: () => new Date(),
    });
    const lock = await others.take(['fake:tags:sales.orders']);
    const { body } = await mesh.as(OMAR).post(TAGS, {});
    expect(body.items[0]).toMatchObject({
      ok: false,
      error:
        'Somebody else changes the same tags now; do it again when that is done',
    });
    expect(held()).toEqual({});
    await others.release(String(lock));
    expect((await mesh.as(OMAR).post(TAGS, {})).body.left).toEqual([]);
  });

  it('tell that the system does not answer', async () => {
    const provisioner = new FakeProvisioner();
    await start({ provisioner });
    jest
      .spyOn(provisioner.tagger, 'plan')
      .mockRejectedValueOnce(
        new FakeSystemError('SlowDown', 'throttled', 'too much'),
      );
    const { body, status } = await mesh.as(OMAR).get(TAGS);
    expect(status).toBe(503);
    expect(body.error.message).toContain(
      `The tags of ${ORDERS} cannot be seen now: SlowDown: too much`,
    );
  });
});

describe.each(databases.eachSupportedId())('locks on %s', id => {
  it('are taken all or none, by one of many at once', async () => {
    const mesh = await startMesh({ knex: await databases.migrated(id) });
    const locks = new ResourceLocks({
      knex: mesh.knex,
      clock: () => new Date(),
    });
    const tokens = await Promise.all(
      ['a', 'b', 'c', 'd'].map(own => locks.take([own, 'shared'])),
    );
    const [winner, ...more] = tokens.filter(token => token !== undefined);
    expect(winner).toBeDefined();
    expect(more).toEqual([]);
    // Its own and the shared one: the others have left nothing.
    expect(await mesh.knex('resource_locks')).toHaveLength(2);
    expect(await locks.extend(String(winner))).toBe(true);
    await locks.release(String(winner));
    expect(await locks.extend(String(winner))).toBe(false);
    expect(await mesh.knex('resource_locks')).toEqual([]);
    await mesh.stop();
  });
});
