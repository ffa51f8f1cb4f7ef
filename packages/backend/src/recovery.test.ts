import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  GrantPermissionsCommand,
  LakeFormationClient,
  ListPermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type {
  CreatedRequests,
  EntitlementDetail,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  startLakeFormationEmulator,
  type EmulatorFaultRule,
  type LakeFormationEmulator,
} from '@lakemesh/lake-formation-emulator';
import { parse, stringify } from 'yaml';
import { MESH_ACCOUNT, MESH_REGION, meshSeed } from './demo/emulator/meshSeed';
import { readMesh } from './demo/emulator/readMesh';

jest.setTimeout(300_000);

const ROLE = `arn:aws:iam::${MESH_ACCOUNT}:role/analytics-role`;
const DATABASE = 'sales_orders';
const CONSUMER = 'user:default/ben.adeyemi';
const OWNER = 'user:default/eva.novak';

const backendDirectory = resolvePackagePath('backend');
const repository = resolve(backendDirectory, '../..');

/** A port that was free just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No port');
  return address.port;
}

/** The portal's configuration, with files as database and AWS elsewhere. */
function configOf(options: {
  directory: string;
  port: number;
  endpoint: string;
}): object {
  const { app, auth, aws, backend, catalog, dataMesh } = parse(
    readFileSync(join(repository, 'app-config.yaml'), 'utf8'),
  );
  const baseUrl = `http://127.0.0.1:${options.port}`;
  return {
    app: { title: app.title, baseUrl },
    auth,
    aws,
    backend: {
      ...backend,
      baseUrl,
      listen: { host: '127.0.0.1', port: options.port },
      database: {
        client: 'better-sqlite3',
        connection: { directory: options.directory },
      },
    },
    catalog: {
      ...catalog,
      locations: catalog.locations
        .filter(({ target }: { target: string }) => target.includes('/mesh/'))
        .map((location: { target: string }) => ({
          ...location,
          target: resolve(backendDirectory, location.target),
        })),
    },
    dataMesh: {
      ...dataMesh,
      lakeFormation: { ...dataMesh.lakeFormation, endpoint: options.endpoint },
      worker: { leaseSeconds: 2, pollSeconds: 0.2 },
    },
  };
}

/** The portal as a process of its own, from outside. */
class Portal {
  #child: ChildProcess | undefined;
  readonly #url: string;

  constructor(private readonly configFile: string, port: number) {
    this.#url = `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    this.#child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(backendDirectory, 'src/__testUtils__/meshOnlyBackend.ts'),
        '--config',
        this.configFile,
      ],
      {
        cwd: backendDirectory,
        env: { ...process.env, NODE_ENV: 'development' },
        stdio: 'ignore',
      },
    );
    // Ready when the catalog knows who signs in and what they ask for.
    await until(async () => {
      const entity = await this.call(
        CONSUMER,
        'GET',
        '/api/catalog/entities/by-name/dataproduct/default/orders',
      );
      return 'metadata' in entity;
    });
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async call<T extends object>(
    userRef: string,
    method: 'GET' | 'POST',
    path: string,
    options: { body?: object; version?: number } = {},
  ): Promise<T> {
    const signIn = await fetch(`${this.#url}/api/auth/demo/refresh`, {
      headers: {
        'x-demo-user': userRef,
        'x-requested-with': 'XMLHttpRequest',
      },
    });
    const { backstageIdentity } = await signIn.json();
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${backstageIdentity.token}`,
        'content-type': 'application/json',
        ...(options.version && { 'if-match': String(options.version) }),
      },
      ...(options.body && { body: JSON.stringify(options.body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  }
}

/** Waits until it holds; errors of a portal that is not ready yet pass. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 240_000;
  for (;;) {
    try {
      if (await holds()) return;
    } catch (error) {
      if (Date.now() > giveUp) throw error;
    }
    if (Date.now() > giveUp) throw new Error('It did not come to hold');
    await pause(100);
  }
}

describe('a portal killed with SIGKILL while it talks to Lake Formation', () => {
  let directory: string;
  let emulator: LakeFormationEmulator;
  let lakeFormation: LakeFormationClient;
  let portal: Portal;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lakemesh-portal-'));
    emulator = await startLakeFormationEmulator({
      port: 0,
      seed: meshSeed(readMesh(join(backendDirectory, 'mesh'))),
    });
    lakeFormation = new LakeFormationClient({
      endpoint: emulator.url,
      region: MESH_REGION,
      credentials: { accessKeyId: MESH_ACCOUNT, secretAccessKey: 'any' },
    });
    const port = await freePort();
    const configFile = join(directory, 'app-config.yaml');
    writeFileSync(
      configFile,
      stringify(configOf({ directory, port, endpoint: emulator.url })),
    );
    portal = new Portal(configFile, port);
  });

  afterEach(async () => {
    await portal.kill();
    await emulator.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** What the role holds on the table, one line a grant. */
  const heldOn = async (table: string): Promise<string[]> => {
    const { PrincipalResourcePermissions = [] } = await lakeFormation.send(
      new ListPermissionsCommand({
        Resource: { Table: { DatabaseName: DATABASE, Name: table } },
      }),
    );
    return PrincipalResourcePermissions.filter(
      one => one.Principal?.DataLakePrincipalIdentifier === ROLE,
    )
      .map(({ Resource, Permissions = [] }) => {
        const columns = Resource?.TableWithColumns;
        const where = columns?.ColumnNames
          ? [...columns.ColumnNames].sort().join(', ')
          : 'all';
        return `${[...Permissions].sort().join(' and ')} on ${where}`;
      })
      .sort();
  };

  const entitlement = (id: string) =>
    portal.call<EntitlementDetail>(
      OWNER,
      'GET',
      `/api/data-mesh/v1/entitlements/${id}`,
    );

  /** Kills the portal when a call is under way, and starts it again. */
  const killAt = async (
    rule: Pick<EmulatorFaultRule, 'operation' | 'when'>,
    act: () => Promise<unknown>,
  ): Promise<void> => {
    const fault = emulator.faults.add({
      service: 'lakeformation',
      kind: 'hold',
      ...rule,
    });
    await act();
    await until(async () => fault.hits > 0);
    await portal.kill();
    fault.remove();
    await portal.start();
  };

  it.each(['before', 'after'] as const)(
    'completes on restart where the call was cut %s it took effect: Lake Formation holds exactly what is planned, and in the end what was there before',
    async when => {
      await lakeFormation.send(
        new GrantPermissionsCommand({
          Principal: { DataLakePrincipalIdentifier: ROLE },
          Resource: {
            TableWithColumns: {
              DatabaseName: DATABASE,
              Name: 'orders',
              ColumnNames: ['order_id'],
            },
          },
          Permissions: ['SELECT'],
        }),
      );
      await portal.start();
      const asked = await portal.call<CreatedRequests>(
        CONSUMER,
        'POST',
        '/api/data-mesh/v1/requests',
        {
          body: {
            productRef: 'dataproduct:default/orders',
            port: 'daily',
            scope: {
              level: 'read',
              tables: [
                { table: 'orders', columns: ['net_amount', 'order_id'] },
                { table: 'order_lines' },
              ],
            },
            principals: [ROLE],
            purpose: 'analytics',
            durationDays: 30,
          },
        },
      );
      const [request] = asked.items;
      let id = '';
      await killAt({ operation: 'BatchGrantPermissions', when }, async () => {
        const decided = await portal.call<RequestDetail>(
          OWNER,
          'POST',
          `/api/data-mesh/v1/requests/${request.id}/decisions`,
          { body: { decision: 'approve' }, version: request.version },
        );
        id = decided.entitlementId ?? '';
      });
      await until(async () => (await entitlement(id)).state === 'active');

      expect(await heldOn('orders')).toEqual([
        'SELECT on net_amount, order_id',
      ]);
      expect(await heldOn('order_lines')).toEqual([
        'DESCRIBE on all',
        'SELECT on all',
      ]);

      const { version } = await entitlement(id);
      await killAt({ operation: 'RevokePermissions', when }, () =>
        portal.call(
          OWNER,
          'POST',
          `/api/data-mesh/v1/entitlements/${id}/revoke`,
          {
            body: { reason: 'No longer needed' },
            version,
          },
        ),
      );
      await until(async () => (await entitlement(id)).state === 'revoked');

      expect(await heldOn('orders')).toEqual(['SELECT on order_id']);
      expect(await heldOn('order_lines')).toEqual([]);
    },
  );
});
