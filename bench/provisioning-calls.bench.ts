/**
 * AWS calls for one entitlement in one account: what the Lake Formation module
 * really sends, counted by the emulator, beside the least possible and beside
 * what the peers need.
 */
import {
  EmulatedLake,
  startLake,
} from '../plugins/data-mesh-backend-module-lake-formation/src/__testUtils__/EmulatedLake';
import { Entitlements } from '../plugins/data-mesh-backend-module-lake-formation/src/__testUtils__/Entitlements';
import {
  anIntent,
  aPort,
  roleArn,
  tableNames,
} from '../plugins/data-mesh-backend-module-lake-formation/src/__testUtils__/builders';
import { printTable } from './printTable';

interface Case {
  name: string;
  tables: number;
  columns?: string[];
}

const CASES: Case[] = [
  { name: '1 column set', tables: 1, columns: ['order_id', 'amount'] },
  { name: '1 table', tables: 1 },
  { name: '100 tables', tables: 100 },
];

/** Writes alone: one grant, or batches of 20. */
const leastWrites = (tables: number) => Math.ceil(tables / 20);
/** Calls to grant N tables to one role, by reading their code. */
const PEERS = [
  { name: 'data.all', calls: (tables: number) => 12 * tables + 12 },
  { name: 'aws-data-mesh-utils', calls: (tables: number) => 8 * tables + 14 },
];

/**
 * What is allowed beside the writes: to plan, a look at Glue and one at the
 * permissions; to carry out, a look before and one after.
 */
const READS = { plan: 2, carryOut: 2 };

interface Counted {
  reads: number;
  writes: number;
}

function count(calls: string[]): Counted {
  const writes = calls.filter(name => /Grant|Revoke/.test(name)).length;
  return { reads: calls.length - writes, writes };
}

/** A catalog that others use too: as many grants as tables, of somebody else. */
async function aUsedLake(): Promise<EmulatedLake> {
  const names = tableNames(100);
  return startLake({
    tables: names,
    account: {
      grants: names.map(table => ({
        principal: roleArn('etl'),
        resource: { database: 'sales', table },
        permissions: ['SELECT', 'DESCRIBE', 'INSERT'],
      })),
    },
  });
}

async function measure({ tables, columns }: Case) {
  const lake = await aUsedLake();
  try {
    const entitlements = new Entitlements(lake.provisioner);
    const names = tableNames(tables);
    const plan = await entitlements.plan(
      anIntent({
        tables: names.map(table => ({ table, ...(columns && { columns }) })),
        port: aPort(names),
      }),
    );
    const planning = count(lake.callsSince());
    const live = await entitlements.carryOut(plan);
    const grant = count(lake.callsSince());
    const held = await lake.grantsOf(roleArn('analytics'));
    lake.callsSince();
    await entitlements.end(live);
    const revoke = count(lake.callsSince());
    const left = await lake.grantsOf(roleArn('analytics'));
    const expected = columns ? tables : 2 * tables;
    if (held.length !== expected || left.length !== 0) {
      throw new Error(
        `Lake Formation listed ${held.length} lines, then ${left.length}; expected ${expected}, then 0`,
      );
    }
    return { planning, grant, revoke };
  } finally {
    await lake.stop();
  }
}

async function main() {
  const rows: string[][] = [];
  const tooMany: string[] = [];
  for (const one of CASES) {
    const { planning, grant, revoke } = await measure(one);
    const least = leastWrites(one.tables);
    const bound = (what: string, found: number, most: number) => {
      if (found > most) {
        tooMany.push(`${one.name}: ${what}: ${found} calls, at most ${most}`);
      }
    };
    bound('plan', planning.reads + planning.writes, READS.plan);
    bound('writes to grant', grant.writes, least);
    bound('reads to grant', grant.reads, READS.carryOut);
    bound('writes to revoke', revoke.writes, least);
    bound('reads to revoke', revoke.reads, READS.carryOut);
    const total = planning.reads + grant.reads + grant.writes;
    rows.push([
      one.name,
      String(planning.reads),
      `${grant.writes} (${least})`,
      String(grant.reads),
      `${revoke.writes} (${least})`,
      String(revoke.reads),
      String(total),
      ...PEERS.map(({ calls }) => {
        const theirs = calls(one.tables);
        return `${theirs} = ${(theirs / total).toFixed(1)} ×`;
      }),
    ]);
  }
  console.log('\nAWS calls per entitlement, one account, one role');
  printTable(
    [
      'scope',
      'plan',
      'grant: writes (least)',
      'reads',
      'revoke: writes (least)',
      'reads',
      'plan + grant',
      ...PEERS.map(peer => peer.name),
    ],
    rows,
  );
  console.log(
    "Ours counted by the emulator. The peers' by formulas from their code, for their own way by RAM shares and resource links.\n" +
      'Reads to carry out are the look before and the look after, which proves the grant.',
  );
  if (tooMany.length > 0) {
    console.error(`\nAbove the bound:\n${tooMany.join('\n')}`);
    process.exitCode = 1;
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
