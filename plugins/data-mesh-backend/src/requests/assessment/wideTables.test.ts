import type { RequestDraft } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ANA,
  ANALYSTS_ROLE,
  GIL,
  OMAR,
  aProduct,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { startMesh, type Mesh } from '../../testing/startMesh';
import { scopeProblems } from '../../scopes/scopeProblems';

const databases = testDatabases();
const COLUMNS = 5_000;

/** Names of 255 letters that are all near to each other. */
const nameOf = (index: number) =>
  `measurement_${String(index).padStart(5, '0')}_of_sensor`.padEnd(255, '_');
const names = Array.from({ length: COLUMNS }, (_, index) => nameOf(index));
const wide = {
  name: 'wide',
  columns: [...names, 'secret'].map(name => ({ name, type: 'string' })),
};
const product = aProduct({
  spec: {
    access: { neverShared: ['secret'] },
    outputPorts: [
      {
        name: 'lake',
        type: 'fake',
        location: { database: 'sales' },
        tables: [wide],
      },
    ],
  },
});
const draft = (columns: string[]): RequestDraft => ({
  productRef: 'dataproduct:default/orders',
  port: 'lake',
  scope: { level: 'read', tables: [{ table: 'wide', columns }] },
  principals: [ANALYSTS_ROLE],
  purpose: 'analytics',
  durationDays: 30,
});

/** Counts each read of a name in an array, and of its length. */
function counted(list: string[]): { list: string[]; reads: () => number } {
  let reads = 0;
  return {
    list: new Proxy(list, {
      get(target, key, receiver) {
        reads += 1;
        return Reflect.get(target, key, receiver);
      },
    }),
    reads: () => reads,
  };
}

/** Rows of an answer, as the drivers give it. */
function rowsOf(response: unknown): unknown[] {
  if (Array.isArray(response)) return response;
  const isObject = typeof response === 'object' && response !== null;
  return isObject && 'rows' in response && Array.isArray(response.rows)
    ? response.rows
    : [];
}

describe('the names of a scope', () => {
  it('are looked at a few times each, however many do not exist', () => {
    const [port] = product.spec.outputPorts;
    const readsOf = (count: number) => {
      const { list, reads } = counted(
        names.slice(0, count).map(name => `x${name.slice(1)}`),
      );
      scopeProblems(
        { level: 'read', tables: [{ table: 'wide', columns: list }] },
        port,
        undefined,
      );
      return reads();
    };
    expect(readsOf(COLUMNS) / readsOf(COLUMNS / 10)).toBeLessThan(11);
  });

  it('that do not exist are told by the first ones and their number', () => {
    const problems = scopeProblems(
      {
        level: 'read',
        tables: [{ table: 'wide', columns: names.map(name => `${name}!`) }],
      },
      product.spec.outputPorts[0],
      undefined,
    );
    expect(problems).toHaveLength(11);
    expect(problems[0].reason).toMatch(/did you mean 'measurement_00000/);
    expect(problems[10]).toEqual({
      field: 'scope.tables[0].columns',
      reason: 'column of wide: 4990 more do not exist',
    });
  });
});

describe.each(databases.eachSupportedId())(
  'a table of 5,001 columns on %s',
  databaseId => {
    let mesh: Mesh;
    /** Bytes of each answer of the database that had several rows. */
    const read: number[] = [];
    beforeAll(async () => {
      const knex = await databases.migrated(databaseId);
      knex.on('query-response', (response: unknown) => {
        const rows = rowsOf(response);
        if (rows.length > 1) read.push(JSON.stringify(rows).length);
      });
      mesh = await startMesh({ knex, products: [product] });
    });
    afterAll(() => mesh.stop());

    it('can be asked for with all its columns but the one never shared', async () => {
      const { status, body } = await mesh
        .as(ANA)
        .post('/v1/requests', draft(names));
      expect(status).toBe(201);
      expect(body.items[0].scope.tables[0].columns).toHaveLength(COLUMNS);
    });

    it('is answered shortly where none of its columns exists', async () => {
      const unknown = names.map(name => `${name.slice(0, 254)}x`);
      const { status, body } = await mesh
        .as(ANA)
        .post('/v1/requests/preview', draft(unknown));
      expect(status).toBe(200);
      expect(body.problems).toHaveLength(11);
      expect(JSON.stringify(body.problems).length).toBeLessThan(20_000);
    });

    it('is read a part at a time where many requests name it', async () => {
      const principals = Array.from({ length: 12 }, (_, i) => `fake:r${i}`);
      const { status } = await mesh
        .as(OMAR)
        .post('/v1/requests', { ...draft(names), principals });
      expect(status).toBe(201);
      read.length = 0;

      const requests = await all('/v1/requests?limit=100');
      expect(requests.pages).toBeGreaterThan(1);
      expect(requests.items).toHaveLength(13);
      const events = await all('/v1/audit?limit=200&action=request.created');
      expect(events.pages).toBeGreaterThan(1);
      expect(events.items).toHaveLength(13);
      const exported = await mesh.as(GIL).get('/v1/audit/export');
      expect(exported.status).toBe(200);
      const { body } = await mesh.as(GIL).get('/v1/audit/verification');
      expect(body).toMatchObject({ whole: true });

      expect(Math.max(...read)).toBeLessThan(2 * 1024 * 1024);
    });

    /** All pages of a list. */
    async function all(path: string) {
      const items: unknown[] = [];
      let pages = 0;
      let cursor: string | undefined;
      do {
        const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
        const { status, body } = await mesh.as(GIL).get(`${path}${after}`);
        expect(status).toBe(200);
        items.push(...body.items);
        cursor = body.nextCursor;
        pages += 1;
      } while (cursor);
      return { items, pages };
    }
  },
);
