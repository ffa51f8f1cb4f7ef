import {
  CONSUMER,
  MeshOptions,
  aMeshTable,
} from '../__testUtils__/EmulatedMesh';
import {
  COLUMNS,
  DATABASE,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';

const world = useMesh();
const analyst = roleArn('analyst', CONSUMER);
const other = roleArn('other', CONSUMER);

const open = (location?: { hybridAccessEnabled: boolean }): MeshOptions => ({
  organization: true,
  catalog: {
    databases: [
      {
        name: DATABASE,
        tables: [
          { ...aMeshTable('orders'), iamAllowedPrincipals: true },
          { ...aMeshTable('customers'), iamAllowedPrincipals: true },
          aMeshTable('returns'),
        ],
      },
    ],
    ...(location && {
      locations: [{ arn: 'arn:aws:s3:::acme-lake', ...location }],
    }),
  },
});
const allowed: MeshOptions = {
  ...open(),
  config: { iamAllowedPrincipals: 'revoke' },
};

describe('a table that is open to IAM', () => {
  it('is not shared with another account, unless the configuration lets it be closed', async () => {
    const mesh = await world.start(open());
    await expect(
      mesh.entitlements.plan(anIntent({ principal: analyst })),
    ).rejects.toThrow(
      /^scope: IAM_ALLOWED_PRINCIPALS holds permissions on `sales.orders`, and Lake Formation refuses grants to other accounts beside that. Revoke them in account 210987654321/,
    );
  });

  it('is closed by a step that everybody sees, and opened again at the end', async () => {
    const mesh = await world.start(allowed);
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({ principal: analyst, tables: ['orders', 'returns'] }),
    );
    expect(plan.steps[0].words.text).toBe(
      'Revoke everything IAM_ALLOWED_PRINCIPALS holds on 2 tables of `sales` (`orders` and `returns`) and all tables of `sales`. From then on, Lake Formation restricts access there for everybody',
    );
    expect(plan.warnings.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^`sales.orders`: .* check who relies on it/),
    ]);
    expect(plan.steps[1].needs).toContain(plan.steps[0].id);
    expect(await mesh.columnsSeenBy(analyst, DATABASE, 'orders')).toEqual(
      COLUMNS,
    );
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('stays closed as long as somebody needs it closed', async () => {
    const mesh = await world.start(allowed);
    const before = mesh.state();
    const first = await mesh.entitlements.grant(
      anIntent({ principal: analyst, tables: ['orders', 'customers'] }),
    );
    const second = await mesh.entitlements.grant(
      anIntent({ principal: other }),
    );
    // Closed already, and it keeps it so.
    expect(second.plan.steps[0]).toMatchObject({
      kind: 'restrictAccess',
      done: true,
    });
    await mesh.entitlements.end(first.live);
    expect(await mesh.columnsSeenBy(other, DATABASE, 'orders')).toEqual(
      COLUMNS,
    );
    await mesh.entitlements.end(second.live);
    expect(mesh.state()).toEqual(before);
  });

  it('is shared as it is in hybrid access mode', async () => {
    const mesh = await world.start(open({ hybridAccessEnabled: true }));
    const { plan } = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    expect(plan.steps.map(({ kind }) => kind)).not.toContain('restrictAccess');
  });

  it('is left alone within one account', async () => {
    const mesh = await world.start(allowed);
    const { plan } = await mesh.entitlements.grant(anIntent());
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['grantPermissions']);
    expect(plan.warnings.map(({ text }) => text)).toEqual([
      expect.stringContaining('This plan does not change that'),
    ]);
  });

  it('is closed for rows as for the whole', async () => {
    const mesh = await world.start(allowed);
    const before = mesh.state();
    const { live } = await mesh.entitlements.grant(
      anIntent({
        principal: analyst,
        port: aPort(),
        tables: [{ table: 'orders', rowFilter: "amount = '1'" }],
      }),
    );
    expect(await mesh.columnsSeenBy(analyst, DATABASE, 'orders')).toEqual(
      COLUMNS,
    );
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });
});

describe('an account of an old cross-account version', () => {
  it.each([
    {
      what: 'to a role of another account',
      intent: anIntent({ principal: analyst }),
    },
    {
      what: 'by tags',
      intent: anIntent({
        principal: CONSUMER,
        port: aPort(),
        scope: {
          tables: [],
          tagExpression: [{ key: 'class', values: ['open'] }],
        },
      }),
    },
  ])('does not share $what', async ({ intent }) => {
    const mesh = await world.start({
      organization: true,
      catalog: {
        settings: { crossAccountVersion: 2 },
        lfTags: [{ key: 'class', values: ['open'] }],
      },
    });
    await expect(mesh.entitlements.plan(intent)).rejects.toThrow(
      'shares by cross-account version 2, where 3 is needed. Raise CROSS_ACCOUNT_VERSION',
    );
  });
});
