/**
 * What a scan of 100,000 grants costs the backend: time, heap, rows written,
 * at first and when nothing has changed; and how long a page of a million
 * grants takes on PostgreSQL, where BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING
 * names a server.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  ScannedGrant,
  ScanPage,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import knexFactory, { type Knex } from 'knex';
import { listDrift } from '../plugins/data-mesh-backend/src/drift/driftList';
import {
  listGrants,
  type GrantFilter,
} from '../plugins/data-mesh-backend/src/grants/grantList';
import { seesAll } from '../plugins/data-mesh-backend/src/sight';
import type { ScanOutcome } from '../plugins/data-mesh-backend/src/events';
import { FakeProvisioner } from '../plugins/data-mesh-backend/src/testing/FakeProvisioner';
import { FakeScanner } from '../plugins/data-mesh-backend/src/testing/FakeScanner';
import { fillManyGrants } from '../plugins/data-mesh-backend/src/testing/manyGrants';
import { printTable } from './printTable';
import { scannedMesh } from './scannedMesh';

const GRANTS = 100_000;
const PAGE = 1000;
const ENTITLEMENTS = 500;
const MAX_HEAP_MB = 250;
const ROWS = 1_000_000;
const MAX_PAGE_MS = 50;

const port: OutputPort = {
  name: 'lake',
  type: 'fake',
  location: { database: 'sales' },
  tables: Array.from({ length: 200 }, (_, n) => ({
    name: `t${n}`,
    columns: ['id', 'amount', 'email'].map(name => ({ name, type: 'string' })),
  })),
};

/** Lists grants that are nowhere kept: only what is measured takes memory. */
class LargeScanner extends FakeScanner {
  override async *scan(): AsyncGenerator<ScanPage> {
    for (let start = 0; start < GRANTS; start += PAGE) {
      const grants: ScannedGrant[] = [];
      for (let n = start; n < start + PAGE; n += 1) {
        grants.push(
          this.scanned({
            principal: `fake:p${Math.floor(n / 200)}`,
            table: `sales.t${n % 200}`,
            columns: ['amount', 'email', 'id'],
          }),
        );
      }
      yield { grants, calls: 1 };
    }
  }
}

class LargeProvisioner extends FakeProvisioner {
  override readonly scanner: FakeScanner = new LargeScanner(this, {
    scan: (_, read) => read(),
    look: (_, read) => read(),
  });
}

const prepare = (knex: Knex) =>
  scannedMesh(knex, {
    provisioner: new LargeProvisioner(),
    port,
    given: Array.from({ length: ENTITLEMENTS }, (_, n) => ({
      principal: `p${n}`,
      table: `t${n % 200}`,
    })),
  });

interface Measured {
  seconds: number;
  heapMb: number;
  written: number;
  outcome: ScanOutcome;
}

/** Runs a scan, looking at the heap and at what is written to the grants. */
async function measure(
  knex: Knex,
  scan: () => Promise<ScanOutcome>,
): Promise<Measured> {
  let written = 0;
  const note = ({
    sql,
    bindings = [],
  }: {
    sql: string;
    bindings?: unknown[];
  }) => {
    const columns = /^insert into .?observed_grants.? \(([^)]*)\)/.exec(
      sql,
    )?.[1];
    if (columns) written += bindings.length / columns.split(',').length;
    else if (/^(update|delete from) .?observed_grants\b/.test(sql))
      written += 1;
  };
  let heap = 0;
  const look = () => {
    heap = Math.max(heap, process.memoryUsage().heapUsed);
  };
  const timer = setInterval(look, 20);
  knex.on('query', note);
  knex.on('query', look);
  const started = performance.now();
  const outcome = await scan();
  const seconds = (performance.now() - started) / 1000;
  knex.removeListener('query', note);
  knex.removeListener('query', look);
  clearInterval(timer);
  look();
  return { seconds, heapMb: heap / 2 ** 20, written, outcome };
}

async function benchDiff(name: string, knex: Knex): Promise<string[]> {
  const { scan } = await prepare(knex);
  const first = await measure(knex, scan);
  const second = await measure(knex, scan);
  const because: Array<{ because: string; total: number | string }> =
    await knex('observed_grants')
      .groupBy('because')
      .orderBy('because')
      .select('because', knex.raw('count(*) as total'));
  console.log(
    `\n${GRANTS} grants, ${ENTITLEMENTS} entitlements, on ${name}: ${because
      .map(row => `${row.total} ${row.because}`)
      .join(', ')}`,
  );
  printTable(
    ['scan', 'seconds', 'peak heap MB', 'rows written', 'changes'],
    [
      ['first', first] as const,
      ['second, nothing changed', second] as const,
    ].map(([title, one]) => [
      title,
      one.seconds.toFixed(1),
      one.heapMb.toFixed(0),
      String(Math.round(one.written)),
      JSON.stringify(one.outcome.changes),
    ]),
  );
  return [
    ...(first.outcome.state === 'done' && first.outcome.changes.added === GRANTS
      ? []
      : [`${name}: the first scan ended ${JSON.stringify(first.outcome)}`]),
    ...(second.written === 0
      ? []
      : [`${name}: the second scan wrote ${second.written} times`]),
    ...[first, second].flatMap(one =>
      one.heapMb < MAX_HEAP_MB
        ? []
        : [
            `${name}: ${one.heapMb.toFixed(
              0,
            )} MB of heap, above ${MAX_HEAP_MB}`,
          ],
    ),
  ];
}

const pages: Array<[string, GrantFilter]> = [
  ['everything', {}],
  ['an account', { accountId: '000000000003' }],
  ['a product', { productRef: 'dataproduct:default/p40' }],
  ['a principal', { principal: 'arn:aws:iam::000000000003:role/r13' }],
  ['a database', { database: 'db7' }],
  ['unexplained', { because: ['unexplained'] }],
  [
    'an account, explained',
    { accountId: '000000000003', because: ['entitlement'] },
  ],
  ['words many have', { q: 'select role' }],
  ['at a date', { at: '2026-11-25T12:00:00.000Z' }],
];

function quantile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

async function benchPages(knex: Knex): Promise<string[]> {
  await knex.migrate.latest({
    directory: resolve(__dirname, '../plugins/data-mesh-backend/migrations'),
  });
  await fillManyGrants(knex, ROWS);
  const lists: Array<
    [string, (cursor?: string) => Promise<{ nextCursor?: string }>]
  > = [
    ...pages.map(
      ([title, filter]) =>
        [
          title,
          (cursor?: string) =>
            listGrants(knex, filter, { limit: 50, cursor }, seesAll),
        ] as [string, (cursor?: string) => Promise<{ nextCursor?: string }>],
    ),
    [
      'drift',
      cursor =>
        listDrift(
          knex,
          { limit: 50, cursor },
          { readable: 'all', view: 'all' },
        ),
    ],
  ];
  const failures: string[] = [];
  const rows: string[][] = [];
  for (const [title, list] of lists) {
    const times: number[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 30; page += 1) {
      const started = performance.now();
      cursor = (await list(cursor)).nextCursor;
      times.push(performance.now() - started);
    }
    const median = quantile(times, 0.5);
    rows.push([title, median.toFixed(1), quantile(times, 0.95).toFixed(1)]);
    if (median > MAX_PAGE_MS) {
      failures.push(`A page of ${title} takes ${median.toFixed(1)} ms`);
    }
  }
  console.log(`\nA page of 50 from ${ROWS} grants on PostgreSQL`);
  printTable(['page of', 'median ms', '95 % within ms'], rows);
  return failures;
}

async function onPostgres(
  connection: string,
  use: (knex: Knex) => Promise<string[]>,
): Promise<string[]> {
  const name = `lakemesh_bench_${process.pid}`;
  const admin = knexFactory({ client: 'pg', connection });
  await admin.raw('create database ??', [name]);
  const url = new URL(connection);
  url.pathname = `/${name}`;
  const knex = knexFactory({ client: 'pg', connection: url.toString() });
  try {
    return await use(knex);
  } finally {
    await knex.destroy();
    await admin.raw('drop database ??', [name]);
    await admin.destroy();
  }
}

async function run(): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'lakemesh-bench-'));
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(directory, 'bench.sqlite') },
    useNullAsDefault: true,
  });
  const failures: string[] = [];
  try {
    failures.push(...(await benchDiff('SQLite', knex)));
  } finally {
    await knex.destroy();
    rmSync(directory, { recursive: true });
  }
  const connection =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING;
  if (!connection) {
    console.log('\nNo PostgreSQL is given: its numbers are left out');
    return failures;
  }
  failures.push(
    ...(await onPostgres(connection, one => benchDiff('PostgreSQL', one))),
    ...(await onPostgres(connection, benchPages)),
  );
  return failures;
}

run().then(
  failures => {
    failures.forEach(failure => console.error(failure));
    process.exit(failures.length > 0 ? 1 : 0);
  },
  error => {
    console.error(error);
    process.exit(1);
  },
);
