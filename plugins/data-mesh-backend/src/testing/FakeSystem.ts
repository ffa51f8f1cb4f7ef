/** A grant of the fake system: columns of one table for one principal. */
export interface FakeGrant {
  principal: string;
  table: string;
  columns: string[];
}

/** The world outside that a {@link FakeProvisioner} writes to. */
export interface FakeSystem {
  list(table: string): Promise<FakeGrant[]>;
  /** All that is granted on any table. */
  all(): Promise<FakeGrant[]>;
  grant(grant: FakeGrant): Promise<void>;
  revoke(grant: FakeGrant): Promise<void>;
}

/** An error as the fake system answers it. */
export class FakeSystemError extends Error {
  constructor(
    readonly code: string,
    readonly kind: 'throttled' | 'transient' | 'permanent',
    message = `The fake system answered ${code}`,
  ) {
    super(message);
    this.name = code;
  }
}

/** Keeps grants in memory. */
export class InMemoryFakeSystem implements FakeSystem {
  readonly #columns = new Map<string, Set<string>>();
  readonly #keys = new Map<string, Pick<FakeGrant, 'principal' | 'table'>>();
  /** Every write, in order. */
  readonly writes: Array<FakeGrant & { operation: 'grant' | 'revoke' }> = [];

  async list(table: string): Promise<FakeGrant[]> {
    return this.#held(one => one === table);
  }

  async all(): Promise<FakeGrant[]> {
    return this.held();
  }

  async grant(grant: FakeGrant): Promise<void> {
    this.writes.push({ operation: 'grant', ...grant });
    this.give(grant.principal, grant.table, grant.columns);
  }

  async revoke(grant: FakeGrant): Promise<void> {
    this.writes.push({ operation: 'revoke', ...grant });
    const columns = this.#columns.get(keyOf(grant.principal, grant.table));
    grant.columns.forEach(column => columns?.delete(column));
  }

  /** A grant that somebody else makes, past the provisioner. */
  give(principal: string, table: string, columns: string[]): void {
    const key = keyOf(principal, table);
    const held = this.#columns.get(key) ?? new Set();
    columns.forEach(column => held.add(column));
    this.#columns.set(key, held);
  }

  /** Somebody else takes a grant away, past the provisioner. */
  take(principal: string, table: string): void {
    this.#columns.delete(keyOf(principal, table));
  }

  /** All that is granted, sorted. */
  held(): FakeGrant[] {
    return this.#held(() => true);
  }

  /** Read once for each key: many tables are listed one by one. */
  #parts(key: string): Pick<FakeGrant, 'principal' | 'table'> {
    const known = this.#keys.get(key);
    if (known) return known;
    const [principal, table] = JSON.parse(key) as [string, string];
    const parts = { principal, table };
    this.#keys.set(key, parts);
    return parts;
  }

  #held(isWanted: (table: string) => boolean): FakeGrant[] {
    return [...this.#columns]
      .filter(([, columns]) => columns.size > 0)
      .flatMap(([key, columns]) => {
        const { principal, table } = this.#parts(key);
        return isWanted(table)
          ? [{ principal, table, columns: [...columns].sort() }]
          : [];
      })
      .sort((a, b) =>
        keyOf(a.principal, a.table).localeCompare(keyOf(b.principal, b.table)),
      );
  }
}

function keyOf(principal: string, table: string): string {
  return JSON.stringify([principal, table]);
}
