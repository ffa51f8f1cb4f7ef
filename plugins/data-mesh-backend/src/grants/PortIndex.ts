import type {
  ObservedGrant,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A product as far as scans need it. */
export interface IndexedProduct {
  productRef: string;
  title: string;
  ports: readonly OutputPort[];
}

interface IndexedPort {
  productRef: string;
  location: { [key: string]: string };
  tables: ReadonlySet<string>;
}

const lower = (text: string) => text.toLocaleLowerCase('en-US');

/** Finds the products that a grant is about, by where their ports live. */
export class PortIndex {
  readonly #byDatabase = new Map<string, IndexedPort[]>();
  readonly #titles = new Map<string, string>();

  constructor(products: readonly IndexedProduct[]) {
    for (const { productRef, title, ports } of products) {
      this.#titles.set(productRef, title);
      for (const { location, tables } of ports) {
        const { database } = location;
        if (database === undefined) continue;
        const list = this.#byDatabase.get(lower(database)) ?? [];
        list.push({
          productRef,
          location,
          tables: new Set(tables.map(table => lower(table.name))),
        });
        this.#byDatabase.set(lower(database), list);
      }
    }
  }

  titleOf(productRef: string): string | undefined {
    return this.#titles.get(productRef);
  }

  /** References, sorted, each once. */
  productsOf({ resource }: ObservedGrant): string[] {
    return this.productsAt(resource);
  }

  /** The same, by the place alone. */
  productsAt(resource: {
    catalogId?: string;
    region?: string;
    database?: string;
    table?: string;
  }): string[] {
    if (resource.database === undefined) return [];
    const ports = this.#byDatabase.get(lower(resource.database)) ?? [];
    const found = ports.filter(
      ({ location, tables }) =>
        isSame(location.catalogId, resource.catalogId) &&
        isSame(location.region, resource.region) &&
        // What is granted on a database is about all of its tables.
        (resource.table === undefined || tables.has(lower(resource.table))),
    );
    return [...new Set(found.map(one => one.productRef))].sort();
  }
}

/** What one of the two does not say does not tell them apart. */
function isSame(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
