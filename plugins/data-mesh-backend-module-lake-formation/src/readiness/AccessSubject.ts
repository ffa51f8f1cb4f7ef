import type { AccessInForce } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  DefaultRegion,
  PortLocation,
  glueName,
  readPortLocation,
} from '../lake/PortLocation';
import { PlannedLink, plannedLinks } from '../usage/linkNames';
import type { ReadPlace } from './principalChecks';

/** Tables of an access that are looked at: the others are alike. */
const TABLES_LOOKED_AT = 3;

/** What the checks of one access are about. */
export interface AccessSubject extends AccessInForce {
  location: PortLocation;
  tables: string[];
  links: PlannedLink[];
  isAcrossAccounts: boolean;
  signal?: AbortSignal;
}

/** Reads an access as what is to be looked at. Pure. */
export function accessSubject(
  access: AccessInForce,
  regionOf: DefaultRegion,
  signal?: AbortSignal,
): AccessSubject {
  const location = readPortLocation(access.port, regionOf);
  const named =
    access.scope.tables.length > 0
      ? access.scope.tables.map(({ table }) => table)
      : access.port.tables.map(({ name }) => name);
  const { accountId } = access.principal;
  return {
    ...access,
    location,
    tables: named.slice(0, TABLES_LOOKED_AT).map(glueName),
    links: plannedLinks(access.steps),
    isAcrossAccounts:
      accountId !== undefined && accountId !== location.accountId,
    signal,
  };
}

/** Where the principal reads metadata: at the target, and at the link. */
export function readPlaces({
  location,
  tables,
  links,
}: AccessSubject): ReadPlace[] {
  const { region, accountId, database } = location;
  const atTarget = tables.map(table => ({
    region,
    accountId,
    database,
    table,
  }));
  const atLinks = links.flatMap(link =>
    (link.table ? [link.table] : tables).map(table => ({
      region: link.region,
      accountId: link.accountId,
      database: link.database,
      table,
    })),
  );
  return [...atTarget, ...atLinks];
}
