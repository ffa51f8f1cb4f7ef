import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  startLakeFormationEmulator,
  type EmulatorBehaviour,
  type EmulatorCall,
  type LakeFormationEmulator,
  type SeedAccount,
  type SeedTable,
} from '@lakemesh/lake-formation-emulator';
import { AccountClients, AwsClients } from '../aws/AwsClients';
import { TurnWindow } from '../aws/GatheringWindow';
import {
  AccountConfig,
  LakeFormationConfig,
  defaultLakeFormationConfig,
} from '../config';
import { LakeFormationProvisioner } from '../provisioner/LakeFormationProvisioner';
import { Entitlements } from './Entitlements';
import { ACCOUNT, COLUMNS, DATABASE, REGION } from './builders';

export const CONSUMER = '111122223333';
export const PRODUCER = '444455556666';
export const ORGANIZATION = 'o-mesh123456';
export const UNIT = 'ou-mesh-12345678';
export const LINK_REGION = 'eu-west-1';

/** How a mesh of three accounts is laid out. */
export interface MeshOptions {
  /** Tables of the catalog's database. */
  tables?: Array<string | SeedTable>;
  /** Catalog and consumer in one organization with sharing on. */
  organization?: boolean;
  /** Whether the configuration says so. As the world is where left out. */
  knownOrganization?: boolean;
  /** Of the catalog's account. */
  catalog?: Partial<SeedAccount>;
  /** Of the consumer's account. */
  consumer?: Partial<SeedAccount>;
  config?: Partial<LakeFormationConfig>;
  /** How the consumer's account is linked. */
  links?: AccountConfig['links'];
  behaviour?: Partial<EmulatorBehaviour>;
  /** Who the provisioner acts as by account; root where left out. */
  accessKeyIds?: { [accountId: string]: string };
  pageSizes?: { tables?: number; permissions?: number };
}

/** Told of the operation of each call, where it listens. */
export interface Watcher {
  onCall: ((operation: string) => void) | undefined;
}

/** Several accounts, and a provisioner that acts in each of them. */
export interface EmulatedMesh {
  emulator: LakeFormationEmulator;
  provisioner: LakeFormationProvisioner;
  entitlements: Entitlements;
  /**
   * A provisioner that remembers nothing, as after a restart.
   *
   * @param options.reconnects - with clients that were never throttled
   */
  restarted(options?: { reconnects?: boolean }): LakeFormationProvisioner;
  /** Calls since the last time, as `operation` names. */
  callsSince(): string[];
  /** Everything that grants, shares, links or filters, without times. */
  state(): unknown;
  /**
   * Columns that a role reads of a table by Glue, in its own account's catalog;
   * the error's name where it is refused.
   */
  columnsSeenBy(
    roleArn: string,
    database: string,
    table: string,
    tags?: Record<string, string>,
  ): Promise<string[] | string>;
  /** Is told of each call before it is sent. */
  watcher: Watcher;
  stop(): Promise<void>;
}

const secretAccessKey = 'not-verified';

/** Tells of each call before it is sent. */
class WatchedClients extends AwsClients {
  readonly #watcher: Watcher;
  readonly #watched = new WeakSet<object>();

  constructor(
    watcher: Watcher,
    options: ConstructorParameters<typeof AwsClients>[0],
  ) {
    super(options);
    this.#watcher = watcher;
  }

  async get(accountId: string, region: string): Promise<AccountClients> {
    const clients = await super.get(accountId, region);
    const all: Array<Pick<GlueClient, 'middlewareStack'>> =
      Object.values(clients);
    for (const client of all) {
      if (this.#watched.has(client)) continue;
      this.#watched.add(client);
      client.middlewareStack.add(
        (next, context) => args => {
          this.#watcher.onCall?.(
            String(context.commandName).replace(/Command$/, ''),
          );
          return next(args);
        },
        { step: 'initialize', name: 'watch' },
      );
    }
    return clients;
  }
}

export async function startMesh(
  options: MeshOptions = {},
): Promise<EmulatedMesh> {
  const { organization = false, pageSizes } = options;
  const emulator = await startLakeFormationEmulator({
    port: 0,
    seed: {
      accounts: [
        {
          id: ACCOUNT,
          regions: [REGION],
          databases: [
            {
              name: DATABASE,
              tables: (options.tables ?? ['orders', 'customers']).map(one =>
                typeof one === 'string' ? aMeshTable(one) : one,
              ),
            },
          ],
          ...options.catalog,
        },
        { id: CONSUMER, regions: [REGION, LINK_REGION], ...options.consumer },
        { id: PRODUCER, regions: [REGION] },
      ],
      ...(options.behaviour && { behaviour: options.behaviour }),
      ...(organization && {
        organizations: [
          {
            id: ORGANIZATION,
            managementAccount: PRODUCER,
            accounts: [ACCOUNT],
            units: [{ id: UNIT, accounts: [CONSUMER] }],
          },
        ],
      }),
    },
  });
  const known = options.knownOrganization ?? organization;
  const config: LakeFormationConfig = {
    ...defaultLakeFormationConfig,
    endpoint: emulator.url,
    requestsPerSecond: 10_000,
    accounts: [
      { accountId: ACCOUNT, alias: 'acme-lakehouse' },
      {
        accountId: CONSUMER,
        alias: 'analytics',
        ...(options.links && { links: options.links }),
      },
    ],
    ...(known && { organization: { accounts: [ACCOUNT, CONSUMER] } }),
    ...options.config,
  };
  const credentials = DefaultAwsCredentialsManager.fromConfig(
    new ConfigReader({
      aws: {
        accounts: [ACCOUNT, CONSUMER].map(accountId => ({
          accountId,
          accessKeyId: options.accessKeyIds?.[accountId] ?? accountId,
          secretAccessKey,
        })),
      },
    }),
  );
  const now = () => Date.now();
  const watcher: Watcher = { onCall: undefined };
  const started: AwsClients[] = [];
  const connect = () => {
    const clients = new WatchedClients(watcher, {
      config,
      credentials,
      now,
      sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
    });
    started.push(clients);
    return clients;
  };
  const connected = connect();
  const restarted = ({ reconnects = false } = {}) =>
    new LakeFormationProvisioner({
      config,
      // Slow to make, and all they remember is how fast AWS lets them go.
      clients: reconnects ? connect() : connected,
      now,
      pageSizes,
      openWindow: () => new TurnWindow(),
    });
  const provisioner = restarted();
  let seen = 0;
  return {
    emulator,
    watcher,
    provisioner,
    entitlements: new Entitlements(provisioner),
    restarted,
    callsSince: () => {
      const calls: EmulatorCall[] = emulator.calls.list({ since: seen });
      seen = calls.at(-1)?.id ?? seen;
      return calls.map(call => call.operation ?? 'unknown');
    },
    state: () => stateOf(emulator),
    columnsSeenBy: (roleArn, database, table, tags = {}) =>
      columnsSeenBy(emulator.url, { roleArn, database, table, tags }),
    stop: async () => {
      started.forEach(clients => clients.destroy());
      await emulator.stop();
    },
  };
}

/** A table with data below one bucket. */
export function aMeshTable(name: string): SeedTable {
  return {
    name,
    location: `s3://acme-lake/${DATABASE}/${name}`,
    columns: COLUMNS.map(column => ({ name: column, type: 'string' })),
  };
}

const TIMES = new Set([
  'createdAt',
  'updatedAt',
  'updatedBy',
  'sequence',
  'createTime',
  'updateTime',
  'lastModified',
  'versionId',
]);

/**
 * Grants in one order, and books of what was passed on without those that hold
 * nothing any more.
 */
function normalised(key: string, value: unknown) {
  if (!Array.isArray(value)) return value;
  if (key === 'grants') {
    return [...value].sort((a, b) =>
      JSON.stringify([a.principal, a.resource, a.condition]) <
      JSON.stringify([b.principal, b.resource, b.condition])
        ? -1
        : 1,
    );
  }
  return key === 'passedOn'
    ? value.filter(({ grants }) => grants.length > 0)
    : value;
}

/** What must be as before when all has ended. */
function stateOf(emulator: LakeFormationEmulator): unknown {
  const { accounts, shares } = JSON.parse(
    JSON.stringify(emulator.snapshot(), (key, value) =>
      TIMES.has(key) ? undefined : normalised(key, value),
    ),
  );
  return {
    accounts,
    shares: shares.filter((one: { status: string }) => one.status === 'ACTIVE'),
  };
}

async function columnsSeenBy(
  endpoint: string,
  asked: {
    roleArn: string;
    database: string;
    table: string;
    tags: Record<string, string>;
  },
): Promise<string[] | string> {
  const account = asked.roleArn.split(':')[4];
  const sts = new STSClient({
    region: REGION,
    endpoint,
    credentials: { accessKeyId: account, secretAccessKey },
  });
  const { Credentials: keys } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: asked.roleArn,
      RoleSessionName: 'query',
      Tags: Object.entries(asked.tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  sts.destroy();
  const glue = new GlueClient({
    region: REGION,
    endpoint,
    credentials: {
      accessKeyId: keys?.AccessKeyId ?? '',
      secretAccessKey: keys?.SecretAccessKey ?? '',
      sessionToken: keys?.SessionToken,
    },
  });
  try {
    const { Table } = await glue.send(
      new GetTableCommand({ DatabaseName: asked.database, Name: asked.table }),
    );
    return (Table?.StorageDescriptor?.Columns ?? []).map(
      column => column.Name ?? '',
    );
  } catch (error) {
    return (error as Error).name;
  } finally {
    glue.destroy();
  }
}
