import { NO_ACCESS, isNoAccess } from '../lake/access';
import { resourceKey } from '../lake/keys';
import { LakeResource, Tables, allTables, tablesIn } from '../lake/resource';
import { ObservedPort } from './ObservedPort';

/** From this version on hybrid access mode works across accounts. */
export const HYBRID_VERSION = 4;

/**
 * Lake Formation opts in table by table, in a call for each. Where LF-Tags reach
 * more tables than that nobody is opted in, and the plan says so.
 */
export const MOST_TAGGED = 1_000;

/** The tables that a resource reaches, as far as those are known. */
export function tablesOf(
  resource: LakeResource,
  { tagged }: ObservedPort,
): Tables[] {
  if (resource.kind === 'tagPolicy') {
    return resource.reaches === 'TABLE' ? tagged?.hybrid ?? [] : [];
  }
  const table = tablesIn(resource);
  return table ? [table] : [];
}

/** Whether IAM_ALLOWED_PRINCIPALS holds anything there. */
export const isOpen = (
  resource: LakeResource,
  { open = {} }: ObservedPort,
): boolean => !isNoAccess(open[resourceKey(resource)] ?? NO_ACCESS);

/**
 * Whether the table lies at a location in hybrid access mode, of an account
 * whose cross-account version knows that.
 */
export const isHybrid = (
  table: Tables,
  { hybrid = [], crossAccountVersion }: ObservedPort,
): boolean =>
  hybrid.includes(resourceKey(table)) &&
  (crossAccountVersion ?? HYBRID_VERSION) >= HYBRID_VERSION;

/**
 * Whether Lake Formation goes by its grants there only for who is opted in. All
 * tables of a database count as such where some of them may be open.
 */
export const asksForOptIn = (table: Tables, observed: ObservedPort): boolean =>
  isHybrid(table, observed) &&
  (table.kind === 'allTables' ||
    isOpen(table, observed) ||
    isOpen(allTables(table), observed));
