/**
 * What the tab Access of a product with 1,000 grants costs the backend, by the
 * CPU time of its own thread: where nothing has changed since the last scan,
 * and where somebody has changed grants in the system meanwhile.
 */
import knexFactory from 'knex';
import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeProvisioner } from '../plugins/data-mesh-backend/src/testing/FakeProvisioner';
import { InMemoryFakeSystem } from '../plugins/data-mesh-backend/src/testing/FakeSystem';
import { printTable } from './printTable';
import { runBench } from './runBench';
import { scannedMesh } from './scannedMesh';
import { ms, watchTurns } from './watchTurns';

const GRANTS = 1_000;
const TABLES = 20;
/** Less than a scan would halt at. */
const CHANGED = 40;
const MAX_CPU_MS = 1_000;

const columns = ['amount', 'email', 'id'];
const tableOf = (n: number) => `t${n % TABLES}`;

const port: OutputPort = {
  name: 'lake',
  type: 'fake',
  location: { database: 'sales' },
  tables: Array.from({ length: TABLES }, (_, n) => ({
    name: tableOf(n),
    columns: columns.map(name => ({ name, type: 'string' })),
  })),
};

runBench(async () => {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  const system = new InMemoryFakeSystem();
  const given = Array.from({ length: GRANTS }, (_, n) => ({
    principal: `p${n}`,
    table: tableOf(n),
  }));
  const mesh = await scannedMesh(knex, {
    provisioner: new FakeProvisioner(system),
    port,
    given,
  });
  const give = (n: number, names: string[]) =>
    system.give(`fake:p${n}`, `sales.${tableOf(n)}`, names);
  given.forEach((_, n) => give(n, columns));

  const rows: string[][] = [];
  const failures: string[] = [];
  async function measure(title: string) {
    const watched = watchTurns();
    const { items, missing } = await mesh.grants();
    const { cpu } = watched.soFar();
    const longest = watched.longest();
    rows.push([
      title,
      `${items.length}`,
      `${missing.length}`,
      ms(cpu),
      ms(longest.cpu),
    ]);
    if (cpu > MAX_CPU_MS) {
      failures.push(`${title}: ${ms(cpu)} of CPU, above ${ms(MAX_CPU_MS)}`);
    }
  }

  await measure('before the first scan');
  await mesh.scan();
  await measure('nothing has changed');
  await measure('the same again');
  for (let n = 0; n < CHANGED; n += 2) {
    system.take(`fake:p${n}`, `sales.${tableOf(n)}`);
    give(n + 1, ['secret']);
  }
  await measure(`${CHANGED} grants have changed`);
  await measure('the same again');

  printTable(['tab Access', 'grants', 'missing', 'CPU', 'longest turn'], rows);
  if (failures.length > 0) throw new Error(failures.join('\n'));
});
