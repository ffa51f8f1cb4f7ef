import { setImmediate } from 'node:timers/promises';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createEntitlementConditionalDecision,
  entitlementConditions,
} from '../permissions';
import { InMemoryFakeSystem } from '../testing/FakeSystem';
import { testDatabases } from '../testing/databases';
import {
  ANA,
  ANALYSTS_ROLE,
  DORA,
  EVE,
  GIL,
  OMAR,
  ORDERS,
  STELLA,
  aProduct,
  aRequest,
} from '../testing/meshFixture';
import {
  asked,
  decided,
  deciding,
  startMesh,
  type Mesh,
} from '../testing/startMesh';

const databases = testDatabases();
const VISITS = 'dataproduct:default/visits';

const [port] = aProduct().spec.outputPorts;
const products = [
  aProduct(),
  aProduct({
    name: 'visits',
    spec: {
      owner: 'group:default/stewards',
      domain: 'logistics',
      outputPorts: [{ ...port, location: { database: 'visits' } }],
    },
  }),
];

interface Listed {
  id: string;
  grant: {
    principal: { id: string };
    resource: { database: string; table: string };
  };
  because: { kind: string; words?: string; requesterRef?: string };
}

const tableOf = ({ resource }: Listed['grant']) =>
  `${resource.database}.${resource.table}`;

describe.each(databases.eachSupportedId())('grants are told on %s', id => {
  let mesh: Mesh;
  let entitlementId: string;

  beforeEach(async () => {
    mesh = await startMesh({
      knex: await databases.migrated(id),
      domains: [
        {
          domain: 'sales',
          teams: ['sales'],
          holds: [{ system: 'fake', catalogId: 'fake', database: 'sales' }],
        },
        {
          domain: 'logistics',
          teams: ['stewards'],
          holds: [{ system: 'fake', catalogId: 'fake', database: 'visits' }],
        },
      ],
      products,
      permissions: deciding((permission, userRef) =>
        // What a policy gives everybody who asked, and nobody else.
        permission.name === 'data-mesh.entitlement.read' && userRef !== GIL
          ? createEntitlementConditionalDecision(
              permission as never,
              entitlementConditions.isRequester({ userRefs: [userRef] }),
            )
          : { result: AuthorizeResult.ALLOW },
      ),
    });
    const request = await asked(mesh, ANA, aRequest());
    const { body } = await decided(mesh, OMAR, request, {
      decision: 'approve',
    });
    entitlementId = body.entitlementId;
    for (;;) {
      const { body: found } = await mesh
        .as(ANA)
        .get(`/v1/entitlements/${entitlementId}`);
      if (found.state === 'active') break;
      await setImmediate();
    }
    const { system } = mesh.provisioner;
    if (!(system instanceof InMemoryFakeSystem))
      throw new Error('Not in memory');
    system.give('fake:zoe', 'sales.customers', ['email']);
    system.give('fake:zoe', 'visits.orders', ['amount']);
    system.give('fake:zoe', 'visits.raw', ['id']);
    await mesh.runTask('data-mesh-scan');
  });

  afterEach(() => mesh.stop());

  const read = async (userRef: string, path: string) => {
    const { status, body } = await mesh.as(userRef).get(path);
    expect({ path, status, error: body.error?.message }).toEqual({
      path,
      status: 200,
    });
    return body;
  };
  const listed = async (userRef: string, query = ''): Promise<string[]> =>
    (await read(userRef, `/v1/grants${query}`)).items.map(
      ({ grant }: Listed) => `${grant.principal.id} ${tableOf(grant)}`,
    );

  const ofAnalysts = `${ANALYSTS_ROLE} sales.orders`;
  const ofZoe = ['sales.customers', 'visits.orders', 'visits.raw'].map(
    table => `fake:zoe ${table}`,
  );
  const onOrders = [ofAnalysts, 'fake:zoe sales.customers'];

  it('to governance all, to owners those on their products, to others their own', async () => {
    expect(await listed(GIL)).toEqual([ofAnalysts, ...ofZoe]);
    expect(await listed(OMAR)).toEqual(onOrders);
    expect(await listed(DORA)).toEqual(onOrders);
    expect(await listed(STELLA)).toEqual(['fake:zoe visits.orders']);
    expect(await listed(EVE)).toEqual([ofAnalysts]);
    expect(await listed('user:default/nobody')).toEqual([]);
  });

  it('to nobody for a table that only an unpublished product of theirs names', async () => {
    mesh.setProducts([
      ...products,
      aProduct({
        name: 'mine',
        spec: { owner: 'group:default/analysts', domain: 'logistics' },
      }),
    ]);
    await mesh.runTask('data-mesh-scan');
    expect(await listed(EVE)).toEqual([ofAnalysts]);
    const tab = await read(EVE, '/v1/products/default/mine/grants');
    expect(tab.items.map(({ grant }: Listed) => grant.principal.id)).toEqual([
      ANALYSTS_ROLE,
    ]);
  });

  it('whatever is filtered for', async () => {
    expect(await listed(EVE, '?because=unexplained')).toEqual([]);
    expect(await listed(EVE, '?principal=fake:zoe')).toEqual([]);
    expect(await listed(EVE, `?productRef=${ORDERS}`)).toEqual([ofAnalysts]);
    expect(await listed(OMAR, `?productRef=${VISITS}`)).toEqual([]);
    expect(await listed(OMAR, '?principal=fake:zoe')).toEqual([
      'fake:zoe sales.customers',
    ]);
    const at = new Date(Date.now() + 1000).toISOString();
    expect(await listed(OMAR, `?at=${at}`)).toEqual(onOrders);
    const csv = await mesh.as(EVE).get('/v1/grants/export');
    expect(csv.text).not.toContain('zoe');
  });

  it('page by page, each once', async () => {
    const first = await read(OMAR, '/v1/grants?limit=1');
    const second = await read(
      OMAR,
      `/v1/grants?limit=1&cursor=${first.nextCursor}`,
    );
    expect(second.nextCursor).toBeUndefined();
    expect(
      [...first.items, ...second.items].map(
        ({ grant }: Listed) => `${grant.principal.id} ${tableOf(grant)}`,
      ),
    ).toEqual(onOrders);
  });

  it('in numbers, too', async () => {
    const summary = async (userRef: string, by: string) =>
      (await read(userRef, `/v1/grants/summary?by=${by}`)).items.map(
        (item: { key: string; grants: number; unexplained: number }) => [
          item.key,
          item.grants,
          item.unexplained,
        ],
      );
    expect(await summary(GIL, 'principal')).toEqual([
      ['fake:zoe', 3, 3],
      [ANALYSTS_ROLE, 1, 0],
    ]);
    expect(await summary(OMAR, 'principal')).toEqual([
      ['fake:zoe', 1, 1],
      [ANALYSTS_ROLE, 1, 0],
    ]);
    expect(await summary(EVE, 'principal')).toEqual([[ANALYSTS_ROLE, 1, 0]]);
    expect(await summary(EVE, 'product')).toEqual([[ORDERS, 1, 0]]);
    expect(await summary(STELLA, 'product')).toEqual([[VISITS, 1, 1]]);
  });

  it('without the decision behind them, where that may not be read', async () => {
    const { items } = await read(OMAR, '/v1/grants');
    expect(items[0].because).toEqual({
      kind: 'entitlement',
      words: 'An entitlement that you may not see',
    });
    const explanation = await read(
      OMAR,
      `/v1/grants/${items[0].id}/explanation`,
    );
    expect(JSON.stringify(explanation)).not.toMatch(
      new RegExp(`${entitlementId}|asked for|approved it|purpose`),
    );
    expect(explanation.chain.at(-1)).toEqual({
      words: 'An entitlement that you may not see',
      source: 'entitlement',
    });
    const own = await read(ANA, `/v1/grants/${items[0].id}/explanation`);
    expect(JSON.stringify(own)).toContain(entitlementId);
    const { items: all } = await read(GIL, '/v1/grants');
    const foreign = all.find(
      ({ grant }: Listed) => tableOf(grant) === 'visits.raw',
    );
    const refused = await mesh
      .as(EVE)
      .get(`/v1/grants/${foreign.id}/explanation`);
    expect(refused.status).toBe(404);
  });

  it('on the tab of a product, with a count of the others', async () => {
    const tab = (userRef: string) =>
      read(userRef, '/v1/products/default/orders/grants');
    const others = await tab(EVE);
    expect(others).toMatchObject({
      hidden: 1,
      items: [
        {
          grant: { principal: { id: ANALYSTS_ROLE } },
          because: {
            kind: 'entitlement',
            words: 'An entitlement that you may not see',
          },
        },
      ],
    });
    expect(JSON.stringify(others)).not.toContain(entitlementId);
    expect((await tab(OMAR)).items).toHaveLength(2);
    expect(await tab(STELLA)).toMatchObject({ items: [], hidden: 2 });
    mesh.provisioner.failNext('list');
    expect((await tab(STELLA)).errors).toEqual([
      { port: 'lake', message: 'The grants of this port are not known now' },
    ]);
  });

  it('as drift only where they are', async () => {
    const drift = async (userRef: string) => {
      const { items, counts } = await read(userRef, '/v1/drift');
      expect(items).toHaveLength(counts.excess);
      return items.map(
        (item: { words: string }) => item.words.split(' on ')[1],
      );
    };
    expect(await drift(GIL)).toHaveLength(3);
    expect(await drift(OMAR)).toEqual([
      'sales.customers (email): nobody approved it',
    ]);
    expect(await drift(EVE)).toEqual([]);
  });

  it('in answers to questions, with a word about the rest', async () => {
    const who = (userRef: string) =>
      read(
        userRef,
        '/v1/access/who?catalogId=1&region=eu&database=sales&table=customers',
      );
    expect((await who(GIL)).items).toHaveLength(1);
    expect((await who(OMAR)).items).toHaveLength(1);
    expect(await who(EVE)).toMatchObject({
      items: [],
      caveats: [expect.stringMatching(/others may hold more/)],
    });
    const what = async (userRef: string) =>
      (await read(userRef, '/v1/access/what?principal=fake:zoe')).items.length;
    expect(await what(GIL)).toBe(3);
    expect(await what(OMAR)).toBe(1);
    expect(await what(EVE)).toBe(0);
  });
});
