/**
 * A scan of all permissions of ten accounts: calls, time, and the heap of the
 * process that scans. The emulator runs in a process of its own, so that its
 * memory is not counted.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { AwsClients } from '../plugins/data-mesh-backend-module-lake-formation/src/aws/AwsClients';
import { defaultLakeFormationConfig } from '../plugins/data-mesh-backend-module-lake-formation/src/config';
import { LakeFormationProvisioner } from '../plugins/data-mesh-backend-module-lake-formation/src/provisioner/LakeFormationProvisioner';
import {
  aPort,
  REGION,
} from '../plugins/data-mesh-backend-module-lake-formation/src/__testUtils__/builders';
import type {
  LakeFormationEmulatorSeed,
  SeedAccount,
} from '../packages/lake-formation-emulator/src';
import { printTable } from './printTable';

const ACCOUNTS = 10;
const TABLES = 500;
/** Each grant of SELECT and DESCRIBE on a table is listed as two permissions. */
const ROLES = 10;
const PERMISSIONS = TABLES * ROLES * 2;
const PAGE_SIZE = 1_000;
/** The settings, and who shares with the account, beside the pages. */
const MOST_CALLS = ACCOUNTS * (PERMISSIONS / PAGE_SIZE + 2);
const MOST_HEAP_MB = 250;
/** By reading its code: a verification looks at each table of each share. */
const DATA_ALL_CALLS_A_TABLE = 6.35;

const accountId = (index: number) => String(100_000_000_000 + index);

function anAccount(index: number): SeedAccount {
  const id = accountId(index);
  const names = Array.from({ length: TABLES }, (_, i) => `table_${i}`);
  return {
    id,
    regions: [REGION],
    databases: [
      {
        name: 'sales',
        tables: names.map(name => ({
          name,
          columns: [
            { name: 'id', type: 'bigint' },
            { name: 'amount', type: 'decimal(10,2)' },
          ],
        })),
      },
    ],
    grants: names.flatMap(table =>
      Array.from({ length: ROLES }, (_, role) => ({
        principal: `arn:aws:iam::${id}:role/consumer-${role}`,
        resource: { database: 'sales', table },
        permissions: ['SELECT', 'DESCRIBE'],
      })),
    ),
  };
}

const HEAP_SAMPLE_MS = 5;
const MB = 1024 * 1024;

async function startEmulator(
  directory: string,
): Promise<{ url: string; process: ChildProcess }> {
  const seed: LakeFormationEmulatorSeed = {
    accounts: Array.from({ length: ACCOUNTS }, (_, index) => anAccount(index)),
  };
  const file = join(directory, 'seed.json');
  await writeFile(file, JSON.stringify(seed));
  const transform = createRequire(__filename).resolve(
    '@backstage/cli/config/nodeTransform.cjs',
  );
  const main = `require(${JSON.stringify(
    join(__dirname, '../packages/lake-formation-emulator/src/cli.ts'),
  )}).runCli(process.argv.slice(1))`;
  const child = spawn(
    process.execPath,
    [
      '--require',
      transform,
      '--eval',
      main,
      '--',
      '--port',
      '0',
      '--seed',
      file,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', chunk => {
      text += chunk;
      const ready = /ready at (\S+)/.exec(text);
      if (ready) resolve(ready[1]);
    });
    child.once('exit', code =>
      reject(new Error(`The emulator ended with ${code}`)),
    );
  });
  return { url, process: child };
}

interface Measured {
  grants: number;
  calls: number;
  ms: number;
  heapMb: number;
  /** The same for the same grants under the same keys. */
  digest: string;
}

async function scanAll(provisioner: LakeFormationProvisioner) {
  const { scanner } = provisioner;
  const ports = Array.from({ length: ACCOUNTS }, (_, index) =>
    aPort(['table_0'], { catalogId: accountId(index) }),
  );
  const hash = createHash('sha256');
  const measured: Measured = {
    grants: 0,
    calls: 0,
    ms: 0,
    heapMb: 0,
    digest: '',
  };
  const sample = () => {
    const { heapUsed } = process.memoryUsage();
    measured.heapMb = Math.max(measured.heapMb, heapUsed / MB);
  };
  const timer = setInterval(sample, HEAP_SAMPLE_MS);
  const started = performance.now();
  for (const target of scanner.targets(ports, [])) {
    for await (const page of scanner.scan(target)) {
      measured.calls += page.calls;
      measured.grants += page.grants.length;
      hash.update(JSON.stringify(page.grants));
      sample();
    }
  }
  measured.ms = performance.now() - started;
  clearInterval(timer);
  return { ...measured, digest: hash.digest('hex') };
}

async function main() {
  const directory = await mkdtemp(join(tmpdir(), 'lakemesh-scan-'));
  const emulator = await startEmulator(directory);
  const config = { ...defaultLakeFormationConfig, endpoint: emulator.url };
  const clients = new AwsClients({
    config,
    credentials: DefaultAwsCredentialsManager.fromConfig(
      new ConfigReader({
        aws: {
          accounts: Array.from({ length: ACCOUNTS }, (_, index) => ({
            accountId: accountId(index),
            accessKeyId: accountId(index),
            secretAccessKey: 'not-verified',
          })),
        },
      }),
    ),
    now: () => Date.now(),
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
  });
  try {
    const provisioner = new LakeFormationProvisioner({
      config,
      clients,
      now: () => Date.now(),
    });
    const first = await scanAll(provisioner);
    const second = await scanAll(provisioner);
    console.log(
      `\nScan of ${ACCOUNTS} accounts with ${PERMISSIONS} permissions each`,
    );
    printTable(
      ['scan', 'permissions', 'calls (least)', 'time', 'peak heap'],
      [first, second].map((scan, index) => [
        index === 0 ? 'first' : 'second',
        String(scan.grants),
        `${scan.calls} (${MOST_CALLS})`,
        `${(scan.ms / 1000).toFixed(1)} s`,
        `${scan.heapMb.toFixed(0)} MB`,
      ]),
    );
    const theirs = Math.round(
      ACCOUNTS * TABLES * ROLES * DATA_ALL_CALLS_A_TABLE,
    );
    console.log(
      `At ${config.requestsPerSecond} calls a second to an account. Calls are the pages of ${PAGE_SIZE} permissions, and two for each account: its settings, and who shares with it.\n` +
        `data.all, which verifies share by share and table by table, needs ${theirs} for the same, by a formula from its code.`,
    );
    const broken = [
      ...[first, second].flatMap(scan => [
        ...(scan.grants === ACCOUNTS * PERMISSIONS
          ? []
          : [`${scan.grants} permissions, expected ${ACCOUNTS * PERMISSIONS}`]),
        ...(scan.calls <= MOST_CALLS
          ? []
          : [`${scan.calls} calls, at most ${MOST_CALLS}`]),
        ...(scan.heapMb < MOST_HEAP_MB
          ? []
          : [`${scan.heapMb.toFixed(0)} MB of heap, at most ${MOST_HEAP_MB}`]),
      ]),
      ...(first.digest === second.digest
        ? []
        : ['the second scan told something else than the first']),
    ];
    if (broken.length > 0) {
      console.error(`\nAbove the bound:\n${broken.join('\n')}`);
      process.exitCode = 1;
    }
  } finally {
    clients.destroy();
    emulator.process.kill();
    await rm(directory, { recursive: true });
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
