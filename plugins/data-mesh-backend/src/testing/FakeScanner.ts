import type {
  AccessAnswer,
  ObservedGrant,
  OutputPort,
  PlanStep,
  RevocationEffect,
  ScanTarget,
  WhatQuery,
  WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  GrantScanner,
  PortLook,
  Revocation,
  ScannedGrant,
  ScanPage,
  StepJudgement,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { FakeProvisioner } from './FakeProvisioner';
import type { FakeGrant } from './FakeSystem';
import { wantOf } from './wantOf';

const databaseOf = (table: string) => table.split('.')[0];
const keyOf = ({ principal, table }: Pick<FakeGrant, 'principal' | 'table'>) =>
  `${principal} ${table}`;

type Around = (
  signal: AbortSignal | undefined,
  read: () => Promise<FakeGrant[]>,
) => Promise<FakeGrant[]>;

/** Scans the fake system: a target for each database. */
export class FakeScanner implements GrantScanner {
  /** Principals that the system's own rules let in. */
  readonly administrators = new Set<string>();
  /** Tables that scans do not show. */
  readonly unseenTables = new Set<string>();
  /** Whether scans read beside the grants who holds those tables. */
  readsBeside = false;
  #beside?: ReadonlySet<string>;
  /** Account of each database, where it is in one. */
  readonly accounts = new Map<string, string>();
  /**
   * Catalog and database of what a database stands for: one that another
   * account has shared.
   */
  readonly shared = new Map<string, { catalogId: string; database: string }>();
  pageSize = 100;
  scans = 0;

  constructor(
    private readonly provisioner: FakeProvisioner,
    private readonly around: { scan: Around; look: Around },
  ) {}

  targets(ports: OutputPort[], steps: PlanStep[]): ScanTarget[] {
    const databases = new Set([
      ...ports.map(port => port.location.database),
      ...steps.map(step => databaseOf(wantOf(step).table)),
    ]);
    return [...databases].sort().map(database => ({
      id: `fake:${database}`,
      title: `Database ${database}`,
      accountId: this.accounts.get(database),
    }));
  }

  async *scan(
    target: ScanTarget,
    options?: { signal?: AbortSignal },
  ): AsyncGenerator<ScanPage> {
    this.scans += 1;
    this.#beside = this.readsBeside
      ? new Set((await this.provisioner.system.all()).map(keyOf))
      : undefined;
    const read = async () =>
      (await this.provisioner.system.all()).filter(
        grant =>
          `fake:${databaseOf(grant.table)}` === target.id &&
          !this.unseenTables.has(grant.table),
      );
    for (let start = 0; ; start += this.pageSize) {
      // Each page is a call of its own, which may fail.
      const all = await this.around.scan(options?.signal, read);
      yield {
        grants: all
          .slice(start, start + this.pageSize)
          .map(grant => this.scanned(grant)),
        calls: 1,
      };
      if (start + this.pageSize >= all.length) return;
    }
  }

  look({ location: { database }, tables }: OutputPort): PortLook {
    const shown = new Set(tables.map(({ name }) => `${database}.${name}`));
    const isShown = (table: string) =>
      shown.has(table) && !this.unseenTables.has(table);
    return {
      target: {
        id: `fake:${database}`,
        title: `Database ${database}`,
        portType: this.provisioner.portType,
        accountId: this.accounts.get(database),
      },
      isPartOfScan: true,
      within: { database, ...this.shared.get(database) },
      read: async ({ signal } = {}) => {
        const held = await this.around.look(signal, async () => {
          const listed = await Promise.all(
            [...shown]
              .filter(isShown)
              .map(table => this.provisioner.system.list(table)),
          );
          return listed.flat();
        });
        return held.map(grant => this.scanned(grant));
      },
      showsGrant: ({ resource }) =>
        isShown(`${database}.${resource.table ?? ''}`),
      showsStep: step => isShown(wantOf(step).table),
    };
  }

  scanned(grant: FakeGrant): ScannedGrant {
    const observed = this.provisioner.observed(grant);
    const shared = this.shared.get(databaseOf(grant.table));
    return {
      key: keyOf(grant),
      group: keyOf(grant),
      grant: {
        ...observed,
        resource: { ...observed.resource, ...shared },
      },
    };
  }

  keysOf(step: PlanStep): string[] {
    const wanted = wantOf(step);
    return this.unseenTables.has(wanted.table) ? [] : [keyOf(wanted)];
  }

  targetOf(step: PlanStep): string {
    return `fake:${databaseOf(wantOf(step).table)}`;
  }

  judge(step: PlanStep, grants: ObservedGrant[]): StepJudgement {
    const { table, columns } = wantOf(step);
    if (this.unseenTables.has(table)) {
      if (!this.#beside) return { state: 'unseen' };
      return this.#beside.has(keyOf(wantOf(step)))
        ? { state: 'present' }
        : { state: 'absent', words: `Nobody is let in to \`${table}\`` };
    }
    const held = new Set(
      grants.flatMap(grant => grant.resource.columns ?? columns),
    );
    const lost = columns.filter(column => !held.has(column));
    if (lost.length === 0) return { state: 'present' };
    if (lost.length === columns.length) {
      return { state: 'absent', words: `Fake lake does not list \`${table}\`` };
    }
    return {
      state: 'partial',
      words: `Fake lake does not list ${lost.join(', ')} of \`${table}\``,
    };
  }

  standing(
    _target: ScanTarget,
    grant: ObservedGrant,
  ): ReturnType<GrantScanner['standing']> {
    if (grant.principal.kind === 'special') {
      return { kind: 'unrestricted', words: 'Open to all' };
    }
    return this.administrators.has(grant.principal.id)
      ? { kind: 'administrator', words: 'Administers the fake lake' }
      : undefined;
  }

  planRevoke(_target: ScanTarget, { parts }: Revocation): RevocationEffect[] {
    return parts.map(({ principal, resource }) => ({
      words: {
        text: `Revoke reading of ${resource.database}.${resource.table} (${(
          resource.columns ?? []
        ).join(', ')}) from ${principal.name}`,
      },
    }));
  }

  async revoke(_target: ScanTarget, { parts }: Revocation): Promise<void> {
    for (const { principal, resource } of parts) {
      const { database, table, columns = [] } = resource;
      await this.provisioner.revokeDirectly({
        principal: principal.id,
        table: `${database}.${table}`,
        columns,
      });
    }
  }

  async who(
    query: WhoQuery,
    grants: AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>,
  ): Promise<Pick<AccessAnswer, 'items' | 'caveats'>> {
    return this.#answer(
      grants,
      ({ resource }) =>
        resource.database === query.database &&
        resource.table === query.table &&
        (query.column === undefined ||
          resource.columns === undefined ||
          resource.columns.includes(query.column)),
    );
  }

  async what(
    query: WhatQuery,
    grants: AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>,
  ): Promise<Pick<AccessAnswer, 'items' | 'caveats'>> {
    return this.#answer(
      grants,
      ({ principal }) =>
        principal.id === query.principal || principal.kind === 'special',
    );
  }

  async #answer(
    grants: AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>,
    matches: (grant: ObservedGrant) => boolean,
  ): Promise<Pick<AccessAnswer, 'items' | 'caveats'>> {
    const items: AccessAnswer['items'] = [];
    for await (const { grant } of grants) {
      if (!matches(grant)) continue;
      const { words, database, table, columns } = grant.resource;
      items.push({
        principal: grant.principal,
        resource: { words, database, table, columns },
        permissions: grant.permissions,
        reasons: [{ kind: 'direct', words: `Holds it on ${words}` }],
      });
    }
    return { items, caveats: [] };
  }
}
