import type { NewClaim } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { JsonObject } from '@backstage/types';
import { testDatabases } from '../testing/databases';
import {
  ANA,
  DORA,
  EVE,
  GIL,
  OMAR,
  aProduct,
  thePeople,
} from '../testing/meshFixture';
import { startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();

/** A second person in governance. */
const GUS = 'user:default/gus';
const people = {
  memberships: {
    ...thePeople.memberships,
    governance: ['gil', 'gus', 'dora'],
  },
};
const SALES = 'domain:default/sales';

const aClaim = (change: Partial<NewClaim> = {}): NewClaim => ({
  domainRef: SALES,
  place: { system: 'fake', catalogId: 'fake', database: 'sales' },
  reason: 'It is ours',
  ...change,
});

describe.each(databases.eachSupportedId())('claims on %s', databaseId => {
  let mesh: Mesh;

  async function start(domains: JsonObject[] = []) {
    const knex = await databases.migrated(databaseId);
    mesh = await startMesh({ knex, domains, people });
  }

  afterEach(() => mesh.stop());

  async function claimed(claim: NewClaim = aClaim(), userRef = DORA) {
    const { body, status } = await mesh.as(userRef).post('/v1/claims', claim);
    expect([status, body.error?.message]).toEqual([201, undefined]);
    return body;
  }

  const decide = (
    userRef: string,
    { id, version }: { id: string; version: number },
    decision: JsonObject,
  ) =>
    mesh.as(userRef).post(`/v1/claims/${id}/decisions`, decision, {
      'if-match': String(version),
    });

  const held = async () => {
    const { body } = await mesh.as(EVE).get('/v1/places');
    return body.items.map((place: JsonObject) => [
      place.domainRef,
      place.words,
      place.source,
    ]);
  };

  const counted = async (userRef: string) => {
    const { body } = await mesh.as(userRef).get('/v1/requests/counts');
    return body.claimsToDecide;
  };

  it('gives a domain its place, with what is in it for governance to see', async () => {
    await start();
    mesh.provisioner.directory.tables.push(
      { database: 'sales', table: 'orders', columns: ['a'] },
      { database: 'hr', table: 'people', columns: ['a'] },
    );
    const claim = await claimed();
    expect(claim).toMatchObject({
      state: 'pending',
      version: 1,
      words: 'the database `sales`',
      waitsFor: ['group:default/governance'],
      actions: ['withdraw'],
    });
    expect(await counted(GIL)).toBe(1);
    // Dora governs as well, but the domain is her own.
    expect(await counted(DORA)).toBe(0);
    expect(await counted(EVE)).toBe(0);
    const { body: seen } = await mesh.as(GIL).get(`/v1/claims/${claim.id}`);
    expect(seen).toMatchObject({
      actions: ['accept', 'reject', 'request-changes'],
      contents: {
        tables: { count: 1, sample: ['sales.orders'], personalColumns: 1 },
        products: [{ title: 'Sales orders' }],
        unknown: [expect.stringMatching(/no scan has looked at fake/)],
      },
      delta: expect.arrayContaining([
        {
          sign: 'keep',
          words: 'Everybody keeps the access they have: 0 calls to AWS',
        },
      ]),
    });
    expect(seen.contents.principals.count).toBeUndefined();
    const { body, status } = await decide(GIL, claim, { decision: 'accept' });
    expect([status, body.state, body.version]).toEqual([200, 'accepted', 2]);
    expect(await held()).toEqual([[SALES, 'the database `sales`', 'decision']]);
    expect(await counted(GIL)).toBe(0);
    const actions = await mesh
      .knex('audit_events')
      .orderBy('sequence')
      .pluck('action');
    expect(
      actions.filter((action: string) => action.startsWith('place.')),
    ).toEqual(['place.claimed', 'place.claim-accepted']);
    expect(
      (await mesh.told(2)).map(({ recipients, payload }) => [
        recipients.type === 'entity' && recipients.entityRef,
        payload.title,
      ]),
    ).toEqual([
      [[GIL, GUS], 'dora claims the database sales for sales'],
      [[DORA], 'The claim of sales to the database sales was accepted'],
    ]);
  });

  it('is for the owner of the domain to make, and for nobody else to read', async () => {
    await start();
    const { status, body } = await mesh.as(OMAR).post('/v1/claims', aClaim());
    expect(status).toBe(400);
    expect(body.error.message).toMatch(
      /only its owner group:default\/sales-domain/,
    );
    const claim = await claimed();
    expect((await mesh.as(EVE).get(`/v1/claims/${claim.id}`)).status).toBe(403);
    expect((await mesh.as(EVE).get('/v1/claims')).body.items).toEqual([]);
    expect((await mesh.as(DORA).get('/v1/claims')).body.items).toHaveLength(1);
    expect(
      (await mesh.as(GUS).get('/v1/claims?view=toDecide')).body.items,
    ).toHaveLength(1);
  });

  it('is for auditors to read, with all that is in the place, and not to decide', async () => {
    const AUDE = 'user:default/aude';
    mesh = await startMesh({
      knex: await databases.migrated(databaseId),
      domains: [],
      people: { memberships: { ...people.memberships, auditors: ['aude'] } },
      config: { auditors: ['group:default/auditors'] },
    });
    mesh.provisioner.directory.tables.push({
      database: 'sales',
      table: 'orders',
      columns: ['a'],
    });
    const claim = await claimed();
    const seen = await mesh.as(AUDE).get(`/v1/claims/${claim.id}`);
    expect(seen.body).toMatchObject({
      id: claim.id,
      contents: { tables: { sample: ['sales.orders'] } },
      actions: [],
      whyNotDecide: expect.stringMatching(/to which you do not belong/),
    });
    const list = async (query: string) =>
      (await mesh.as(AUDE).get(`/v1/claims${query}`)).body.items;
    expect(await list('')).toHaveLength(1);
    expect(await list('?view=toDecide')).toEqual([]);
    expect(await counted(AUDE)).toBe(0);
    for (const decision of ['accept', 'reject', 'request-changes']) {
      const { status } = await decide(AUDE, claim, { decision, comment: 'x' });
      expect(status).toBe(403);
    }
    const taken = await mesh
      .as(AUDE)
      .post(`/v1/claims/${claim.id}/withdraw`, {}, { 'if-match': '1' });
    expect(taken.status).toBe(403);
  });

  it('is decided by governance only, and never by who stands behind the domain', async () => {
    await start();
    const claim = await claimed();
    for (const userRef of [DORA, OMAR, ANA]) {
      const { status } = await decide(userRef, claim, { decision: 'accept' });
      expect([userRef, status]).toEqual([userRef, 403]);
    }
    const mine = await mesh.as(DORA).get(`/v1/claims/${claim.id}`);
    expect(mine.body.whyNotDecide).toMatch(/You made this claim yourself/);
    // Gil asks for sales; Dora governs, and is the owner of sales.
    const others = await claimed(
      aClaim({ place: { system: 'fake', catalogId: 'fake', database: 'b' } }),
      GIL,
    );
    expect((await decide(GIL, others, { decision: 'accept' })).status).toBe(
      403,
    );
    expect((await decide(DORA, others, { decision: 'accept' })).status).toBe(
      403,
    );
    expect((await decide(GUS, others, { decision: 'accept' })).status).toBe(
      200,
    );
    expect(await held()).toEqual([[SALES, 'the database `b`', 'decision']]);
  });

  it('is decided once, and only at the version that was seen', async () => {
    await start();
    const claim = await claimed();
    const stale = await decide(
      GIL,
      { ...claim, version: 7 },
      { decision: 'accept' },
    );
    expect(stale.status).toBe(409);
    const answers = await Promise.all([
      decide(GIL, claim, { decision: 'accept' }),
      decide(GUS, claim, { decision: 'reject', comment: 'No' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await held()).length).toBe(answers[0].status === 200 ? 1 : 0);
  });

  it('is blocked by what others hold, until that is left out or the narrower wins', async () => {
    await start([
      {
        domain: 'hr',
        holds: [
          { system: 'fake', catalogId: 'fake', database: 'sales_people' },
        ],
      },
    ]);
    const place = { system: 'fake', catalogId: 'fake', database: 'sales_*' };
    const hr = { ...place, database: 'sales_people' };
    const claim = await claimed(aClaim({ place }));
    expect(claim.overlaps).toMatchObject([
      { domainRef: 'domain:default/hr', relation: 'narrower' },
    ]);
    const blocked = await decide(GIL, claim, { decision: 'accept' });
    expect(blocked.status).toBe(409);
    expect(blocked.body.error.message).toMatch(
      /domain:default\/hr holds the database `sales_people`/,
    );
    const nothingLeft = await decide(GIL, claim, {
      decision: 'accept',
      without: [place],
    });
    expect(nothingLeft.status).toBe(400);
    const { body, status } = await decide(GIL, claim, {
      decision: 'accept',
      without: [hr],
    });
    expect([status, body.without]).toEqual([200, [hr]]);
    const { body: places } = await mesh.as(EVE).get('/v1/places');
    expect(places.items[0]).toMatchObject({ domainRef: SALES, except: [hr] });
    expect(
      places.items.map(({ contestedBy }: JsonObject) => contestedBy),
    ).toEqual([undefined, undefined]);
  });

  it('lets the narrower win only where governance says so, and never the same', async () => {
    await start([
      { domain: 'hr', holds: [{ system: 'fake', catalogId: 'fake' }] },
    ]);
    const narrow = await claimed();
    expect((await decide(GIL, narrow, { decision: 'accept' })).status).toBe(
      409,
    );
    expect(
      (await decide(GIL, narrow, { decision: 'accept', narrowerWins: true }))
        .status,
    ).toBe(200);
    const same = await claimed(
      aClaim({ place: { system: 'fake', catalogId: 'fake' } }),
    );
    const refused = await decide(GIL, same, {
      decision: 'accept',
      narrowerWins: true,
    });
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toMatch(/hand it over first/);
  });

  it('is not made twice: the same key answers the same, another is refused', async () => {
    await start();
    const key = { 'idempotency-key': 'key-of-dora' };
    const first = await mesh.as(DORA).post('/v1/claims', aClaim(), key);
    const again = await mesh.as(DORA).post('/v1/claims', aClaim(), key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.id).toBe(first.body.id);
    const second = await mesh.as(DORA).post('/v1/claims', aClaim());
    expect(second.status).toBe(409);
    await decide(GIL, first.body, { decision: 'accept' });
    const held2 = await mesh.as(DORA).post('/v1/claims', aClaim());
    expect([held2.status, held2.body.error.message]).toEqual([
      400,
      expect.stringMatching(/holds it already/),
    ]);
  });

  it('comes back for changes, waits again, and can be withdrawn', async () => {
    await start();
    const claim = await claimed();
    expect(
      (await decide(GIL, claim, { decision: 'request-changes' })).status,
    ).toBe(400);
    const { body: returned } = await decide(GIL, claim, {
      decision: 'request-changes',
      comment: 'Too wide',
    });
    expect(returned).toMatchObject({ state: 'changes-requested', version: 2 });
    const place = {
      system: 'fake',
      catalogId: 'fake',
      database: 'sales',
      table: 'o*',
    };
    const { body: revised } = await mesh
      .as(DORA)
      .post(
        `/v1/claims/${claim.id}/revisions`,
        { place, reason: 'Orders only' },
        { 'if-match': '2' },
      );
    expect(revised).toMatchObject({ state: 'pending', version: 3, place });
    const { body: withdrawn } = await mesh
      .as(DORA)
      .post(`/v1/claims/${claim.id}/withdraw`, {}, { 'if-match': '3' });
    expect(withdrawn).toMatchObject({ state: 'withdrawn', actions: [] });
    expect((await decide(GIL, withdrawn, { decision: 'accept' })).status).toBe(
      409,
    );
  });

  it('waits and says why, where nobody else in governance could decide', async () => {
    const knex = await databases.migrated(databaseId);
    mesh = await startMesh({
      knex,
      domains: [],
      people: {
        memberships: { ...thePeople.memberships, governance: ['dora'] },
      },
    });
    const claim = await claimed();
    expect(claim.whyNotDecide).toMatch(
      /Nobody else in group:default\/governance can decide it/,
    );
    expect((await decide(DORA, claim, { decision: 'accept' })).status).toBe(
      403,
    );
  });
});

describe('places that change hands', () => {
  let mesh: Mesh;
  const products = [
    aProduct(),
    aProduct({ name: 'elsewhere', spec: { outputPorts: [] } }),
  ];

  async function start(domains: JsonObject[]) {
    const knex = await databases.migrated('SQLITE_3');
    mesh = await startMesh({
      knex,
      domains,
      people,
      products,
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Domain',
          metadata: { name: 'hr', namespace: 'default' },
          spec: { owner: 'group:default/analysts' },
        },
      ],
    });
  }

  afterEach(() => mesh.stop());

  const only = async () => {
    const { body } = await mesh.as(EVE).get('/v1/places');
    return body.items;
  };

  async function decided() {
    const { body } = await mesh.as(DORA).post('/v1/claims', aClaim());
    await mesh
      .as(GIL)
      .post(
        `/v1/claims/${body.id}/decisions`,
        { decision: 'accept' },
        { 'if-match': '1' },
      );
    const [place] = await only();
    return place;
  }

  it('shows first what giving a place back does, and needs no approval', async () => {
    await start([]);
    const place = await decided();
    const give = (userRef: string, dryRun: boolean) =>
      mesh.as(userRef).post(`/v1/places/${place.id}/give-back`, {
        reason: 'Not ours',
        dryRun,
      });
    expect((await give(EVE, true)).status).toBe(403);
    const { body: dry } = await give(DORA, true);
    expect(dry).toMatchObject({
      dryRun: true,
      publications: [{ productTitle: 'Sales orders', port: 'lake' }],
      entitlements: 0,
      requests: 0,
      hidden: 0,
    });
    expect(await only()).toHaveLength(1);
    expect((await give(DORA, false)).status).toBe(200);
    expect(await only()).toEqual([]);
    expect((await give(DORA, false)).status).toBe(404);
  });

  it('cannot be given back in the portal where config says otherwise', async () => {
    await start([
      { domain: 'sales', holds: [{ system: 'fake', catalogId: 'fake' }] },
    ]);
    const [place] = await only();
    const { status, body } = await mesh
      .as(GIL)
      .post(`/v1/places/${place.id}/give-back`, { reason: 'x' });
    expect([status, body.error.message]).toEqual([
      409,
      expect.stringMatching(/dataMesh\.domains says/),
    ]);
  });

  const handOver = (userRef: string, id: string, dryRun?: boolean) =>
    mesh.as(userRef).post(`/v1/places/${id}/hand-over`, {
      toDomainRef: 'domain:default/hr',
      reason: 'Hr keeps it',
      dryRun,
    });

  it('goes over at once by governance, after a dry run that changed nothing', async () => {
    await start([
      { domain: 'sales', holds: [{ system: 'fake', catalogId: 'fake' }] },
    ]);
    const [place] = await only();
    const { body: dry } = await handOver(GIL, place.id, true);
    expect(dry).toMatchObject({
      dryRun: true,
      publications: [{ productTitle: 'Sales orders', port: 'lake' }],
    });
    expect(await only()).toHaveLength(1);
    expect((await handOver(GIL, place.id)).status).toBe(200);
    expect(
      (await only()).map(({ domainRef }: JsonObject) => domainRef),
    ).toEqual(['domain:default/hr', SALES]);
    const knex = mesh.knex;
    const actions = await knex('audit_events').pluck('action');
    expect(actions).toContain('place.handed-over');
  });

  it('counts ports that are published there, though the catalog says otherwise by now', async () => {
    await start([
      { domain: 'sales', holds: [{ system: 'fake', catalogId: 'fake' }] },
    ]);
    mesh.setProducts([
      aProduct({ spec: { owner: 'group:default/sales-domain' } }),
    ]);
    await mesh.runTask('data-mesh-publish');
    const [before] = await only();
    expect(before.products).toBe(1);
    const [port] = aProduct().spec.outputPorts;
    mesh.setProducts([
      aProduct({
        spec: {
          owner: 'group:default/sales-domain',
          outputPorts: [
            { ...port, location: { catalogId: 'other', database: 'sales' } },
          ],
        },
      }),
    ]);
    await mesh.runTask('data-mesh-publish');
    const [place] = await only();
    expect(place.products).toBe(1);
    const { body: dry } = await handOver(GIL, place.id, true);
    expect(dry).toMatchObject({
      publications: [{ productTitle: 'Sales orders', port: 'lake' }],
      hidden: 0,
    });
  });

  it('asks governance where the owner hands over, and goes when it is accepted', async () => {
    await start([]);
    const place = await decided();
    mesh.setPeople({ memberships: thePeople.memberships });
    const { body: dry } = await handOver(DORA, place.id, true);
    expect(dry).toMatchObject({
      dryRun: true,
      publications: [{ productTitle: 'Sales orders' }],
    });
    const { body: waiting } = await handOver(DORA, place.id);
    expect(await only()).toMatchObject([{ domainRef: SALES }]);
    const { body: claim } = await mesh
      .as(GIL)
      .get(`/v1/claims/${waiting.claimId}`);
    expect(claim).toMatchObject({
      domainRef: 'domain:default/hr',
      takenFrom: SALES,
      overlaps: [],
      actions: ['accept', 'reject', 'request-changes'],
    });
    // Ana stands behind the owner of hr, and does not govern.
    const byAna = await mesh
      .as(ANA)
      .post(
        `/v1/claims/${claim.id}/decisions`,
        { decision: 'accept' },
        { 'if-match': '1' },
      );
    expect(byAna.status).toBe(403);
    const { status } = await mesh
      .as(GIL)
      .post(
        `/v1/claims/${claim.id}/decisions`,
        { decision: 'accept' },
        { 'if-match': '1' },
      );
    expect(status).toBe(200);
    expect(await only()).toMatchObject([
      { domainRef: 'domain:default/hr', source: 'decision', claimId: claim.id },
    ]);
  });

  it('does not go over by the owner where config says who holds it', async () => {
    await start([
      { domain: 'sales', holds: [{ system: 'fake', catalogId: 'fake' }] },
    ]);
    mesh.setPeople({ memberships: thePeople.memberships });
    const [place] = await only();
    const { status, body } = await handOver(DORA, place.id);
    expect([status, body.error.message]).toEqual([
      403,
      expect.stringMatching(/let data governance hand it over/),
    ]);
  });
});
