import { InputError } from '@backstage/errors';
import { PortLocation, glueName } from './PortLocation';

interface Stands {
  CatalogId?: string;
  DatabaseName?: string;
}

/** Whether Glue says that something stands in the database that was asked for. */
export const isIn = (
  { catalogId, database }: Pick<PortLocation, 'catalogId' | 'database'>,
  { CatalogId, DatabaseName }: Stands,
): boolean =>
  (CatalogId === undefined || CatalogId === catalogId) &&
  (DatabaseName === undefined || glueName(DatabaseName) === database);

/**
 * @param target - where the link leads, if the database is one
 * @throws InputError naming the target: Lake Formation grants nothing on tables
 *   behind a link
 */
export function refuseLinkedDatabase(
  { database }: Pick<PortLocation, 'database'>,
  target: Stands | undefined,
): void {
  if (!target) return;
  throw new InputError(
    `location.database: '${database}' is a resource link to '${target.DatabaseName}' of catalog ${target.CatalogId}; Lake Formation grants on the target only`,
  );
}
