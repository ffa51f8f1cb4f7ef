import { GetTableCommand } from '@aws-sdk/client-glue';
import {
  AssumeRoleCommand,
  AssumeRoleCommandInput,
  Credentials,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { refusalOf } from '../../../__testUtils__/refusal';
import { OTHER_ACCOUNT, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  TestCredentials,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const assume = (
  { sts }: TestClients,
  input: Partial<AssumeRoleCommandInput> = {},
) =>
  sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn('Analyst'),
      RoleSessionName: 'ann',
      ...input,
    }),
  );

const keysOf = (credentials: Credentials | undefined): TestCredentials => ({
  accessKeyId: credentials?.AccessKeyId ?? '',
  secretAccessKey: credentials?.SecretAccessKey ?? '',
  sessionToken: credentials?.SessionToken,
});

describe('AssumeRole', () => {
  it('gives keys that act as the role, for Lake Formation too', async () => {
    const emulator = await startTestEmulator({
      grants: [
        {
          principal: roleArn('team/Analyst'),
          resource: { database: 'sales', table: 'orders', columns: ['amount'] },
          permissions: ['SELECT'],
        },
      ],
    });
    const { Credentials: credentials, AssumedRoleUser } = await assume(
      emulator.asAdmin,
      { RoleArn: roleArn('team/Analyst') },
    );
    const analyst = emulator.withCredentials(keysOf(credentials));

    expect(AssumedRoleUser).toEqual({
      Arn: 'arn:aws:sts::111111111111:assumed-role/Analyst/ann',
      AssumedRoleId: expect.stringMatching(/^AROA[0-9A-F]{17}:ann$/),
    });
    expect(
      await analyst.sts.send(new GetCallerIdentityCommand({})),
    ).toMatchObject({ Arn: AssumedRoleUser?.Arn });
    const { Table } = await analyst.glue.send(
      new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
    );
    expect(Table?.StorageDescriptor?.Columns).toHaveLength(1);
    expect(emulator.calls.list({ operation: 'GetTable' })[0].principal).toBe(
      roleArn('team/Analyst'),
    );
  });

  it('keeps the session tags', async () => {
    const emulator = await startTestEmulator();
    const { Credentials: credentials } = await assume(emulator.asAdmin, {
      Tags: [
        { Key: 'team', Value: 'sales' },
        { Key: 'LakeFormationAuthorizedCaller', Value: 'engine' },
      ],
    });
    expect(emulator.snapshot().sessions).toEqual([
      expect.objectContaining({
        accessKeyId: credentials?.AccessKeyId,
        tags: { team: 'sales', LakeFormationAuthorizedCaller: 'engine' },
      }),
    ]);
  });

  it("ends the session by the emulator's clock", async () => {
    const emulator = await startTestEmulator();
    const { Credentials: credentials } = await assume(emulator.asAdmin, {
      DurationSeconds: 900,
    });
    const analyst = emulator.withCredentials(keysOf(credentials));
    const identify = () => analyst.sts.send(new GetCallerIdentityCommand({}));

    emulator.clock.advance(899_000);
    await identify();
    emulator.clock.advance(1_000);
    expect(await refusalOf(identify())).toEqual({
      code: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
      status: 403,
    });
  });

  it('does not know its keys without their token', async () => {
    const emulator = await startTestEmulator();
    const { Credentials: credentials } = await assume(emulator.asAdmin);
    const { accessKeyId, secretAccessKey } = keysOf(credentials);
    expect(
      (
        await refusalOf(
          emulator
            .withCredentials({ accessKeyId, secretAccessKey })
            .sts.send(new GetCallerIdentityCommand({})),
        )
      ).code,
    ).toBe('InvalidClientTokenId');
  });

  it('reaches roles of other accounts', async () => {
    const emulator = await startTestEmulator();
    expect(
      (
        await assume(emulator.asAdmin, {
          RoleArn: roleArn('Reader', OTHER_ACCOUNT),
        })
      ).AssumedRoleUser?.Arn,
    ).toBe('arn:aws:sts::222222222222:assumed-role/Reader/ann');
  });

  it('refuses roles that the account does not have, where its roles are declared', async () => {
    const emulator = await startTestEmulator({ roles: ['Analyst'] });
    await assume(emulator.asAdmin);
    expect(
      await refusalOf(assume(emulator.asAdmin, { RoleArn: roleArn('Gone') })),
    ).toEqual({
      code: 'AccessDenied',
      message: `User: arn:aws:iam::111111111111:root is not authorized to perform: sts:AssumeRole on resource: ${roleArn(
        'Gone',
      )}`,
      status: 403,
    });
  });

  it.each([
    ['a role that is no ARN', { RoleArn: 'Analyst' }],
    ['a session name with a blank', { RoleSessionName: 'ann b' }],
    ['too short a duration', { DurationSeconds: 899 }],
    ['too long a duration', { DurationSeconds: 43_201 }],
    ['no session name', { RoleSessionName: undefined }],
  ])('refuses %s', async (_, input) => {
    const emulator = await startTestEmulator();
    expect((await refusalOf(assume(emulator.asAdmin, input))).code).toBe(
      'ValidationError',
    );
  });

  it('refuses managed policies for the session, which it would not enforce', async () => {
    const { asAdmin } = await startTestEmulator();
    const call = asAdmin.sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn('Analyst'),
        RoleSessionName: 'ann',
        PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
      }),
    );
    expect((await refusalOf(call)).message).toBe(
      'The Lake Formation emulator does not implement the parameter PolicyArns yet.',
    );
  });
});
