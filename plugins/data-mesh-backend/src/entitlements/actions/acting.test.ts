import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { FoundProduct } from '../../catalog/MeshCatalog';
import { testDatabases } from '../../testing/databases';
import type { NewEntitlement } from '../lifecycle/EntitlementIntake';
import type { EntitlementAccess } from '../guard/EntitlementAccess';
import { FakeSystemError } from '../../testing/FakeSystem';
import {
  aCaller,
  anApproval,
  ProvisioningWorld,
  type Replica,
} from '../../testing/provisioningFixture';
import { Governance } from '../../people';
import { entitlementDetail } from '../reading/entitlementDetail';
import { entitlementPage } from '../reading/entitlementPage';
import { previewRevocation } from '../reading/previewRevocation';
import { relinquishEntitlement, revokeEntitlement } from './ending';
import { retryEntitlement } from './reapplying';

const databases = testDatabases();

const ana = aCaller('user:default/ana', ['group:default/analytics']);
const owner = aCaller('user:default/omar', ['group:default/sales']);
const steward = aCaller('user:default/stella', ['group:default/stewards']);
const governor = aCaller('user:default/gus', ['group:default/governance']);
const stranger = aCaller('user:default/sam');

const CONSUMER_ACTIONS = ['relinquish', 'reapply', 'renew', 'amend', 'narrow'];
const OWNER_ACTIONS = ['revoke', 'reapply', 'narrow'];

const product: FoundProduct = {
  entity: {
    apiVersion: 'lakemesh.io/v1alpha1',
    kind: 'DataProduct',
    metadata: { name: 'orders' },
    spec: { access: { approvers: ['stewards'] } },
  } as DataProductEntity,
  productRef: 'dataproduct:default/orders',
  title: 'Orders',
  ownerRef: 'group:default/sales',
  domainRef: 'domain:default/sales',
};

describe.each(databases.eachSupportedId())('entitlements on %s', databaseId => {
  let world: ProvisioningWorld;
  let replica: Replica;

  const accessWith = (
    access: Partial<EntitlementAccess> = {},
  ): EntitlementAccess => ({
    authorizer: {
      isAllowed: async () => true,
      require: async () => {},
      readFilter: async () => 'all',
    },
    permissions: mockServices.permissions.mock({
      authorize: async questions =>
        questions.map(() => ({ result: AuthorizeResult.ALLOW })),
    }),
    products: {
      findProduct: async () => product,
      homesOf: async () => new Map(),
    },
    principals: {
      availableTo: async caller =>
        caller.ownershipRefs.includes('group:default/analytics')
          ? [{ id: 'fake:analyst' }]
          : [],
      mayUse: async (caller, id) =>
        id === 'fake:analyst' &&
        caller.ownershipRefs.includes('group:default/analytics'),
    },
    governance: new Governance(['group:default/governance']),
    ...access,
  });

  const aReplica = (access?: Partial<EntitlementAccess>) =>
    world.replica({
      access: accessWith(access),
    });

  const anActive = async (approval: Partial<NewEntitlement> = {}) => {
    const id = await world.approve(replica, {
      ...anApproval(),
      ...approval,
    });
    await replica.runUntilIdle();
    return id;
  };

  const aFailed = async () => {
    replica.provisioner.failNext(
      'apply',
      new FakeSystemError('AccessDenied', 'permanent'),
    );
    return anActive();
  };

  beforeEach(async () => {
    world = await ProvisioningWorld.on(await databases.migrated(databaseId));
    replica = aReplica();
  });

  it.each([
    ['the requester', ana, CONSUMER_ACTIONS],
    [
      'a colleague who may act as its principal',
      aCaller('user:default/cleo', ['group:default/analytics']),
      CONSUMER_ACTIONS,
    ],
    ['the owner of the product', owner, OWNER_ACTIONS],
    ['an approver of the product', steward, OWNER_ACTIONS],
    ['data governance', governor, OWNER_ACTIONS],
    ['a stranger', stranger, []],
  ])('offers %s what they may do', async (_, caller, actions) => {
    const id = await anActive();
    const detail = await entitlementDetail(replica.entitlements, caller, id);
    expect(detail.actions).toEqual(actions);
    expect(detail.steps).toMatchObject([
      { position: 0, direction: 'apply', state: 'done', attempts: 1 },
    ]);
  });

  it('offers and does nothing that the permission policy refuses', async () => {
    const id = await anActive();
    const refusing = aReplica({
      authorizer: {
        ...accessWith().authorizer,
        isAllowed: async permission =>
          permission.name !== 'data-mesh.entitlement.revoke',
        require: async permission => {
          if (permission.name === 'data-mesh.entitlement.revoke') {
            throw new Error(`no ${permission.name}`);
          }
        },
      },
    });
    expect(
      (await entitlementDetail(refusing.entitlements, owner, id)).actions,
    ).toEqual(['reapply', 'narrow']);
    await expect(
      revokeEntitlement(refusing.entitlements, owner, id, {
        version: 2,
        reason: 'x',
      }),
    ).rejects.toThrow('no data-mesh.entitlement.revoke');
  });

  it('revokes: seen at once, gone when the system lists nothing any more', async () => {
    const id = await anActive();

    const revoking = await revokeEntitlement(replica.entitlements, owner, id, {
      version: 2,
      reason: ' The contract has ended ',
    });
    expect(revoking).toMatchObject({
      state: 'revoking',
      version: 3,
      actions: [],
      endReason: 'The contract has ended',
      endedBy: 'user:default/omar',
      steps: [{ direction: 'undo', state: 'pending' }],
    });
    expect(revoking.endedAt).toBeUndefined();
    await replica.runUntilIdle();

    expect(world.system.held()).toEqual([]);
    expect(await world.entitlement(id)).toMatchObject({
      state: 'revoked',
      endedAt: '2026-11-23T08:00:00.000Z',
    });
    expect(replica.notices.map(notice => notice.kind)).toEqual([
      'activated',
      'revoked',
    ]);
    const [begun] = await world
      .knex('audit_events')
      .where({ action: 'entitlement.revoking' });
    expect(begun).toMatchObject({
      actor_ref: 'user:default/omar',
      correlation_id: 'request-1',
    });
    expect(JSON.parse(begun.after)).toMatchObject({
      kind: 'revoked',
      reason: 'The contract has ended',
    });
  });

  it('hands back, by who holds it', async () => {
    const id = await anActive();
    await relinquishEntitlement(replica.entitlements, ana, id, { version: 2 });
    await replica.runUntilIdle();
    expect(world.system.held()).toEqual([]);
    expect(await world.entitlement(id)).toMatchObject({
      state: 'revoked',
      endedBy: 'user:default/ana',
    });
    expect(replica.notices.at(-1)).toMatchObject({ kind: 'relinquished' });
  });

  it.each([
    [
      'revoke without a reason',
      (id: string) =>
        revokeEntitlement(replica.entitlements, owner, id, {
          version: 2,
          reason: '  ',
        }),
      /^reason: is empty/,
    ],
    [
      'revoke by who only holds it',
      (id: string) =>
        revokeEntitlement(replica.entitlements, ana, id, {
          version: 2,
          reason: 'x',
        }),
      /cannot be revoked by user:default\/ana: only the owner or an approver/,
    ],
    [
      'hand back by who only owns the product',
      (id: string) =>
        relinquishEntitlement(replica.entitlements, owner, id, { version: 2 }),
      /cannot be relinquished by .*: only who asked for it/,
    ],
    [
      'retry of what has not failed',
      (id: string) =>
        retryEntitlement(replica.entitlements, owner, id, { version: 2 }),
      /cannot be retried: it is active, where only revoke, .* is possible/,
    ],
    [
      'revoke of a version that is not the last',
      (id: string) =>
        revokeEntitlement(replica.entitlements, owner, id, {
          version: 1,
          reason: 'x',
        }),
      /has changed since you looked: it is active now \(version 2, .*you have seen version 1/,
    ],
    [
      'revoke of one that does not exist',
      () =>
        revokeEntitlement(replica.entitlements, owner, 'nope', {
          version: 1,
          reason: 'x',
        }),
      /No entitlement has the id 'nope'/,
    ],
  ])('refuses to %s, and changes nothing', async (_, act, message) => {
    const id = await anActive();
    await expect(act(id)).rejects.toThrow(message);
    expect(await world.entitlement(id)).toMatchObject({
      state: 'active',
      version: 2,
    });
  });

  it('lets only one of two who end it at the same instant win', async () => {
    const id = await anActive();
    const results = await Promise.allSettled([
      revokeEntitlement(replica.entitlements, owner, id, {
        version: 2,
        reason: 'a',
      }),
      relinquishEntitlement(replica.entitlements, ana, id, { version: 2 }),
    ]);
    expect(results.map(result => result.status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(results.find(result => result.status === 'rejected')).toMatchObject({
      reason: {
        name: 'ConflictError',
        message: expect.stringMatching(/it is being revoked now/),
      },
    });
  });

  it('goes on with a failed one where it stopped', async () => {
    const id = await aFailed();
    const failed = await entitlementDetail(replica.entitlements, ana, id);
    expect(failed).toMatchObject({
      state: 'failed',
      actions: ['retry', 'reapply', 'relinquish'],
    });
    await retryEntitlement(replica.entitlements, ana, id, {
      version: failed.version,
    });
    await replica.runUntilIdle();

    const active = await entitlementDetail(replica.entitlements, ana, id);
    expect(active).toMatchObject({ state: 'active', version: 4 });
    expect(active.error).toBeUndefined();
    expect(active.failedFrom).toBeUndefined();
  });

  it('tries an ending that has failed again, and offers nothing else', async () => {
    const id = await anActive();
    replica.provisioner.failNext(
      'undo',
      new FakeSystemError('AccessDenied', 'permanent'),
    );
    await revokeEntitlement(replica.entitlements, owner, id, {
      version: 2,
      reason: 'x',
    });
    await replica.runUntilIdle();
    const failed = await entitlementDetail(replica.entitlements, owner, id);
    expect(failed).toMatchObject({
      state: 'failed',
      failedFrom: 'revoking',
      actions: ['retry', 'close-residue'],
    });
    await expect(
      revokeEntitlement(replica.entitlements, owner, id, {
        version: failed.version,
        reason: 'again',
      }),
    ).rejects.toThrow(
      /cannot be revoked: it is failed while it was revoked, where only retry or close with residue is possible/,
    );

    await retryEntitlement(replica.entitlements, owner, id, {
      version: failed.version,
    });
    await replica.runUntilIdle();
    expect(world.system.held()).toEqual([]);
    expect(await world.entitlement(id)).toMatchObject({ state: 'revoked' });
  });

  it('ends at once what was never begun', async () => {
    const id = await world.approve(replica);
    const ended = await relinquishEntitlement(replica.entitlements, ana, id, {
      version: 1,
    });
    expect(ended).toMatchObject({
      state: 'revoked',
      steps: [{ state: 'skipped', outcome: 'was never begun' }],
    });
    await replica.runUntilIdle();
    expect(replica.provisioner.calls).toEqual([]);
  });

  it('takes back what a call under way still grants', async () => {
    const id = await world.approve(replica);
    const held = replica.provisioner.holdNext('apply');
    const run = replica.runUntilIdle();
    await held.reached;
    const revoking = await revokeEntitlement(replica.entitlements, owner, id, {
      version: 1,
      reason: 'by mistake',
    });
    expect(revoking).toMatchObject({
      state: 'revoking',
      steps: [{ direction: 'apply', state: 'running' }],
    });
    held.release();
    await run;

    expect(world.system.writes.map(write => write.operation)).toEqual([
      'grant',
      'revoke',
    ]);
    expect(world.system.held()).toEqual([]);
    expect(await world.entitlement(id)).toMatchObject({ state: 'revoked' });
  });

  it('writes nothing where the end comes before the first write', async () => {
    const id = await world.approve(replica);
    const held = replica.provisioner.holdNext('observe', 'after');
    const run = replica.runUntilIdle();
    await held.reached;
    await revokeEntitlement(replica.entitlements, owner, id, {
      version: 1,
      reason: 'x',
    });
    held.release();
    await run;

    expect(world.system.writes).toEqual([]);
    expect(await world.entitlement(id)).toMatchObject({ state: 'revoked' });
  });

  it('shows what revoking takes away and what stays', async () => {
    world.system.give('fake:analyst', 'sales.orders', ['id']);
    const id = await anActive();
    await anActive(anApproval({ tables: { orders: ['email'] } }));

    expect(await previewRevocation(replica.entitlements, owner, id)).toEqual({
      removes: [{ words: { text: 'Reading of `sales.orders.amount`' } }],
      keeps: [
        {
          words: { text: 'Reading of `sales.orders.email`' },
          because: { text: 'another entitlement needs it' },
        },
        {
          words: { text: 'Reading of `sales.orders.id`' },
          because: { text: 'was there before us' },
        },
      ],
    });

    replica.provisioner.failNext('observe');
    await expect(
      previewRevocation(replica.entitlements, owner, id),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/SlowDown/),
    });
  });

  it('lists what is mine by who I am and what I may act as, within what I may read', async () => {
    const own = await anActive();
    await anActive(anApproval({ principal: 'fake:elsewhere' }));
    await anActive(
      anApproval({ principal: 'fake:others', requesterRef: 'user:default/x' }),
    );
    const list = async (caller: typeof ana, view: 'mine' | 'all') =>
      (await entitlementPage(replica.entitlements, caller, { view })).items
        .length;
    expect(await list(ana, 'mine')).toBe(2);
    expect(await list(stranger, 'mine')).toBe(0);
    expect(await list(stranger, 'all')).toBe(3);

    const conditional = aReplica({
      authorizer: {
        ...accessWith().authorizer,
        readFilter: async () => ({
          fact: 'principal',
          values: ['fake:analyst'],
        }),
      },
    });
    const page = await entitlementPage(conditional.entitlements, ana, {
      view: 'mine',
    });
    expect(page.items.map(item => item.id)).toEqual([own]);
  });
});
