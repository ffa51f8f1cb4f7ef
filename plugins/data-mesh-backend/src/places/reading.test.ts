import { TestDatabases } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { DORA, EVE, GIL } from '../testing/meshFixture';
import { startMesh } from '../testing/startMesh';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function mesh(domains?: JsonObject[]) {
  const knex = await databases.init('SQLITE_3');
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
