import { Catalog } from './EmulatorState';
import { RegisteredLocation } from '../catalog/RegisteredLocation';
import { TableRecord, locationOf } from '../catalog/TableRecord';

/** `s3://bucket/path/` and `arn:aws:s3:::bucket/path` as `bucket/path`. */
export const s3Path = (location: string): string =>
  location
    .replace(/^(s3[an]?:\/\/|arn:aws[a-z-]*:s3:::)/, '')
    .replace(/\/+$/, '');

/** Whether `path` is `prefix` or lies below it. */
export const isUnder = (path: string, prefix: string): boolean =>
  path === prefix || path.startsWith(`${prefix}/`);

/** The registered location that a path belongs to: the longest one. */
export function registeredLocation(
  catalog: Catalog,
  location: string,
): RegisteredLocation | undefined {
  const path = s3Path(location);
  return [...catalog.locations.values()]
    .filter(({ arn }) => isUnder(path, s3Path(arn)))
    .sort((a, b) => b.arn.length - a.arn.length)[0];
}

/** Whether a table's data is in a location that Lake Formation manages. */
export function isRegistered(catalog: Catalog, table: TableRecord): boolean {
  const location = locationOf(table);
  return (
    location !== undefined &&
    registeredLocation(catalog, location) !== undefined
  );
}

/** The role Lake Formation uses where a location names none. */
export const serviceLinkedRole = (accountId: string) =>
  `arn:aws:iam::${accountId}:role/aws-service-role/lakeformation.amazonaws.com/AWSServiceRoleForLakeFormationDataAccess`;
