import { ANA, GIL, aRequest } from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import { startMesh, type Mesh } from '../testing/startMesh';
import request from 'supertest';
import { mockCredentials } from '@backstage/backend-test-utils';

const databases = testDatabases();
const HEADERS = { authorization: mockCredentials.user.header(ANA) };

describe('what the contract does not allow', () => {
  let mesh: Mesh;
  beforeAll(async () => {
    mesh = await startMesh({ knex: await databases.migrated('SQLITE_3') });
  });
  afterAll(() => mesh.stop());

  const api = (path: string) => `/api/data-mesh${path}`;
  const postRaw = (path: string, text: string, type = 'application/json') =>
    request(mesh.server)
      .post(api(path))
      .set({ ...HEADERS, 'content-type': type })
      .send(text);

  it.each([
    '/v1/grants?at=2026-02-30T00:00:00Z',
    '/v1/grants?at=2016-12-31T23:59:60Z',
    '/v1/grants/export?at=2026-13-01T00:00:00Z',
    '/v1/access/what?principal=fake:ana&at=yesterday',
    '/v1/products/default/orders/tags?maxAgeSeconds=1e400',
    '/v1/products/default/orders/tags?maxAgeSeconds=NaN',
    '/v1/requests?limit=Infinity',
    '/v1/requests?limit=1e400',
    '/v1/requests?limit=99999999999999999999',
    '/v1/requests?limit=1.5',
    '/v1/requests?cursor=xyz',
    '/v1/audit?cursor=xyz',
    '/v1/grants?cursor=WzFd',
    '/v1/drift?cursor=%F0%9F%92%A9',
    '/v1/requests?nonsense=1',
    `/v1/requests?domainRef=${'x'.repeat(256)}`,
    `/v1/requests?${'state=pending&'.repeat(21)}`,
    '/v1/requests/%E0%A4%A',
    '/v1/requests?q=%00',
  ])('is a 400: GET %s', async path => {
    // Who may read everything: what the contract refuses is not a 403.
    const { status, body } = await mesh.as(GIL).get(path);
    expect([status, body.error?.message]).toEqual([400, expect.any(String)]);
  });

  it.each([
    ['malformed JSON', '{"productRef":'],
    ['a JSON text', '"x"'],
    ['NUL', '{"productRef":"dataproduct:default/x\\u0000"}'],
    ['NUL in a key', '{"product\\u0000":"x"}'],
    ['too many fields', `{${'"x":1,'.repeat(60_000)}"y":1}`],
    ['too many objects', `{"scope":{"tables":[${'{},'.repeat(60_000)}{}]}}`],
    ['too deep', '['.repeat(40_000) + ']'.repeat(40_000)],
    [
      'too deep inside',
      `{"productRef":"x","scope":${'['.repeat(40_000)}${']'.repeat(40_000)}}`,
    ],
    ['a number that is none', '{"productRef":"x","durationDays":NaN}'],
    ['a number beyond all', '{"productRef":"x","durationDays":1e400}'],
    ['half a day', '{"productRef":"x","durationDays":0.5}'],
    ['an unknown field', '{"productRef":"x","answers":{}}'],
    ['too many names', `{"productRef":"x","${'a'.repeat(1000)}":1}`],
    ['no body', ''],
  ])('is a 400: a draft with %s', async (_, text) => {
    const { status, body } = await postRaw('/v1/requests/preview', text);
    expect([status, body.error?.message]).toEqual([400, expect.any(String)]);
  });

  it.each(['text/plain', 'application/xml', 'multipart/form-data', ''])(
    'is a 400: a body of type %j',
    async type => {
      const { status } = await postRaw(
        '/v1/requests/preview',
        '{"productRef":"dataproduct:default/orders"}',
        type,
      );
      expect(status).toBe(400);
    },
  );

  it('is a body of more than two megabytes', async () => {
    const { status } = await postRaw(
      '/v1/requests/preview',
      JSON.stringify({ productRef: 'x', justification: 'x'.repeat(2 ** 21) }),
    );
    expect([400, 413]).toContain(status);
  });

  it.each(['answers', 'acceptedTerms'])(
    'is what nobody reads: %s',
    async field => {
      const { status, body } = await mesh
        .as(ANA)
        .post('/v1/requests', { ...aRequest(), [field]: [] });
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/additional properties/);
    },
  );

  it('is more than 10,000 columns in one scope', async () => {
    const columns = (from: number) =>
      Array.from({ length: 5_001 }, (_, index) => `c${from + index}`);
    const { status, body } = await mesh.as(ANA).post('/v1/requests/preview', {
      productRef: 'dataproduct:default/orders',
      port: 'lake',
      scope: {
        level: 'read',
        tables: [
          { table: 'orders', columns: columns(0) },
          { table: 'customers', columns: columns(0) },
        ],
      },
    });
    expect(status).toBe(400);
    expect(body.error.problems).toEqual([
      {
        field: 'scope.tables',
        reason: expect.stringMatching(/^10002 columns are named/),
      },
    ]);
  });

  it('answers HEAD as GET without a body', async () => {
    const fine = await request(mesh.server)
      .head(api('/v1/requests'))
      .set(HEADERS);
    expect([fine.status, fine.text]).toEqual([200, undefined]);
    const wrong = await request(mesh.server)
      .head(api('/v1/requests?limit=x'))
      .set(HEADERS);
    expect(wrong.status).toBe(400);
  });

  it.each(['put', 'delete', 'patch'] as const)(
    'has no %s, and says so',
    async method => {
      const { status, body } = await request(mesh.server)
        [method](api('/v1/requests/x'))
        .set(HEADERS)
        .send({});
      expect(status).toBe(404);
      expect(body.error.message).toMatch(/There is no/);
    },
  );

  it('lets no other spelling of a path around the contract', async () => {
    for (const path of ['/V1/requests?limit=x', '/v1/requests/?limit=x']) {
      const { status } = await mesh.as(ANA).get(path);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
  });
});

describe.each(databases.eachSupportedId())(
  'a database that is gone (%s)',
  databaseId => {
    it('is a 503 with an id, and without a word about where it was', async () => {
      const knex = await databases.migrated(databaseId);
      const mesh = await startMesh({ knex });
      const down = jest
        .spyOn(knex.client, 'acquireConnection')
        .mockRejectedValue(
          Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
            code: 'ECONNREFUSED',
          }),
        );
      const { status, body } = await mesh.as(ANA).get('/v1/requests');
      expect(status).toBe(503);
      expect(body.error.correlationId).toEqual(expect.any(String));
      expect(body.error.message).toMatch(/cannot reach its database/);
      expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|localhost|knex/i);
      down.mockRestore();
      await mesh.stop();
    });
  },
);
