import type { OwnProduct } from '../catalog/productsInChargeOf';
import type { PublicationStore } from './PublicationStore';
import { publishedPortOf, type PublishedPorts } from './PublishedPorts';

/**
 * The products with what is published of their ports: a file that names a table
 * says nothing of whose it is. Those of which nothing was ever accepted are left
 * out. Ports that nobody has looked at yet are judged now.
 */
export async function publishedOf(
  deps: {
    store: Pick<PublicationStore, 'ofProducts'>;
    published: Pick<PublishedPorts, 'find'>;
  },
  products: readonly OwnProduct[],
): Promise<OwnProduct[]> {
  const rows = await deps.store.ofProducts(
    products.map(product => product.productRef),
  );
  const keyOf = (productRef: string, port: string) =>
    JSON.stringify([productRef, port]);
  const known = new Map(
    rows.map(row => [keyOf(row.product_ref, row.port), publishedPortOf(row)]),
  );
  const found = await Promise.all(
    products.map(async product => ({
      ...product,
      ports: await Promise.all(
        product.ports.map(
          async ({ name }) =>
            known.get(keyOf(product.productRef, name)) ??
            deps.published.find(product.productRef, name),
        ),
      ),
    })),
  );
  return found
    .map(product => ({
      ...product,
      ports: product.ports.flatMap(({ port, facts }) =>
        facts
          ? [
              {
                name: port,
                type: facts.system,
                location: facts.location,
                tables: Object.keys(facts.tables).map(name => ({
                  name,
                  columns: [],
                })),
              },
            ]
          : [],
      ),
    }))
    .filter(product => product.ports.length > 0);
}
