/**
 * How long the API takes to tell what a request for all tables of a database
 * reaches: 5,000 tables that 50 published products name, over HTTP.
 */
import type { Capabilities } from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeProvisioner } from '../plugins/data-mesh-backend/src/testing/FakeProvisioner';
import {
  ANA,
  ANA_ROLE,
  OMAR,
  aProduct,
} from '../plugins/data-mesh-backend/src/testing/meshFixture';
import {
  checkRounds,
  measureRounds,
  printRounds,
  type Measure,
} from './measureRounds';
import { runBench } from './runBench';
import { startBackend } from './startBackend';

const TABLES = 5_000;
const COLUMNS = 40;
const PRODUCTS = 50;
const MOST_MS = 1_000;
const ROUNDS = 3;

const columnNames = Array.from({ length: COLUMNS }, (_, i) => `column_${i}`);
const tableName = (index: number) => `table_${index}`;

/** Each names its part of the tables, and all name the first twenty. */
const products = Array.from({ length: PRODUCTS }, (_, product) =>
  aProduct({
    name: `p${product}`,
    spec: {
      outputPorts: [
        {
          name: 'lake',
          type: 'fake',
          location: { database: 'sales' },
          tables: Array.from({ length: TABLES }, (__, index) => index)
            .filter(index => index < 20 || index % PRODUCTS === product)
            .map(index => ({
              name: tableName(index),
              columns: columnNames.map((name, at) => ({
                name,
                type: 'string',
                pii: at === 7,
              })),
            })),
        },
      ],
      access: { neverShared: ['never'] },
    },
  }),
);

class LargeLake extends FakeProvisioner {
  override readonly capabilities: Capabilities = {
    columns: true,
    rowFilters: false,
    allTables: true,
    levels: ['read'],
  };

  constructor() {
    super();
    for (let index = 0; index < TABLES; index += 1) {
      this.directory.tables.push({
        database: 'sales',
        table: tableName(index),
        columns: [...columnNames, 'undeclared'],
      });
    }
  }
}

/** All products are published in the course of it. */
const FIRST = 'first preview';

async function round(measured: Measure): Promise<void> {
  const { call, stop } = await startBackend({
    products,
    provisioner: new LargeLake(),
  });
  const measure = (what: string, ...args: Parameters<typeof call>) =>
    measured(what, call(...args));
  const body = {
    productRef: 'dataproduct:default/p0',
    port: 'lake',
    scope: { level: 'read', tables: [], allTables: true },
    principals: [ANA_ROLE],
    purpose: 'analytics',
    durationDays: 30,
    justification: 'All of it',
  };
  try {
    await measure(FIRST, '/requests/preview', ANA, { body });
    for (const what of ['preview', 'preview again']) {
      const answer = await measure(what, '/requests/preview', ANA, {
        body,
      });
      const { reach } = JSON.parse(answer);
      if (reach.count !== TABLES) {
        throw new Error(
          `${reach.count} tables are reached, expected ${TABLES}`,
        );
      }
    }
    const made = await measure('submit', '/requests', ANA, {
      body,
      expected: 201,
    });
    const [{ id }] = JSON.parse(made).items;
    await measure('open', `/requests/${id}`, OMAR);
  } finally {
    await stop();
  }
}

runBench(async () => {
  const rounds = await measureRounds(ROUNDS, round);
  printRounds(`all of ${TABLES} tables with ${COLUMNS + 1} columns`, rounds);
  checkRounds(rounds, what => (what === FIRST ? Infinity : MOST_MS));
});
