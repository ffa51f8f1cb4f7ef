import {
  placeHolds,
  scopeForm,
  type AccessScope,
  type FoundTable,
  type OutputPort,
  type Place,
  type ReachedTables,
  type TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { TableDirectory } from '@lakemesh/backstage-plugin-data-mesh-node';

/** A table of the fake lake, with the tags by which it is reached. */
export interface FakeTable {
  database: string;
  table: string;
  columns: string[];
  tags?: { [key: string]: string };
}

const folded = (name: string) => name.toLowerCase();

/**
 * Where the tables of the fake lake stand. Ports have what they declare; a test
 * adds what no product declares.
 */
export class FakeDirectory implements TableDirectory {
  /** What the lake has beside or in place of what ports declare. */
  readonly tables: FakeTable[] = [];
  /** The next looks fail with it, until it is taken away. */
  failure?: Error;

  constructor(readonly system: string) {}

  addressOf({ location }: OutputPort) {
    return location.database
      ? {
          system: this.system,
          catalogId: location.catalogId ?? 'fake',
          database: location.database,
        }
      : undefined;
  }

  async reach({
    port,
    scope,
  }: {
    port: OutputPort;
    scope: AccessScope;
  }): Promise<ReachedTables> {
    if (this.failure) throw this.failure;
    switch (scopeForm(scope)) {
      case 'tables': {
        const byName = new Map<string, FoundTable[]>();
        for (const one of this.#tablesOf(port)) {
          const key = folded(one.address.table);
          byName.set(key, [...(byName.get(key) ?? []), one]);
        }
        return {
          tables: scope.tables.flatMap(({ table, columns }) =>
            (byName.get(folded(table)) ?? []).map(one => ({
              ...one,
              ...(columns && { reached: columns }),
            })),
          ),
        };
      }
      case 'all-tables':
        return { tables: this.#tablesOf(port) };
      default:
        return {
          tables: this.tables
            .filter(({ tags = {} }) =>
              scope.tagExpression?.every(({ key, values }) =>
                values.includes(tags[key]),
              ),
            )
            .map(table => this.#found(table)),
        };
    }
  }

  async tablesIn(place: Place, { limit }: { limit: number }) {
    if (this.failure) throw this.failure;
    const found = this.tables
      .map(table => this.#found(table).address)
      .filter(address => placeHolds(place, address));
    return { tables: found.slice(0, limit), more: found.length > limit };
  }

  #tablesOf(port: OutputPort): FoundTable[] {
    const address = this.addressOf(port);
    if (!address) return [];
    const own = this.tables.filter(
      ({ database }) => folded(database) === folded(address.database),
    );
    const names = new Set(own.map(({ table }) => folded(table)));
    return [
      ...own.map(table => this.#found(table)),
      ...port.tables
        .filter(({ name }) => !names.has(folded(name)))
        .map(({ name, columns }) => ({
          address: { ...address, table: name },
          columns: columns.map(column => ({ name: column.name })),
        })),
    ];
  }

  #found({ database, table, columns }: FakeTable): FoundTable {
    const address: TableAddress = {
      system: this.system,
      catalogId: 'fake',
      database,
      table,
    };
    return { address, columns: columns.map(name => ({ name })) };
  }
}
