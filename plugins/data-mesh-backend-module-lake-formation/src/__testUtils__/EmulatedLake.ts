import {
  LakeFormationClient,
  ListPermissionsCommand,
  type PrincipalResourcePermissions,
} from '@aws-sdk/client-lakeformation';
import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  startLakeFormationEmulator,
  type LakeFormationEmulator,
  type SeedAccount,
  type SeedTable,
} from '@lakemesh/lake-formation-emulator';
import { AwsClients } from '../aws/AwsClients';
import { TurnWindow } from '../aws/GatheringWindow';
import { LakeFormationConfig, defaultLakeFormationConfig } from '../config';
import { LakeFormationProvisioner } from '../provisioner/LakeFormationProvisioner';
import { ACCOUNT, COLUMNS, DATABASE, REGION } from './builders';

/** A running emulator with a provisioner that talks to it by the real SDK. */
export interface EmulatedLake {
  emulator: LakeFormationEmulator;
  provisioner: LakeFormationProvisioner;
  /** Acts as the account's root, past the provisioner. */
  root: LakeFormationClient;
  /** Calls since the last time, as `operation` names. */
  callsSince(): string[];
  /** What Lake Formation lists for a principal, as short texts, sorted. */
  grantsOf(principalId: string): Promise<string[]>;
  stop(): Promise<void>;
}

/** One account with one database of tables that all have the same columns. */
export async function startLake(
  options: {
    tables?: Array<string | SeedTable>;
    account?: Partial<SeedAccount>;
    /** Who the provisioner acts as; root where left out. */
    accessKeyId?: string;
    config?: Partial<LakeFormationConfig>;
    pageSizes?: { tables?: number; permissions?: number };
  } = {},
): Promise<EmulatedLake> {
  const tables = options.tables ?? ['orders', 'customers'];
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
              tables: tables.map(one =>
                typeof one === 'string' ? aTable(one) : one,
              ),
            },
          ],
          ...options.account,
        },
      ],
    },
  });
  const secretAccessKey = 'not-verified';
  const credentials = DefaultAwsCredentialsManager.fromConfig(
    new ConfigReader({
      aws: {
        accounts: [
          {
            accountId: ACCOUNT,
            accessKeyId: options.accessKeyId ?? ACCOUNT,
            secretAccessKey,
          },
        ],
      },
    }),
  );
  const config = {
    ...defaultLakeFormationConfig,
    endpoint: emulator.url,
    requestsPerSecond: 10_000,
    ...options.config,
  };
  const now = () => Date.now();
  const clients = new AwsClients({
    config,
    credentials,
    now,
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
  });
  const root = new LakeFormationClient({
    region: REGION,
    endpoint: emulator.url,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey },
  });
  let seen = 0;
  return {
    emulator,
    provisioner: new LakeFormationProvisioner({
      config,
      clients,
      now,
      pageSizes: options.pageSizes,
      openWindow: () => new TurnWindow(),
    }),
    root,
    callsSince: () => {
      const calls = emulator.calls.list({ since: seen });
      seen = calls.at(-1)?.id ?? seen;
      return calls.map(call => call.operation ?? 'unknown');
    },
    grantsOf: async principalId => {
      const lines: PrincipalResourcePermissions[] = [];
      let token: string | undefined;
      do {
        const page = await root.send(
          new ListPermissionsCommand({ NextToken: token }),
        );
        lines.push(...(page.PrincipalResourcePermissions ?? []));
        token = page.NextToken;
      } while (token);
      return lines
        .filter(
          line => line.Principal?.DataLakePrincipalIdentifier === principalId,
        )
        .map(lineInWords)
        .sort();
    },
    stop: async () => {
      clients.destroy();
      root.destroy();
      await emulator.stop();
    },
  };
}

export function aTable(name: string, columns = COLUMNS): SeedTable {
  return {
    name,
    columns: columns.map(column => ({ name: column, type: 'string' })),
  };
}

/** `SELECT orders(amount,email)`, `DESCRIBE orders`, `SELECT orders(*)`. */
function lineInWords({
  Permissions = [],
  Resource,
}: PrincipalResourcePermissions): string {
  const columns = Resource?.TableWithColumns;
  const excluded = columns?.ColumnWildcard?.ExcludedColumnNames;
  const list = columns?.ColumnNames
    ? [...columns.ColumnNames].sort().join(',')
    : `*${excluded ? ` but ${excluded.join(',')}` : ''}`;
  const table = Resource?.Table;
  return `${Permissions.join(',')} ${
    columns
      ? `${columns.Name}(${list})`
      : table?.Name ?? JSON.stringify(Resource)
  }`;
}
