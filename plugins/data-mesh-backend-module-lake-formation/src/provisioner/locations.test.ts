import { GlueClient, UpdateTableCommand } from '@aws-sdk/client-glue';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { SeedAccount } from '@lakemesh/lake-formation-emulator';
import { EmulatedMesh, aMeshTable } from '../__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';

const world = useMesh();
const analyst = roleArn('analyst');
const port = aPort(['orders', 'customers']);
const secretAccessKey = 'not-verified';

const catalog: Partial<SeedAccount> = {
  locations: [{ arn: 'arn:aws:s3:::acme-lake/sales' }],
  databases: [
    {
      name: DATABASE,
      locationUri: 's3://acme-lake/sales/',
      tables: [aMeshTable('orders'), aMeshTable('customers')],
    },
  ],
};

/** What comes of it where the role has a table point elsewhere, and back. */
async function moved(mesh: EmulatedMesh, role: string): Promise<string> {
  const sts = new STSClient({
    region: REGION,
    endpoint: mesh.emulator.url,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey },
  });
  const { Credentials: keys } = await sts.send(
    new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'alter' }),
  );
  sts.destroy();
  const glue = new GlueClient({
    region: REGION,
    endpoint: mesh.emulator.url,
    credentials: {
      accessKeyId: keys?.AccessKeyId ?? '',
      secretAccessKey: keys?.SecretAccessKey ?? '',
      sessionToken: keys?.SessionToken,
    },
  });
  try {
    for (const place of ['orders-2', 'orders']) {
      await glue.send(
        new UpdateTableCommand({
          DatabaseName: DATABASE,
          TableInput: {
            Name: 'orders',
            StorageDescriptor: {
              Location: `s3://acme-lake/sales/${place}`,
              Columns: COLUMNS.map(Name => ({ Name, Type: 'string' })),
            },
          },
        }),
      );
    }
    return 'done';
  } catch (error) {
    return (error as Error).name;
  } finally {
    glue.destroy();
  }
}

/** What is granted, whatever the role has made of the table. */
const grantsIn = (state: unknown) =>
  JSON.parse(
    JSON.stringify(state, (key, value) =>
      key === 'databases' ? undefined : value,
    ),
  );

const modifying = (scope: Parameters<typeof anIntent>[0]) =>
  anIntent({
    port,
    principal: analyst,
    ...scope,
    scope: { level: 'modify', ...scope?.scope },
  });
const allTables = modifying({ scope: { tables: [], allTables: true } });

it('lets who may modify all tables of a database alter them at its location, until it ends', async () => {
  const mesh = await world.start({ catalog });
  expect(await moved(mesh, analyst)).toBe('AccessDeniedException');
  const before = mesh.state();
  const { live } = await mesh.entitlements.grant(allTables);
  expect(await moved(mesh, analyst)).toBe('done');
  await mesh.entitlements.end(live);
  expect(await moved(mesh, analyst)).toBe('AccessDeniedException');
  expect(grantsIn(mesh.state())).toEqual(grantsIn(before));
});

it('would be refused without access to the location', async () => {
  const { locations: _, ...unregistered } = catalog;
  const before = await world.start({ catalog: unregistered });
  const plan = await before.entitlements.plan(allTables);
  expect(plan.warnings.map(({ text }) => text).join()).not.toContain(
    'DATA_LOCATION_ACCESS',
  );
  await before.stop();
  const mesh = await world.start({ catalog });
  await mesh.entitlements.carryOut(plan);
  expect(await moved(mesh, analyst)).toBe('AccessDeniedException');
});

it('shares the location with access to one of its tables: who goes last takes it away', async () => {
  const mesh = await world.start({ catalog });
  const all = await mesh.entitlements.grant(allTables);
  const one = await mesh.entitlements.grant(modifying({ tables: ['orders'] }));
  await mesh.entitlements.end(all.live);
  expect(await moved(mesh, analyst)).toBe('done');
  await mesh.entitlements.end(one.live);
  expect(await moved(mesh, analyst)).toBe('AccessDeniedException');
});

it('costs one look at the locations of the account', async () => {
  const mesh = await world.start({ catalog });
  mesh.callsSince();
  await mesh.entitlements.plan(allTables);
  expect(mesh.callsSince().sort()).toEqual([
    'GetDatabase',
    'GetRole',
    'ListPermissions',
    'ListResources',
  ]);
});
