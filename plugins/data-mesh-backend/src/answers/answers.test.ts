import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';
import { testDatabases } from '../testing/databases';
import {
  ANA,
  ANALYSTS_ROLE,
  aProduct,
  aRequest,
  GIL,
  OMAR,
  ORDERS,
} from '../testing/meshFixture';
import { asked, decided, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('answers over HTTP on %s', id => {
  let knex: Knex;
  let mesh: Mesh;

  beforeEach(async () => {
    knex = await databases.migrated(id);
    mesh = await startMesh({ knex });
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

  it('answers who can see something and what somebody can see, with the decision', async () => {
    const entitlementId = await anEntitlement();
    system().give('fake:zoe', 'sales.orders', ['order_id']);
    await scan();
    const who = async (query: string) =>
      (
        await mesh
          .as(GIL)
          .get(
            `/v1/access/who?catalogId=1&region=eu&database=sales&table=orders${query}`,
          )
      ).body;
    const { items } = await who('');
    expect(
      items.map((item: { principal: { id: string } }) => item.principal.id),
    ).toEqual([ANALYSTS_ROLE, 'fake:zoe']);
    expect(items[0].reasons[0]).toMatchObject({
      kind: 'direct',
      entitlementId,
      requestId: expect.any(String),
    });
    expect(items[1].reasons[0].entitlementId).toBeUndefined();
    expect((await who('&column=amount')).items).toHaveLength(1);
    expect(
      items.map((item: { because: object }) => item.because),
    ).toMatchObject([
      { kind: 'entitlement', requestId: expect.any(String) },
      { kind: 'unexplained' },
    ]);
    const future = await mesh
      .as(GIL)
      .get(`/v1/access/what?principal=fake:zoe&at=2999-01-01T00:00:00Z`);
    expect(future.status).toBe(400);

    const { body } = await mesh
      .as(GIL)
      .get('/v1/access/what?principal=fake:zoe');
    expect(body.items).toMatchObject([
      { principal: { id: 'fake:zoe' }, resource: { table: 'orders' } },
    ]);
  });

  it('says that nothing is known of the time before the first scan', async () => {
    const place =
      '/v1/access/who?catalogId=1&region=eu&database=sales&table=orders';
    mesh.provisioner.scanner.administrators.add('fake:zoe');
    system().give('fake:zoe', 'sales.orders', ['order_id']);
    const never = await mesh.as(GIL).get(place);
    expect(never.body).toMatchObject({ isKnown: false, items: [] });
    expect(never.body.knownSince).toBeUndefined();
    await scan();
    const { known_since: first } = await knex('scan_targets')
      .where({ id: 'fake:sales' })
      .first();
    const before = await mesh.as(GIL).get(`${place}&at=2020-01-01T00:00:00Z`);
    expect(before.body).toMatchObject({
      isKnown: false,
      knownSince: first,
      items: [],
    });
    expect(before.body.caveats).toContain(
      `Database sales was first scanned at ${first}: what was held there before is not known`,
    );
    const since = await mesh.as(GIL).get(`${place}&at=${first}`);
    expect(since.body).toMatchObject({ isKnown: true, knownSince: first });
    expect(since.body.items).toHaveLength(1);
  });

  it.each([
    ['a name', 'ana', ANA, ['fake:ana', ANALYSTS_ROLE]],
    ['a reference', ANA, ANA, ['fake:ana', ANALYSTS_ROLE]],
    [
      'a group',
      'group:default/analysts',
      'group:default/analysts',
      [ANALYSTS_ROLE],
    ],
    ['an id', 'fake:zoe', 'fake:zoe', ['fake:zoe']],
    ['the name of a role', 'zoe', 'fake:zoe', ['fake:zoe']],
  ])('asks about %s', async (_, question, ref, principals) => {
    await anEntitlement();
    system().give('fake:zoe', 'sales.orders', ['order_id']);
    system().give('fake:ana', 'sales.customers', ['email']);
    await scan();
    const { status, body } = await mesh
      .as(GIL)
      .get(`/v1/access/what?principal=${question}`);
    expect({ status, error: body.error }).toEqual({ status: 200 });
    expect(body.subject.id).toBe(ref);
    expect(body.principals.map((one: { id: string }) => one.id)).toEqual(
      expect.arrayContaining(principals),
    );
    expect(
      [
        ...new Set(
          body.items.map(
            (item: { principal: { id: string } }) => item.principal.id,
          ),
        ),
      ].sort(),
    ).toEqual([...principals].sort());
    const { body: subjects } = await mesh
      .as(GIL)
      .get(`/v1/access/subjects?q=${question}`);
    expect(subjects.items[0].id).toBe(ref);
  });

  it('says that nobody is called so', async () => {
    const { status, body } = await mesh
      .as(GIL)
      .get('/v1/access/what?principal=nobody-of-this-name');
    expect(status).toBe(404);
    expect(body.error.message).toContain("'nobody-of-this-name'");
  });

  it('names no columns that were taken back since the scan, and who did it', async () => {
    const entitlementId = await anEntitlement();
    await scan();
    const what = async () =>
      (await mesh.as(GIL).get('/v1/access/what?principal=ana')).body;
    const columnsIn = ({ items }: Awaited<ReturnType<typeof what>>) =>
      items.flatMap(
        (item: { resource: { columns: string[] } }) => item.resource.columns,
      );
    expect(columnsIn(await what())).toEqual(['amount', 'order_id']);
    const settled = async (
      is: (one: { change?: object; state: string }) => boolean,
    ) => {
      for (;;) {
        const { body } = await mesh
          .as(GIL)
          .get(`/v1/entitlements/${entitlementId}`);
        if (is(body)) return body;
        await setImmediate();
      }
    };
    const { version } = await settled(() => true);
    const narrowed = await mesh.as(OMAR).post(
      `/v1/entitlements/${entitlementId}/narrow`,
      {
        scope: {
          level: 'read',
          tables: [{ table: 'orders', columns: ['order_id'] }],
        },
        reason: 'Less will do',
      },
      { 'if-match': String(version) },
    );
    expect(narrowed.body.error).toBeUndefined();
    await settled(one => one.change === undefined);
    for (;;) {
      if (columnsIn(await what()).length === 1) break;
      await setImmediate();
    }
    const answer = await what();
    expect(columnsIn(answer)).toEqual(['order_id']);
    expect(answer.changes).toMatchObject([
      {
        kind: 'changed',
        principal: { id: ANALYSTS_ROLE },
        words: '1 column of orders',
        productRef: ORDERS,
      },
    ]);
  });

  it('exports answers and drift with the question and the time, as no formulas', async () => {
    system().give('fake:zoe', 'sales.orders', ['=1+1', 'order_id']);
    // More than a page.
    for (let index = 0; index < 205; index += 1) {
      system().give(`fake:p${index}`, 'sales.customers', ['email']);
    }
    await scan();
    const place = 'catalogId=1&region=eu&database=sales&table=orders';
    const csv = await mesh
      .as(GIL)
      .get(`/v1/access/who/export?format=csv&${place}`);
    expect(csv.headers['content-disposition']).toMatch(
      /^attachment; filename="access-\d{4}-\d{2}-\d{2}\.csv"$/,
    );
    const [head, ...lines] = csv.text.trimEnd().split('\r\n');
    expect(head).toContain('"question","as of","known"');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"Who can see sales.orders"');
    expect(lines[0]).toContain('"\'=1+1 order_id"');
    const empty = await mesh
      .as(GIL)
      .get(
        `/v1/access/what/export?format=csv&principal=fake:nobody&at=2020-01-01T00:00:00Z`,
      );
    expect(empty.text).toContain('"What can nobody see"');
    expect(empty.text).toContain('"no: no scan had looked by then"');
    const json = await mesh
      .as(GIL)
      .get(`/v1/access/who/export?format=json&${place}`);
    expect(JSON.parse(json.text)).toMatchObject({
      question: 'Who can see sales.orders',
      query: { database: 'sales', table: 'orders' },
      exportedAt: expect.any(String),
      exportedBy: GIL,
      isKnown: true,
      items: [{ principal: { id: 'fake:zoe' } }],
    });

    const drift = await mesh.as(GIL).get('/v1/drift/export?format=csv');
    expect(drift.text.trimEnd().split('\r\n')).toHaveLength(1 + 206);
    expect(drift.text).toContain('"What differs from what was decided"');
    const asJson = await mesh
      .as(GIL)
      .get('/v1/drift/export?format=json&kind=excess');
    expect(JSON.parse(asJson.text)).toMatchObject({
      filter: { kind: ['excess'] },
      exportedBy: GIL,
    });
    expect(JSON.parse(asJson.text).items).toHaveLength(206);
  });

  it('answers with what an administrator of another account has passed on', async () => {
    const [owner, consumer] = ['111111111111', '222222222222'];
    const { scanner } = mesh.provisioner;
    const product = aProduct();
    const [port] = product.spec.outputPorts;
    mesh.setProducts([
      aProduct({
        spec: {
          outputPorts: [
            port,
            { ...port, name: 'link', location: { database: 'link' } },
          ],
        },
      }),
    ]);
    scanner.accounts.set('sales', owner);
    scanner.accounts.set('link', consumer);
    // What is seen in the consumer's account is on the owner's catalog.
    scanner.shared.set('link', { catalogId: owner, database: 'sales' });
    system().give('fake:amy', 'sales.orders', ['amount']);
    system().give('fake:zoe', 'link.orders', ['order_id']);
    system().give('fake:bob', 'link.customers', ['email']);
    const who = async (catalogId: string) =>
      (
        await mesh
          .as(GIL)
          .get(
            `/v1/access/who?catalogId=${catalogId}&region=eu&database=sales&table=orders`,
          )
      ).body;
    const before = await who(owner);
    expect(before.items).toEqual([]);
    await scan();
    const names = (answer: { items: Array<{ principal: { id: string } }> }) =>
      answer.items.map(item => item.principal.id);
    expect(names(await who(owner)).sort()).toEqual(['fake:amy', 'fake:zoe']);
    // Catalogs inside of the account's one are its administrators' as well.
    expect(names(await who(`${owner}:inside`)).sort()).toContain('fake:zoe');
    const { seen_at: seenAt } = await knex('scan_targets')
      .where({ id: 'fake:link' })
      .first();
    expect((await who(owner)).asOf <= seenAt).toBe(true);
    // Of the other account's own catalog that says nothing.
    expect(names(await who(consumer))).toEqual([]);
    await knex('scan_targets')
      .where({ id: 'fake:link' })
      .update({ seen_at: null });
    expect((await who(owner)).caveats).toEqual([
      'Database link was not scanned yet: what was passed on there is missing',
    ]);
  });
});
