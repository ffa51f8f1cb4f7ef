import {
  CreateRoleCommand,
  DeleteRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  CONSUMER,
  EmulatedMesh,
  PRODUCER,
} from '../__testUtils__/EmulatedMesh';
import { ACCOUNT, REGION, anIntent, roleArn } from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';
import { policyDocument } from '../iam/policyDocument';

const world = useMesh();
const AWAY = roleArn('analyst', CONSUMER);

const keyOf = (arn: string) => `principal:${arn}`;

/** Acts in IAM as the root of the account. */
async function inIam(
  mesh: EmulatedMesh,
  account: string,
  work: (iam: IAMClient) => Promise<unknown>,
) {
  const iam = new IAMClient({
    region: REGION,
    endpoint: mesh.emulator.url,
    credentials: { accessKeyId: account, secretAccessKey: 'not-verified' },
  });
  await work(iam);
  iam.destroy();
}
const deleted = (mesh: EmulatedMesh, account = CONSUMER) =>
  inIam(mesh, account, iam =>
    iam.send(new DeleteRoleCommand({ RoleName: 'analyst' })),
  );
const created = (mesh: EmulatedMesh, account = CONSUMER, Path?: string) =>
  inIam(mesh, account, iam =>
    iam.send(
      new CreateRoleCommand({
        RoleName: 'analyst',
        AssumeRolePolicyDocument: '{}',
        Path,
      }),
    ),
  );

const resolved = (mesh: EmulatedMesh, principal: string) =>
  mesh.provisioner.resolve(anIntent({ principal }));

describe('who access is given to', () => {
  it.each([
    { who: 'a role of the account', principal: roleArn('analyst') },
    { who: 'a role of another account that is configured', principal: AWAY },
    {
      who: 'a role below a path',
      principal: roleArn('team/analyst', CONSUMER),
      roles: ['team/analyst'],
    },
    {
      who: 'a user',
      principal: `arn:aws:iam::${CONSUMER}:user/analyst`,
      prefix: 'AIDA',
    },
  ])(
    'is remembered of $who by its unique id',
    async ({ principal, prefix = 'AROA', roles }) => {
      const mesh = await world.start({
        organization: true,
        ...(roles && { consumer: { roles } }),
      });
      const { identities, missing } = await resolved(mesh, principal);
      expect(identities).toEqual({
        'table:sales.orders': expect.any(String),
        [keyOf(principal)]: expect.stringMatching(`^${prefix}`),
      });
      expect(missing).toBeUndefined();
    },
  );

  it.each([ACCOUNT, CONSUMER])(
    'is another one where a role of %s was created anew',
    async account => {
      const principal = roleArn('analyst', account);
      const mesh = await world.start({ organization: true });
      const { identities: before } = await resolved(mesh, principal);
      await deleted(mesh, account);
      const { identities: gone, missing } = await resolved(mesh, principal);
      expect(gone[keyOf(principal)]).toBeUndefined();
      expect(missing).toEqual([keyOf(principal)]);
      await created(mesh, account);
      const { identities: after } = await resolved(mesh, principal);
      expect(after[keyOf(principal)]).toMatch(/^AROA/);
      expect(after[keyOf(principal)]).not.toBe(before[keyOf(principal)]);
      expect(after['table:sales.orders']).toBe(before['table:sales.orders']);
    },
  );

  it('is missing where the name is that of a role below another path', async () => {
    const mesh = await world.start({
      organization: true,
      consumer: { roles: ['other/analyst'] },
    });
    expect((await resolved(mesh, AWAY)).missing).toEqual([keyOf(AWAY)]);
  });

  it('is told of in the plan where there is nobody', async () => {
    const mesh = await world.start({
      organization: true,
      consumer: { roles: ['other'] },
    });
    const { warnings } = await mesh.entitlements.plan(
      anIntent({ principal: AWAY }),
    );
    expect(warnings.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /^`analyst` of account `\d{12}` does not exist in IAM now/,
      ),
    );
  });
});

describe('is unknown, and no error,', () => {
  it.each([
    {
      who: 'a SAML group',
      principal: `arn:aws:iam::${CONSUMER}:saml-provider/okta:group/analysts`,
    },
    { who: 'a whole account', principal: CONSUMER },
    { who: 'all principals of one', principal: `${CONSUMER}:IAMPrincipals` },
  ])('of $who, which IAM does not know', async ({ principal }) => {
    const mesh = await world.start({ organization: true });
    const { identities, missing } = await resolved(mesh, principal);
    expect(Object.keys(identities)).toEqual(['table:sales.orders']);
    expect(missing).toBeUndefined();
    expect(mesh.callsSince()).not.toContain('GetRole');
  });

  it('of a role of an account that there are no credentials for', async () => {
    const mesh = await world.start({
      config: {
        accounts: [
          { accountId: PRODUCER, links: { kind: 'none', forAccount: false } },
        ],
      },
    });
    const { identities, missing } = await resolved(
      mesh,
      roleArn('analyst', PRODUCER),
    );
    expect(Object.keys(identities)).toEqual(['table:sales.orders']);
    expect(missing).toBeUndefined();
  });

  it('of a role of an account that is not configured, which is not asked', async () => {
    const mesh = await world.start({
      config: { accounts: [{ accountId: ACCOUNT }] },
    });
    // There are credentials for the consumer's account, for other things.
    const { identities } = await resolved(mesh, AWAY);
    expect(Object.keys(identities)).toEqual(['table:sales.orders']);
    expect(mesh.callsSince()).not.toContain('GetRole');
  });

  it('where IAM does not let us look', async () => {
    const role = 'lakemesh';
    const policy = policyDocument(
      'consumer',
      { partition: 'aws', region: REGION, accountId: CONSUMER },
      ['plans'],
    );
    const mesh = await world.start({
      organization: true,
      behaviour: { enforceIam: true },
      consumer: {
        administrators: [roleArn(role, CONSUMER)],
        keys: [{ accessKeyId: 'LAKEMESH', principal: roleArn(role, CONSUMER) }],
        policies: [
          {
            name: role,
            roles: [role],
            document: JSON.parse(
              JSON.stringify({
                ...policy,
                Statement: policy.Statement.filter(
                  ({ Sid }) => Sid !== 'PlansIam',
                ),
              }),
            ),
          },
        ],
      },
      accessKeyIds: { [CONSUMER]: 'LAKEMESH' },
    });
    const { identities, missing } = await resolved(mesh, AWAY);
    expect(mesh.callsSince()).toContain('GetRole');
    expect(Object.keys(identities)).toEqual(['table:sales.orders']);
    expect(missing).toBeUndefined();
  });
});

describe('looks that belong together', () => {
  const count = (mesh: EmulatedMesh) =>
    mesh.callsSince().filter(name => name === 'GetRole').length;

  it('look each principal up once, and others again', async () => {
    const mesh = await world.start({ organization: true });
    const look = (principal: string, together?: object) =>
      mesh.provisioner.resolve(anIntent({ principal }), { together });
    const scan = {};
    const all = await Promise.all([
      look(AWAY, scan),
      look(AWAY, scan),
      look(roleArn('analyst'), scan),
    ]);
    expect(all[0].identities).toEqual(all[1].identities);
    expect(count(mesh)).toBe(2);
    await look(AWAY, scan);
    expect(count(mesh)).toBe(0);
    await look(AWAY, {});
    await look(AWAY);
    expect(count(mesh)).toBe(2);
  });

  it('try again what failed, which is an error until then', async () => {
    const mesh = await world.start({
      organization: true,
      config: { maxAttempts: 1 },
    });
    const together = {};
    const look = () =>
      mesh.provisioner.resolve(anIntent({ principal: AWAY }), { together });
    mesh.emulator.faults.add({
      operation: 'GetRole',
      kind: 'throttle',
      when: 'before',
    });
    const error = await look().catch(reason => reason);
    expect(mesh.provisioner.classify(error).kind).toBe('throttled');
    mesh.emulator.faults.clear();
    expect((await look()).identities[keyOf(AWAY)]).toMatch(/^AROA/);
  });
});
