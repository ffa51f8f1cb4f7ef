import type { DriftItem } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useProduct } from '../../api/useProduct';
import { productsOfDrift } from './driftWords';

/** Which columns of the table that some drift is on are personal data. */
export function usePersonalColumns(
  item: DriftItem,
): (column: string) => boolean {
  const [productRef] = productsOfDrift(item);
  const product = useProduct(productRef);
  const { database, table } = item.grant?.grant.resource ?? {};
  const personal = new Set(
    (product.value?.entity?.spec.outputPorts ?? [])
      .filter(({ location }) => location.database === database)
      .flatMap(({ tables }) => tables)
      .filter(({ name }) => name === table)
      .flatMap(({ columns }) => columns)
      .flatMap(({ name, pii }) => (pii ? [name] : [])),
  );
  return column => personal.has(column);
}
