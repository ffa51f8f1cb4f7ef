import { grantsAt } from '../__testUtils__/grantsAt';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import { aTable } from '../__testUtils__/EmulatedLake';
import {
  ACCOUNT,
  REGION,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import {
  useLake,
  tableResource,
  columnsResource,
  allTablesResource,
} from '../__testUtils__/useLake';

const world = useLake();
const analytics = roleArn('analytics');

describe('grants as Lake Formation lists them', () => {
  it('lists line by line, as scans do', async () => {
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
    const grants = await grantsAt(world.lake.provisioner, aPort());
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
        permissions: ['DESCRIBE'],
      },
      {
        principal: 'etl',
        resource: expect.objectContaining({ table: 'orders', kind: 'table' }),
        permissions: ['SELECT'],
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
    const grants = await grantsAt(world.lake.provisioner, aPort());
    expect(
      grants.map(grant => [
        grant.principal.name,
        world.lake.provisioner.compare(grant, { steps: live }).brought,
      ]),
    ).toEqual([
      ['etl', 'none'],
      ['analytics', 'full'],
      ['analytics', 'full'],
    ]);
  });

  it('explains a part where somebody else granted more', async () => {
    await world.start();
    const { live } = await world.entitlements.grant(anIntent());
    await world.foreignGrant(tableResource('orders'), ['INSERT']);
    const [grant] = await grantsAt(world.lake.provisioner, aPort());
    expect(grant.permissions).toEqual(['DESCRIBE', 'INSERT']);
    expect(world.lake.provisioner.compare(grant, { steps: live }).brought).toBe(
      'part',
    );
  });

  it('explains nothing where all was there before', async () => {
    await world.start();
    await world.foreignGrant(tableResource('orders'), ['SELECT', 'DESCRIBE']);
    const { live } = await world.entitlements.grant(anIntent());
    const [grant] = await grantsAt(world.lake.provisioner, aPort());
    expect(world.lake.provisioner.compare(grant, { steps: live }).brought).toBe(
      'none',
    );
  });
});

describe('a look at a port', () => {
  const other = { service: 'Glue', operation: 'CreateDatabase', input: {} };
  const byKey = (grants: ScannedGrant[]) =>
    [...grants].sort((a, b) => (a.key < b.key ? -1 : 1));

  async function lookAndScan() {
    const { scanner } = world.lake.provisioner;
    const look = scanner.look(aPort());
    const scanned: ScannedGrant[] = [];
    for await (const page of scanner.scan(look.target)) {
      scanned.push(...page.grants);
    }
    return { look, seen: await look.read(), scanned };
  }

  it('lists what a scan lists there, the same in all parts', async () => {
    await world.start();
    await world.foreignGrant(
      tableResource('orders'),
      ['SELECT', 'DESCRIBE', 'INSERT'],
      roleArn('etl'),
    );
    await world.foreignGrant(columnsResource('orders', ['amount']), ['SELECT']);
    await world.foreignGrant(allTablesResource, ['SELECT'], roleArn('audit'));
    await world.foreignGrant(
      { Database: { Name: 'sales' } },
      ['DESCRIBE'],
      roleArn('audit'),
    );
    await world.entitlements.grant(
      anIntent({
        scope: {
          level: 'read',
          tables: [{ table: 'orders', rowFilter: "amount = '1'" }],
        },
      }),
    );

    const { look, seen, scanned } = await lookAndScan();

    expect(look.isPartOfScan).toBe(true);
    expect(byKey(seen)).toEqual(
      byKey(scanned.filter(({ grant }) => look.showsGrant(grant))),
    );
    expect(seen.map(({ grant }) => grant.resource.kind)).toEqual(
      expect.arrayContaining(['columns', 'all-tables', 'data-cells-filter']),
    );
    // Of the database as such it does not tell.
    expect(
      scanned
        .filter(({ grant }) => !look.showsGrant(grant))
        .map(({ grant }) => grant.resource.kind),
    ).toEqual(['database']);
  });

  it('knows which steps it shows all grants of', async () => {
    await world.start();
    const plan = await world.entitlements.plan(anIntent());
    const look = (tables: string[]) =>
      world.lake.provisioner.scanner.look(aPort(tables));
    const [granted] = plan.steps.filter(
      ({ kind }) => kind === 'grantPermissions',
    );
    expect(look(['orders', 'customers']).showsStep(granted)).toBe(true);
    expect(look(['returns']).showsStep(granted)).toBe(false);
    expect(look(['orders']).showsStep({ ...granted, call: other })).toBe(false);
  });

  it('knows who administers the lake, as a scan does', async () => {
    await world.start();
    await world.foreignGrant(
      tableResource('orders'),
      ['SELECT'],
      roleArn('etl'),
    );
    const { scanner } = world.lake.provisioner;
    const look = scanner.look(aPort());
    const [{ grant }] = await look.read();
    expect(scanner.standing(look.target, grant)).toBeUndefined();
    const root = {
      ...grant,
      principal: {
        ...grant.principal,
        id: `arn:aws:iam::${ACCOUNT}:root`,
      },
    };
    expect(scanner.standing(look.target, root)).toMatchObject({
      kind: 'administrator',
    });
  });
});

describe('warnings of a plan', () => {
  it('says where Lake Formation does not restrict anybody', async () => {
    await world.start({
      tables: [{ ...aTable('orders'), iamAllowedPrincipals: true }],
    });
    const { warnings } = await world.entitlements.plan(anIntent());
    expect(warnings.map(({ text }) => text)).toEqual([
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
    expect(plan.warnings.map(({ text }) => text)).toEqual([
      '`analytics` can read all tables of `sales` already, by a grant on all tables. That grant stays when this access ends.',
    ]);
    expect(await world.lake.grantsOf(analytics)).toContain('DESCRIBE orders');
  });
});
