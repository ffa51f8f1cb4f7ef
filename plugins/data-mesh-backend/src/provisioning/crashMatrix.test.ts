import type {
  Plan,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeProvisioner } from '../testing/FakeProvisioner';
import { InMemoryFakeSystem, type FakeGrant } from '../testing/FakeSystem';
import { MortalProvisioner } from '../testing/MortalProvisioner';
import { testDatabases } from '../testing/databases';
import {
  aCaller,
  anApproval,
  aPort,
  ProvisioningWorld,
  type Replica,
} from '../testing/provisioningFixture';
import { reapplyEntitlement } from '../entitlements/actions/reapplying';
import { revokeEntitlement } from '../entitlements/actions/ending';

jest.setTimeout(600_000);

const databases = testDatabases();

const tables = ['orders', 'customers', 'returns', 'carts'];
const port = aPort({
  tables: tables.map(name => ({
    name,
    columns: ['id', 'amount', 'email'].map(column => ({
      name: column,
      type: 'string',
    })),
  })),
});
const owner = aCaller('user:default/omar', ['group:default/sales']);

/** Columns by table, in the order of the steps. */
type Wanted = { [table: string]: string[] };

/** What is asked for, and what it is amended to. */
interface Shape {
  name: string;
  wanted: Wanted;
  amended: Wanted;
  /** Each step needs the one before it. */
  isChain?: boolean;
  /** What another entitlement of the same principal holds meanwhile. */
  others?: Wanted;
}

const shapes: Shape[] = [
  {
    name: 'one step',
    wanted: { orders: ['id', 'amount'] },
    amended: { orders: ['amount', 'email'] },
  },
  {
    name: 'a chain of steps that need each other',
    isChain: true,
    wanted: { orders: ['id'], customers: ['id', 'email'], returns: ['amount'] },
    // The first one goes, the second stays, the third changes, one is new.
    amended: { customers: ['id', 'email'], returns: ['email'], carts: ['id'] },
  },
  {
    name: 'steps that another entitlement shares',
    others: { orders: ['amount'], customers: ['email'] },
    wanted: { orders: ['id', 'amount', 'email'], customers: ['email'] },
    amended: { orders: ['email'], customers: ['id', 'email'] },
  },
];

type Flow = 'apply' | 'undo' | 'amend' | 're-apply';
const flows: Flow[] = ['apply', 'undo', 'amend', 're-apply'];

function planOf(principal: string, wanted: Wanted, isChain = false): Plan {
  const provisioner = new FakeProvisioner();
  const plan = provisioner.plan({
    port,
    principal: { id: principal, kind: 'other', name: principal },
    scope: scopeOf(wanted),
  });
  const steps = plan.steps.map(
    (step, index): PlanStep => ({
      ...step,
      needs: isChain && index > 0 ? [plan.steps[index - 1].id] : [],
    }),
  );
  return { ...plan, steps };
}

function scopeOf(wanted: Wanted) {
  return {
    level: 'read' as const,
    tables: Object.entries(wanted).map(([table, columns]) => ({
      table,
      columns,
    })),
  };
}

/** What a principal holds where all of these are in force. */
function heldBy(principal: string, ...all: Wanted[]): FakeGrant[] {
  const system = new InMemoryFakeSystem();
  for (const wanted of all) {
    for (const [table, columns] of Object.entries(wanted)) {
      system.give(principal, `sales.${table}`, columns);
    }
  }
  return system.held();
}

/** Granted by somebody else, before us. */
const before: Wanted = { orders: ['id'], carts: ['amount'] };

describe.each(databases.eachSupportedId())('a crash on %s', databaseId => {
  let world: ProvisioningWorld;
  let runs = 0;

  beforeAll(async () => {
    world = await ProvisioningWorld.on(await databases.migrated(databaseId));
  });

  const replicaOf = (provisioner: FakeProvisioner): Replica =>
    world.replica({ provisioner, config: { concurrency: 1 } });

  /** Brings an entitlement to where the flow begins. */
  const begin = async (
    flow: Flow,
    shape: Shape,
    system: InMemoryFakeSystem,
  ) => {
    runs += 1;
    const principal = `fake:p${runs}`;
    for (const [table, columns] of Object.entries(before)) {
      system.give(principal, `sales.${table}`, columns);
    }
    const healthy = replicaOf(new FakeProvisioner(system));
    const approvalOf = (wanted: Wanted) => ({
      ...anApproval({ port, principal }),
      scope: scopeOf(wanted),
      plan: planOf(principal, wanted, shape.isChain),
    });
    if (shape.others) {
      await world.approve(healthy, approvalOf(shape.others));
      await healthy.runUntilIdle();
    }
    const id = await world.approve(healthy, approvalOf(shape.wanted));
    if (flow === 'apply') return { id, principal };

    await healthy.runUntilIdle();
    const { version } = await world.entitlement(id);
    switch (flow) {
      case 'undo':
        await revokeEntitlement(healthy.entitlements, owner, id, {
          version,
          reason: 'x',
        });
        break;
      case 'amend':
        await world.knex.transaction(tx =>
          healthy.intake.amend(tx, {
            entitlementId: id,
            requestId: 'request-2',
            port,
            scope: scopeOf(shape.amended),
            purpose: 'reporting',
            approvedBy: ['user:default/omar'],
            plan: planOf(principal, shape.amended, shape.isChain),
            identities: {},
          }),
        );
        break;
      default:
        // What it brought is lost; what others hold there is not.
        tables.forEach(table => system.take(principal, `sales.${table}`));
        for (const held of [before, shape.others ?? {}]) {
          for (const [table, columns] of Object.entries(held)) {
            system.give(principal, `sales.${table}`, columns);
          }
        }
        await reapplyEntitlement(healthy.entitlements, owner, id, { version });
    }
    return { id, principal };
  };

  /** Where the flow must end, whatever happened on the way. */
  const endOf = (
    flow: Flow,
    shape: Shape,
    principal: string,
    ended: boolean,
  ) => {
    const { wanted, amended, others = {} } = shape;
    if (ended || flow === 'undo') return heldBy(principal, before, others);
    return heldBy(
      principal,
      before,
      others,
      flow === 'amend' ? amended : wanted,
    );
  };

  const cases = flows.flatMap(flow =>
    shapes.flatMap(shape =>
      [false, true]
        // What is being undone already cannot be ended once more.
        .filter(ended => !(ended && flow === 'undo'))
        .map(
          ended =>
            [
              flow,
              shape.name,
              ended ? 'and an end asked for meanwhile' : 'and nothing else',
              shape,
              ended,
            ] as const,
        ),
    ),
  );

  it.each(cases)(
    'at any boundary of %s with %s, %s, is brought to its end',
    async (flow, _, __, shape, ended) => {
      const wrong: string[] = [];
      const boundaries: string[] = [];
      for (let diesAt = 0; ; diesAt += 1) {
        const system = new InMemoryFakeSystem();
        const { id, principal } = await begin(flow, shape, system);
        const mortal = new MortalProvisioner(system, diesAt);
        const doomed = replicaOf(mortal);
        const isAlive = await Promise.race([
          doomed.runUntilIdle().then(() => true),
          mortal.death.then(() => false),
        ]);
        const boundary = `${diesAt}: ${mortal.reached[diesAt]}`;

        const successor = replicaOf(new FakeProvisioner(system));
        if (ended) {
          const { version } = await world.entitlement(id);
          await revokeEntitlement(successor.entitlements, owner, id, {
            version,
            reason: 'x',
          });
        }
        await successor.runUntilIdle();
        world.clock.advance({ seconds: 61 });
        await successor.runUntilIdle();

        const { state, change } = await world.entitlement(id);
        const steps = await world.steps(id);
        const expected = endOf(flow, shape, principal, ended);
        const found = JSON.stringify({
          state,
          change,
          held: system.held(),
          open: steps
            .filter(one => !['done', 'undone', 'skipped'].includes(one.state))
            .map(one => one.state),
          leased: steps.filter(one => one.lease_owner !== null).length,
        });
        const wanted = JSON.stringify({
          state: ended || flow === 'undo' ? 'revoked' : 'active',
          held: expected,
          open: [],
          leased: 0,
        });
        if (found !== wanted) {
          wrong.push(`${boundary}\n  is ${found}\n  not ${wanted}`);
        }
        if (isAlive) break;
        boundaries.push(boundary);
      }
      expect(wrong).toEqual([]);
      // Before the first look, and after the last one that is not recorded.
      expect(boundaries[0]).toBe('0: before looking');
      expect(boundaries[boundaries.length - 1]).toMatch(/after looking$/);
      const kinds = new Set(boundaries.map(one => one.replace(/^\d+: /, '')));
      const act = flow === 'undo' ? 'undoing' : 'applying';
      expect(kinds).toContain(`before ${act}`);
      expect(kinds).toContain(`after ${act}`);
      expect(await world.knex('resource_locks')).toEqual([]);
    },
  );
});
