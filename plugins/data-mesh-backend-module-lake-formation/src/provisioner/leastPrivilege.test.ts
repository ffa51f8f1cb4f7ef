import type { SeedAccount } from '@lakemesh/lake-formation-emulator';
import {
  CONSUMER,
  EmulatedMesh,
  MeshOptions,
  ORGANIZATION,
  PRODUCER,
  aMeshTable,
  startMesh,
} from '../__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  DATABASE,
  REGION,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { AskedScope, SCOPES, TOPOLOGIES } from '../__testUtils__/layouts';
import { Purpose, actionsOf } from '../iam/actions';
import { policyDocument } from '../iam/policyDocument';

/**
 * Every plan is carried out and ended by roles that have the policies of
 * docs/iam and no more, for the purpose of plans alone.
 */

const ROLE = 'lakemesh-provisioner';
const PLANS: Purpose[] = ['plans'];
const keyOf = (account: string) => `AKIA${account}`;

const withRole = (
  account: string,
  role: 'governance' | 'consumer',
): Partial<SeedAccount> => ({
  administrators: [roleArn(ROLE, account)],
  keys: [{ accessKeyId: keyOf(account), principal: roleArn(ROLE, account) }],
  policies: [
    {
      name: role,
      roles: [ROLE],
      document: JSON.parse(
        JSON.stringify(
          policyDocument(
            role,
            { partition: 'aws', region: REGION, accountId: account },
            PLANS,
          ),
        ),
      ),
    },
  ],
});

const startWith = (
  layout: MeshOptions,
  catalog: Partial<SeedAccount> = {},
): Promise<EmulatedMesh> =>
  startMesh({
    ...layout,
    catalog: { ...catalog, ...withRole(ACCOUNT, 'governance') },
    consumer: { ...layout.consumer, ...withRole(CONSUMER, 'consumer') },
    behaviour: { enforceIam: true },
    accessKeyIds: {
      [ACCOUNT]: keyOf(ACCOUNT),
      [CONSUMER]: keyOf(CONSUMER),
    },
  });

const used = new Map<string, Set<string>>();

function note(mesh: EmulatedMesh) {
  for (const {
    service,
    operation,
    account = '',
  } of mesh.emulator.calls.list()) {
    const actions = used.get(account) ?? new Set();
    actions.add(`${service}:${operation}`);
    used.set(account, actions);
  }
}

async function carryOutAndEnd(
  mesh: EmulatedMesh,
  { scope }: Pick<AskedScope, 'scope'>,
  principal: string,
  dataAccountId?: string,
) {
  const before = mesh.state();
  const { live } = await mesh.entitlements.grant(
    anIntent({
      port: aPort(['orders', 'customers'], {
        ...(dataAccountId && { dataAccountId }),
      }),
      principal,
      scope,
    }),
  );
  await mesh.entitlements.end(live);
  const after = mesh.state();
  note(mesh);
  await mesh.stop();
  return { before, after };
}

describe('the policies of docs/iam are enough', () => {
  describe.each(TOPOLOGIES)('in $name', topology => {
    it.each(SCOPES)('for $name', async asked => {
      const { before, after } = await carryOutAndEnd(
        await startWith(topology.mesh, asked.catalog),
        asked,
        roleArn('analyst', topology.account),
        topology.dataAccountId,
      );
      expect(after).toEqual(before);
    });
  });

  it.each(SCOPES)('through the account, for $name', async asked => {
    const { before, after } = await carryOutAndEnd(
      await startWith({}, asked.catalog),
      asked,
      `${CONSUMER}:IAMPrincipals`,
    );
    expect(after).toEqual(before);
  });

  it.each([ACCOUNT, CONSUMER])('for a user of account %s', async account => {
    const { before, after } = await carryOutAndEnd(
      await startWith({ organization: true }),
      SCOPES[0],
      `arn:aws:iam::${account}:user/analyst`,
    );
    expect(after).toEqual(before);
  });

  it('for an organization', async () => {
    const { before, after } = await carryOutAndEnd(
      await startWith({ organization: true }),
      SCOPES[0],
      `arn:aws:organizations::${PRODUCER}:organization/${ORGANIZATION}`,
    );
    expect(after).toEqual(before);
  });

  it('for hybrid access mode', async () => {
    const { before, after } = await carryOutAndEnd(
      await startWith(
        {},
        {
          locations: [
            { arn: 'arn:aws:s3:::acme-lake', hybridAccessEnabled: true },
          ],
          databases: [
            {
              name: DATABASE,
              tables: ['orders', 'customers'].map(name => ({
                ...aMeshTable(name),
                iamAllowedPrincipals: true,
              })),
            },
          ],
        },
      ),
      SCOPES[0],
      roleArn('analyst'),
    );
    expect(after).toEqual(before);
  });

  it('for links of tables', async () => {
    const { before, after } = await carryOutAndEnd(
      await startWith({
        organization: true,
        links: { kind: 'table', database: 'shared', forAccount: false },
        consumer: {
          databases: [
            {
              name: 'shared',
              creator: roleArn(ROLE, CONSUMER),
              tables: [],
            },
          ],
        },
      }),
      SCOPES[0],
      roleArn('analyst', CONSUMER),
    );
    expect(after).toEqual(before);
  });
});

describe('and no more than that', () => {
  // Made by Lake Formation in the name of whoever grants, or only where
  // something is not as here.
  const UNSEEN = [
    'glue:DeleteResourcePolicy',
    'glue:GetResourcePolicy',
    'glue:PutResourcePolicy',
    'organizations:DescribeOrganization',
    'ram:AssociateResourceShare',
    'ram:CreateResourceShare',
    'ram:DeleteResourceShare',
    'ram:DisassociateResourceShare',
    'ram:GetResourceShares',
    'ram:UpdateResourceShare',
    // AWS asks for it with every grant.
    'lakeformation:GetDataLakeSettings',
  ];

  it.each([
    { account: ACCOUNT, role: 'governance' as const },
    { account: CONSUMER, role: 'consumer' as const },
  ])('every action of the $role is used', ({ account, role }) => {
    const [{ actions }] = actionsOf(role, PLANS);
    const seen = used.get(account) ?? new Set();
    expect(
      actions.filter(one => !seen.has(one) && !UNSEEN.includes(one)),
    ).toEqual([]);
  });

  it('has the effect of a policy: without it nothing is granted', async () => {
    const mesh = await startMesh({
      catalog: {
        administrators: [roleArn(ROLE)],
        keys: [{ accessKeyId: keyOf(ACCOUNT), principal: roleArn(ROLE) }],
      },
      behaviour: { enforceIam: true },
      accessKeyIds: { [ACCOUNT]: keyOf(ACCOUNT) },
    });
    const failed = await mesh.entitlements
      .plan(anIntent({ port: aPort(['orders']) }))
      .catch(error => error);
    expect(mesh.provisioner.classify(failed)).toMatchObject({
      advice: expect.stringContaining(`Add glue:GetTable`),
    });
    await mesh.stop();
  });
});
