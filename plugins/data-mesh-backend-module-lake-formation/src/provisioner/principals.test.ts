import {
  CONSUMER,
  ORGANIZATION,
  PRODUCER,
  UNIT,
} from '../__testUtils__/EmulatedMesh';
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
const DENIED = 'AccessDeniedException';
const arns = {
  user: `arn:aws:iam::${CONSUMER}:user/ann`,
  group: 'arn:aws:identitystore:::group/906-1b',
  samlGroup: `arn:aws:iam::${CONSUMER}:saml-provider/okta:group/analysts`,
  quicksight: `arn:aws:quicksight:eu-central-1:${CONSUMER}:user/default/ann`,
  organization: `arn:aws:organizations::${PRODUCER}:organization/${ORGANIZATION}`,
  unit: `arn:aws:organizations::${PRODUCER}:ou/${ORGANIZATION}/${UNIT}`,
};

const kindsAndAccounts = (steps: Array<{ kind: string; accountId?: string }>) =>
  steps.map(({ kind, accountId }) => `${kind} in ${accountId}`);

describe('principals of another account', () => {
  it.each([
    ['a user', arns.user],
    ['a role with a path', `arn:aws:iam::${CONSUMER}:role/team/analyst`],
  ])('%s is granted to directly', async (_, principal) => {
    const mesh = await world.start({ organization: true });
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({ principal }),
    );
    expect(kindsAndAccounts(plan.steps)).toEqual([
      `grantPermissions in ${ACCOUNT}`,
      `resourceLink in ${CONSUMER}`,
      `grantPermissions in ${CONSUMER}`,
    ]);
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it.each([
    ['a group of Identity Center', arns.group],
    ['a SAML group', arns.samlGroup],
    ['a user of QuickSight', arns.quicksight],
    ['all IAM principals', `${CONSUMER}:IAMPrincipals`],
  ])(
    '%s is reached through the account, which passes it on',
    async (_, principal) => {
      const mesh = await world.start({
        config: { identityCenterAccountId: CONSUMER },
      });
      const before = mesh.state();
      const intent = anIntent({
        principal,
        tables: ['orders', { table: 'customers', columns: ['amount'] }],
      });
      const read = mesh.provisioner.readPrincipal(principal);
      expect(read).toMatchObject({ id: principal });
      const { plan, live } = await mesh.entitlements.grant(intent);
      expect(kindsAndAccounts(plan.steps)).toEqual([
        `grantPermissions in ${ACCOUNT}`,
        `acceptShare in ${CONSUMER}`,
        `grantPermissions in ${CONSUMER}`,
        `resourceLink in ${CONSUMER}`,
        `grantPermissions in ${CONSUMER}`,
      ]);
      expect(plan.steps[0].words.text).toBe(
        'Grant SELECT and DESCRIBE on `sales.orders` with the grant option, SELECT on column `amount` of `sales.customers` with the grant option to account `analytics …3333`',
      );
      await mesh.entitlements.end(live);
      expect(mesh.state()).toEqual(before);
    },
  );

  it('with the attributes that are asked for see it, and others do not', async () => {
    const mesh = await world.start({ organization: true });
    const before = mesh.state();
    const role = roleArn('anybody', CONSUMER);
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({ principal: `${CONSUMER}:IAMPrincipals?department=sales` }),
    );
    expect(plan.steps[0].call.input).not.toHaveProperty('Condition');
    expect(plan.steps[1].call.input).toMatchObject({
      Principal: { DataLakePrincipalIdentifier: `${CONSUMER}:IAMPrincipals` },
      Condition: {
        Expression:
          'context.iam.principalTags.hasTag("department") && context.iam.principalTags.getTag("department") == "sales"',
      },
    });
    const seen = (tags: Record<string, string>) =>
      mesh.columnsSeenBy(role, DATABASE, 'orders', tags);
    expect(await seen({ department: 'sales' })).toEqual(COLUMNS);
    expect(await seen({ department: 'finance' })).toBe(DENIED);
    await mesh.entitlements.end(live);
    expect(await seen({ department: 'sales' })).toBe(DENIED);
    expect(mesh.state()).toEqual(before);
  });

  it.each([
    ['the account', CONSUMER],
    ['the organizational unit', arns.unit],
    ['the organization', arns.organization],
  ])(
    '%s is granted to with the grant option, and needs nothing else',
    async (_, principal) => {
      const mesh = await world.start({ organization: true });
      const before = mesh.state();
      const { plan, live } = await mesh.entitlements.grant(
        anIntent({ principal }),
      );
      expect(plan.steps).toHaveLength(1);
      expect(plan.steps[0].call.input).toMatchObject({
        Permissions: ['SELECT', 'DESCRIBE'],
        PermissionsWithGrantOption: ['SELECT', 'DESCRIBE'],
      });
      expect(plan.warnings.map(({ text }) => text)).toEqual([
        expect.stringContaining('pass this access on'),
      ]);
      await mesh.entitlements.end(live);
      expect(mesh.state()).toEqual(before);
    },
  );

  it('gets a link for the account where the account asks for one', async () => {
    const mesh = await world.start({
      organization: true,
      links: { kind: 'database', forAccount: true },
    });
    const { plan } = await mesh.entitlements.grant(
      anIntent({ principal: CONSUMER }),
    );
    expect(plan.steps.map(({ kind }) => kind)).toEqual([
      'grantPermissions',
      'resourceLink',
    ]);
  });

  it('leaves to the account what it was granted before without the option', async () => {
    const mesh = await world.start({
      organization: true,
      catalog: {
        grants: [
          {
            principal: CONSUMER,
            resource: { database: DATABASE, table: 'orders' },
            permissions: ['SELECT', 'DESCRIBE'],
          },
        ],
      },
    });
    const before = mesh.state();
    const { live } = await mesh.entitlements.grant(
      anIntent({ principal: arns.samlGroup }),
    );
    const { kept } = await mesh.entitlements.end(live);
    expect(kept).toContain(
      'SELECT and DESCRIBE on `sales.orders`: was there before this access was granted',
    );
    expect(mesh.state()).toEqual(before);
  });

  it('shares what the account was granted between its principals', async () => {
    const mesh = await world.start({ organization: true });
    const before = mesh.state();
    const first = await mesh.entitlements.grant(
      anIntent({ principal: arns.samlGroup }),
    );
    const second = await mesh.entitlements.grant(
      anIntent({ principal: arns.quicksight }),
    );
    const between = await mesh.entitlements.end(first.live);
    expect(between.kept).toEqual([
      'resource link `sales`: another entitlement needs it',
      'SELECT and DESCRIBE on `sales.orders` with the grant option: another entitlement needs it',
    ]);
    await mesh.entitlements.end(second.live);
    expect(mesh.state()).toEqual(before);
  });
});

describe('principals of the catalog’s own account', () => {
  it.each([
    ['a group of Identity Center', arns.group],
    ['a SAML user', `arn:aws:iam::${ACCOUNT}:saml-provider/okta:user/ann`],
    [
      'a group of QuickSight',
      `arn:aws:quicksight:eu-central-1:${ACCOUNT}:group/default/g`,
    ],
    ['all IAM principals', `${ACCOUNT}:IAMPrincipals`],
    [
      'IAM principals by their attributes',
      `${ACCOUNT}:IAMPrincipals?team=a&level=2`,
    ],
  ])('%s is granted to directly', async (_, principal) => {
    const mesh = await world.start();
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({ principal, port: aPort() }),
    );
    expect(kindsAndAccounts(plan.steps)).toEqual([
      `grantPermissions in ${ACCOUNT}`,
    ]);
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('are told apart by their attributes', async () => {
    const mesh = await world.start();
    const all = await mesh.entitlements.grant(
      anIntent({ principal: `${ACCOUNT}:IAMPrincipals?team=a` }),
    );
    const one = await mesh.entitlements.grant(
      anIntent({ principal: `${ACCOUNT}:IAMPrincipals?team=b` }),
    );
    await mesh.entitlements.end(one.live);
    const role = roleArn('anybody');
    expect(
      await mesh.columnsSeenBy(role, DATABASE, 'orders', { team: 'a' }),
    ).toEqual(COLUMNS);
    expect(
      await mesh.columnsSeenBy(role, DATABASE, 'orders', { team: 'b' }),
    ).toBe(DENIED);
    await mesh.entitlements.end(all.live);
  });
});

it.each([
  ['arn:aws:iam::111122223333:policy/p'],
  [`${CONSUMER}:IAMPrincipals?department`],
  [`${CONSUMER}:IAMPrincipals?department="x" || true`],
])('does not take %s for a principal', async id => {
  const mesh = await world.start();
  expect(mesh.provisioner.readPrincipal(id)).toBeUndefined();
});
