import type {
  DataProductEntity,
  RequestDifference,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ANA,
  DORA,
  GIL,
  OLGA,
  OMAR,
  STELLA,
  aProduct,
  aRequest,
  thePeople,
  type TestPeople,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { asked, decided, startMesh, type Mesh } from '../../testing/startMesh';

const databases = testDatabases();

type Spec = DataProductEntity['spec'];

const [port] = aProduct().spec.outputPorts;
const [orders, customers] = port.tables;

/** The product with other columns in `orders`. */
const withOrders = (columns: typeof orders.columns): Partial<Spec> => ({
  outputPorts: [{ ...port, tables: [{ ...orders, columns }, customers] }],
});
const marked = withOrders(
  orders.columns.map(column =>
    column.name === 'amount' ? { ...column, pii: true } : column,
  ),
);
const without = withOrders(
  orders.columns.filter(({ name }) => name !== 'amount'),
);

const people = (change: TestPeople['memberships']): TestPeople => ({
  memberships: { ...thePeople.memberships, ...change },
});
const { sales, ...withoutSales } = thePeople.memberships;
const renamed = { ...withoutSales, 'sales-new': sales };
const { analysts: _, ...withoutAnalysts } = thePeople.memberships;
const withoutAna: TestPeople['memberships'] = {
  ...thePeople.memberships,
  analysts: ['eve'],
};

describe.each(databases.eachSupportedId())(
  'judging by the facts of now on %s',
  databaseId => {
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
    const kinds = (differences: RequestDifference[]) => [
      ...new Set(differences.map(({ kind }) => kind)),
    ];
    const granted = async () =>
      (await mesh.knex('entitlements').select('id')).length;
    const approve = (userRef: string, seen: { id: string; version: number }) =>
      decided(mesh, userRef, seen, { decision: 'approve' });

    it.each<
      [string, { spec?: Partial<Spec>; people?: TestPeople }, string[], RegExp]
    >([
      [
        'the owner was replaced',
        { spec: { owner: 'group:default/sales-domain' } },
        ['people', 'product'],
        /sales-domain/,
      ],
      [
        'the approvers were replaced',
        { spec: { access: { approvers: ['user:default/stella'] } } },
        ['people'],
        /must approve now/,
      ],
      [
        'a column was marked as personal data',
        { spec: marked },
        ['people', 'protection'],
        /`orders.amount` is now personal data/,
      ],
      [
        'a column is never shared any more',
        { spec: { access: { neverShared: ['amount'] } } },
        ['protection'],
        /never shares `amount` of orders/,
      ],
      [
        'the maximum was lowered',
        { spec: { access: { maxDurationDays: 10 } } },
        ['limit'],
        /30 days is longer than the 10 days/,
      ],
      [
        'the product was retired',
        { spec: { lifecycle: 'retired' } },
        ['product'],
        /the product is retired/,
      ],
      [
        'a column was removed',
        { spec: without },
        ['protection'],
        /'amount' does not exist/,
      ],
      [
        'the purpose is not allowed any more',
        { spec: { access: { purposes: ['audit'] } } },
        ['problem'],
        /does not allow 'analytics'/,
      ],
      [
        'the owning group was renamed',
        { people: { memberships: renamed } },
        ['people'],
        /group:default\/sales is not in the catalog/,
      ],
      [
        'nobody is left in the owning group',
        { people: people({ sales: [] }) },
        ['people'],
        /nobody but the requester could decide/,
      ],
    ])(
      'grants nothing and tells the decider where %s',
      async (__, change, expected, words) => {
        await start();
        const request = await asked(mesh, ANA, aRequest());
        if (change.spec) mesh.setProducts([aProduct({ spec: change.spec })]);
        if (change.people) mesh.setPeople(change.people);
        const decider = change.people ? GIL : OMAR;
        const { status, body } = await approve(decider, request);
        expect(status).toBe(409);
        expect(kinds(body.error.differences)).toEqual(
          expect.arrayContaining(expected),
        );
        expect(body.error.message).toMatch(words);
        expect(await granted()).toBe(0);
        const shown = await detail(DORA, request.id);
        expect(shown).toMatchObject({
          state: 'pending',
          version: 2,
          differences: body.error.differences,
        });
      },
    );

    it.each<[string, TestPeople, RegExp]>([
      [
        'its requester has left',
        { memberships: withoutAna },
        /user:default\/ana, who asked for it, is not in the catalog/,
      ],
      [
        'the group of its principal is gone',
        { memberships: { ...withoutAnalysts, others: ['ana', 'eve'] } },
        /no longer acts as fake:analysts/,
      ],
    ])('ends a request where %s', async (__, changed, words) => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      mesh.setPeople(changed);
      const { status, body } = await approve(OMAR, request);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(words);
      expect(await granted()).toBe(0);
      const shown = await detail(OMAR, request.id);
      expect(shown).toMatchObject({ state: 'lapsed' });
      expect(shown.comments[0].text).toMatch(words);
    });

    it('tells who opens it, once, and those whose turn it is now', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      mesh.setProducts([aProduct({ spec: marked })]);
      await mesh.told(1);
      mesh.notifications.length = 0;
      const shown = await detail(OMAR, request.id);
      expect(shown).toMatchObject({ version: 2 });
      expect(shown.policy.stages).toMatchObject([
        { name: 'owner' },
        { name: 'steward', columns: ['orders.amount'] },
      ]);
      expect(shown.reach.tables[0].personal).toEqual(['amount']);
      expect(await mesh.told(1)).toHaveLength(1);
      expect(await detail(OMAR, request.id)).toMatchObject({ version: 2 });
      const stale = await approve(OMAR, request);
      expect(stale.status).toBe(409);
      expect(kinds(stale.body.error.differences)).toContain('protection');
      const trail = await mesh
        .knex('audit_events')
        .where({ action: 'request.judged-again' });
      expect(trail).toHaveLength(1);
      expect(trail[0].actor_ref).toBe('plugin:data-mesh');
    });

    it('is decided at the version that shows what changed', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      mesh.setProducts([aProduct({ spec: marked })]);
      await approve(OMAR, request);
      const first = await approve(OMAR, await detail(OMAR, request.id));
      expect(first.body).toMatchObject({ state: 'pending', stage: 1 });
      const last = await approve(STELLA, first.body);
      expect(last.body.state).toBe('approved');
      const [entitlement] = await mesh.knex('entitlements').select();
      expect(JSON.parse(entitlement.approved_by)).toEqual([OMAR, STELLA]);
    });

    it('can be narrowed to what is allowed now', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      mesh.setProducts([
        aProduct({ spec: { access: { maxDurationDays: 10 } } }),
      ]);
      await approve(OMAR, request);
      const shown = await detail(OMAR, request.id);
      const refused = await approve(OMAR, shown);
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toMatch(/cannot be granted/);
      const { body } = await decided(mesh, OMAR, shown, {
        decision: 'approve',
        narrowedDurationDays: 10,
      });
      expect(body).toMatchObject({ state: 'approved', durationDays: 10 });
    });

    it('does not count the approval of somebody who is no approver any more', async () => {
      await start();
      const request = await asked(
        mesh,
        ANA,
        aRequest({
          scope: {
            level: 'read',
            tables: [{ table: 'orders' }, { table: 'customers' }],
          },
          justification: 'Churn model',
        }),
      );
      const { body: pending } = await approve(OMAR, request);
      mesh.setPeople(people({ sales: ['olga'], others: ['omar'] }));
      const { status, body } = await approve(STELLA, pending);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/no longer counts/);
      const shown = await detail(OLGA, request.id);
      expect(shown).toMatchObject({ state: 'pending', stage: 0 });
      const { body: again } = await approve(OLGA, shown);
      expect(again).toMatchObject({ state: 'pending', stage: 1 });
      const { body: done } = await approve(STELLA, again);
      expect(done.state).toBe('approved');
      const [entitlement] = await mesh.knex('entitlements').select();
      expect(JSON.parse(entitlement.approved_by)).toEqual([OLGA, STELLA]);
    });

    it('lets nobody reject who is not to decide any more', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      mesh.setProducts([
        aProduct({ spec: { access: { approvers: ['user:default/stella'] } } }),
      ]);
      const { status } = await decided(mesh, OMAR, request, {
        decision: 'reject',
        comment: 'No',
      });
      expect(status).toBe(409);
      expect(await detail(DORA, request.id)).toMatchObject({
        state: 'pending',
      });
    });

    it('comes before those who stand in, without anybody opening it', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      mesh.setPeople(people({ sales: [] }));
      await mesh.runTask('data-mesh-lapse-requests');
      const { body } = await mesh.as(DORA).get('/v1/requests?view=toDecide');
      expect(body.items.map(({ id }: { id: string }) => id)).toEqual([
        request.id,
      ]);
      const { body: approved } = await approve(DORA, body.items[0]);
      expect(approved.state).toBe('approved');
    });
  },
);
