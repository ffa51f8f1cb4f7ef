import { setTimeout as pause } from 'node:timers/promises';
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import {
  LakeFormationClient,
  ListPermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import lakeFormationModule from '@lakemesh/backstage-plugin-data-mesh-backend-module-lake-formation';
import type {
  AccessScope,
  EntitlementDetail,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  startLakeFormationEmulator,
  type LakeFormationEmulator,
} from '@lakemesh/lake-formation-emulator';
import type { Knex } from 'knex';
import { startPortal } from './startPortal';

export const REGION = 'eu-central-1';
export const LAKE = '111111111111';
export const PRODUCER = '222222222222';
export const CONSUMER = '333333333333';
export const OUTSIDER = '444444444444';
export const ACCOUNTS = [LAKE, PRODUCER, CONSUMER, OUTSIDER];
export const COLUMNS = ['order_id', 'amount', 'email', 'country'];

export const ANA = 'user:default/ana';
export const OWNER = 'user:default/jo';
export const roleOf = (accountId: string) =>
  `arn:aws:iam::${accountId}:role/analyst`;

/** A table as the emulator's seed has it. */
export const aTable = (name: string) => ({
  name,
  columns: COLUMNS.map(column => ({ name: column, type: 'string' })),
  location: `s3://lake/${name}`,
});

/** Ports of the product `many`, each with one table of its name. */
export const PORTS = Array.from({ length: 10 }, (_, index) => `t${index}`);

function aProduct(
  name: string,
  location: { catalogId: string; dataAccountId?: string; database?: string },
  ports: Array<{ name: string; tables: string[] }> = [
    { name: 'daily', tables: ['orders', 'items'] },
  ],
): Entity {
  return {
    apiVersion: 'lakemesh.io/v1alpha1',
    kind: 'DataProduct',
    metadata: { name, namespace: 'default' },
    spec: {
      type: 'source-aligned',
      lifecycle: 'active',
      version: '1.0.0',
      owner: 'group:default/owners',
      domain: 'sales',
      classification: 'internal',
      outputPorts: ports.map(port => ({
        name: port.name,
        type: 'lake-formation',
        location: { region: REGION, database: 'sales', ...location },
        tables: port.tables.map(table => ({
          name: table,
          columns: COLUMNS.map(column => ({ name: column, type: 'string' })),
        })),
      })),
    },
  };
}

const entities: Entity[] = [
  aProduct('own', { catalogId: LAKE }),
  aProduct('theirs', { catalogId: PRODUCER }),
  aProduct('governed', { catalogId: LAKE, dataAccountId: PRODUCER }),
  aProduct(
    'many',
    { catalogId: PRODUCER, database: 'shop' },
    PORTS.map(name => ({ name, tables: [name] })),
  ),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'owners', namespace: 'default' },
    spec: { type: 'team', children: [] },
    relations: [{ type: 'hasMember', targetRef: OWNER }],
  },
  ...[
    { name: 'jo', group: 'owners' },
    { name: 'ana', group: 'analysts' },
  ].map(({ name, group }) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf: [group] },
    relations: [{ type: 'memberOf', targetRef: `group:default/${group}` }],
  })),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: 'analysts',
      namespace: 'default',
      annotations: {
        'lakemesh.io/principals': ACCOUNTS.map(roleOf).join(','),
      },
    },
    spec: { type: 'team', children: [] },
    relations: [{ type: 'hasMember', targetRef: ANA }],
  },
];

/** What the consumer calls the database: the link, where there is one. */
export function databaseOf(steps: EntitlementDetail['steps']): string {
  const link = steps.find(({ step }) => step.kind === 'resourceLink');
  const input = link?.step.call.input.DatabaseInput as
    | { Name?: string }
    | undefined;
  return input?.Name ?? 'sales';
}

type Features = Parameters<typeof startPortal>[0]['features'];

async function startLakePortal(
  endpoint: string,
  knex: Knex,
  features: Features,
) {
  const portal = await startPortal({
    features: [
      ...features,
      lakeFormationModule,
      // As the catalog gives one to everything that is in it.
      catalogServiceMock.factory({
        entities: entities.map(entity => ({
          ...entity,
          metadata: {
            uid: `uid of ${stringifyEntityRef(entity)}`,
            ...entity.metadata,
          },
        })),
      }),
      mockServices.scheduler.mock().factory,
      mockServices.database.factory({ knex }),
    ],
    config: {
      backend: {
        baseUrl: 'http://localhost:7007',
        actions: { pluginSources: ['data-mesh'] },
      },
      aws: {
        accounts: ACCOUNTS.map(accountId => ({
          accountId,
          accessKeyId: accountId,
          secretAccessKey: 'not-verified',
        })),
      },
      dataMesh: {
        domains: [
          {
            domain: 'sales',
            teams: ['owners'],
            holds: ACCOUNTS.map(catalogId => ({ catalogId })),
          },
        ],
        lakeFormation: {
          endpoint,
          accounts: ACCOUNTS.map(accountId => ({ accountId })),
          organization: { accounts: [LAKE, PRODUCER, CONSUMER] },
          pace: { requestsPerSecond: 1_000 },
        },
        worker: { pollSeconds: 0.1 },
      },
    },
  });
  const call = async <T>(
    userRef: string,
    method: 'get' | 'post',
    path: string,
    options: { body?: object; version?: number } = {},
  ): Promise<T> => {
    const { status, text } = await portal.send(userRef, path, {
      ...(method === 'post' && { body: options.body ?? {} }),
      ...(options.version && {
        headers: { 'if-match': String(options.version) },
      }),
    });
    if (status >= 400) throw new Error(`${status}: ${text}`);
    return JSON.parse(text);
  };
  return { call, origin: portal.origin, stop: portal.stop };
}

export const twoColumns: AccessScope = {
  level: 'read',
  tables: [{ table: 'orders', columns: ['order_id', 'amount'] }],
};
export const rows: AccessScope = {
  level: 'read',
  tables: [
    {
      table: 'orders',
      columns: ['order_id', 'amount'],
      rowFilter: "country = 'DE'",
    },
  ],
};
export const wholeTable: AccessScope = {
  level: 'read',
  tables: [{ table: 'orders' }],
};
export const allTables: AccessScope = {
  level: 'read',
  tables: [],
  allTables: true,
};

/**
 * The data mesh with Lake Formation, an emulator of four accounts beside it:
 * started before the tests of a file, stopped after them.
 *
 * @param features - other plugins beside it
 */
export function useLakeMesh(features: Features = []) {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let emulator: LakeFormationEmulator;
  let portal: Awaited<ReturnType<typeof startLakePortal>>;

  beforeAll(async () => {
    emulator = await startLakeFormationEmulator({
      port: 0,
      seed: {
        accounts: ACCOUNTS.map(id => ({
          id,
          regions: [REGION],
          roles: ['analyst'],
          ...([LAKE, PRODUCER].includes(id) && {
            databases: [
              { name: 'sales', tables: [aTable('orders'), aTable('items')] },
              { name: 'shop', tables: PORTS.map(aTable) },
            ],
          }),
          ...(id === LAKE && {
            lfTags: [{ key: 'sensitivity', values: ['low', 'high'] }],
          }),
        })),
        organizations: [
          {
            id: 'o-acmelakehouse',
            managementAccount: LAKE,
            accounts: [LAKE, PRODUCER, CONSUMER],
          },
        ],
      },
    });
    portal = await startLakePortal(
      emulator.url,
      await databases.init('SQLITE_3'),
      features,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await emulator?.stop();
  });

  const clientOf = (accountId: string) => ({
    endpoint: emulator.url,
    region: REGION,
    credentials: { accessKeyId: accountId, secretAccessKey: 'any' },
  });

  /** All that anybody holds in an account, one line a grant. */
  async function heldIn(accountId: string): Promise<string[]> {
    const client = new LakeFormationClient(clientOf(accountId));
    const { PrincipalResourcePermissions = [] } = await client.send(
      new ListPermissionsCommand({ MaxResults: 1_000 }),
    );
    client.destroy();
    return PrincipalResourcePermissions.map(
      ({ Principal, Resource, Permissions }) =>
        JSON.stringify([Principal, Resource, Permissions]),
    ).sort();
  }

  /** What the consumer itself sees of a table: its columns, or the refusal. */
  async function columnsSeenBy(
    accountId: string,
    database: string,
    table: string,
  ): Promise<string[] | string> {
    const sts = new STSClient(clientOf(accountId));
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleOf(accountId),
        RoleSessionName: 'ana',
      }),
    );
    sts.destroy();
    const glue = new GlueClient({
      endpoint: emulator.url,
      region: REGION,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken,
      },
    });
    try {
      const { Table } = await glue.send(
        new GetTableCommand({ DatabaseName: database, Name: table }),
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

  async function untilIn(
    id: string,
    state: EntitlementDetail['state'],
  ): Promise<EntitlementDetail> {
    const giveUp = Date.now() + 110_000;
    for (;;) {
      const found = await portal.call<EntitlementDetail>(
        OWNER,
        'get',
        `/entitlements/${id}`,
      );
      if (found.state === state) return found;
      if (found.state === 'failed' || Date.now() > giveUp) {
        throw new Error(`It is ${found.state}: ${JSON.stringify(found.error)}`);
      }
      await pause(50);
    }
  }

  /** @returns what decides about the request that is made */
  async function asked(options: {
    product: string;
    port?: string;
    scope: AccessScope;
    account: string;
  }): Promise<() => Promise<string>> {
    const made = await portal.call<{ items: RequestDetail[] }>(
      ANA,
      'post',
      '/requests',
      {
        body: {
          productRef: `dataproduct:default/${options.product}`,
          port: options.port ?? 'daily',
          scope: options.scope,
          principals: [roleOf(options.account)],
          purpose: 'analytics',
          durationDays: 30,
        },
      },
    );
    const [{ id, version }] = made.items;
    return async () => {
      const decided = await portal.call<RequestDetail>(
        OWNER,
        'post',
        `/requests/${id}/decisions`,
        { body: { decision: 'approve' }, version },
      );
      return decided.entitlementId ?? '';
    };
  }

  async function approved(
    options: Parameters<typeof asked>[0],
  ): Promise<EntitlementDetail> {
    const approve = await asked(options);
    return untilIn(await approve(), 'active');
  }

  return {
    call: <T>(...args: Parameters<typeof portal.call>) =>
      portal.call<T>(...args),
    heldIn,
    columnsSeenBy,
    untilIn,
    asked,
    approved,
    get origin(): string {
      return portal.origin;
    },
    get emulator(): LakeFormationEmulator {
      return emulator;
    },
  };
}
