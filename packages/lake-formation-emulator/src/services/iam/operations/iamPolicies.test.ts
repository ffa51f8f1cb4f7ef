import {
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { refusalOf } from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';
import { SeedPolicy } from '../../../seed/SeedAccount';

const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow' as const, Action: 'glue:Get*', Resource: '*' }],
};

const policy = (name: string, fields: Partial<SeedPolicy> = {}) => ({
  name,
  roles: ['teams/Engineer'],
  document,
  ...fields,
});

const started = () =>
  startTestEmulator({
    roles: ['Analyst', 'teams/Engineer'],
    users: ['people/ann'],
    policies: [
      policy('read-glue'),
      policy('own', { inline: true }),
      policy('other', { roles: ['Analyst'], users: ['people/ann'] }),
      policy('more'),
    ],
    keys: [
      {
        accessKeyId: 'ANN',
        principal: 'arn:aws:iam::111111111111:user/people/ann',
      },
    ],
  });

const ENGINEER = { RoleName: 'Engineer' };

describe('IAM', () => {
  it('tells of a role with its path, as the same id at every call', async () => {
    const { asAdmin, clock } = await started();
    const { Role } = await asAdmin.iam.send(new GetRoleCommand(ENGINEER));
    expect(Role).toMatchObject({
      Path: '/teams/',
      RoleName: 'Engineer',
      Arn: roleArn('teams/Engineer'),
      RoleId: expect.stringMatching(/^AROA[0-9A-F]{17}$/),
      CreateDate: expect.any(Date),
    });
    clock.advance(86_400_000);
    expect((await asAdmin.iam.send(new GetRoleCommand(ENGINEER))).Role).toEqual(
      Role,
    );
    expect(
      (await asAdmin.iam.send(new GetRoleCommand({ RoleName: 'Analyst' })))
        .Role,
    ).toMatchObject({ Path: '/', Arn: roleArn('Analyst') });
  });

  it('tells of a user, by default of the caller', async () => {
    const emulator = await started();
    const ann = {
      Path: '/people/',
      UserName: 'ann',
      Arn: 'arn:aws:iam::111111111111:user/people/ann',
    };
    expect(
      (await emulator.asAdmin.iam.send(new GetUserCommand({ UserName: 'ann' })))
        .User,
    ).toMatchObject(ann);
    expect(
      (await emulator.as('ANN').iam.send(new GetUserCommand({}))).User,
    ).toMatchObject(ann);
    expect(
      await refusalOf(
        emulator.asRole('Analyst').iam.send(new GetUserCommand({})),
      ),
    ).toMatchObject({
      code: 'ValidationError',
      message: 'Must specify userName when calling with non-User credentials',
    });
  });

  it('refuses roles and users that the account does not have', async () => {
    const { asAdmin } = await started();
    const absent = { code: 'NoSuchEntityException', status: 404 };
    expect(
      await refusalOf(
        asAdmin.iam.send(new GetRoleCommand({ RoleName: 'Nobody' })),
      ),
    ).toMatchObject({
      ...absent,
      message: 'The role with name Nobody cannot be found.',
    });
    expect(
      await refusalOf(
        asAdmin.iam.send(new GetUserCommand({ UserName: 'bob' })),
      ),
    ).toMatchObject({
      ...absent,
      message: 'The user with name bob cannot be found.',
    });
  });

  it('lists attached and inline policies apart, in pages', async () => {
    const { asAdmin } = await started();
    const inline = await asAdmin.iam.send(
      new ListRolePoliciesCommand(ENGINEER),
    );
    expect(inline).toMatchObject({ PolicyNames: ['own'], IsTruncated: false });

    const first = await asAdmin.iam.send(
      new ListAttachedRolePoliciesCommand({ ...ENGINEER, MaxItems: 1 }),
    );
    expect(first).toMatchObject({
      AttachedPolicies: [
        {
          PolicyName: 'read-glue',
          PolicyArn: 'arn:aws:iam::111111111111:policy/read-glue',
        },
      ],
      IsTruncated: true,
    });
    const second = await asAdmin.iam.send(
      new ListAttachedRolePoliciesCommand({
        ...ENGINEER,
        MaxItems: 1,
        Marker: first.Marker,
      }),
    );
    expect(second).toMatchObject({
      AttachedPolicies: [{ PolicyName: 'more' }],
      IsTruncated: false,
    });
    expect(second.Marker).toBeUndefined();
    expect(
      await refusalOf(
        asAdmin.iam.send(
          new ListRolePoliciesCommand({ ...ENGINEER, Marker: 'x' }),
        ),
      ),
    ).toMatchObject({ code: 'ValidationError', message: 'Invalid Marker: x' });
  });

  it('shows an inline policy, URL-encoded as AWS sends it', async () => {
    const { asAdmin } = await started();
    const { PolicyDocument } = await asAdmin.iam.send(
      new GetRolePolicyCommand({ ...ENGINEER, PolicyName: 'own' }),
    );
    expect(PolicyDocument).toContain('%22Version%22');
    expect(JSON.parse(decodeURIComponent(PolicyDocument ?? ''))).toEqual(
      document,
    );
    expect(
      await refusalOf(
        asAdmin.iam.send(
          new GetRolePolicyCommand({ ...ENGINEER, PolicyName: 'read-glue' }),
        ),
      ),
    ).toMatchObject({
      code: 'NoSuchEntityException',
      message: 'The role policy with name read-glue cannot be found.',
    });
  });
});
