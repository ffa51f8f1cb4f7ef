import {
  ANA,
  OMAR,
  ORDERS,
  aProduct,
  aRequest,
  thePeople,
  type TestPeople,
} from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import { asked, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();

const LEAD = 'user:default/lead-team0';

/** However much there is, one API call makes no more calls to the catalog. */
const MOST_CALLS = 16;

const numbered = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

interface World {
  title: string;
  /** Products beside the one that is asked for, on the same tables. */
  products: number;
  /** Groups whose members own them, approve, and act as the principal. */
  teams: number;
  requests: number;
}

const small: World = { title: 'small', products: 1, teams: 1, requests: 1 };
const large: World = {
  title: 'large',
  products: 30,
  teams: 30,
  requests: 100,
};

async function start({ products, teams, requests }: World): Promise<Mesh> {
  const team = (index: number) => `team${index % teams}`;
  const people: TestPeople = {
    memberships: {
      ...thePeople.memberships,
      ...Object.fromEntries(
        numbered(teams, 'team').map(name => [name, ['ana', `lead-${name}`]]),
      ),
    },
    principals: Object.fromEntries(
      numbered(teams, 'team').map(name => [name, `fake:${name}`]),
    ),
  };
  const mesh = await startMesh({
    knex: await databases.migrated('SQLITE_3'),
    people,
    domains: [
      {
        domain: 'sales',
        teams: ['sales', ...numbered(teams, 'team')],
        holds: [{ system: 'fake', catalogId: 'fake' }],
      },
    ],
    products: [
      aProduct({ spec: { access: { approvers: ['group:default/team0'] } } }),
      ...Array.from({ length: products }, (_, index) =>
        aProduct({
          name: `p${index}`,
          spec: { owner: `group:default/${team(index)}` },
        }),
      ),
    ],
  });
  await mesh.runTask('data-mesh-publish');
  for (let index = 0; index < requests; index += 1) {
    await asked(
      mesh,
      ANA,
      aRequest({
        productRef: `dataproduct:default/p${index % products}`,
        // Never the same product for the same principal.
        principals: [`fake:${team(index + Math.floor(index / products))}`],
        scope: {
          level: 'read',
          tables: [
            { table: 'orders' },
            { table: 'customers', columns: ['customer_id'] },
          ],
        },
      }),
    );
  }
  return mesh;
}

/** Calls to the catalog, by their kind. */
async function callsOf(
  mesh: Mesh,
  use: () => Promise<{ status: number; body: unknown }>,
): Promise<string[]> {
  const before = mesh.catalogCalls.length;
  const { status, body } = await use();
  expect({ status, error: status < 300 ? undefined : body }).toEqual({
    status: expect.any(Number),
    error: undefined,
  });
  return mesh.catalogCalls.slice(before).sort();
}

describe('calls to the catalog', () => {
  const counts = new Map<string, Map<string, number>>();

  describe.each([small, large])('of one API call in a $title mesh', world => {
    let mesh: Mesh;
    beforeAll(async () => {
      mesh = await start(world);
    });
    afterAll(() => mesh.stop());

    const firstId = async () =>
      (await mesh.as(ANA).get('/v1/requests?order=oldest')).body.items[0].id;

    it.each([
      [
        'opening a request',
        async () => {
          const id = await firstId();
          return () => mesh.as(LEAD).get(`/v1/requests/${id}`);
        },
      ],
      [
        'previewing a draft',
        async () => () =>
          mesh.as(ANA).post('/v1/requests/preview', {
            ...aRequest({ productRef: ORDERS }),
            principals: numbered(world.teams, 'fake:team').slice(0, 20),
          }),
      ],
      [
        'listing 100 requests',
        async () => () => mesh.as(ANA).get('/v1/requests?limit=100'),
      ],
      [
        'counting what waits',
        async () => () => mesh.as(ANA).get('/v1/requests/counts'),
      ],
      ['listing products', async () => () => mesh.as(ANA).get('/v1/products')],
      ['listing places', async () => () => mesh.as(ANA).get('/v1/places')],
      [
        'listing publications',
        async () => () => mesh.as(ANA).get('/v1/publications'),
      ],
      ['listing grants', async () => () => mesh.as(ANA).get('/v1/grants')],
    ])('are few: %s', async (what, prepare) => {
      const use = await prepare();
      const calls = await callsOf(mesh, use);
      expect(calls.length).toBeLessThanOrEqual(MOST_CALLS);
      const known = counts.get(what) ?? new Map<string, number>();
      counts.set(what, known.set(world.title, calls.length));
    });
  });

  it('do not grow with the mesh', () => {
    const grown = [...counts].map(([what, known]) => [
      what,
      (known.get('large') ?? NaN) - (known.get('small') ?? NaN),
    ]);
    expect(grown).toHaveLength(8);
    // What happens to be asked for together is not always the same.
    for (const [what, more] of grown) {
      expect([what, Number(more) <= 2]).toEqual([what, true]);
    }
  });
});

describe('one look', () => {
  it('is of now: what changes in the catalog holds from the next call on', async () => {
    const mesh = await startMesh({
      knex: await databases.migrated('SQLITE_3'),
    });
    try {
      const request = await asked(mesh, ANA, aRequest());
      const open = () => mesh.as(OMAR).get(`/v1/requests/${request.id}`);
      const before = (await open()).body;
      expect(before.actions).toContain('approve');
      mesh.setPeople({
        ...thePeople,
        memberships: { ...thePeople.memberships, sales: ['olga'] },
      });
      const after = (await open()).body;
      expect(after.actions ?? []).not.toContain('approve');
    } finally {
      await mesh.stop();
    }
  });
});
