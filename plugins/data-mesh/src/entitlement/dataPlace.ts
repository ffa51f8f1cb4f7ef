import type {
  DataProductEntity,
  Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Where the tables of an entitlement are found by a query. */
export interface DataPlace {
  account?: string;
  region?: string;
  database: string;
  tables: string[];
}

/**
 * Where the data of an entitlement is, as the port says it now.
 *
 * @returns undefined where the product no longer has the port
 */
export function placeOf(
  product: DataProductEntity,
  entitlement: Pick<Entitlement, 'port' | 'scope'>,
): DataPlace | undefined {
  const port = product.spec.outputPorts.find(
    one => one.name === entitlement.port,
  );
  if (!port?.location.database) return undefined;
  return {
    account: port.location.catalogId,
    region: port.location.region,
    database: port.location.database,
    tables: entitlement.scope.tables.map(table => table.table),
  };
}
