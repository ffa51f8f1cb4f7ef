import { GetDatabasesCommand, GetTableCommand } from '@aws-sdk/client-glue';
import { AssumeRoleCommand, Credentials } from '@aws-sdk/client-sts';
import { refusalOf } from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const getOrders = ({ glue }: TestClients) =>
  glue.send(new GetTableCommand({ DatabaseName: 'Sales', Name: 'orders' }));
const getDatabases = ({ glue }: TestClients) =>
  glue.send(new GetDatabasesCommand({}));

const keysOf = (keys: Credentials | undefined) => ({
  accessKeyId: keys?.AccessKeyId ?? '',
  secretAccessKey: keys?.SecretAccessKey ?? '',
  sessionToken: keys?.SessionToken,
});

async function session(allowedToRole: string, Policy: string) {
  const emulator = await startTestEmulator({
    administrators: [roleArn('Engineer')],
    policies: [
      {
        name: 'engineer',
        roles: ['Engineer'],
        document: {
          Statement: { Effect: 'Allow', Action: allowedToRole, Resource: '*' },
        },
      },
    ],
  });
  emulator.behaviour.set({ enforceIam: true });
  const assume = () =>
    emulator.asAdmin.sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn('Engineer'),
        RoleSessionName: 'narrowed',
        Policy,
      }),
    );
  return { emulator, assume };
}

const policy = (Effect: string, Action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'glue:*', Resource: '*' },
      { Effect, Action, Resource: '*' },
    ].slice(Effect === 'Allow' ? 1 : 0),
  });

describe('the policy of a session', () => {
  it('narrows what the role may do, and gives nothing', async () => {
    const { emulator, assume } = await session(
      'glue:GetTable',
      policy('Allow', 'glue:Get*'),
    );
    const { Credentials: keys } = await assume();
    const clients = emulator.withCredentials(keysOf(keys));
    await getOrders(clients);
    expect((await refusalOf(getDatabases(clients))).message).toMatch(
      /because no identity-based policy allows the glue:GetDatabases action$/,
    );
  });

  it.each([
    [
      policy('Allow', 'glue:GetTable'),
      /because no session policy allows the glue:GetDatabases action$/,
    ],
    [
      policy('Deny', 'glue:GetDatabases'),
      /with an explicit deny in a session policy$/,
    ],
  ])('refuses what it does not allow: %s', async (text, message) => {
    const { emulator, assume } = await session('glue:*', text);
    const { Credentials: keys } = await assume();
    const clients = emulator.withCredentials(keysOf(keys));
    await getOrders(clients);
    expect((await refusalOf(getDatabases(clients))).message).toMatch(message);
  });

  it('must be a policy', async () => {
    const { assume } = await session('glue:*', '{"Statement":{}}');
    expect(await refusalOf(assume())).toMatchObject({
      code: 'MalformedPolicyDocumentException',
      message: expect.stringContaining('Policy.Statement'),
    });
  });

  it('comes back with a snapshot', async () => {
    const { emulator, assume } = await session(
      'glue:*',
      policy('Allow', 'glue:GetTable'),
    );
    const { Credentials: keys } = await assume();
    emulator.restore(emulator.snapshot());
    const clients = emulator.withCredentials(keysOf(keys));
    await getOrders(clients);
    expect((await refusalOf(getDatabases(clients))).code).toBe(
      'AccessDeniedException',
    );
  });
});
