import { InputError } from '@backstage/errors';
import {
  parseAwsPrincipal,
  type Capabilities,
  type ObservedGrant,
  type OutputPort,
  type Plan,
  type PlanStep,
  type Principal,
  type Problem,
  type RevocationEffect,
  type StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessIntent,
  GrantComparison,
  GrantExtent,
  GrantGrounds,
  LiveStep,
  Provisioner,
  ResolveOptions,
  ResolvedPort,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { FakeDirectory } from './FakeDirectory';
import { FakeScanner } from './FakeScanner';
import { FakeTagger } from './FakeTagger';
import {
  FakeSystem,
  FakeSystemError,
  InMemoryFakeSystem,
  type FakeGrant,
} from './FakeSystem';
import { wantOf } from './wantOf';

/** Calls of the provisioner that a test can make fail or hold. */
export type FakeOperation =
  | 'resolve'
  | 'observe'
  | 'apply'
  | 'undo'
  | 'list'
  | 'scan'
  | 'revoke'
  | 'tag';

/** Something that happens around the next call of an operation. */
interface Fault {
  operation: FakeOperation;
  when: 'before' | 'after';
  act(signal?: AbortSignal): Promise<void>;
}

/** Beside the columns of a step or a grant on a whole table. */
const ALL_COLUMNS = '*';

/**
 * A provisioner of another system than Lake Formation: one step a table, ports
 * of type `fake`. Proves that the backend knows nothing of Lake Formation.
 */
export class FakeProvisioner implements Provisioner {
  readonly title = 'Fake lake';
  readonly capabilities: Capabilities = {
    columns: true,
    rowFilters: false,
    levels: ['read'],
  };
  /** Ids of the steps that were applied or undone, in order of the calls. */
  readonly calls: Array<{ operation: 'apply' | 'undo'; stepId: string }> = [];
  readonly #faults: Fault[] = [];
  readonly scanner: FakeScanner = new FakeScanner(this, {
    scan: (signal, read) => this.#call('scan', signal, read),
    look: (signal, read) => this.#call('list', signal, read),
  });
  readonly directory: FakeDirectory;
  readonly tagger: FakeTagger = new FakeTagger((signal, tag) =>
    this.#call('tag', signal, tag),
  );
  /**
   * What tables were created anew, by `table:DATABASE.TABLE`, and who is known
   * of principals, by `principal:ID`.
   */
  readonly identities = new Map<string, string>();
  /** Principals that are not there, as `principal:ID`. */
  readonly missing = new Set<string>();
  /** Objects by which looks were said to belong together. */
  readonly together: unknown[] = [];

  constructor(
    readonly system: FakeSystem = new InMemoryFakeSystem(),
    readonly portType = 'fake',
  ) {
    this.directory = new FakeDirectory(portType);
  }

  /** The next call of the operation fails; `after`: its effect is there. */
  failNext(
    operation: FakeOperation,
    error: Error = new FakeSystemError('SlowDown', 'throttled'),
    options: { when?: 'before' | 'after'; times?: number } = {},
  ): void {
    for (let i = 0; i < (options.times ?? 1); i += 1) {
      this.#faults.push({
        operation,
        when: options.when ?? 'before',
        act: async () => {
          throw error;
        },
      });
    }
  }

  /**
   * The next call of the operation hangs until released or aborted. A process
   * that crashed there looks the same from outside as a call never released.
   */
  holdNext(
    operation: FakeOperation,
    when: 'before' | 'after' = 'before',
  ): { reached: Promise<void>; release(): void } {
    const reached = deferred();
    const released = deferred();
    this.#faults.push({
      operation,
      when,
      act: async signal => {
        reached.resolve();
        await Promise.race([released.promise, abortOf(signal)]);
      },
    });
    return { reached: reached.promise, release: released.resolve };
  }

  /** Something happens before the next call of the operation goes through. */
  doNext(operation: FakeOperation, act: () => Promise<void>): void {
    this.#faults.push({ operation, when: 'before', act });
  }

  /** The next call of the operation goes through as it is. */
  passNext(operation: FakeOperation, times = 1): void {
    for (let i = 0; i < times; i += 1) {
      this.#faults.push({ operation, when: 'before', act: async () => {} });
    }
  }

  checkPort(port: OutputPort): Problem[] {
    return port.location.database
      ? []
      : [{ field: 'location.database', reason: 'is missing' }];
  }

  readPrincipal(id: string): Principal | undefined {
    if (/^fake:[\w-]+$/.test(id)) {
      return { id, kind: 'other', name: id.slice('fake:'.length) };
    }
    return parseAwsPrincipal(id);
  }

  resolve(
    { port, principal }: AccessIntent,
    options?: ResolveOptions,
  ): Promise<ResolvedPort> {
    this.together.push(options?.together);
    const who = `principal:${principal.id}`;
    const known = this.identities.get(who);
    const isMissing = this.missing.has(who);
    return this.#call('resolve', options?.signal, async () => ({
      identities: {
        ...Object.fromEntries(
          port.tables.map(table => {
            const key = `table:${port.location.database}.${table.name}`;
            return [
              key,
              this.identities.get(key) ?? '2026-01-01T00:00:00.000Z',
            ];
          }),
        ),
        ...(known !== undefined && !isMissing && { [who]: known }),
      },
      ...(isMissing && { missing: [who] }),
      observed: {},
    }));
  }

  plan({ port, scope, principal }: AccessIntent): Plan {
    const all: AccessIntent['scope']['tables'] = scope.allTables
      ? port.tables.map(({ name }) => ({ table: name }))
      : scope.tables;
    const steps = all.map((wanted): PlanStep => {
      const declared = port.tables.find(one => one.name === wanted.table);
      if (!declared) {
        throw new InputError(
          `Port '${port.name}' has no table '${wanted.table}'`,
        );
      }
      const columns = [
        ...(wanted.columns ?? declared.columns.map(column => column.name)),
      ].sort();
      const table = `${port.location.database}.${wanted.table}`;
      const whole = columns.length === declared.columns.length;
      const input = { principal: principal.id, table, columns, whole };
      const key = `${this.portType}:${table}:${principal.id}`;
      return {
        id: `${key}:${columns.join('+')}`,
        kind: 'fakeGrant',
        words: {
          text: `Grant reading of \`${table}\` (${columns.join(', ')}) to \`${
            principal.name
          }\``,
        },
        call: { service: 'Fake', operation: 'Grant', input },
        undo: {
          words: {
            text: `Revoke reading of \`${table}\` from \`${principal.name}\``,
          },
          call: { service: 'Fake', operation: 'Revoke', input },
        },
        needs: [],
        shares: [key],
        locks: [`${this.portType}:${table}`],
      };
    });
    return {
      provisioner: this.portType,
      topology: 'other',
      steps,
      warnings: [],
    };
  }

  observe(
    step: PlanStep,
    options?: { signal?: AbortSignal },
  ): Promise<StepObservation> {
    return this.#call('observe', options?.signal, async () => {
      const wanted = wantOf(step);
      const grants = await this.system.list(wanted.table);
      const columns = grants
        .filter(grant => grant.principal === wanted.principal)
        .flatMap(grant => grant.columns);
      const held = new Set(columns);
      const hits = wanted.columns.filter(column => held.has(column));
      if (hits.length === 0) return { state: 'absent', held: { columns } };
      return {
        state: hits.length === wanted.columns.length ? 'present' : 'partial',
        held: { columns },
      };
    });
  }

  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    const byOthers = new Set(others.flatMap(broughtBy));
    const columns = new Set(wantOf(step).columns);
    return {
      columns: columnsOf(observation.held).filter(
        column => columns.has(column) && !byOthers.has(column),
      ),
    };
  }

  apply(
    step: PlanStep,
    context: { observation: StepObservation; signal?: AbortSignal },
  ): Promise<void> {
    this.calls.push({ operation: 'apply', stepId: step.id });
    return this.#call('apply', context.signal, async () => {
      const wanted = wantOf(step);
      const held = new Set(columnsOf(context.observation.held));
      await this.system.grant({
        ...wanted,
        columns: wanted.columns.filter(column => !held.has(column)),
      });
    });
  }

  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[] {
    const held = columnsOf(observation.held);
    const { table, columns, principal } = wantOf(step);
    const lacking = columns.filter(column => !held.includes(column));
    return lacking.length === 0
      ? []
      : [
          {
            words: { text: `Reading of \`${table}\` (${lacking.join(', ')})` },
            call: {
              ...step.call,
              input: { principal, table, columns: lacking },
            },
          },
        ];
  }

  planUndo(
    step: PlanStep,
    context: {
      observation: StepObservation;
      baseline: JsonObject;
      others: LiveStep[];
    },
  ): UndoPlan {
    const { table, columns } = wantOf(step);
    const held = new Set(columnsOf(context.observation.held));
    const before = new Set(columnsOf(context.baseline));
    const needed = new Set(
      context.others.flatMap(other => wantOf(other.step).columns),
    );
    const removes: RevocationEffect[] = [];
    const keeps: RevocationEffect[] = [];
    for (const column of columns.filter(one => held.has(one))) {
      const words = { text: `Reading of \`${table}.${column}\`` };
      if (before.has(column)) {
        keeps.push({ words, because: { text: 'was there before us' } });
      } else if (needed.has(column)) {
        keeps.push({
          words,
          because: { text: 'another entitlement needs it' },
        });
      } else {
        removes.push({ words });
      }
    }
    return { removes, keeps };
  }

  undo(
    step: PlanStep,
    context: {
      observation: StepObservation;
      baseline: JsonObject;
      others: LiveStep[];
      signal?: AbortSignal;
    },
  ): Promise<void> {
    this.calls.push({ operation: 'undo', stepId: step.id });
    return this.#call('undo', context.signal, async () => {
      const wanted = wantOf(step);
      const stays = new Set([
        ...columnsOf(context.baseline),
        ...context.others.flatMap(other => wantOf(other.step).columns),
      ]);
      await this.system.revoke({
        ...wanted,
        columns: wanted.columns.filter(column => !stays.has(column)),
      });
    });
  }

  classify(error: unknown): Omit<StepError, 'at'> {
    if (error instanceof FakeSystemError) {
      return {
        code: error.code,
        message: error.message,
        kind: error.kind,
        ...(error.kind === 'permanent' && { advice: 'Ask the fake admin' }),
      };
    }
    return {
      code: error instanceof Error ? error.name : 'Unknown',
      message: error instanceof Error ? error.message : String(error),
      kind: 'permanent',
    };
  }

  compare(
    grant: ObservedGrant,
    { steps, adopted = [] }: GrantGrounds,
  ): GrantComparison {
    const shares = steps.map(live => shareOf(live, grant));
    const brought = shares.flatMap(share => share.brought);
    const wanted = shares.flatMap(share => share.wanted);
    const stays = letStay(grant, adopted).flatMap(
      one => one.resource.columns ?? [ALL_COLUMNS],
    );
    return {
      steps: shares.map(share => ({
        brought: extentOf(grant, share.brought),
        wanted: extentOf(grant, share.wanted),
      })),
      brought: extentOf(grant, brought),
      wanted: extentOf(grant, wanted),
      adopted: extentOf(grant, stays),
      unexplained: unexplainedOf(grant, [...wanted, ...stays]),
    };
  }

  /** A grant as the system lists it in a scan. */
  observed({ principal, table, columns }: FakeGrant): ObservedGrant {
    const [database, name] = table.split('.');
    return {
      principal: this.readPrincipal(principal) ?? {
        id: principal,
        kind: 'other',
        name: principal,
      },
      resource: {
        words: `${table} (${columns.join(', ')})`,
        database,
        table: name,
        columns,
      },
      permissions: ['READ'],
      grantable: [],
    };
  }

  /** Takes away what no step stands for. */
  revokeDirectly(grant: FakeGrant): Promise<void> {
    return this.#call('revoke', undefined, () => this.system.revoke(grant));
  }

  async #call<T>(
    operation: FakeOperation,
    signal: AbortSignal | undefined,
    effect: () => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const index = this.#faults.findIndex(one => one.operation === operation);
    const [fault] = index < 0 ? [] : this.#faults.splice(index, 1);
    if (fault?.when === 'before') await fault.act(signal);
    const result = await effect();
    if (fault?.when === 'after') await fault.act(signal);
    return result;
  }
}

function columnsOf(held: JsonObject): string[] {
  return Array.isArray(held.columns) ? held.columns.map(String) : [];
}

/** What a live step put there itself. */
function broughtBy({ step, baseline }: LiveStep): string[] {
  const before = new Set(columnsOf(baseline));
  return wantOf(step).columns.filter(column => !before.has(column));
}

/** What a step wants of what a grant is on, and what it put there itself. */
function shareOf(
  { step, baseline }: LiveStep,
  { principal, resource }: ObservedGrant,
): { wanted: string[]; brought: string[] } {
  const want = wantOf(step);
  const table = `${resource.database}.${resource.table}`;
  if (want.principal !== principal.id || want.table !== table) {
    return { wanted: [], brought: [] };
  }
  const all = step.call.input.whole === true ? [ALL_COLUMNS] : [];
  const brought = broughtBy({ step, baseline });
  return {
    wanted: [...want.columns, ...all],
    brought:
      brought.length === want.columns.length ? [...brought, ...all] : brought,
  };
}

/** What a person let stay, where that is all that the grant permits. */
function letStay(
  { permissions, grantable, resource }: ObservedGrant,
  adopted: readonly ObservedGrant[],
): ObservedGrant[] {
  const same = adopted.filter(one => one.resource.table === resource.table);
  const isLet =
    permissions.every(name =>
      same.some(one => one.permissions.includes(name)),
    ) &&
    grantable.every(name => same.some(one => one.grantable.includes(name)));
  return isLet ? same : [];
}

function extentOf(
  { resource: { columns = [ALL_COLUMNS] } }: ObservedGrant,
  known: readonly string[],
): GrantExtent {
  if (known.length === 0) return 'none';
  const names = new Set(known);
  const hits = columns.filter(column => names.has(column));
  if (hits.length === columns.length) return 'full';
  return hits.length > 0 || columns.includes(ALL_COLUMNS) ? 'part' : 'none';
}

/** All columns cannot be divided here: known in part, they count as known. */
function unexplainedOf(
  grant: ObservedGrant,
  known: readonly string[],
): ObservedGrant[] {
  const { table, columns } = grant.resource;
  if (extentOf(grant, known) === 'none') return [grant];
  const names = new Set(known);
  const rest = (columns ?? []).filter(column => !names.has(column));
  if (rest.length === 0) return [];
  const words = `${grant.resource.database}.${table} (${rest.join(', ')})`;
  return [{ ...grant, resource: { ...grant.resource, columns: rest, words } }];
}

function deferred(): { promise: Promise<void>; resolve(): void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

function abortOf(signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
