/**
 * What judging all ports of a catalog of 10,000 products costs: at first, and
 * when nothing has changed. Then it reads the catalog once and writes nothing.
 */
import { resolve } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { DEFAULT_POLICY_RULES } from '@lakemesh/backstage-plugin-data-mesh-common';
import knexFactory from 'knex';
import { DatabaseAuditLog } from '../plugins/data-mesh-backend/src/audit/DatabaseAuditLog';
import { MeshCatalog } from '../plugins/data-mesh-backend/src/catalog/MeshCatalog';
import {
  Governance,
  createPeople,
} from '../plugins/data-mesh-backend/src/people';
import {
  PlaceStore,
  Places,
  readDomains,
} from '../plugins/data-mesh-backend/src/places';
import { ProvisionerRegistry } from '../plugins/data-mesh-backend/src/provisioners/ProvisionerRegistry';
import { createPublications } from '../plugins/data-mesh-backend/src/publication';
import { FakeProvisioner } from '../plugins/data-mesh-backend/src/testing/FakeProvisioner';
import {
  aProduct,
  theMesh,
} from '../plugins/data-mesh-backend/src/testing/meshFixture';
import { indexedCatalog } from './indexedCatalog';
import { printTable } from './printTable';
import { ms, watchTurns } from './watchTurns';

const PRODUCTS = 10_000;
const TABLES = 2;
const COLUMNS = 10;
const MOST_BLOCK_MS = 200;

const products = Array.from({ length: PRODUCTS }, (_, index) =>
  aProduct({
    name: `p${index}`,
    spec: {
      outputPorts: [
        {
          name: 'lake',
          type: 'fake',
          location: { database: `db_${index % 100}` },
          tables: Array.from({ length: TABLES }, (__, table) => ({
            name: `t_${index}_${table}`,
            columns: Array.from({ length: COLUMNS }, (___, column) => ({
              name: `column_${column}`,
              type: 'string',
              pii: column === 7,
            })),
          })),
        },
      ],
    },
  }),
);

async function main() {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  await knex.migrate.latest({
    directory: resolve(__dirname, '../plugins/data-mesh-backend/migrations'),
  });
  const config = mockServices.rootConfig({
    data: {
      dataMesh: {
        domains: [
          {
            domain: 'sales',
            teams: ['sales'],
            holds: [{ system: 'fake', catalogId: 'fake' }],
          },
        ],
      },
    },
  });
  const auth = mockServices.auth();
  const service = indexedCatalog(theMesh(products));
  const calls = new Map<string, number>();
  const counted = new Proxy(service, {
    get: (_, name) => {
      const found: unknown = Reflect.get(service, name);
      if (typeof found !== 'function') return found;
      return (...args: unknown[]) => {
        calls.set(String(name), (calls.get(String(name)) ?? 0) + 1);
        return found.apply(service, args);
      };
    },
  });
  const catalog = new MeshCatalog({ catalog: counted, auth });
  const people = createPeople({ catalog: counted, auth, config });
  const provisioners = new ProvisionerRegistry();
  provisioners.addProvisioner(new FakeProvisioner());
  const now = () => new Date();
  const { published } = createPublications({
    db: knex,
    catalog,
    places: new Places({
      store: new PlaceStore(knex),
      catalog,
      people,
      configured: readDomains(config),
      trustedLocations: [],
    }),
    people,
    governance: new Governance([]),
    provisioners,
    permissions: {
      authorize: async () => [],
      authorizeConditional: async () => [],
    },
    rules: DEFAULT_POLICY_RULES,
    trustedLocations: [],
    audit: new DatabaseAuditLog({ db: knex, now }),
    events: { emit: () => {} },
    now,
  });

  async function measure(what: string) {
    calls.clear();
    const statements = { read: 0, written: 0 };
    const note = ({ sql }: { sql: string }) => {
      if (/^(insert|update|delete)/i.test(sql)) statements.written += 1;
      else statements.read += 1;
    };
    knex.on('query', note);
    const turns = watchTurns();
    const judged = await published.pass();
    const elapsed = turns.soFar();
    const longest = turns.longest();
    knex.removeListener('query', note);
    return {
      what,
      judged,
      elapsed,
      block: longest.cpu,
      ...statements,
      streams: calls.get('streamEntities') ?? 0,
      lookUps: calls.get('getEntitiesByRefs') ?? 0,
    };
  }

  try {
    const rows = [await measure('at first'), await measure('nothing changed')];
    printTable(
      [
        `${PRODUCTS} products`,
        'elapsed',
        'CPU time',
        'longest block',
        'judged',
        'statements',
        'of them writing',
        'passes over the catalog',
        'look-ups in it',
      ],
      rows.map(row => [
        row.what,
        ms(row.elapsed.wall),
        ms(row.elapsed.cpu),
        ms(row.block),
        String(row.judged),
        String(row.read + row.written),
        String(row.written),
        String(row.streams),
        String(row.lookUps),
      ]),
    );
    const [, unchanged] = rows;
    const failures = [
      ...(unchanged.written > 0
        ? [`${unchanged.written} statements wrote, expected none`]
        : []),
      ...(unchanged.streams === 1
        ? []
        : [`${unchanged.streams} passes over the catalog, expected one`]),
      ...rows
        .filter(({ block }) => block > MOST_BLOCK_MS)
        .map(
          ({ what, block }) =>
            `${what}: ${ms(
              block,
            )} in one go, expected ${MOST_BLOCK_MS} ms at most`,
        ),
    ];
    failures.forEach(failure => console.error(failure));
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    await knex.destroy();
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
