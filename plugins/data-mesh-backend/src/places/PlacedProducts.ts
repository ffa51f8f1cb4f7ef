import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  OutputPort,
  PortFacts,
  TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { inTurns } from '../turns';

/** A table that a port of a product names, and where it stands. */
export interface PlacedTable {
  productRef: string;
  title: string;
  domainRef?: string;
  port: OutputPort;
  /** What the port says of it. */
  table: OutputPort['tables'][number];
  address: TableAddress;
}

/** A port, with the facts of it that are in force. */
interface KeptPort {
  productRef: string;
  productTitle: string;
  port: string;
  facts?: PortFacts;
}

/** Finds where the tables of products stand, by what their ports say. */
export class PlacedProducts {
  readonly #catalog: Pick<MeshCatalog, 'products' | 'visible'>;
  readonly #provisioners: Pick<ProvisionerRegistry, 'find'>;
  readonly #published: { kept(): Promise<readonly KeptPort[]> };
  /** A port that is published otherwise is kept as another object. */
  readonly #known = new WeakMap<KeptPort, readonly PlacedTable[]>();

  constructor(options: {
    catalog: Pick<MeshCatalog, 'products' | 'visible'>;
    provisioners: Pick<ProvisionerRegistry, 'find'>;
    published: { kept(): Promise<readonly KeptPort[]> };
  }) {
    this.#catalog = options.catalog;
    this.#provisioners = options.provisioners;
    this.#published = options.published;
  }

  /**
   * Every table that a product of the catalog names, where its port can be
   * placed at all.
   */
  async tables(): Promise<PlacedTable[]> {
    const products = await this.#catalog.products();
    return products.flatMap(({ ports, ...product }) =>
      ports.flatMap(port => this.#placed(product, port)),
    );
  }

  /**
   * Every table that is published, whatever the catalog says by now: of products
   * that have moved elsewhere or left, too.
   */
  async published(): Promise<PlacedTable[]> {
    const tables: PlacedTable[] = [];
    for await (const port of inTurns(await this.#published.kept())) {
      tables.push(...this.#placedAsPublished(port));
    }
    return tables;
  }

  /** Both. A table that the catalog names as it is published comes twice. */
  async named(): Promise<PlacedTable[]> {
    const [tables, published] = await Promise.all([
      this.tables(),
      this.published(),
    ]);
    return [...tables, ...published];
  }

  /** Those of the products that the credentials may see. */
  async visible(
    productRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    return new Set(
      await this.#catalog.visible([...new Set(productRefs)], credentials),
    );
  }

  #placedAsPublished(kept: KeptPort): readonly PlacedTable[] {
    const known = this.#known.get(kept);
    if (known) return known;
    const { productRef, productTitle: title, port, facts } = kept;
    const placed = facts
      ? this.#placed(
          { productRef, title, domainRef: facts.domainRef },
          portOf(port, facts),
        )
      : [];
    this.#known.set(kept, placed);
    return placed;
  }

  #placed(
    product: { productRef: string; title: string; domainRef?: string },
    port: OutputPort,
  ): PlacedTable[] {
    const directory = this.#provisioners.find(port.type)?.directory;
    const address = directory?.addressOf(port);
    const { productRef, title, domainRef } = product;
    return address
      ? port.tables.map(table => ({
          productRef,
          title,
          ...(domainRef && { domainRef }),
          port,
          table,
          address: { ...address, table: table.name },
        }))
      : [];
  }
}

/** A port as it is published, as far as that is kept. */
function portOf(name: string, facts: PortFacts): OutputPort {
  return {
    name,
    type: facts.system,
    location: facts.location,
    tables: Object.entries(facts.tables).map(([table, { columns }]) => ({
      name: table,
      columns: Object.entries(columns).map(([column, { type, pii }]) => ({
        name: column,
        type,
        ...(pii && { pii }),
      })),
    })),
  };
}
