import { ALL_TABLES, Place, placeKey } from '../model/Place';
import { NO_ACCESS, isNoAccess } from '../model/TableAccess';
import { ObservedPort } from './ObservedPort';

/** From this version on hybrid access mode works across accounts. */
export const HYBRID_VERSION = 4;

/**
 * Lake Formation opts in table by table, in a call for each. Where LF-Tags reach
 * more tables than that nobody is opted in, and the plan says so.
 */
export const MOST_TAGGED = 1_000;

/** A table by itself, or all tables of a database. */
export type Table = Extract<Place, { kind: 'table' }>;

/** The table that a place is on or in, where it is one. */
export const tableOf = (place: Place): Table | undefined =>
  place.kind === 'table' || place.kind === 'filter'
    ? {
        kind: 'table',
        catalogId: place.catalogId,
        database: place.database,
        table: place.table,
      }
    : undefined;

/** The tables that a place reaches, as far as those are known. */
export function tablesOf(place: Place, { tagged }: ObservedPort): Table[] {
  if (place.kind === 'tagPolicy') {
    return place.reaches === 'TABLE' ? tagged?.hybrid ?? [] : [];
  }
  const table = tableOf(place);
  return table ? [table] : [];
}

/** Whether IAM_ALLOWED_PRINCIPALS holds anything there. */
export const isOpen = (place: Place, { open = {} }: ObservedPort): boolean =>
  !isNoAccess(open[placeKey(place)] ?? NO_ACCESS);

/**
 * Whether the table lies at a location in hybrid access mode, of an account
 * whose cross-account version knows that.
 */
export const isHybrid = (
  table: Table,
  { hybrid = [], crossAccountVersion }: ObservedPort,
): boolean =>
  hybrid.includes(placeKey(table)) &&
  (crossAccountVersion ?? HYBRID_VERSION) >= HYBRID_VERSION;

/**
 * Whether Lake Formation goes by its grants there only for who is opted in. All
 * tables of a database count as such where some of them may be open.
 */
export const asksForOptIn = (table: Table, observed: ObservedPort): boolean =>
  isHybrid(table, observed) &&
  (table.table === ALL_TABLES ||
    isOpen(table, observed) ||
    isOpen({ ...table, table: ALL_TABLES }, observed));
