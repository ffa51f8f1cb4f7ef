/**
 * Bodies as large as they may be that mean nothing, or are not what the contract
 * says: refusing them must not hold the event loop either.
 */
import {
  ANA,
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
import {
  FilteringProvisioner,
  draft,
  known,
  many,
  tableNames,
  unknown,
  wide,
} from './wideProducts';

const ROUNDS = 2;
/** A body may have two million bytes; this leaves room for what is beside. */
const BYTES = 1_900_000;

const bytesOf = (one: unknown) => JSON.stringify(one).length + 1;
const asMany = <T>(make: (index: number) => T): T[] =>
  Array.from({ length: Math.floor(BYTES / bytesOf(make(10_000))) }, (_, i) =>
    make(i),
  );

const bodies: Array<{ what: string; body: object; expected: number }> = [
  {
    what: 'unknown fields',
    body: Object.fromEntries(asMany(index => [`f${index}`, 1])),
    expected: 400,
  },
  {
    what: 'empty tables',
    body: {
      ...draft('wide', []),
      scope: { level: 'read', tables: asMany(() => ({})) },
    },
    expected: 400,
  },
  {
    what: 'columns that are no text',
    body: draft('wide', [
      { table: 'wide', columns: asMany(index => index as unknown as string) },
    ]),
    expected: 400,
  },
  {
    what: 'the same column again and again',
    body: draft('wide', [
      { table: 'wide', columns: Array.from({ length: 7_000 }, () => known[0]) },
    ]),
    expected: 200,
  },
  {
    what: 'the same table again and again',
    body: draft(
      'wide',
      Array.from({ length: 1_000 }, () => ({
        table: 'wide',
        columns: known.slice(0, 7),
      })),
    ),
    expected: 200,
  },
  {
    what: 'tables that do not exist',
    body: draft(
      'many',
      tableNames.map(name => ({ table: `${name}_`.padEnd(255, 'x') })),
    ),
    expected: 200,
  },
  {
    what: 'unknown columns of many tables',
    body: draft(
      'many',
      tableNames.map((table, index) => ({
        table,
        columns: unknown.slice(index * 5, index * 5 + 5),
      })),
    ),
    expected: 200,
  },
  {
    what: 'row filters that do not parse',
    body: draft(
      'many',
      tableNames.slice(0, 900).map(table => ({
        table,
        rowFilter: `${'('.repeat(1_900)}c1 = 'a'`,
      })),
    ),
    expected: 200,
  },
  {
    what: 'row filters of other columns',
    body: draft(
      'many',
      tableNames.slice(0, 900).map(table => ({
        table,
        rowFilter: Array.from({ length: 180 }, (_, i) => `x${i} = 1`)
          .join(' OR ')
          .slice(0, 1_900),
      })),
    ),
    expected: 200,
  },
  {
    what: 'principals that nobody may ask for',
    body: {
      ...draft('wide', [{ table: 'wide', columns: known }]),
      principals: Array.from({ length: 20 }, (_, index) => `fake:x${index}`),
    },
    expected: 200,
  },
];

async function round(measured: Measure): Promise<void> {
  const { call, stop } = await startBackend({
    products: [wide(), many, aProduct()],
    provisioner: new FilteringProvisioner(),
  });
  try {
    await call('/requests/preview', ANA, { body: draft('wide', []) });
    for (const { what, ...sent } of bodies) {
      await measured(what, call('/requests/preview', ANA, sent));
    }
    await measured(
      'ids of differences that there are none of',
      call('/publications/none/decisions', OMAR, {
        body: {
          accept: asMany(index => `${index}`).slice(0, 10_000),
          sendBack: [],
        },
        headers: { 'if-match': '1' },
        expected: 404,
      }),
    );
  } finally {
    await stop();
  }
}

runBench(async () => {
  const rounds = await measureRounds(ROUNDS, round);
  printRounds('bodies of two megabytes', rounds);
  checkRounds(rounds);
});
