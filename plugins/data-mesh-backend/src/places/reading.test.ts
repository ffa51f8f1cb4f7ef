import type { JsonObject } from '@backstage/types';
import { testDatabases } from '../testing/databases';
import { DORA, EVE, GIL, aProduct } from '../testing/meshFixture';
import { startMesh } from '../testing/startMesh';

const databases = testDatabases(['SQLITE_3']);

async function mesh(domains?: JsonObject[]) {
  const knex = await databases.migrated('SQLITE_3');
  return startMesh({
    knex,
    domains,
    config: { accounts: [{ accountId: '111111111111', alias: 'lake' }] },
  });
}

it('tells everybody which domain holds which place, the widest first', async () => {
  const { as, stop } = await mesh([
    {
      domain: 'sales',
      holds: [
        { catalogId: '111111111111', database: 'sales_*', table: 'o*' },
        { catalogId: '111111111111' },
      ],
    },
    { domain: 'hr', holds: [{ catalogId: '111111111111', database: 'hr' }] },
  ]);
  const { body, status } = await as(EVE).get('/v1/places');
  expect(status).toBe(200);
  expect(body.items).toMatchObject([
    {
      domainRef: 'domain:default/sales',
      words: 'the catalog `111111111111`',
      accountAlias: 'lake',
      source: 'config',
      actions: [],
    },
    {
      domainRef: 'domain:default/hr',
      words: 'the database `hr`',
      inside: [{ domainRef: 'domain:default/sales', relation: 'wider' }],
    },
    {
      domainRef: 'domain:default/sales',
      words: 'the tables `sales_*.o*`',
    },
  ]);
  expect(body.items[1].contestedBy).toBeUndefined();
  const { body: hr } = await as(EVE).get(
    '/v1/places?domainRef=domain:default/hr',
  );
  expect(hr.items).toHaveLength(1);
  await stop();
});

it('counts published products with tables in it, of those the caller may see', async () => {
  const knex = await databases.migrated('SQLITE_3');
  const [port] = aProduct().spec.outputPorts;
  const { as, runTask, setCatalog, stop } = await startMesh({
    knex,
    products: [
      aProduct(),
      aProduct({ name: 'more' }),
      // Nobody has accepted it.
      aProduct({ name: 'stranger', spec: { owner: 'group:default/analysts' } }),
      aProduct({
        name: 'other',
        spec: { outputPorts: [{ ...port, location: { database: 'visits' } }] },
      }),
    ],
    domains: [
      {
        domain: 'sales',
        teams: ['sales'],
        holds: [
          { system: 'fake', catalogId: 'fake' },
          { system: 'fake', catalogId: 'fake', database: 's*' },
          { system: 'fake', catalogId: 'fake', database: 'sales', table: 'o*' },
          {
            system: 'fake',
            catalogId: 'fake',
            database: 'sales',
            table: 'nothing',
          },
          {
            system: 'fake',
            catalogId: 'fake',
            tag: { key: 'domain', values: ['sales'] },
          },
        ],
      },
    ],
  });
  await runTask('data-mesh-publish');
  const counts = async (userRef: string) =>
    Object.fromEntries(
      (await as(userRef).get('/v1/places')).body.items.map(
        ({ words, products }: JsonObject) => [words, products],
      ),
    );
  const seen = {
    'the catalog `fake`': 3,
    'the databases `s*`': 2,
    'the tables `sales.o*`': 2,
    'the table `sales.nothing`': 0,
  };
  expect(await counts(EVE)).toMatchObject(seen);
  expect(Object.values(await counts(EVE))).toContain(undefined);
  // A product that the catalog does not show is counted for governance only.
  setCatalog(entities =>
    entities.filter(({ metadata }) => metadata.name !== 'more'),
  );
  expect(await counts(EVE)).toMatchObject({
    'the catalog `fake`': 2,
    'the databases `s*`': 1,
  });
  expect(await counts(GIL)).toMatchObject(seen);
  await stop();
});

it('says which places are contested, and who may hand a place over', async () => {
  const { as, stop } = await mesh([
    { domain: 'sales', holds: [{ catalogId: '1', database: 'sales_*' }] },
    { domain: 'hr', holds: [{ catalogId: '1', database: '*_people' }] },
  ]);
  const read = async (userRef: string) => {
    const { body } = await as(userRef).get('/v1/places');
    return body.items.map(({ contestedBy, actions }: JsonObject) => [
      contestedBy,
      actions,
    ]);
  };
  expect(await read(GIL)).toEqual([
    [['domain:default/hr'], ['hand-over']],
    [['domain:default/sales'], ['hand-over']],
  ]);
  // What config says, the owner of the domain cannot change in the portal.
  expect(await read(DORA)).toEqual([
    [['domain:default/hr'], []],
    [['domain:default/sales'], []],
  ]);
  await stop();
});

it('does not start where config gives a place to two domains', async () => {
  await expect(
    mesh([
      { domain: 'sales', holds: [{ catalogId: '1', database: 'a' }] },
      { domain: 'hr', holds: [{ catalogId: '1', database: 'A' }] },
    ]),
  ).rejects.toThrow(
    /dataMesh\.domains\[1\]\.holds\[0\] and dataMesh\.domains\[0\]\.holds\[0\] are the same place/,
  );
});
