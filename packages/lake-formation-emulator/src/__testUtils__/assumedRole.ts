import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { ACCOUNT, roleArn } from './seeds';
import {
  TestClients,
  TestCredentials,
  TestEmulator,
} from './startTestEmulator';

/** Keys as STS and Lake Formation give them out, for a client. */
export const credentialsOf = (
  keys: {
    AccessKeyId?: string;
    SecretAccessKey?: string;
    SessionToken?: string;
  } = {},
): TestCredentials => ({
  accessKeyId: keys.AccessKeyId ?? '',
  secretAccessKey: keys.SecretAccessKey ?? '',
  sessionToken: keys.SessionToken,
});

/** Clients of a role, by a session with tags. */
export async function assumedRole(
  emulator: TestEmulator,
  name: string,
  tags: Record<string, string> = {},
  account = ACCOUNT,
): Promise<TestClients> {
  const { Credentials } = await emulator.as(account).sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn(name, account),
      RoleSessionName: 'session',
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  return emulator.withCredentials(credentialsOf(Credentials));
}
