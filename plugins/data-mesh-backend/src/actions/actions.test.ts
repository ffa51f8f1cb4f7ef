import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  requestCreatePermission,
  type NewRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { testDatabases } from '../testing/databases';
import {
  ANA,
  EVE,
  OMAR,
  ORDERS,
  STELLA,
  aProduct,
  aRequest,
} from '../testing/meshFixture';
import {
  asked,
  deciding,
  inForce,
  startMesh,
  type Mesh,
} from '../testing/startMesh';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('actions, on %s', databaseId => {
  let mesh: Mesh;
  const start = async (
    options: Partial<Parameters<typeof startMesh>[0]> = {},
  ) => {
    mesh = await startMesh({
      knex: await databases.migrated(databaseId),
      worker: { pollSeconds: 0.05 },
      ...options,
    });
  };
  afterEach(() => mesh.stop());

  /** The output, or the error. */
  const run = async (userRef: string, name: string, input: object = {}) => {
    const { body } = await mesh
      .as(userRef)
      .post(`/.backstage/actions/v1/actions/data-mesh:${name}/invoke`, input);
    return body.output ?? body.error;
  };
  const ask = (change: Partial<NewRequest> = {}, key = 'a-key-of-mine') => ({
    ...aRequest(change),
    idempotencyKey: key,
  });

  it('name the field and the reason of each problem', async () => {
    await start();
    const wrong = ask({
      port: 'pond',
      purpose: 'fun',
      principals: ['fake:omar'],
    });
    expect(await run(ANA, 'ask-for-access', wrong)).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(/^port: .*lake/),
      problems: expect.arrayContaining([
        { field: 'port', reason: expect.any(String) },
        { field: 'purpose', reason: expect.any(String) },
      ]),
    });
    expect(await run(ANA, 'preview-request', wrong)).toMatchObject({
      canBeAsked: false,
      problems: expect.arrayContaining([
        { field: 'port', reason: expect.any(String) },
      ]),
    });
  });

  it('say in the preview who decides and what will be done', async () => {
    await start();
    const emails = aRequest({
      scope: {
        level: 'read',
        tables: [{ table: 'customers', columns: ['email'] }],
      },
    });
    const preview = await run(ANA, 'preview-request', emails);
    expect(preview).toMatchObject({
      canBeAsked: true,
      approvals: [
        { approvers: ['group:default/sales'] },
        {
          approvers: ['group:default/stewards'],
          onlyForColumns: ['customers.email'],
        },
      ],
    });
    expect(preview.plan.steps.length).toBeGreaterThan(0);
    expect(preview.plan.steps.join(' ')).toContain('email');
  });

  it('ask once, however often the call is repeated', async () => {
    await start();
    const first = await run(ANA, 'ask-for-access', ask());
    const again = await run(ANA, 'ask-for-access', ask());
    expect(again).toEqual(first);
    expect(
      await run(ANA, 'ask-for-access', ask({ durationDays: 7 })),
    ).toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining("'a-key-of-mine' was used for another"),
    });
    expect(await mesh.knex('access_requests')).toHaveLength(1);
  });

  it('decide only as the caller may, on the version that was seen', async () => {
    await start();
    const { id, version } = await asked(mesh, ANA, aRequest());
    const approve = { id, version, decision: 'approve' };
    for (const [userRef, name] of [
      [ANA, 'NotAllowedError'],
      [STELLA, 'NotAllowedError'],
    ]) {
      expect(await run(userRef, 'decide-request', approve)).toMatchObject({
        name,
      });
    }
    expect(
      await run(OMAR, 'decide-request', { ...approve, version: version + 1 }),
    ).toMatchObject({ name: 'ConflictError' });
    expect(
      await run(OMAR, 'decide-request', {
        id,
        version,
        decision: 'request-changes',
      }),
    ).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(/^comment: /),
    });
    const { items } = await run(OMAR, 'list-requests', { view: 'toDecide' });
    expect(items).toMatchObject([{ id, version }]);
    expect(await run(OMAR, 'decide-request', approve)).toMatchObject({
      state: 'approved',
      decisions: [{ actorRef: OMAR, decision: 'approve' }],
      waitsFor: [],
    });
    // A repeated decision does nothing more.
    expect(await run(OMAR, 'decide-request', approve)).toMatchObject({
      name: 'ConflictError',
    });
  });

  it('tell what the caller holds, and hand it back', async () => {
    await start();
    const accessId = await inForce(mesh, {
      requester: ANA,
      approver: OMAR,
      body: aRequest(),
    });
    const { items } = await run(ANA, 'list-my-access', { productRef: ORDERS });
    expect(items).toMatchObject([
      { id: accessId, state: 'active', what: '2 columns of orders' },
    ]);
    expect(await run(STELLA, 'list-my-access')).toEqual({ items: [] });
    const { version } = items[0];
    const back = { accessId, version, reason: 'Done' };
    expect(await run(STELLA, 'hand-back-access', back)).toMatchObject({
      name: 'NotAllowedError',
    });
    expect(await run(ANA, 'hand-back-access', back)).toMatchObject({
      id: accessId,
      state: 'revoking',
    });
  });

  it('find what the caller may see, by words, domain and standing', async () => {
    const returns = aProduct({ name: 'returns' });
    await start({
      products: [
        aProduct(),
        { ...returns, spec: { ...returns.spec, lifecycle: 'deprecated' } },
      ],
    });
    await asked(mesh, ANA, aRequest());
    const refs = async (input: object) =>
      (await run(ANA, 'search-products', input)).items.map(
        (item: { productRef: string }) => item.productRef,
      );
    expect(await refs({ text: 'email returns' })).toEqual([
      'dataproduct:default/returns',
    ]);
    expect(await refs({ access: 'requested' })).toEqual([ORDERS]);
    expect(await refs({ domain: 'sales' })).toHaveLength(2);
    expect(await refs({ domain: 'finance' })).toEqual([]);
    expect(await run(EVE, 'get-product', { productRef: 'gone' })).toMatchObject(
      {
        name: 'NotFoundError',
      },
    );
  });

  it('are bound by the permission policy', async () => {
    await start({
      permissions: deciding(permission => ({
        result:
          permission.name === requestCreatePermission.name
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    });
    expect(await run(ANA, 'ask-for-access', ask())).toMatchObject({
      name: 'NotAllowedError',
    });
    expect(await mesh.knex('access_requests')).toEqual([]);
  });
});
