import { ListPermissionsCommand } from '@aws-sdk/client-lakeformation';
import type {
  AccessScope,
  Plan,
  PlanStep,
  RevocationEffect,
  TableScope,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LiveStep } from '@lakemesh/backstage-plugin-data-mesh-node';
import { aTable } from '../__testUtils__/EmulatedLake';
import {
  ACCOUNT,
  COLUMNS,
  aPort,
  anIntent,
  roleArn,
} from '../__testUtils__/builders';
import { useLake } from '../__testUtils__/useLake';
import {
  NO_ACCESS,
  effectiveAccess,
  isNoAccess,
  subtractAccess,
} from '../lake/access';
import { ResourceAccess } from '../lake/grant';
import { AccessByResource, holdingsOf } from '../lake/held';
import { resourceKey } from '../lake/keys';
import { LakeResource } from '../lake/resource';
import { readListedGrant } from '../lake/wire';
import { accessInWords } from '../lake/words';

/**
 * Random changes of one access, beside grants that somebody else makes: what is
 * shown before each is what is done, call by call, and its words name what is
 * gained and lost, and nothing else.
 */

const TABLES = ['orders', 'customers'];
const ROLE = roleArn('analytics');
const CHANGES = 8;

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

function someOf<T>(items: readonly T[], random: () => number): T[] {
  const chosen = items.filter(() => random() < 0.5);
  return chosen.length > 0
    ? chosen
    : [items[Math.floor(random() * items.length)]];
}

/** Each table stays by columns or as a whole: the two exclude each other. */
function randomScope(random: () => number): AccessScope {
  return {
    level: 'read',
    tables: someOf(TABLES, random).map(
      (table): TableScope =>
        table === 'orders'
          ? { table, columns: someOf(COLUMNS.slice(0, 3), random).sort() }
          : { table },
    ),
  };
}

interface Shown {
  gains: RevocationEffect[];
  loses: RevocationEffect[];
}

describe('what is shown of a change', () => {
  const world = useLake();
  let live: LiveStep[] = [];
  const resources = new Map<string, LakeResource>();

  async function held(): Promise<AccessByResource> {
    const { PrincipalResourcePermissions: lines = [] } =
      await world.lake.root.send(new ListPermissionsCommand({}));
    const listed = lines.flatMap(line => readListedGrant(line, ACCOUNT) ?? []);
    for (const { resource } of listed) {
      resources.set(resourceKey(resource), resource);
    }
    return holdingsOf({ principalId: ROLE }, listed);
  }

  /** What of `after` is not in `before`, in words, as a set of them. */
  function differences(after: AccessByResource, before: AccessByResource) {
    const changed: ResourceAccess[] = [];
    for (const [key, access] of after) {
      const resource = resources.get(key);
      const rest = subtractAccess(
        access,
        effectiveAccess(before.get(key) ?? NO_ACCESS),
      );
      if (resource && !isNoAccess(rest)) {
        changed.push({ resource, access: rest });
      }
    }
    return changed;
  }

  const going = (wanted: ReadonlySet<string>) =>
    [...live].reverse().filter(({ step }) => !wanted.has(step.id));

  const planned = (columns: string[]) =>
    world.entitlements.plan(
      anIntent({ tables: [{ table: 'orders', columns }] }),
    );
  const left = ({ effects, words: all }: PlanStep) =>
    effects?.map(effect => effect.words.text) ?? [all.text];

  const tables = () => [
    { name: 'sales', tables: TABLES.map(name => aTable(name)) },
  ];

  /** What a change comes to, before anything is done. */
  async function shown(plan: Plan): Promise<Shown> {
    const { provisioner } = world.lake;
    const inForce = new Set(live.map(({ step }) => step.id));
    const wanted = new Set(plan.steps.map(step => step.id));
    const gains: RevocationEffect[] = [];
    for (const step of plan.steps.filter(({ id }) => !inForce.has(id))) {
      if (step.done) continue;
      const observation = await provisioner.observe(step);
      const effects = provisioner.planApply(step, observation);
      gains.push(...effects);
      // The plan itself knows the same by what it has looked at.
      expect((step.effects ?? [step]).map(({ call }) => call)).toEqual(
        effects.map(({ call }) => call),
      );
    }
    const loses: RevocationEffect[] = [];
    for (const { step, baseline } of going(wanted)) {
      const others = plan.steps.map(other => ({ step: other, baseline: {} }));
      loses.push(
        ...provisioner.planUndo(step, {
          observation: await provisioner.observe(step),
          baseline,
          others,
        }).removes,
      );
    }
    return { gains, loses };
  }

  /** As the worker does: what comes first, then what goes. */
  async function carryOut(plan: Plan): Promise<void> {
    const { provisioner } = world.lake;
    const wanted = new Set(plan.steps.map(step => step.id));
    const gone = going(wanted);
    const next: LiveStep[] = [];
    for (const step of plan.steps) {
      const there = live.find(other => other.step.id === step.id);
      if (there) {
        next.push(there);
        continue;
      }
      const observation = await provisioner.observe(step);
      const baseline = provisioner.baseline(step, observation, live);
      if (observation.state !== 'present') {
        await provisioner.apply(step, { observation });
      }
      next.push({ step, baseline });
    }
    for (const { step, baseline } of gone) {
      const observation = await provisioner.observe(step);
      await provisioner.undo(step, { observation, baseline, others: next });
    }
    live = next;
  }

  const WRITES = /^(Batch)?(Grant|Revoke)Permissions$/;

  /** Calls that write, without the ids that batches give their entries. */
  function written(since: number) {
    return world.lake.emulator.calls
      .list({ since })
      .filter(({ operation }) => WRITES.test(operation ?? ''))
      .map(({ operation, input }) => ({ operation, input }));
  }

  const lastCall = () => world.lake.emulator.calls.list().at(-1)?.id ?? 0;

  const callsOf = ({ gains, loses }: Shown) =>
    [...gains, ...loses].flatMap(({ call }) =>
      call ? [{ operation: call.operation, input: call.input }] : [],
    );

  const words = (changes: ResourceAccess[]) =>
    changes.map(change => accessInWords([change]).text).sort();

  /** Each resource for itself, however they were told together. */
  function wordsOf(effects: RevocationEffect[]) {
    for (const effect of effects) {
      expect(effect.words.text).toBe(accessInWords(changesIn(effect)).text);
    }
    return words(effects.flatMap(changesIn));
  }

  function changesIn({ call }: RevocationEffect): ResourceAccess[] {
    const { Entries, ...input } = (call?.input ?? {}) as {
      Entries?: object[];
    };
    const merged = new Map<string, ResourceAccess>();
    for (const entry of Entries ?? [input]) {
      const grant = readListedGrant(entry, ACCOUNT);
      if (grant) merged.set(resourceKey(grant.resource), grant);
    }
    return [...merged.values()];
  }

  async function foreign(random: () => number): Promise<void> {
    if (random() < 0.5) return;
    await world.foreignGrant(
      {
        TableWithColumns: {
          DatabaseName: 'sales',
          Name: 'orders',
          ColumnNames: someOf(COLUMNS, random),
        },
      },
      ['SELECT'],
      ROLE,
    );
  }

  it.each([1, 2, 3, 4, 5, 6])(
    'is what is done, by the dice of %i',
    async seed => {
      const random = randomBy(seed);
      await world.start({ account: { databases: tables() } });
      live = [];
      for (let change = 0; change < CHANGES; change += 1) {
        await foreign(random);
        const scope = randomScope(random);
        const plan = await world.entitlements.plan(
          anIntent({ port: aPort(TABLES), scope }),
        );
        const told = await shown(plan);
        const before = await held();
        const since = lastCall();
        await carryOut(plan);
        expect(written(since)).toEqual(callsOf(told));

        const after = await held();
        expect(words(differences(after, before))).toEqual(
          gainedIn(told, before),
        );
        expect(words(differences(before, after))).toEqual(wordsOf(told.loses));
      }
    },
  );

  /** What the words of the gains name, each resource for itself. */
  function gainedIn({ gains }: Shown, before: AccessByResource) {
    const named: ResourceAccess[] = gains.flatMap(effect =>
      changesIn(effect).map(change => ({
        ...change,
        access: subtractAccess(
          change.access,
          effectiveAccess(
            before.get(resourceKey(change.resource)) ?? NO_ACCESS,
          ),
        ),
      })),
    );
    expect(gains.map(effect => effect.words.text)).toEqual(
      named.length === 0 ? [] : [accessInWords(named).text],
    );
    return words(named);
  }

  it('is one grant of one column, where a column is added', async () => {
    await world.start({ account: { databases: tables() } });
    live = [];
    await carryOut(await planned(['amount', 'customer_id']));
    const plan = await planned(['amount', 'customer_id', 'order_id']);
    expect(plan.steps.map(step => left(step))).toEqual([
      ['Grant SELECT on column `order_id` of `sales.orders` to `analytics`'],
    ]);
    const { gains, loses } = await shown(plan);
    expect(gains.map(effect => effect.words.text)).toEqual([
      'SELECT on column `order_id` of `sales.orders`',
    ]);
    expect(loses).toEqual([]);
  });
});
