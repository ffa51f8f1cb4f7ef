import {
  CreateDatabaseCommand,
  DeleteDatabaseCommand,
  GlueClient,
} from '@aws-sdk/client-glue';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { CONSUMER, LINK_REGION, PRODUCER } from '../__testUtils__/EmulatedMesh';
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
const analyst = roleArn('analyst', CONSUMER);
const other = roleArn('other', CONSUMER);
const toSales = { catalogId: ACCOUNT, database: DATABASE };

const linkSteps = (plan: {
  steps: Array<{ kind: string; words: { text: string } }>;
}) =>
  plan.steps
    .filter(({ kind }) => kind === 'resourceLink')
    .map(({ words }) => words.text);

describe('a link of a database', () => {
  it('serves all principals of the account, and goes with the last of them', async () => {
    const mesh = await world.start({ organization: true });
    const before = mesh.state();
    const first = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    mesh.callsSince();
    const second = await mesh.entitlements.grant(
      anIntent({ principal: other, tables: ['customers'] }),
    );
    expect(mesh.callsSince()).not.toContain('CreateDatabase');
    const { kept } = await mesh.entitlements.end(first.live);
    expect(kept).toEqual([
      'resource link `sales`: another entitlement needs it',
    ]);
    expect(await mesh.columnsSeenBy(other, DATABASE, 'customers')).toEqual(
      COLUMNS,
    );
    await mesh.entitlements.end(second.live);
    expect(mesh.state()).toEqual(before);
  });

  it('is taken as it is where somebody has made it, under whatever name, and stays', async () => {
    const mesh = await world.start({
      organization: true,
      consumer: { databases: [{ name: 'their_sales', target: toSales }] },
    });
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    expect(plan.steps[1]).toMatchObject({ kind: 'resourceLink', done: true });
    expect(await mesh.columnsSeenBy(analyst, 'their_sales', 'orders')).toEqual(
      COLUMNS,
    );
    const { kept } = await mesh.entitlements.end(live);
    expect(kept).toEqual([
      'resource link `their_sales`: was there before this access was granted',
    ]);
    expect(mesh.state()).toEqual(before);
  });

  it('takes the producer’s name where its own is taken', async () => {
    const mesh = await world.start({
      organization: true,
      consumer: {
        databases: [
          { name: DATABASE, tables: [] },
          {
            name: 'elsewhere',
            target: { catalogId: PRODUCER, database: DATABASE },
          },
        ],
      },
    });
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    expect(linkSteps(plan)).toEqual([
      'Create resource link `sales_acme_lakehouse` in account `analytics …3333` to database `sales` of `210987654321`',
    ]);
    expect(
      await mesh.columnsSeenBy(analyst, 'sales_acme_lakehouse', 'orders'),
    ).toEqual(COLUMNS);
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('goes on to the next name where that is taken as well, and refuses where all are', async () => {
    const taken = ['sales', 'sales_acme_lakehouse'];
    const mesh = await world.start({
      organization: true,
      consumer: { databases: taken.map(name => ({ name, tables: [] })) },
    });
    const { plan } = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    expect(linkSteps(plan)[0]).toContain(`\`sales_${ACCOUNT}\``);
    const hash = /sales_[0-9a-f]{8}$/;
    const full = await world.start({
      organization: true,
      consumer: {
        databases: [...taken, `sales_${ACCOUNT}`].map(name => ({
          name,
          tables: [],
        })),
      },
    });
    const { steps } = await full.entitlements.plan(
      anIntent({ principal: analyst }),
    );
    expect(
      (steps[1].call.input.DatabaseInput as { Name: string }).Name,
    ).toMatch(hash);
    await mesh.stop();
  });

  it('is refused where its name was taken between planning and making it', async () => {
    const mesh = await world.start({ organization: true });
    const plan = await mesh.entitlements.plan(anIntent({ principal: analyst }));
    const snapshot = await world.start({
      organization: true,
      consumer: { databases: [{ name: DATABASE, tables: [] }] },
    });
    const failed = await snapshot.entitlements
      .carryOut(plan)
      .catch(error => error);
    expect(snapshot.provisioner.classify(failed)).toMatchObject({
      code: 'NotOursError',
      kind: 'permanent',
      message: expect.stringContaining(
        '`sales` in account 111122223333 exists and does not link to',
      ),
    });
    const before = snapshot.state();
    // The database that is there is not ours to delete.
    await snapshot.entitlements.end(
      snapshot.entitlements.inForce.filter(
        ({ step }) => step.kind === 'resourceLink',
      ),
    );
    expect(snapshot.state()).toEqual(before);
    await mesh.stop();
  });

  it('leaves nothing of who has made it anew since it was last seen', async () => {
    const platform = roleArn('platform', CONSUMER);
    const mesh = await world.start({
      organization: true,
      consumer: { roles: ['platform', 'analyst'], administrators: [platform] },
    });
    const before = mesh.state();
    const { live } = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    const [onLink, ...others] = [...live].reverse();
    await mesh.entitlements.end([onLink]);

    const root = {
      region: REGION,
      endpoint: mesh.emulator.url,
      credentials: { accessKeyId: CONSUMER, secretAccessKey: 'not-verified' },
    };
    const owner = new GlueClient(root);
    await owner.send(new DeleteDatabaseCommand({ Name: DATABASE }));
    const sts = new STSClient(root);
    const { Credentials: keys } = await sts.send(
      new AssumeRoleCommand({ RoleArn: platform, RoleSessionName: 'anew' }),
    );
    const another = new GlueClient({
      ...root,
      credentials: {
        accessKeyId: keys?.AccessKeyId ?? '',
        secretAccessKey: keys?.SecretAccessKey ?? '',
        sessionToken: keys?.SessionToken,
      },
    });
    await another.send(
      new CreateDatabaseCommand({
        DatabaseInput: {
          Name: DATABASE,
          TargetDatabase: { CatalogId: ACCOUNT, DatabaseName: DATABASE },
        },
      }),
    );
    [owner, sts, another].forEach(client => client.destroy());

    const rest = [...others].reverse();
    await expect(mesh.entitlements.end(rest)).rejects.toThrow(
      'Still there: what is left of resource link `sales`',
    );
    await mesh.entitlements.end(rest);
    expect(mesh.state()).toEqual(before);
  });

  it('lies in the region that the account queries in', async () => {
    const mesh = await world.start({
      organization: true,
      links: { kind: 'database', region: LINK_REGION, forAccount: false },
    });
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    expect(plan.steps[1]).toMatchObject({
      kind: 'resourceLink',
      region: LINK_REGION,
      call: {
        input: {
          DatabaseInput: {
            TargetDatabase: { DatabaseName: DATABASE, Region: REGION },
          },
        },
      },
    });
    expect(plan.steps[2].region).toBe(LINK_REGION);
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('is left to the account where that wants to make its own', async () => {
    const mesh = await world.start({
      organization: true,
      links: { kind: 'none', forAccount: false },
    });
    const { plan } = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['grantPermissions']);
  });
});

describe('links of tables', () => {
  const links = {
    kind: 'table' as const,
    database: 'shared',
    forAccount: false,
  };
  const shared = (tables: string[] = []) => ({
    databases: [
      {
        name: 'shared',
        // Who makes links of tables needs CREATE_TABLE there.
        creator: `arn:aws:iam::${CONSUMER}:root`,
        tables: tables.map(name => ({
          name,
          columns: [{ name: 'a', type: 'string' }],
        })),
      },
    ],
  });

  it('are made where the account asks for them, with other names where taken', async () => {
    const mesh = await world.start({
      organization: true,
      links,
      consumer: shared(['orders']),
    });
    const before = mesh.state();
    const first = await mesh.entitlements.grant(
      anIntent({ principal: analyst, tables: ['orders', 'customers'] }),
    );
    expect(linkSteps(first.plan)).toEqual([
      'Create resource link `shared.customers` in account `analytics …3333` to `sales.customers` of `210987654321`',
      'Create resource link `shared.orders_acme_lakehouse` in account `analytics …3333` to `sales.orders` of `210987654321`',
    ]);
    expect(
      await mesh.columnsSeenBy(analyst, 'shared', 'orders_acme_lakehouse'),
    ).toEqual(COLUMNS);
    const second = await mesh.entitlements.grant(
      anIntent({ principal: other, tables: ['customers'] }),
    );
    expect(second.plan.steps[1]).toMatchObject({ done: true });
    await mesh.entitlements.end(first.live);
    expect(await mesh.columnsSeenBy(other, 'shared', 'customers')).toEqual(
      COLUMNS,
    );
    await mesh.entitlements.end(second.live);
    expect(mesh.state()).toEqual(before);
  });

  it('need their database', async () => {
    const mesh = await world.start({ organization: true, links });
    await expect(
      mesh.entitlements.plan(anIntent({ principal: analyst })),
    ).rejects.toThrow(
      "links.database of account 111122223333 is 'shared', which does not exist there",
    );
  });

  it.each([
    {
      name: 'across regions',
      region: LINK_REGION,
      scope: {},
      message: 'across regions Glue links databases only',
    },
    {
      name: 'for all tables',
      region: undefined,
      scope: { tables: [], allTables: true },
      message: 'all tables reach tables that are not known yet',
    },
  ])('are refused $name', async ({ region, scope, message }) => {
    const mesh = await world.start({
      organization: true,
      links: { ...links, ...(region && { region }) },
      consumer: shared(),
    });
    await expect(
      mesh.entitlements.plan(
        anIntent({ principal: analyst, port: aPort(), scope }),
      ),
    ).rejects.toThrow(message);
  });
});
