import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  DriftAction,
  DriftItem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { testDatabases } from '../testing/databases';
import { FakeSystemError } from '../testing/FakeSystem';
import { aCaller } from '../testing/provisioningFixture';
import {
  ADMIN,
  ScanningWorld,
  type ScanningReplica,
} from '../testing/scanningFixture';
import {
  closeResidue,
  revokeEntitlement,
} from '../entitlements/actions/ending';
import { narrowEntitlement } from '../entitlements/actions/narrowEntitlement';
import {
  reapplyEntitlement,
  retryEntitlement,
} from '../entitlements/actions/reapplying';
import { reconcile } from './reconcile';
import { driftPage, resolveDrift } from './resolveDrift';

const databases = testDatabases();
const OWNER = aCaller('user:default/omar', ['group:default/sales']);
const all = ['id', 'amount', 'email'];

describe.each(databases.eachSupportedId())('drift on %s', databaseId => {
  let world: ScanningWorld;
  let one: ScanningReplica;

  beforeEach(async () => {
    world = await ScanningWorld.on(await databases.migrated(databaseId));
    one = world.replica();
  });

  const items = async (): Promise<DriftItem[]> =>
    (await driftPage(one.drift, ADMIN, {})).items;

  const resolved = async (
    item: DriftItem,
    action: DriftAction,
    options: { reason?: string; dryRun?: boolean } = { reason: 'As agreed' },
  ) => {
    const { items: results } = await resolveDrift(one.drift, ADMIN, {
      ids: [item.id],
      action,
      ...options,
    });
    return results[0];
  };

  const trail = async (action: string) => {
    const rows = await world.knex('audit_events').where({ action });
    return rows.map(row => ({ actor: row.actor_ref, after: row.after }));
  };

  it('does not show what was just activated as drift, before a scan has looked', async () => {
    world.system.give('fake:other', 'sales.returns', ['id']);
    await world.scan(one);
    // A scan in the middle of provisioning sees a grant whose entitlement is
    // not active yet.
    const held = one.provisioner.holdNext('observe');
    const activating = world.active(one);
    await held.reached;
    await world.scan(one);
    held.release();
    await activating;
    await world.scan(one);
    expect(await world.drift()).toEqual(['excess fake:other sales.returns']);
    expect(await world.reasons()).toMatchObject({
      'fake:analyst sales.orders': 'entitlement',
    });
  });

  it('forgets what was taken back, without calling it drift', async () => {
    const id = await world.active(one);
    await world.scan(one);
    await revokeEntitlement(one.replica.entitlements, OWNER, id, {
      version: (await world.provisioning.entitlement(id)).version,
      reason: 'Done',
    });
    await world.work(one);
    expect(await world.live()).toEqual([]);
    expect(await world.drift()).toEqual([]);
    await world.scan(one);
    expect(await world.drift()).toEqual([]);

    // Somebody gives it again, past us.
    world.system.give('fake:analyst', 'sales.orders', all);
    await world.scan(one);
    expect(await world.drift()).toEqual(['excess fake:analyst sales.orders']);
  });

  it('does not take a grant for drift that was taken back while a scan ran', async () => {
    const id = await world.active(one);
    const held = one.provisioner.holdNext('scan', 'after');
    const scan = world.scan(one);
    await held.reached;
    world.clock.advance({ seconds: 1 });
    await revokeEntitlement(one.replica.entitlements, OWNER, id, {
      version: (await world.provisioning.entitlement(id)).version,
      reason: 'Done',
    });
    await world.work(one);
    held.release();
    await scan;
    expect(await world.drift()).toEqual([]);
    await world.scan(one);
    expect(await world.live()).toEqual([]);
    expect(await world.drift()).toEqual([]);
  });

  it('misses what somebody took away, tells both sides once, and applies it again', async () => {
    const id = await world.active(one);
    await world.scan(one);
    world.system.take('fake:analyst', 'sales.orders');
    await world.scan(one);
    await world.scan(one);

    const [item] = await items();
    expect(item).toMatchObject({
      kind: 'missing',
      words:
        'analyst should hold Orders: Fake lake does not list `sales.orders`',
      entitlement: { id, health: 'degraded' },
      productRefs: ['dataproduct:default/orders'],
    });
    expect(one.news).toEqual([
      expect.objectContaining({
        kind: 'missing',
        entitlementId: id,
        ownerRef: 'group:default/sales',
        requesterRef: 'user:default/ana',
      }),
    ]);

    expect(await resolved(item, 'reapply', { dryRun: true })).toMatchObject({
      ok: true,
    });
    expect(world.system.held()).toEqual([]);
    expect(await resolved(item, 'reapply', {})).toMatchObject({ ok: true });
    await world.work(one);
    expect(world.system.held()).toEqual([
      {
        principal: 'fake:analyst',
        table: 'sales.orders',
        columns: [...all].sort(),
      },
    ]);
    // Verified by the worker: no scan is needed to know that it is back.
    expect(await items()).toEqual([]);
    expect(await world.provisioning.entitlement(id)).toMatchObject({
      state: 'active',
      health: 'ok',
    });
    await world.scan(one);
    expect(await items()).toEqual([]);
  });

  it('says which part is lacking, and which is too much', async () => {
    const id = await world.active(one, {
      tables: { orders: ['id', 'amount'] },
    });
    world.system.take('fake:analyst', 'sales.orders');
    world.system.give('fake:analyst', 'sales.orders', ['id', 'email']);
    await world.scan(one);

    const found = await items();
    expect(found.map(item => [item.kind, item.words]).sort()).toEqual([
      [
        'excess',
        'analyst holds READ on sales.orders (email): nobody approved it',
      ],
      [
        'missing',
        'analyst should hold Orders: Fake lake does not list amount of `sales.orders`',
      ],
    ]);
    expect(await world.provisioning.entitlement(id)).toMatchObject({
      health: 'degraded',
    });
    const excess = found.find(item => item.kind === 'excess') ?? found[0];
    expect(excess.grant?.because).toMatchObject({
      kind: 'approved-and-more',
      entitlementId: id,
      words: 'A part of it; the rest nobody approved',
    });

    const preview = await resolved(excess, 'revoke', {
      reason: 'Not agreed',
      dryRun: true,
    });
    expect(preview.effects).toEqual([
      {
        words: { text: 'Revoke reading of sales.orders (email) from analyst' },
      },
    ]);
    await resolved(excess, 'revoke');
    expect(world.system.held()).toMatchObject([{ columns: ['id'] }]);
    await reconcile(one.drift, ADMIN, { entitlementId: id });
    await world.work(one);
    await world.scan(one);
    expect(world.system.held()).toMatchObject([{ columns: ['amount', 'id'] }]);
    expect(await items()).toEqual([]);
    expect(await world.provisioning.entitlement(id)).toMatchObject({
      health: 'ok',
    });
  });

  it('shows an entitlement whose principal holds more as healthy in excess', async () => {
    const id = await world.active(one, { tables: { orders: ['id'] } });
    world.system.give('fake:analyst', 'sales.orders', ['email']);
    await world.scan(one);
    expect(await world.provisioning.entitlement(id)).toMatchObject({
      health: 'excess',
      healthReason:
        'Holds more than was approved: READ on sales.orders (email)',
    });
  });

  it('revokes what nobody approved, on the trail before and after', async () => {
    world.system.give('fake:other', 'sales.returns', ['id']);
    await world.scan(one);
    const [item] = await items();
    expect(item.actions).toEqual(['adopt', 'revoke']);
    await expect(
      resolveDrift(one.drift, ADMIN, { ids: [item.id], action: 'revoke' }),
    ).rejects.toThrow(/reason: is empty/);
    // It is looked at before anybody knows what to write.
    expect(await resolved(item, 'revoke', { dryRun: true })).toMatchObject({
      ok: true,
      effects: [
        { words: { text: 'Revoke reading of sales.returns (id) from other' } },
      ],
    });
    expect(await resolved(item, 'adopt', { dryRun: true })).toEqual({
      id: item.id,
      ok: true,
      effects: [
        {
          words: expect.objectContaining({
            text: 'other holds READ on sales.returns (id): stays, as adopted',
          }),
        },
      ],
    });
    expect(world.system.held()).toHaveLength(1);
    expect(await items()).toHaveLength(1);

    one.provisioner.failNext(
      'revoke',
      new FakeSystemError('AccessDenied', 'permanent'),
    );
    expect(await resolved(item, 'revoke')).toEqual({
      id: item.id,
      ok: false,
      error:
        'AccessDenied: The fake system answered AccessDenied (Ask the fake admin)',
      effects: [],
    });
    expect(world.system.held()).toHaveLength(1);

    expect(await resolved(item, 'revoke')).toMatchObject({ ok: true });
    expect(world.system.held()).toEqual([]);
    expect(await items()).toEqual([]);
    expect(await resolved(item, 'revoke')).toMatchObject({
      ok: false,
      error: expect.stringMatching(/No open drift/),
    });
    expect(await trail('drift.revoking')).toHaveLength(2);
    expect(await trail('drift.revoke-failed')).toHaveLength(1);
    expect(await trail('drift.revoked')).toMatchObject([
      { actor: ADMIN.userRef, after: expect.stringContaining('As agreed') },
    ]);
  });

  it('says of which kinds there are more than it has counted', async () => {
    const fill = (kind: string, count: number) =>
      world.knex.raw(
        `insert into drift_items (kind, subject, words, since)
          with recursive made(n) as (
            select 1 union all select n + 1 from made where n < ?
          )
          select ?, '${kind} ' || n, '', '2026-11-25T00:00:00.000Z' from made`,
        [count, kind],
      );
    await fill('excess', 10_001);
    await fill('residue', 10_000);
    expect(await driftPage(one.drift, ADMIN, { limit: 1 })).toMatchObject({
      counts: { excess: 10_000, missing: 0, identity: 0, residue: 10_000 },
      atLeast: ['excess'],
    });
  });

  it('takes nothing away that was approved in the meantime', async () => {
    world.system.give('fake:analyst', 'sales.orders', ['id']);
    await world.scan(one);
    const [item] = await items();
    await world.provisioning.approve(one.replica);
    expect(await resolved(item, 'revoke')).toMatchObject({
      ok: false,
      error: expect.stringMatching(/is being worked on in the same place/),
    });
    await world.work(one);
    expect(await resolved(item, 'revoke')).toMatchObject({
      ok: false,
      error: expect.stringMatching(/No open drift|explained by now/),
    });
    expect(world.system.held()).toMatchObject([{ columns: [...all].sort() }]);
  });

  it('lets an adopted grant be, and asks again where it grows or comes back', async () => {
    world.system.give('fake:other', 'sales.returns', ['id']);
    await world.scan(one);
    const [item] = await items();
    expect(await resolved(item, 'adopt')).toMatchObject({ ok: true });
    expect(await items()).toEqual([]);
    expect(await world.reasons()).toEqual({
      'fake:other sales.returns': 'adopted',
    });
    const explained = await one.explorer.explain(ADMIN, item.grant?.id ?? '');
    expect(explained.chain).toContainEqual({
      words: 'user:default/gil adopted it: As agreed',
      source: 'adoption',
      entityRef: 'user:default/gil',
      at: expect.any(String),
    });
    expect(await trail('drift.adopted')).toHaveLength(1);
    await world.scan(one);
    expect(await items()).toEqual([]);

    world.system.give('fake:other', 'sales.returns', ['email']);
    await world.scan(one);
    expect((await items()).map(({ words }) => words)).toEqual([
      'other holds READ on sales.returns (email): nobody approved it',
    ]);
    world.system.take('fake:other', 'sales.returns');
    await world.scan(one);
    expect(await items()).toEqual([]);
    world.system.give('fake:other', 'sales.returns', ['id']);
    await world.scan(one);
    expect(await items()).toHaveLength(1);
  });

  it('never grants again for a table that was created anew, until a person says so', async () => {
    const id = await world.active(one);
    await world.scan(one);
    one.provisioner.identities.set(
      'table:sales.orders',
      '2026-11-23T07:00:00.000Z',
    );
    world.system.take('fake:analyst', 'sales.orders');
    await world.scan(one);

    const found = await items();
    expect(found.map(item => item.kind).sort()).toEqual([
      'identity',
      'missing',
    ]);
    const identity = found.find(item => item.kind === 'identity') ?? found[0];
    const missing = found.find(item => item.kind === 'missing') ?? found[0];
    expect(identity.words).toMatch(
      /`table:sales.orders` is not what access was given for/,
    );
    expect(identity.actions).toContain('adopt');
    expect(await resolved(missing, 'reapply', {})).toMatchObject({
      ok: false,
      error: expect.stringMatching(/A person must adopt or revoke it first/),
    });
    const { items: begun } = await reconcile(one.drift, ADMIN, {
      everything: true,
    });
    expect(begun).toMatchObject([
      { started: false, error: expect.any(String) },
    ]);
    await world.work(one);
    expect(world.system.held()).toEqual([]);

    expect(await resolved(identity, 'adopt')).toMatchObject({ ok: true });
    expect(await resolved(missing, 'reapply', {})).toMatchObject({ ok: true });
    await world.work(one);
    await world.scan(one);
    expect(world.system.held()).toHaveLength(1);
    expect(await items()).toEqual([]);
    expect(await trail('drift.identity-adopted')).toHaveLength(1);
    expect(await world.provisioning.entitlement(id)).toMatchObject({
      health: 'ok',
    });
  });

  describe('of a principal that was created anew', () => {
    const WHO = 'principal:fake:analyst';
    const given = {
      'table:sales.orders': '2026-01-01T00:00:00.000Z',
      [WHO]: 'AROA1',
    };
    const identitiesOf = async (id: string) =>
      JSON.parse(
        (await world.knex('entitlements').where({ id }).first('identities'))
          .identities,
      );
    const reapplied = async (id: string) =>
      reapplyEntitlement(one.replica.entitlements, OWNER, id, {
        version: (await world.provisioning.entitlement(id)).version,
      });

    it('tells that it is gone, and never grants to the next of its name', async () => {
      one.provisioner.identities.set(WHO, 'AROA1');
      const id = await world.active(one, { identities: given });
      await world.scan(one);
      expect(await items()).toEqual([]);

      one.provisioner.missing.add(WHO);
      await world.scan(one);
      const [gone] = await items();
      expect(gone).toMatchObject({
        kind: 'identity',
        words: expect.stringContaining(`\`${WHO}\` is not there any more`),
        entitlement: { id, health: 'degraded' },
      });
      expect(await resolved(gone, 'adopt')).toMatchObject({
        ok: false,
        error: expect.stringContaining('There is nothing to adopt'),
      });
      await expect(reapplied(id)).rejects.toThrow(/is not there any more/);

      one.provisioner.missing.clear();
      one.provisioner.identities.set(WHO, 'AROA2');
      world.system.take('fake:analyst', 'sales.orders');
      await world.scan(one);
      expect((await items()).map(({ kind }) => kind).sort()).toEqual([
        'identity',
        'missing',
      ]);
      await expect(reapplied(id)).rejects.toThrow(
        /it was `AROA1`, now it is `AROA2`.*A person must adopt or revoke/,
      );
      await expect(
        narrowEntitlement(one.replica.entitlements, OWNER, id, {
          version: (await world.provisioning.entitlement(id)).version,
          narrowing: {
            scope: {
              level: 'read',
              tables: [{ table: 'orders', columns: ['id'] }],
            },
            reason: 'Less will do',
          },
        }),
      ).rejects.toThrow(/cannot be changed: .*now it is `AROA2`/);
      await world.work(one);
      expect(world.system.held()).toEqual([]);

      const [identity] = (await items()).filter(
        ({ kind }) => kind === 'identity',
      );
      expect(await resolved(identity, 'adopt')).toMatchObject({ ok: true });
      expect(await identitiesOf(id)).toMatchObject({ [WHO]: 'AROA2' });
      await reapplied(id);
      await world.work(one);
      await world.scan(one);
      expect(world.system.held()).toHaveLength(1);
      expect(await items()).toEqual([]);
    });

    it('remembers who it is from the first look that is let', async () => {
      const { [WHO]: _, ...without } = given;
      const id = await world.active(one, { identities: without });
      await world.scan(one);
      expect(await identitiesOf(id)).not.toHaveProperty([WHO]);
      one.provisioner.identities.set(WHO, 'AROA1');
      await world.scan(one);
      expect(await identitiesOf(id)).toMatchObject(given);
      one.provisioner.identities.set(WHO, 'AROA2');
      await world.scan(one);
      expect(await identitiesOf(id)).toMatchObject(given);
      expect(await items()).toMatchObject([{ kind: 'identity' }]);
    });

    it('remembers that there was nobody, so that whoever comes is another', async () => {
      const { [WHO]: _, ...without } = given;
      await world.active(one, { identities: without });
      one.provisioner.missing.add(WHO);
      await world.scan(one);
      one.provisioner.missing.clear();
      one.provisioner.identities.set(WHO, 'AROA1');
      await world.scan(one);
      expect(await items()).toMatchObject([
        {
          kind: 'identity',
          words: expect.stringContaining('it was `nobody`, now it is `AROA1`'),
        },
      ]);
    });

    it('is no news where it cannot be looked at', async () => {
      one.provisioner.identities.set(WHO, 'AROA1');
      const id = await world.active(one, { identities: given });
      one.provisioner.identities.delete(WHO);
      await world.scan(one);
      expect(await items()).toEqual([]);
      expect(await identitiesOf(id)).toMatchObject(given);
      await reapplied(id);
      await world.work(one);
      expect(world.system.held()).toHaveLength(1);
    });

    it('lets what is to end go on ending', async () => {
      const id = await world.active(one, { identities: given });
      one.provisioner.failNext(
        'undo',
        new FakeSystemError('AccessDenied', 'permanent'),
      );
      const version = async () =>
        (await world.provisioning.entitlement(id)).version;
      await revokeEntitlement(one.replica.entitlements, OWNER, id, {
        version: await version(),
        reason: 'Done',
      });
      await world.work(one);
      one.provisioner.identities.set(WHO, 'AROA2');
      await retryEntitlement(one.replica.entitlements, OWNER, id, {
        version: await version(),
      });
      await world.work(one);
      expect(world.system.held()).toEqual([]);
    });

    it('looks once for all of a scan', async () => {
      await world.active(one);
      await world.active(one, { requestId: 'second' });
      one.provisioner.together.length = 0;
      await world.scan(one);
      const [first, second, ...others] = one.provisioner.together;
      expect(first).toEqual(expect.any(Object));
      expect(second).toBe(first);
      expect(others).toEqual([]);
      await world.scan(one);
      expect(one.provisioner.together[2]).not.toBe(first);
    });
  });

  describe('of what scans read beside the grants', () => {
    beforeEach(() => {
      // Nothing is looked at one by one.
      one = world.replica({ config: { checksPerScan: 0 } });
      one.provisioner.scanner.unseenTables.add('sales.orders');
      one.provisioner.scanner.readsBeside = true;
    });

    it('misses what is lost, and applies it again', async () => {
      const id = await world.active(one);
      await world.scan(one);
      expect(await items()).toEqual([]);
      world.system.take('fake:analyst', 'sales.orders');
      await world.scan(one);
      const [item] = await items();
      expect(item).toMatchObject({
        kind: 'missing',
        words: expect.stringContaining('Nobody is let in to `sales.orders`'),
        entitlement: { id, health: 'degraded' },
      });
      expect(await resolved(item, 'reapply', {})).toMatchObject({ ok: true });
      await world.work(one);
      await world.scan(one);
      expect(await items()).toEqual([]);
      expect(world.system.held()).toHaveLength(1);
    });

    it('leaves what others hold there alone', async () => {
      await world.active(one);
      world.system.give('fake:other', 'sales.orders', ['id']);
      await world.scan(one);
      expect(await items()).toEqual([]);
      expect(world.system.held()).toHaveLength(2);
    });

    it('does not go by what another scan has read', async () => {
      const id = await world.active(one);
      for (const column of ['a', 'b', 'c']) {
        world.system.give(`fake:other-${column}`, 'sales.orders-2', ['id']);
      }
      world.system.take('fake:analyst', 'sales.orders');
      await world.scan(one);
      // Now this process remembers that it is lost; it is there again.
      world.system.give('fake:analyst', 'sales.orders', all);
      for (const column of ['a', 'b', 'c']) {
        world.system.take(`fake:other-${column}`, 'sales.orders-2');
      }
      const other = world.replica({ config: { haltAboveCount: 1 } });
      other.provisioner.scanner.unseenTables.add('sales.orders');
      const [{ state, claim }] = await world.scan(other);
      expect(state).toBe('halted');
      const releasing = world.replica({ provisioner: one.provisioner });
      await releasing.scans.release(ADMIN, claim.scanId, 'A team has left');
      await one.refresher.idle();
      expect((await world.provisioning.entitlement(id)).health).toBe('ok');
    });
  });

  it('looks at what scans do not show, step by step', async () => {
    one.provisioner.scanner.unseenTables.add('sales.orders');
    const id = await world.active(one);
    await world.scan(one);
    expect(await items()).toEqual([]);
    world.system.take('fake:analyst', 'sales.orders');
    await world.scan(one);
    expect(await items()).toMatchObject([
      {
        kind: 'missing',
        words: expect.stringMatching(/does not hold this any more: Grant/),
        entitlement: { id },
      },
    ]);
    world.system.give('fake:analyst', 'sales.orders', all);
    await world.scan(one);
    expect(await items()).toEqual([]);
  });

  it.each(['shown by scans', 'not shown by scans'])(
    'keeps residue %s as drift until it is gone',
    async how => {
      if (how === 'not shown by scans') {
        one.provisioner.scanner.unseenTables.add('sales.orders');
      }
      const id = await world.active(one);
      await world.scan(one);
      const version = async () =>
        (await world.provisioning.entitlement(id)).version;
      one.provisioner.failNext(
        'undo',
        new FakeSystemError('AccessDenied', 'permanent'),
      );
      await revokeEntitlement(one.replica.entitlements, OWNER, id, {
        version: await version(),
        reason: 'Done',
      });
      await world.work(one);
      await closeResidue(one.replica.entitlements, OWNER, id, {
        version: await version(),
        reason: 'The account is locked',
      });
      await world.work(one);
      await world.scan(one);
      expect(await items()).toMatchObject([
        { kind: 'residue', entitlement: { id } },
      ]);

      world.system.take('fake:analyst', 'sales.orders');
      await world.scan(one);
      expect(await items()).toEqual([]);
      expect(
        (await world.provisioning.steps(id)).map(step => step.state),
      ).toEqual(['undone']);
      expect(
        (await world.provisioning.entitlement(id)).residue,
      ).toBeUndefined();
    },
  );

  it('reconciles one, a product, an account or everything, at a pace', async () => {
    const ids: string[] = [];
    one.provisioner.scanner.accounts.set('sales', '111111111111');
    for (const name of ['a', 'b', 'c']) {
      ids.push(await world.active(one, { principal: `fake:${name}` }));
    }
    await world.scan(one);
    for (const name of ['a', 'b', 'c']) {
      world.system.take(`fake:${name}`, 'sales.orders');
    }
    await world.scan(one);

    await expect(reconcile(one.drift, ADMIN, {})).rejects.toThrow(
      /Exactly one of .* found 0/,
    );
    await expect(
      reconcile(one.drift, ADMIN, { everything: true, accountId: 'x' }),
    ).rejects.toThrow(/found 2/);
    const dry = await reconcile(one.drift, ADMIN, {
      productRef: 'dataproduct:default/orders',
      dryRun: true,
    });
    expect(dry.items.map(item => item.started)).toEqual([false, false, false]);
    expect(
      (await reconcile(one.drift, ADMIN, { accountId: '2' })).items,
    ).toEqual([]);

    const { items: begun } = await reconcile(one.drift, ADMIN, {
      accountId: '111111111111',
      perMinute: 2,
    });
    expect(begun.map(item => item.started)).toEqual([true, true, false]);
    expect(begun.map(item => item.entitlementId).sort()).toEqual(
      [...ids].sort(),
    );
    await world.work(one);
    expect(world.system.held()).toHaveLength(2);
    await one.upkeep();
    await world.work(one);
    expect(world.system.held()).toHaveLength(2);
    world.clock.advance({ seconds: 60 });
    // Two replicas look for what is due; one of them takes it.
    const other = world.replica();
    await Promise.all([one.upkeep(), other.upkeep()]);
    await world.work(one);
    expect(world.system.held()).toHaveLength(3);
    expect(await trail('entitlement.reapplying')).toHaveLength(3);
  });

  it('repairs by policy, on the trail, and tells people all the same', async () => {
    one = world.replica({
      config: {
        automatic: { missing: 'reapply', excess: 'revoke', residue: 'none' },
      },
    });
    await world.active(one);
    world.system.take('fake:analyst', 'sales.orders');
    world.system.give('fake:other', 'sales.returns', ['id']);
    await world.scan(one);
    await world.work(one);
    expect(world.system.held()).toMatchObject([
      { principal: 'fake:analyst', table: 'sales.orders' },
    ]);
    expect(await trail('drift.revoked')).toMatchObject([
      {
        actor: 'plugin:data-mesh',
        after: expect.stringContaining('By policy'),
      },
    ]);
    expect(one.news.map(news => news.kind).sort()).toEqual([
      'excess',
      'missing',
    ]);
    await world.scan(one);
    expect(await items()).toEqual([]);
  });

  describe('after the database was restored from a backup', () => {
    const automatic = {
      missing: 'reapply',
      excess: 'none',
      residue: 'none',
    } as const;

    it('grants nothing by itself that nothing has seen since the start', async () => {
      await world.active(one);
      await world.scan(one);
      world.clock.advance({ days: 1 });
      // Revoked in the meantime, in a database that is lost.
      world.system.take('fake:analyst', 'sales.orders');
      one = world.replica({ config: { automatic } });
      await world.scan(one);
      await world.work(one);
      await world.scan(one);
      await world.work(one);
      expect(world.system.held()).toEqual([]);
      expect(await items()).toMatchObject([{ kind: 'missing' }]);
      expect(await trail('drift.automatic-held')).toMatchObject([
        { after: expect.stringContaining('since this backend started') },
      ]);
      expect(await resolved((await items())[0], 'reapply')).toMatchObject({
        ok: true,
      });
      await world.work(one);
      expect(world.system.held()).toHaveLength(1);
    });

    it('repairs again what a scan has seen since the start', async () => {
      await world.active(one);
      world.clock.advance({ days: 1 });
      one = world.replica({ config: { automatic } });
      world.clock.advance({ seconds: 60 });
      await world.scan(one);
      world.clock.advance({ seconds: 60 });
      world.system.take('fake:analyst', 'sales.orders');
      await world.scan(one);
      await world.work(one);
      expect(world.system.held()).toHaveLength(1);
    });

    it('starts anew where the audit trail has become shorter under it', async () => {
      one = world.replica({ config: { automatic } });
      await world.active(one);
      await world.scan(one);
      world.system.give('fake:other', 'sales.returns', ['id']);
      world.clock.advance({ seconds: 60 });
      // One that is repaired, so that the trail was looked at.
      world.system.take('fake:analyst', 'sales.orders');
      await world.scan(one);
      await world.work(one);
      expect(world.system.held()).toHaveLength(2);
      world.clock.advance({ seconds: 60 });
      await world.scan(one);
      world.clock.advance({ seconds: 60 });
      await world.knex('audit_head').where({ id: 1 }).update({ sequence: 1 });
      await world.knex('audit_events').where('sequence', '>', 1).delete();
      world.system.take('fake:analyst', 'sales.orders');
      await world.scan(one);
      await world.work(one);
      expect(world.system.held()).toMatchObject([{ principal: 'fake:other' }]);
    });
  });

  it('leaves too much of it to a person', async () => {
    one = world.replica({
      config: {
        haltAboveCount: 2,
        automatic: { missing: 'none', excess: 'revoke', residue: 'none' },
      },
    });
    for (const name of ['a', 'b', 'c']) {
      world.system.give(`fake:${name}`, 'sales.returns', ['id']);
    }
    await world.scan(one);
    expect(world.system.held()).toHaveLength(3);
    expect(one.held).toEqual([
      { kind: 'excess', count: 3, of: 3, targetId: 'fake:sales' },
    ]);
    expect(await trail('drift.automatic-held')).toHaveLength(1);
  });

  it('lets only those resolve drift who may, but its consumer re-apply', async () => {
    let mayResolve = true;
    one = world.replica({
      permissions: mockServices.permissions.mock({
        authorize: async questions =>
          questions.map(({ permission }) => ({
            result:
              permission.name === 'data-mesh.drift.resolve' && !mayResolve
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
      }),
    });
    const ana = aCaller('user:default/ana');
    const eve = aCaller('user:default/eve');
    await world.active(one);
    await world.scan(one);
    world.system.take('fake:analyst', 'sales.orders');
    world.system.give('fake:other', 'sales.returns', ['id']);
    await world.scan(one);
    mayResolve = false;

    const seen = (await driftPage(one.drift, ana, {})).items;
    const missing = seen.find(item => item.kind === 'missing') ?? seen[0];
    const excess = seen.find(item => item.kind === 'excess') ?? seen[0];
    expect(missing.actions).toEqual(['reapply']);
    expect(excess.actions).toEqual([]);
    for (const action of ['adopt', 'revoke'] as const) {
      await expect(
        resolveDrift(one.drift, ana, {
          ids: [excess.id],
          action,
          reason: 'Why not',
        }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
    }
    await expect(one.scans.start(ana, {})).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    const refused = await resolveDrift(one.drift, eve, {
      ids: [missing.id],
      action: 'reapply',
    });
    expect(refused.items[0]).toMatchObject({ ok: false });
    // Nor whether there is anything that others may have applied again.
    expect(await reconcile(one.drift, eve, { everything: true })).toEqual({
      items: [],
    });
    const taken = await resolveDrift(one.drift, ana, {
      ids: [missing.id],
      action: 'reapply',
    });
    expect(taken.items[0]).toMatchObject({ ok: true });
  });
});
