import { type TestDatabaseId } from '@backstage/backend-test-utils';
import type {
  DataProductEntity,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { FAKE_TAGS } from '../testing/FakeTagger';
import { testDatabases } from '../testing/databases';
import {
  ANA,
  DORA,
  EVE,
  GIL,
  OLGA,
  OMAR,
  ORDERS,
  aProduct,
  thePeople,
} from '../testing/meshFixture';
import { startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();
const PASS = 'data-mesh-publish';

/** Sales, whose tables are in the place of the domain. */
const sales = {
  domain: 'sales',
  teams: ['sales'],
  holds: [{ system: 'fake', catalogId: 'fake' }],
};

const port = (change: Partial<OutputPort> = {}): OutputPort => ({
  ...aProduct().spec.outputPorts[0],
  ...change,
});

const tables = (names: string[]): OutputPort['tables'] =>
  names.map(name => ({
    name,
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'email', type: 'string', pii: true },
    ],
  }));

/** The product with other columns, and rules about access. */
function changed(
  spec: Partial<DataProductEntity['spec']>,
  change: Partial<OutputPort> = {},
): DataProductEntity {
  return aProduct({ spec: { outputPorts: [port(change)], ...spec } });
}

const notPersonal = port().tables.map(table => ({
  ...table,
  columns: table.columns.map(({ pii: _, ...column }) => column),
}));

describe.each(databases.eachSupportedId())(
  'publications (%s)',
  (databaseId: TestDatabaseId) => {
    let mesh: Mesh;

    async function start(
      options: Partial<Parameters<typeof startMesh>[0]> = {},
    ) {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        ...options,
      });
      await mesh.runTask(PASS);
    }

    afterEach(() => mesh.stop());

    const all = async (userRef: string, query = '') =>
      (await mesh.as(userRef).get(`/v1/publications${query}`)).body.items;

    async function theOne(userRef: string, productRef = ORDERS) {
      const [{ id }] = await all(
        userRef,
        `?productRef=${encodeURIComponent(productRef)}`,
      );
      return (await mesh.as(userRef).get(`/v1/publications/${id}`)).body;
    }

    const decide = (
      userRef: string,
      seen: { id: string; version: number },
      decision: { accept: string[]; sendBack: string[]; comment?: string },
    ) =>
      mesh.as(userRef).post(`/v1/publications/${seen.id}/decisions`, decision, {
        'if-match': String(seen.version),
      });

    const toDecide = async (userRef: string) =>
      (await mesh.as(userRef).get('/v1/requests/counts')).body
        .publicationsToDecide;

    const idsOf = (seen: { differences: Array<{ id: string }> }) =>
      seen.differences.map(({ id }) => id);

    const trail = async () =>
      (
        await mesh
          .knex('audit_events')
          .where('action', 'like', 'publication.%')
          .orderBy('sequence')
      ).map(({ action }) => action);

    it('are accepted by rule at first sight, where the domain holds the place and the owner belongs to it', async () => {
      await start();
      expect(await theOne(OMAR)).toMatchObject({
        productRef: ORDERS,
        port: 'lake',
        state: 'published',
        requestable: true,
        acceptedBy: 'plugin:data-mesh',
        acceptedBecause:
          'The domain domain:default/sales holds the place of its tables, and group:default/sales belongs to the domain',
        differences: [],
        actions: [],
        whyNotDecide: 'Nothing waits',
      });
      expect(await trail()).toEqual(['publication.accepted']);
    });

    it('cost nothing while nothing changes', async () => {
      await start();
      const rows = () => mesh.knex('publications').orderBy('id');
      const before = await rows();
      const written: string[] = [];
      mesh.knex.on('query', ({ sql }: { sql: string }) => {
        // The audit trail is forwarded meanwhile, on its own.
        if (/publication|audit_events/.test(sql) && !/^select/i.test(sql)) {
          written.push(sql);
        }
      });
      await mesh.runTask(PASS);
      expect(written).toEqual([]);
      expect(await rows()).toEqual(before);
    });

    it('wait for the owner of the domain whose place it is, where the product is of another team', async () => {
      await start({
        products: [changed({ owner: 'group:default/analysts' })],
      });
      const seen = await theOne(DORA);
      expect(seen).toMatchObject({
        state: 'pending',
        requestable: false,
        why: 'It has not been published yet, because its tables are in a place of the domain domain:default/sales; it waits for group:default/sales-domain',
        waitsFor: { approvers: ['group:default/sales-domain'] },
        waiting: 2,
        actions: ['decide'],
      });
      expect(await toDecide(DORA)).toBe(1);
      expect(await toDecide(ANA)).toBe(0);
      expect(await mesh.told(1)).toMatchObject([
        {
          recipients: { entityRef: [DORA] },
          payload: {
            title: 'Sales orders, Tables in the lake waits to be published',
          },
        },
      ]);
      const { status, body } = await decide(DORA, seen, {
        accept: idsOf(seen),
        sendBack: [],
      });
      expect([status, body.state, body.requestable]).toEqual([
        200,
        'published',
        true,
      ]);
      expect(await toDecide(DORA)).toBe(0);
      expect(await trail()).toEqual([
        'publication.change-waits',
        'publication.accepted',
      ]);
    });

    it('wait for governance where nobody holds the place', async () => {
      await start({ domains: [{ domain: 'sales', teams: ['sales'] }] });
      const seen = await theOne(GIL);
      expect(seen).toMatchObject({
        state: 'pending',
        waitsFor: {
          approvers: ['group:default/governance'],
          because: 'no domain holds the place of its tables',
        },
        actions: ['decide'],
      });
      expect(
        (await decide(DORA, seen, { accept: idsOf(seen), sendBack: [] }))
          .status,
      ).toBe(403);
      expect(
        (await decide(GIL, seen, { accept: idsOf(seen), sendBack: [] })).status,
      ).toBe(200);
      expect(await theOne(OMAR)).toMatchObject({
        state: 'published',
        acceptedBy: GIL,
      });
    });

    it('hold back what loosens, and let what tightens work at once', async () => {
      await start();
      mesh.setProducts([
        changed({ access: { maxDurationDays: 7 } }, { tables: notPersonal }),
      ]);
      await mesh.runTask(PASS);
      const seen = await theOne(DORA);
      expect(seen).toMatchObject({
        state: 'change-pending',
        requestable: true,
        waiting: 1,
        differences: [
          {
            id: 'column-pii:customers.email',
            words: 'Stops calling `email` personal data',
            effect: 'No data steward decides about it any more',
            danger: true,
          },
        ],
        inForce: [{ words: 'Lets access last less long', after: '7 days' }],
        openRequests: 0,
        liveEntitlements: 0,
      });
      const row = await mesh.knex('publications').first();
      expect(JSON.parse(row.accepted).facts).toMatchObject({
        maxDurationDays: 7,
        tables: { customers: { columns: { email: { pii: true } } } },
      });
    });

    it('are never decided by the team of the product, nor by those who only see it', async () => {
      // Olga belongs to the domain's owner, too.
      await start({
        people: {
          memberships: {
            ...thePeople.memberships,
            'sales-domain': ['dora', 'olga'],
          },
        },
      });
      mesh.setProducts([changed({}, { tables: notPersonal })]);
      await mesh.runTask(PASS);
      const seen = await theOne(OLGA);
      expect(seen.actions).toEqual([]);
      expect(seen.whyNotDecide).toMatch(
        /nobody decides about changes of their own team/,
      );
      expect(await toDecide(OLGA)).toBe(0);
      const decision = { accept: idsOf(seen), sendBack: [] };
      expect((await decide(OLGA, seen, decision)).status).toBe(403);
      expect((await decide(ANA, seen, decision)).status).toBe(403);
      // Others learn that it can be asked for, and what it waits for.
      expect(await theOne(ANA)).toMatchObject({
        state: 'change-pending',
        requestable: true,
        differences: [],
        inForce: [],
        decisions: [],
      });
    });

    it('go to governance where one team owns the product and its domain', async () => {
      await start({
        products: [changed({ owner: 'group:default/sales-domain' })],
      });
      expect((await theOne(DORA)).state).toBe('published');
      mesh.setProducts([
        changed(
          { owner: 'group:default/sales-domain' },
          { tables: notPersonal },
        ),
      ]);
      await mesh.runTask(PASS);
      expect((await theOne(GIL)).waitsFor).toMatchObject({
        approvers: ['group:default/governance'],
        because:
          'group:default/sales-domain owns the product and the domain domain:default/sales',
      });
    });

    it('are accepted in part, and what was sent back waits no more until it changes', async () => {
      await start({
        products: [
          changed({ access: { maxDurationDays: 30, neverShared: ['email'] } }),
        ],
      });
      const loosened = (days: number) =>
        changed({ access: { maxDurationDays: days } }, { tables: notPersonal });
      mesh.setProducts([loosened(365)]);
      await mesh.runTask(PASS);
      const seen = await theOne(DORA);
      expect(idsOf(seen).sort()).toEqual([
        'column-pii:customers.email',
        'duration',
        'never-shared:email',
      ]);
      const decision = {
        accept: ['duration'],
        sendBack: ['column-pii:customers.email', 'never-shared:email'],
      };
      expect((await decide(DORA, seen, decision)).status).toBe(400);
      const { body } = await decide(DORA, seen, {
        ...decision,
        comment: 'E-mail stays personal.',
      });
      expect(body).toMatchObject({ state: 'published', waiting: 0 });
      expect(
        body.differences.map((one: { sentBack: object }) => one.sentBack),
      ).toEqual([
        expect.objectContaining({
          actorRef: DORA,
          comment: 'E-mail stays personal.',
        }),
        expect.objectContaining({ actorRef: DORA }),
      ]);
      const row = await mesh.knex('publications').first();
      expect(JSON.parse(row.accepted).facts).toMatchObject({
        maxDurationDays: 365,
        neverShared: ['email'],
      });
      expect(await toDecide(DORA)).toBe(0);
      expect(await mesh.told(1, /sent back/)).toMatchObject([
        {
          recipients: { entityRef: [OLGA, OMAR] },
          payload: {
            title: 'Changes of Sales orders, Tables in the lake were sent back',
          },
        },
      ]);

      await mesh.runTask(PASS);
      expect(await toDecide(DORA)).toBe(0);
      mesh.setProducts([loosened(500)]);
      await mesh.runTask(PASS);
      const again = await theOne(DORA);
      expect(again).toMatchObject({ state: 'change-pending', waiting: 1 });
      const snapshots = await mesh
        .knex('publication_snapshots')
        .orderBy('number');
      expect(snapshots.map(one => one.accepted_by)).toEqual([
        'plugin:data-mesh',
        DORA,
      ]);
    });

    it('refuse a decision about what has changed since it was seen', async () => {
      await start();
      mesh.setProducts([changed({}, { tables: notPersonal })]);
      await mesh.runTask(PASS);
      const seen = await theOne(DORA);
      // Nobody has looked at this yet: no pass was made.
      mesh.setProducts([
        changed({}, { tables: [...notPersonal, ...tables(['payroll'])] }),
      ]);
      const stale = await decide(DORA, seen, {
        accept: idsOf(seen),
        sendBack: [],
      });
      expect(stale.status).toBe(409);
      expect(stale.body.error.message).toMatch(
        /it is change-pending now, at version 3, and 2 differences wait/,
      );
      const now = await theOne(DORA);
      expect(idsOf(now)).toContain('table:payroll');
      const partly = await decide(DORA, now, {
        accept: idsOf(seen),
        sendBack: [],
      });
      expect(partly.status).toBe(409);
      expect(partly.body.error.message).toMatch(/Adds the table `payroll`/);
    });

    it('are suspended when the place goes to somebody else, until they accept it', async () => {
      const knex = await databases.migrated(databaseId);
      mesh = await startMesh({ knex });
      await mesh.runTask(PASS);
      const { id } = await theOne(OMAR);
      await mesh.stop();
      mesh = await startMesh({
        knex,
        domains: [
          { domain: 'sales', teams: ['sales'] },
          { domain: 'hr', holds: sales.holds },
        ],
      });
      await mesh.runTask(PASS);
      const seen = (await mesh.as(GIL).get(`/v1/publications/${id}`)).body;
      expect(seen).toMatchObject({
        state: 'suspended',
        requestable: false,
        why: 'The place of its tables belongs to domain:default/hr now, and that was not accepted; it waits for group:default/governance',
        differences: [{ id: 'holder:domain:default/hr', kind: 'holder' }],
      });
      expect(await trail()).toEqual([
        'publication.accepted',
        'publication.change-waits',
        'publication.suspended',
      ]);
      const { body } = await decide(GIL, seen, {
        accept: idsOf(seen),
        sendBack: [],
      });
      expect(body).toMatchObject({ state: 'published', requestable: true });
    });

    it('give nothing to somebody who names tables of others as public data of their own', async () => {
      const theirs = aProduct({
        name: 'theirs',
        spec: { owner: EVE, classification: 'public' },
      });
      await start({
        products: [aProduct(), theirs],
        domainAnnotations: { [FAKE_TAGS]: 'public,internal' },
      });
      const ref = 'dataproduct:default/theirs';
      const seen = await theOne(EVE, ref);
      expect(seen).toMatchObject({
        state: 'pending',
        requestable: false,
        waitsFor: { approvers: ['group:default/sales-domain'] },
        actions: [],
      });
      expect(
        (await decide(EVE, seen, { accept: idsOf(seen), sendBack: [] })).status,
      ).toBe(403);
      const before = new Map(mesh.provisioner.tagger.tags);
      const tags = '/v1/products/default/theirs/tags';
      const applied = await mesh.as(EVE).post(tags, {});
      expect(applied.body.items).toEqual([]);
      expect(mesh.provisioner.tagger.tags).toEqual(before);
      const { body } = await mesh.as(EVE).get(tags);
      expect(body.errors).toEqual([
        { port: 'lake', message: expect.stringMatching(/not been published/) },
      ]);
      const { body: usage } = await mesh.as(ANA).get('/v1/products');
      expect(usage.items).toEqual([
        expect.objectContaining({
          productRef: ref,
          publication: expect.objectContaining({
            state: 'pending',
            requestable: false,
            why: expect.stringMatching(/not been published/),
            waitsFor: ['group:default/sales-domain'],
            id: seen.id,
          }),
        }),
      ]);
      const { body: doctor } = await mesh.as(GIL).get('/v1/doctor');
      expect(doctor.items).toContainEqual({
        subject: 'Sales orders, port lake',
        checks: [
          expect.objectContaining({
            id: 'publication',
            state: 'warning',
            fix: expect.stringMatching(/^Ask group:default\/sales-domain/),
          }),
        ],
      });
    });

    it('stay when the product leaves the catalog, and cannot be asked for', async () => {
      await start();
      mesh.setProducts([]);
      await mesh.runTask(PASS);
      expect(await theOne(OMAR)).toMatchObject({
        state: 'published',
        requestable: false,
        why: 'The catalog does not have it any more',
      });
      mesh.setProducts([aProduct()]);
      await mesh.runTask(PASS);
      expect(await theOne(OMAR)).toMatchObject({
        state: 'published',
        requestable: true,
      });
      expect(await trail()).toEqual([
        'publication.accepted',
        'publication.left-catalog',
        'publication.returned',
      ]);
    });

    it('need each holder, where tables are in the places of several', async () => {
      await start({
        domains: [
          {
            domain: 'sales',
            teams: ['sales'],
            holds: [
              {
                system: 'fake',
                catalogId: 'fake',
                database: 'sales',
                table: 'orders',
              },
            ],
          },
        ],
      });
      const seen = await theOne(DORA);
      expect(seen.waitsFor.approvers).toEqual([
        'group:default/governance',
        'group:default/sales-domain',
      ]);
      const accepted = { accept: idsOf(seen), sendBack: [] };
      const { body: half } = await decide(DORA, seen, accepted);
      expect(half).toMatchObject({
        state: 'pending',
        requestable: false,
        waitsFor: { approvers: ['group:default/governance'] },
      });
      const { body } = await decide(GIL, half, accepted);
      expect(body).toMatchObject({ state: 'published', requestable: true });
    });

    it('say so where nobody is left who could decide', async () => {
      await start({ config: { governance: [] }, domains: [] });
      expect(await theOne(OMAR)).toMatchObject({
        state: 'pending',
        why: expect.stringMatching(/nobody is left who could decide/),
      });
    });
  },
);
