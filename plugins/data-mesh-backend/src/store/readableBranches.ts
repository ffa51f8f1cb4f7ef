import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { ReadFilter, ResourceFilter } from '../permissions';

/** Parts that a list is merged of at most: each is read from an index. */
const MOST_BRANCHES = 40;

/**
 * Columns of requests and entitlements that answer facts. Each has an index in
 * the order of the lists.
 */
export const indexedFacts = {
  requesterRef: 'requester_ref',
  productOwnerRef: 'product_owner_ref',
  domainRef: 'domain_ref',
  principal: 'principal',
};

/** What one part of a list has in common. */
export type BranchValue = { readonly [column: string]: string };

/**
 * What somebody may read, as parts of a list that an index has in its order:
 * possible where it is enough that one of some facts holds.
 *
 * @param columns - the indexed column of each fact
 * @returns undefined where each row must be looked at
 */
export function branchesOfFacts(
  readable: ReadFilter,
  columns: { readonly [F in ResourceFilter['fact']]?: string },
): BranchValue[] | undefined {
  if (typeof readable === 'string') return undefined;
  const found = new Map<string, BranchValue>();
  for (const criterion of alternativesOf(readable)) {
    if (criterion === undefined) return undefined;
    const column = columns[criterion.fact];
    if (column === undefined) return undefined;
    for (const value of criterion.values) {
      found.set(JSON.stringify([column, value]), { [column]: value });
    }
  }
  return found.size <= MOST_BRANCHES ? [...found.values()] : undefined;
}

/** The values as parts of a list, where they are not too many. */
export function branchesOfValues(
  column: string,
  values: readonly string[],
): BranchValue[] | undefined {
  const found = [...new Set(values)];
  return found.length <= MOST_BRANCHES
    ? found.map(value => ({ [column]: value }))
    : undefined;
}

function alternativesOf(
  criteria: PermissionCriteria<ResourceFilter>,
): Array<ResourceFilter | undefined> {
  if (isOrCriteria(criteria)) return criteria.anyOf.flatMap(alternativesOf);
  if (isAndCriteria(criteria)) {
    return criteria.allOf.length === 1
      ? alternativesOf(criteria.allOf[0])
      : [undefined];
  }
  return isNotCriteria(criteria) ? [undefined] : [criteria];
}
