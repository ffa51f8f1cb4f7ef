import { aTable } from './__testUtils__/EmulatedLake';
import {
  ACCOUNT,
  REGION,
  anIntent,
  aPort,
  roleArn,
} from './__testUtils__/builders';
import {
  useLake,
  tableResource,
  columnsResource,
  allTablesResource,
} from './__testUtils__/useLake';

const world = useLake();
const analytics = roleArn('analytics');

describe('grants as Lake Formation lists them', () => {
  it('joins the lines of one grant and keeps column lists apart', async () => {
    await world.start();
    await world.foreignGrant(
      tableResource('orders'),
      ['SELECT', 'DESCRIBE'],
      roleArn('etl'),
    );
    await world.foreignGrant(columnsResource('orders', ['amount']), ['SELECT']);
    await world.foreignGrant(allTablesResource, ['SELECT'], roleArn('audit'));
    await world.foreignGrant(
      tableResource('customers'),
      ['SELECT'],
      roleArn('etl'),
    );
    const grants = await world.lake.provisioner.listGrants(aPort());
    expect(
      grants.map(({ principal, resource, permissions }) => ({
        principal: principal.name,
        resource,
        permissions,
      })),
    ).toEqual([
      {
        principal: 'etl',
        resource: {
          words: 'sales.orders',
          kind: 'table',
          catalogId: ACCOUNT,
          region: REGION,
          database: 'sales',
          table: 'orders',
        },
        permissions: ['DESCRIBE', 'SELECT'],
      },
      {
        principal: 'analytics',
        resource: {
          words: 'sales.orders (amount)',
          kind: 'columns',
          catalogId: ACCOUNT,
          region: REGION,
          database: 'sales',
          table: 'orders',
          columns: ['amount'],
        },
        permissions: ['SELECT'],
      },
      {
        principal: 'audit',
        resource: {
          words: 'all tables of sales',
          kind: 'all-tables',
          catalogId: ACCOUNT,
          region: REGION,
          database: 'sales',
        },
        permissions: ['SELECT'],
      },
    ]);
  });

  it('explains by a step what it put there, and nothing else', async () => {
    await world.start();
    await world.foreignGrant(
      tableResource('orders'),
      ['SELECT'],
      roleArn('etl'),
    );
    const { live } = await world.entitlements.grant(anIntent());
    const grants = await world.lake.provisioner.listGrants(aPort());
    expect(
      grants.map(grant => [
        grant.principal.name,
        world.lake.provisioner.compare(grant, { steps: live }).brought,
      ]),
    ).toEqual([
      ['etl', 'none'],
      ['analytics', 'full'],
    ]);
  });

  it('explains a part where somebody else granted more', async () => {
    await world.start();
    const { live } = await world.entitlements.grant(anIntent());
    await world.foreignGrant(tableResource('orders'), ['INSERT']);
    const [grant] = await world.lake.provisioner.listGrants(aPort());
    expect(grant.permissions).toEqual(['DESCRIBE', 'INSERT', 'SELECT']);
    expect(world.lake.provisioner.compare(grant, { steps: live }).brought).toBe(
      'part',
    );
  });

  it('explains nothing where all was there before', async () => {
    await world.start();
    await world.foreignGrant(tableResource('orders'), ['SELECT', 'DESCRIBE']);
    const { live } = await world.entitlements.grant(anIntent());
    const [grant] = await world.lake.provisioner.listGrants(aPort());
    expect(world.lake.provisioner.compare(grant, { steps: live }).brought).toBe(
      'none',
    );
  });
});

describe('warnings of a plan', () => {
  it('says where Lake Formation does not restrict anybody', async () => {
    await world.start({
      tables: [{ ...aTable('orders'), iamAllowedPrincipals: true }],
    });
    const { warnings } = await world.entitlements.plan(anIntent());
    expect(warnings).toEqual([
      expect.stringContaining(
        'Lake Formation does not restrict `sales.orders`',
      ),
    ]);
  });

  it('says where a grant on all tables gives the same already, and grants on the table all the same', async () => {
    await world.start();
    await world.foreignGrant(allTablesResource, ['SELECT', 'DESCRIBE']);
    const { plan } = await world.entitlements.grant(anIntent());
    expect(plan.steps[0].done).toBeUndefined();
    expect(plan.warnings).toEqual([
      '`analytics` reads all tables of `sales` already, by a grant on all tables. That grant stays when this access ends.',
    ]);
    expect(await world.lake.grantsOf(analytics)).toContain('DESCRIBE orders');
  });
});
