import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  OutputPort,
  TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { ProvisionerRegistry } from '../provisioning/ProvisionerRegistry';

/** A table that a port of a product names, and where it stands. */
export interface PlacedTable {
  productRef: string;
  title: string;
  domainRef?: string;
  port: OutputPort;
  address: TableAddress;
}

/** Finds where the tables of products stand, by what their ports say. */
export class PlacedProducts {
  readonly #catalog: Pick<MeshCatalog, 'products' | 'visible'>;
  readonly #provisioners: Pick<ProvisionerRegistry, 'find'>;

  constructor(options: {
    catalog: Pick<MeshCatalog, 'products' | 'visible'>;
    provisioners: Pick<ProvisionerRegistry, 'find'>;
  }) {
    this.#catalog = options.catalog;
    this.#provisioners = options.provisioners;
  }

  /** Every table that a product names, where its port can be placed at all. */
  async tables(): Promise<PlacedTable[]> {
    const products = await this.#catalog.products();
    return products.flatMap(({ productRef, title, domainRef, ports }) =>
      ports.flatMap(port => {
        const address = this.#addressOf(port);
        return address
          ? port.tables.map(({ name }) => ({
              productRef,
              title,
              ...(domainRef && { domainRef }),
              port,
              address: { ...address, table: name },
            }))
          : [];
      }),
    );
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

  #addressOf(port: OutputPort) {
    return this.#provisioners.find(port.type)?.directory?.addressOf(port);
  }
}
