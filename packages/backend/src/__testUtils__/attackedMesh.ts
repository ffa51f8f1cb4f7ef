import { setTimeout as pause } from 'node:timers/promises';
import {
  GetResourceLFTagsCommand,
  LakeFormationClient,
  ListPermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import lakeFormationModule from '@lakemesh/backstage-plugin-data-mesh-backend-module-lake-formation';
import type {
  EntitlementDetail,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  startLakeFormationEmulator,
  type LakeFormationEmulator,
  type LakeFormationEmulatorSeed,
} from '@lakemesh/lake-formation-emulator';
import type { Knex } from 'knex';
import { AttackedCatalog, COMPANY } from './attackedCatalog';
import { startPortal } from './startPortal';
import { COLUMNS, LAKE, REGION, aTable } from './useLakeMesh';

export const EVE = 'user:default/eve';
export const MALLORY = 'user:default/mallory';
const ANA = 'user:default/ana';
const JO = 'user:default/jo';

const roleOf = (name: string) => `arn:aws:iam::${LAKE}:role/${name}`;
export const ATTACKER_ROLE = roleOf('attacker');
/** The role that Ana's team reads orders by. */
export const ANALYST_ROLE = roleOf('analyst');

const TAGGED = { classification: 'internal', pii: 'false' };
/** Tables that others hold: of products, of none, of one that is gone. */
const HELD = [
  { database: 'sales', table: 'orders' },
  { database: 'sales', table: 'items' },
  { database: 'sales', table: 'payroll' },
  { database: 'hr', table: 'people' },
];

const seed: LakeFormationEmulatorSeed = {
  accounts: [
    {
      id: LAKE,
      regions: [REGION],
      roles: ['analyst', 'attacker'],
      policies: [
        {
          name: 'everything',
          roles: ['analyst', 'attacker'],
          document: {
            Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
          },
        },
      ],
      settings: { allowFullTableExternalDataAccess: true },
      locations: [{ arn: 'arn:aws:s3:::lake' }],
      lfTags: [
        {
          key: 'classification',
          values: ['public', 'internal', 'confidential', 'restricted'],
        },
        { key: 'pii', values: ['false', 'true'] },
      ],
      databases: ['sales', 'hr'].map(name => ({
        name,
        tables: HELD.filter(({ database }) => database === name).map(
          ({ table }) => ({ ...aTable(table), lfTags: TAGGED }),
        ),
      })),
    },
  ],
};

const aPerson = (name: string, group: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name },
  spec: { memberOf: [group] },
});

const aTeam = (name: string, principals?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: {
    name,
    ...(principals && {
      annotations: { 'lakemesh.io/principals': principals },
    }),
  },
  spec: { type: 'team', children: [] },
});

const aDomain = (name: string, owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Domain',
  metadata: {
    name,
    annotations: {
      'lakemesh.io/lf-tags':
        'classification=public|internal|confidential|restricted,pii=false|true',
    },
  },
  spec: { owner },
});

/** A product of the owners with one table. */
export const theProduct = (
  name: string,
  table: string,
  spec: Entity['spec'] = {},
): Entity => ({
  apiVersion: 'lakemesh.io/v1alpha1',
  kind: 'DataProduct',
  metadata: { name },
  spec: {
    type: 'source-aligned',
    lifecycle: 'active',
    version: '1.0.0',
    owner: 'group:default/owners',
    domain: 'sales',
    classification: 'internal',
    outputPorts: [
      {
        name: 'lake',
        type: 'lake-formation',
        location: { catalogId: LAKE, region: REGION, database: 'sales' },
        tables: [
          {
            name: table,
            columns: COLUMNS.map(column => ({ name: column, type: 'string' })),
          },
        ],
      },
    ],
    ...spec,
  },
});

/** `vacated` is published once, and taken out of the catalog before it begins. */
const VACATED = 'dataproduct:default/vacated';

const company: Entity[] = [
  aTeam('owners'),
  aTeam('analysts', ANALYST_ROLE),
  aTeam('hr-team'),
  aTeam('sales-heads'),
  aTeam('stewards'),
  aTeam('governors'),
  aPerson('jo', 'owners'),
  aPerson('ana', 'analysts'),
  aPerson('hal', 'hr-team'),
  aPerson('sue', 'sales-heads'),
  aPerson('stella', 'stewards'),
  aPerson('gil', 'governors'),
  aPerson('eve', 'attackers'),
  aPerson('mallory', 'attackers'),
  aDomain('sales', 'sales-heads'),
  aDomain('hr', 'hr-team'),
  theProduct('orders', 'orders'),
  theProduct('vacated', 'items'),
];

const dataMesh = {
  governance: ['group:default/governors'],
  trustedLocations: [COMPANY],
  domains: [
    {
      domain: 'sales',
      teams: ['owners'],
      holds: [{ catalogId: LAKE, region: REGION, database: 'sales' }],
    },
    {
      domain: 'hr',
      // A team that nobody has: whoever took its name would own products of hr.
      teams: ['retired-team'],
      holds: [{ catalogId: LAKE, region: REGION, database: 'hr' }],
    },
  ],
  policy: {
    stewards: ['group:default/stewards'],
    fallbackApprovers: ['group:default/gone-team'],
    autoApprove: { publicData: true, sameDomain: true },
  },
};

const configOf = (endpoint: string) => ({
  backend: { baseUrl: 'http://localhost:7007' },
  aws: {
    accounts: [
      { accountId: LAKE, accessKeyId: LAKE, secretAccessKey: 'not-verified' },
    ],
  },
  dataMesh: {
    ...dataMesh,
    lakeFormation: {
      endpoint,
      accounts: [{ accountId: LAKE }],
      pace: { requestsPerSecond: 1_000 },
      vending: {},
    },
    worker: { pollSeconds: 0.1 },
  },
});

/** What of the lake must not grow or change. */
interface LakeState {
  grants: string[];
  tags: string[];
}

async function lakeState(endpoint: string): Promise<LakeState> {
  const client = new LakeFormationClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: LAKE, secretAccessKey: 'any' },
  });
  try {
    const { PrincipalResourcePermissions = [] } = await client.send(
      new ListPermissionsCommand({ MaxResults: 1_000 }),
    );
    const tags = await Promise.all(
      HELD.map(async ({ database, table }) => {
        const { $metadata: _, ...found } = await client.send(
          new GetResourceLFTagsCommand({
            Resource: { Table: { DatabaseName: database, Name: table } },
          }),
        );
        return JSON.stringify([database, table, found]);
      }),
    );
    return {
      grants: PrincipalResourcePermissions.map(
        ({ Principal, Resource, Permissions, PermissionsWithGrantOption }) =>
          JSON.stringify([
            Principal,
            Resource,
            Permissions,
            PermissionsWithGrantOption,
          ]),
      ),
      tags,
    };
  } finally {
    client.destroy();
  }
}

/** How long a step may take to be carried out. */
const SETTLE_MS = 30_000;

/**
 * A mesh in which Ana's team has access to orders, and a team that holds
 * nothing, owns nothing and governs nothing begins its attack.
 */
export async function startAttackedMesh(options: { knex: Knex }) {
  const { knex } = options;
  const emulator: LakeFormationEmulator = await startLakeFormationEmulator({
    port: 0,
    seed,
  });
  const catalog = new AttackedCatalog(company);
  catalog.register(aTeam('attackers', ATTACKER_ROLE));
  const tasks = new Map<string, (signal: AbortSignal) => unknown>();
  const portal = await startPortal({
    features: [
      lakeFormationModule,
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog.service,
      }),
      mockServices.scheduler.mock({
        scheduleTask: async task => {
          tasks.set(task.id, signal => task.fn(signal));
        },
      }).factory,
      mockServices.database.factory({ knex }),
    ],
    config: configOf(emulator.url),
  });
  /** What is answered, refusals included. */
  const send = (
    userRef: string,
    path: string,
    sent: {
      body?: object;
      version?: number;
      headers?: { [name: string]: string };
    } = {},
  ) =>
    portal.send(userRef, path, {
      ...(sent.body && { body: sent.body }),
      headers: {
        ...sent.headers,
        ...(sent.version && { 'if-match': String(sent.version) }),
      },
    });
  const call = async <T>(...args: Parameters<typeof send>): Promise<T> => {
    const { status, text } = await send(...args);
    if (status >= 400) throw new Error(`${status}: ${text}`);
    return JSON.parse(text);
  };
  const runTask = async (id: string) => {
    await tasks.get(id)?.(new AbortController().signal);
  };

  /** Until nothing is left to be done in the lake. */
  const settled = async () => {
    const giveUp = Date.now() + SETTLE_MS;
    for (;;) {
      const busy = await knex('entitlements')
        .whereIn('state', ['provisioning', 'revoking'])
        .select('id', 'state');
      if (busy.length === 0) return;
      if (Date.now() > giveUp) throw new Error(JSON.stringify(busy));
      await pause(20);
    }
  };

  const accessOfAna = async () => {
    const made = await call<{ items: RequestDetail[] }>(ANA, '/requests', {
      body: {
        productRef: 'dataproduct:default/orders',
        port: 'lake',
        scope: { level: 'read', tables: [{ table: 'orders' }] },
        principals: [ANALYST_ROLE],
        purpose: 'analytics',
        durationDays: 30,
      },
    });
    const [{ id, version }] = made.items;
    const { entitlementId } = await call<RequestDetail>(
      JO,
      `/requests/${id}/decisions`,
      { body: { decision: 'approve' }, version },
    );
    await settled();
    return call<EntitlementDetail>(ANA, `/entitlements/${entitlementId}`);
  };

  const access = await accessOfAna();
  // That Ana gets what the attackers must not shows that it could be had.
  const vended = await send(ANA, `/entitlements/${access.id}/credentials`, {
    body: { table: 'orders' },
  });
  await runTask('data-mesh-publish');
  catalog.remove(VACATED);
  await runTask('data-mesh-publish');
  await runTask('data-mesh-names');
  const before = await lakeState(emulator.url);

  return {
    access,
    vended: vended.status,
    before,
    catalog,
    knex,
    tasks: [...tasks.keys()],
    runTask,
    send,
    settled,
    /** What others hold that was given or changed since it began. */
    async given(): Promise<string[]> {
      await settled();
      const now = await lakeState(emulator.url);
      return [
        ...now.grants.filter(one => !before.grants.includes(one)),
        ...now.tags.filter(one => !before.tags.includes(one)),
      ];
    },
    async stop() {
      await portal.stop();
      await emulator.stop();
    },
  };
}

export type AttackedMesh = Awaited<ReturnType<typeof startAttackedMesh>>;
