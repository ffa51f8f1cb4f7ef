import { Catalog, EmulatorState, catalogOf } from './EmulatorState';
import { NestedCatalogRecord } from '../catalog/NestedCatalogRecord';
import { GrantBook } from '../grants/GrantBook';

/** `123456789012`, or `123456789012:s3tablescatalog/bucket` for a nested one. */
const CATALOG_ID = /^(\d{12})(?::(.+))?$/;

export const isNestedId = (id: string | undefined): boolean =>
  id !== undefined && CATALOG_ID.exec(id)?.[2] !== undefined;

/** The id under which requests name a catalog. */
export const catalogIdOf = ({ accountId, inside }: Catalog): string =>
  inside ? `${accountId}:${inside.path}` : accountId;

export const catalogArn = ({ region, accountId, inside }: Catalog): string =>
  `arn:aws:glue:${region}:${accountId}:catalog${
    inside ? `/${inside.path}` : ''
  }`;

/** The last part of a nested catalog's path; the account's id for the root. */
export const catalogName = ({ accountId, inside }: Catalog): string =>
  inside?.path.split('/').pop() ?? accountId;

/** Whether a path lies directly in another one; the root is undefined. */
export const isChildOf = (path: string, parent: string | undefined): boolean =>
  parent === undefined
    ? !path.includes('/')
    : path.startsWith(`${parent}/`) &&
      !path.slice(parent.length + 1).includes('/');

export const isBelow = (path: string, parent: string | undefined): boolean =>
  parent === undefined || path.startsWith(`${parent}/`);

/**
 * Puts a catalog into an account's one. Settings, locations and LF-Tags are the
 * account's; databases and grants are its own.
 */
export function addNestedCatalog(
  root: Catalog,
  record: NestedCatalogRecord,
): Catalog {
  const nested: Catalog = {
    state: root.state,
    accountId: root.accountId,
    region: root.region,
    inside: record,
    nested: new Map(),
    get settings() {
      return root.settings;
    },
    get resourcePolicy() {
      return root.resourcePolicy;
    },
    get encryption() {
      return root.encryption;
    },
    databases: new Map(),
    grants: new GrantBook(),
    passedOn: new Map(),
    locations: root.locations,
    lfTags: root.lfTags,
    tagExpressions: root.tagExpressions,
    dataCellsFilters: new Map(),
    optIns: new Map(),
  };
  root.nested.set(record.path, nested);
  return nested;
}

/**
 * The catalog of an id, undefined where there is no such one. One that was
 * deleted is there for its grants, which outlive it.
 */
export function findCatalog(
  state: EmulatorState,
  id: string,
  region: string,
): Catalog | undefined {
  const [, accountId, path] = CATALOG_ID.exec(id) ?? [];
  if (!accountId) return undefined;
  const root = catalogOf(state, accountId, region);
  return path === undefined ? root : root.nested.get(path);
}

/** A catalog with all that is nested in it and still there. */
export const withNested = (catalog: Catalog): Catalog[] => [
  catalog,
  ...catalog.nested.values(),
];

export const isThere = ({ inside }: Catalog): boolean =>
  inside?.isDeleted !== true;
