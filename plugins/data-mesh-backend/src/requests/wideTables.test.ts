import type { RequestDraft } from '@lakemesh/backstage-plugin-data-mesh-common';
import { ANA, ANALYSTS_ROLE, aProduct } from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import { startMesh, type Mesh } from '../testing/startMesh';
import { scopeProblems } from '../scopes/scopeProblems';

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
    beforeAll(async () => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        products: [product],
      });
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
  },
);
