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
import { printMeasured, startBackend, type Measured } from './startBackend';
import { blockOf, ms } from './watchTurns';

const TABLES = 5_000;
const COLUMNS = 40;
const PRODUCTS = 50;
const MOST_MS = 1_000;
const MOST_BLOCK_MS = 200;

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

async function main() {
  const { call, stop } = await startBackend({
    products,
    provisioner: new LargeLake(),
  });
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
    const rows: Array<{ what: string; measured: Measured; bound: boolean }> =
      [];
    const measure = async (
      what: string,
      bound: boolean,
      ...args: Parameters<typeof call>
    ) => {
      const measured = await call(...args);
      rows.push({ what, measured, bound });
      return measured.answer;
    };
    // Nobody's first request: code is compiled, and all products are published.
    await measure('first preview', false, '/requests/preview', ANA, { body });
    for (const what of ['preview', 'preview again']) {
      const answer = await measure(what, true, '/requests/preview', ANA, {
        body,
      });
      const { reach } = JSON.parse(answer);
      if (reach.count !== TABLES) {
        throw new Error(
          `${reach.count} tables are reached, expected ${TABLES}`,
        );
      }
    }
    const made = await measure('submit', true, '/requests', ANA, {
      body,
      expected: 201,
    });
    const [{ id }] = JSON.parse(made).items;
    await measure('open', true, `/requests/${id}`, OMAR);
    printMeasured(`all of ${TABLES} tables with ${COLUMNS + 1} columns`, rows);
    const failures = rows.flatMap(({ what, measured, bound }) => [
      ...(bound && Math.min(measured.elapsed, measured.cpu) > MOST_MS
        ? [`${what} took ${ms(measured.elapsed)}, expected ${MOST_MS} ms`]
        : []),
      ...(bound && blockOf(measured.longest) > MOST_BLOCK_MS
        ? [
            `${what} held the event loop for ${ms(
              blockOf(measured.longest),
            )}, expected ${MOST_BLOCK_MS} ms at most`,
          ]
        : []),
    ]);
    failures.forEach(failure => console.error(failure));
    if (failures.length > 0) process.exitCode = 1;
  } finally {
    await stop();
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
