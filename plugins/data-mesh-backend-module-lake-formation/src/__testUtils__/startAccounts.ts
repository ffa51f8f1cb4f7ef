import {
  GrantPermissionsCommand,
  LakeFormationClient,
  type GrantPermissionsCommandInput,
} from '@aws-sdk/client-lakeformation';
import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { parseAwsPrincipal } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  startLakeFormationEmulator,
  type LakeFormationEmulator,
  type LakeFormationEmulatorSeed,
} from '@lakemesh/lake-formation-emulator';
import { AwsClients } from '../aws/AwsClients';
import { TurnWindow } from '../aws/GatheringWindow';
import { LakeFormationConfig, defaultLakeFormationConfig } from '../config';
import { ReadPrincipal } from '../lake/observed';
import { LakeFormationProvisioner } from '../provisioner/LakeFormationProvisioner';
import { REGION } from './builders';

/** A running emulator and clients for some of its accounts. */
export interface EmulatedAccounts {
  emulator: LakeFormationEmulator;
  config: LakeFormationConfig;
  clients: AwsClients;
  provisioner: LakeFormationProvisioner;
  /** Acts as the root of an account, past everything of ours. */
  root(accountId: string): LakeFormationClient;
  /** A grant that somebody else makes. */
  grant(
    accountId: string,
    input: Omit<GrantPermissionsCommandInput, 'CatalogId'>,
  ): Promise<void>;
  /** Operations called since the last time. */
  callsSince(): string[];
  stop(): Promise<void>;
}

const SECRET = 'not-verified';

/** Starts an emulator with as many accounts as the seed has. */
export async function startAccounts(
  seed: LakeFormationEmulatorSeed,
  options: {
    config?: Partial<LakeFormationConfig>;
    /** Who is acted as, by account; its root where left out. */
    keys?: Record<string, string>;
    /** Accounts there are no credentials for. */
    without?: string[];
  } = {},
): Promise<EmulatedAccounts> {
  const emulator = await startLakeFormationEmulator({ port: 0, seed });
  const config = {
    ...defaultLakeFormationConfig,
    endpoint: emulator.url,
    requestsPerSecond: 100_000,
    ...options.config,
  };
  const credentials = DefaultAwsCredentialsManager.fromConfig(
    new ConfigReader({
      aws: {
        accounts: seed.accounts
          .filter(({ id }) => !options.without?.includes(id))
          .map(({ id }) => ({
            accountId: id,
            accessKeyId: options.keys?.[id] ?? id,
            secretAccessKey: SECRET,
          })),
      },
    }),
  );
  const clients = new AwsClients({
    config,
    credentials,
    now: () => Date.now(),
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
  });
  const roots = new Map<string, LakeFormationClient>();
  const root = (accountId: string) => {
    const known =
      roots.get(accountId) ??
      new LakeFormationClient({
        region: REGION,
        endpoint: emulator.url,
        credentials: { accessKeyId: accountId, secretAccessKey: SECRET },
      });
    roots.set(accountId, known);
    return known;
  };
  let seen = 0;
  return {
    emulator,
    config,
    clients,
    provisioner: new LakeFormationProvisioner({
      config,
      clients,
      now: () => Date.now(),
      openWindow: () => new TurnWindow(),
    }),
    root,
    grant: async (accountId, input) => {
      await root(accountId).send(
        new GrantPermissionsCommand({ CatalogId: accountId, ...input }),
      );
    },
    callsSince: () => {
      const calls = emulator.calls.list({ since: seen });
      seen = calls.at(-1)?.id ?? seen;
      return calls.map(call => call.operation ?? 'unknown');
    },
    stop: async () => {
      clients.destroy();
      roots.forEach(client => client.destroy());
      await emulator.stop();
    },
  };
}

/** How the provisioner reads principals, without the names of accounts. */
export const readPrincipal: ReadPrincipal = id =>
  parseAwsPrincipal(id) ?? { id, kind: 'other', name: id };
