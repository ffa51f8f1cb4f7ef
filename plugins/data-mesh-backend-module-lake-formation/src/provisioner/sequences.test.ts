import type {
  AccessScope,
  Plan,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessIntent,
  LiveStep,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { SeedAccount, SeedGrant } from '@lakemesh/lake-formation-emulator';
import {
  CONSUMER,
  EmulatedMesh,
  aMeshTable,
  startMesh,
} from '../__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';

/**
 * Random sequences of grants and ends: after each step every role reads exactly
 * what its live entitlements and the grants of others say, and after the last
 * end all is as it was. In half of them everything is left to IAM at a location
 * in hybrid access mode: there roles of the account read all of what they have
 * been given nothing of.
 */

const TABLES = ['orders', 'customers'];
const ROLES = [
  roleArn('one'),
  roleArn('two'),
  roleArn('far', CONSUMER),
  roleArn('other', CONSUMER),
];
const STEPS = 14;

/** Numbers from 0 to 1 that are the same for the same seed. */
function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Dice {
  readonly #random: () => number;
  constructor(seed: number) {
    this.#random = randomBy(seed);
  }
  chance(probability: number): boolean {
    return this.#random() < probability;
  }
  one<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)];
  }
  some<T>(items: readonly T[]): T[] {
    const chosen = items.filter(() => this.chance(0.5));
    return chosen.length > 0 ? chosen : [this.one(items)];
  }
}

const TAGGED = ['order_id', 'customer_id', 'amount'];

function randomScope(dice: Dice): AccessScope {
  if (dice.chance(0.15)) {
    return {
      level: dice.chance(0.5) ? 'read' : 'modify',
      tables: [],
      allTables: true,
    };
  }
  if (dice.chance(0.2)) {
    return {
      level: 'read',
      tables: [],
      tagExpression: [{ key: 'class', values: ['open'] }],
    };
  }
  return {
    level: dice.one(['read', 'read', 'read', 'read', 'append', 'modify']),
    tables: dice.some(TABLES).map(table => ({ table })),
  };
}

/** By columns, by rows, or both, where it is for reading. */
function narrowed(scope: AccessScope, dice: Dice): AccessScope {
  if (scope.level !== 'read') return scope;
  return {
    ...scope,
    tables: scope.tables.map(({ table }) => ({
      table,
      ...(dice.chance(0.5) && { columns: dice.some(COLUMNS).sort() }),
      ...(dice.chance(0.3) && {
        rowFilter: `amount > '${dice.one([1, 2])}'`,
      }),
    })),
  };
}

/** Columns of a table that a scope lets its holder read. */
function columnsOf(scope: AccessScope, table: string): string[] {
  if (scope.allTables) return COLUMNS;
  if (scope.tagExpression) return table === 'orders' ? TAGGED : [];
  const asked = scope.tables.find(one => one.table === table);
  return asked ? asked.columns ?? COLUMNS : [];
}

const foreignGrants: SeedGrant[] = [
  {
    principal: ROLES[0],
    resource: { database: DATABASE, table: 'orders', columns: ['amount'] },
    permissions: ['SELECT'],
  },
  {
    principal: ROLES[1],
    resource: { database: DATABASE, table: 'customers' },
    permissions: ['SELECT', 'DESCRIBE', 'INSERT'],
  },
];
const byOthers = (role: string, table: string): string[] => {
  if (role === ROLES[0] && table === 'orders') return ['amount'];
  return role === ROLES[1] && table === 'customers' ? COLUMNS : [];
};

/** Tables with data at a location, `orders` with LF-Tags but for its e-mails. */
const catalogOf = (isHybrid: boolean): Partial<SeedAccount> => ({
  grants: foreignGrants,
  lfTags: [{ key: 'class', values: ['open', 'secret'] }],
  locations: [{ arn: 'arn:aws:s3:::acme-lake', hybridAccessEnabled: isHybrid }],
  databases: [
    {
      name: DATABASE,
      locationUri: `s3://acme-lake/${DATABASE}`,
      iamAllowedPrincipals: isHybrid,
      ...(isHybrid && {
        createTableDefaultPermissions: [
          { principal: 'IAM_ALLOWED_PRINCIPALS', permissions: ['ALL'] },
        ],
      }),
      tables: TABLES.map(name => ({
        ...aMeshTable(name),
        iamAllowedPrincipals: isHybrid,
        ...(name === 'orders' && { lfTags: { class: 'open' } }),
        columns: COLUMNS.map(column => ({
          name: column,
          type: 'string',
          ...(name === 'orders' &&
            !TAGGED.includes(column) && { lfTags: { class: 'secret' } }),
        })),
      })),
    },
  ],
});

interface Live {
  role: string;
  scope: AccessScope;
  live: LiveStep[];
}

/** What Lake Formation does not combine is refused before it is begun. */
async function planned(
  mesh: EmulatedMesh,
  intent: AccessIntent,
): Promise<Plan | undefined> {
  try {
    return await mesh.entitlements.plan(intent);
  } catch (error) {
    if (/Lake Formation refuses/.test(String(error))) return undefined;
    throw error;
  }
}

async function expectExactly(
  mesh: EmulatedMesh,
  all: Live[],
  isHybrid: boolean,
  after: string,
) {
  for (const role of ROLES) {
    for (const table of TABLES) {
      const given = all
        .filter(one => one.role === role)
        .flatMap(one => columnsOf(one.scope, table));
      const isLeftToIam =
        isHybrid && given.length === 0 && role.includes(`::${ACCOUNT}:`);
      const wanted = new Set(
        isLeftToIam ? COLUMNS : [...byOthers(role, table), ...given],
      );
      const seen = await mesh.columnsSeenBy(role, DATABASE, table);
      expect({
        after,
        role,
        table,
        seen: Array.isArray(seen) ? seen : [],
      }).toEqual({
        after,
        role,
        table,
        seen: COLUMNS.filter(column => wanted.has(column)),
      });
    }
  }
}

it.each(Array.from({ length: 16 }, (_, index) => index + 1))(
  'sequence %d of grants and ends leaves exactly what it says',
  async seed => {
    const dice = new Dice(seed);
    const isHybrid = seed % 2 === 0;
    const mesh = await startMesh({
      organization: dice.chance(0.5),
      catalog: catalogOf(isHybrid),
    });
    const before = mesh.state();
    const all: Live[] = [];
    const log: string[] = [];
    let granted = 0;
    try {
      for (let step = 0; step < STEPS; step += 1) {
        if (all.length > 0 && dice.chance(0.4)) {
          const [one] = all.splice(all.indexOf(dice.one(all)), 1);
          await mesh.entitlements.end(one.live);
          log.push(`end ${one.role} ${JSON.stringify(one.scope)}`);
        } else {
          const role = dice.one(ROLES);
          const scope = narrowed(randomScope(dice), dice);
          log.push(`grant ${role} ${JSON.stringify(scope)}`);
          const intent = anIntent({
            principal: role,
            port: aPort(TABLES),
            scope,
          });
          const plan = await planned(mesh, intent);
          if (!plan) log.push('refused');
          if (!plan) continue;
          all.push({
            role,
            scope,
            live: await mesh.entitlements.carryOut(plan),
          });
          granted += 1;
        }
        await expectExactly(mesh, all, isHybrid, log.join('\n'));
      }
      for (const one of all.splice(0)) await mesh.entitlements.end(one.live);
      expect(mesh.state()).toEqual(before);
      expect(granted).toBeGreaterThan(2);
    } catch (error) {
      (error as Error).message += `\nafter:\n${log.join('\n')}`;
      throw error;
    } finally {
      await mesh.stop();
    }
  },
);
