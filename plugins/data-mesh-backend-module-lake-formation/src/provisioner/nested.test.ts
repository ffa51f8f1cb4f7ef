import { grantsAt } from '../__testUtils__/grantsAt';
import { CONSUMER, aMeshTable } from '../__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';

const world = useMesh();
const port = aPort(['orders'], {
  catalogId: `${ACCOUNT}:s3tablescatalog/bucket`,
});

describe('a nested catalog', () => {
  it.each([
    { name: 'one account', principal: roleArn('analyst') },
    { name: 'one organization', principal: roleArn('analyst', CONSUMER) },
  ])('is granted in and taken back within $name', async ({ principal }) => {
    const mesh = await world.start({
      organization: true,
      catalog: {
        catalogs: [
          {
            path: 's3tablescatalog/bucket',
            databases: [{ name: DATABASE, tables: [aMeshTable('orders')] }],
          },
        ],
      },
    });
    const before = mesh.state();
    const { live } = await mesh.entitlements.grant(
      anIntent({
        port,
        principal,
        tables: [{ table: 'orders', columns: ['amount'] }],
      }),
    );
    const granted = await grantsAt(mesh.provisioner, port);
    expect(
      granted.map(grant => [grant.principal.name, grant.resource.columns]),
    ).toContainEqual(['analyst', ['amount']]);
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('is seen through a link as far as it was granted', async () => {
    const analyst = roleArn('analyst', CONSUMER);
    const mesh = await world.start({
      organization: true,
      catalog: {
        catalogs: [
          {
            path: 's3tablescatalog/bucket',
            databases: [{ name: DATABASE, tables: [aMeshTable('orders')] }],
          },
        ],
      },
    });
    await mesh.entitlements.grant(anIntent({ port, principal: analyst }));
    expect(await mesh.columnsSeenBy(analyst, DATABASE, 'orders')).toEqual(
      COLUMNS,
    );
  });
});
