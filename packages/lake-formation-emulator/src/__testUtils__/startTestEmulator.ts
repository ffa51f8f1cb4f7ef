import { GlueClient } from '@aws-sdk/client-glue';
import { IAMClient } from '@aws-sdk/client-iam';
import { LakeFormationClient } from '@aws-sdk/client-lakeformation';
import { RAMClient } from '@aws-sdk/client-ram';
import { STSClient } from '@aws-sdk/client-sts';
import {
  LakeFormationEmulator,
  LakeFormationEmulatorOptions,
  startLakeFormationEmulator,
} from '../startLakeFormationEmulator';
import { SeedAccount } from '../seed/SeedAccount';
import { ACCOUNT, REGION, aSeed, roleArn } from './seeds';

/** Roles that have a key of their own name in every test. */
export type TestRole = 'Analyst' | 'Engineer' | 'Steward';

const ROLES: TestRole[] = ['Analyst', 'Engineer', 'Steward'];

/** AWS's own clients, signed in as someone. */
export interface TestClients {
  lakeFormation: LakeFormationClient;
  glue: GlueClient;
  iam: IAMClient;
  sts: STSClient;
  ram: RAMClient;
}

/** Keys by which the clients of a test sign in. */
export interface TestCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** An emulator with AWS's clients on it. */
export interface TestEmulator extends LakeFormationEmulator {
  /** As root of the account: a data lake administrator. */
  asAdmin: TestClients;
  /** As the owner of an access key, or an account's root by its id. */
  as(accessKeyId: string): TestClients;
  /** As a role of the account, by a key that stands for it. */
  asRole(name: TestRole): TestClients;
  withCredentials(credentials: TestCredentials, region?: string): TestClients;
}

const running: { emulator: LakeFormationEmulator; clients: TestClients[] }[] =
  [];

afterEach(async () => {
  for (const { emulator, clients } of running.splice(0)) {
    clients.forEach(one => Object.values(one).forEach(c => c.destroy()));
    await emulator.stop();
  }
});

/** Starts an emulator with one account, for one test. */
export async function startTestEmulator(
  account: Partial<SeedAccount> = {},
  options: Partial<LakeFormationEmulatorOptions> = {},
): Promise<TestEmulator> {
  const emulator = await startLakeFormationEmulator({
    port: 0,
    seed: aSeed({
      ...account,
      keys: [
        ...ROLES.map(name => ({ accessKeyId: name, principal: roleArn(name) })),
        ...(account.keys ?? []),
      ],
    }),
    ...options,
  });
  const clients: TestClients[] = [];
  running.push({ emulator, clients });

  const withCredentials = (credentials: TestCredentials, region = REGION) => {
    const config = {
      endpoint: emulator.url,
      region,
      credentials,
      maxAttempts: 1,
    };
    const made = {
      lakeFormation: new LakeFormationClient(config),
      glue: new GlueClient(config),
      iam: new IAMClient(config),
      sts: new STSClient(config),
      ram: new RAMClient(config),
    };
    clients.push(made);
    return made;
  };
  const as = (accessKeyId: string) =>
    withCredentials({ accessKeyId, secretAccessKey: 'secret' });
  return { ...emulator, asAdmin: as(ACCOUNT), as, asRole: as, withCredentials };
}
