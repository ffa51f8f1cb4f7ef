import type { Knex } from 'knex';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { ResourceFilter } from './resources';

/** What a caller may see of a list. */
export type ReadFilter = 'all' | 'none' | PermissionCriteria<ResourceFilter>;

/**
 * How a table answers each fact. A fact that a table does not have is false
 * for all its rows.
 */
export type FactColumns = {
  [F in ResourceFilter['fact']]?:
    | string
    | ((query: Knex.QueryBuilder, values: string[]) => void);
};

function whereFact(
  query: Knex.QueryBuilder,
  { fact, values }: ResourceFilter,
  columns: FactColumns,
): void {
  const column = columns[fact];
  if (column === undefined || values.length === 0) {
    query.whereRaw('1 = 0');
  } else if (typeof column === 'string') {
    // Not `column in (...)` alone: where the column is null, its negation
    // would be null as well and hide rows that `not` should show.
    query.whereNotNull(column).whereIn(column, values);
  } else {
    column(query, values);
  }
}

function whereCriteria(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<ResourceFilter>,
  columns: FactColumns,
): void {
  if (isAndCriteria(criteria)) {
    for (const one of criteria.allOf) {
      query.andWhere(inner => whereCriteria(inner, one, columns));
    }
  } else if (isOrCriteria(criteria)) {
    for (const one of criteria.anyOf) {
      query.orWhere(inner => whereCriteria(inner, one, columns));
    }
  } else if (isNotCriteria(criteria)) {
    query.whereNot(inner => whereCriteria(inner, criteria.not, columns));
  } else {
    whereFact(query, criteria, columns);
  }
}

/**
 * Puts what a caller may see into the query, so that a page is full and
 * nothing is fetched only to be thrown away.
 */
export function toWhere(
  query: Knex.QueryBuilder,
  filter: ReadFilter,
  columns: FactColumns,
): void {
  if (filter === 'all') return;
  if (filter === 'none') {
    query.whereRaw('1 = 0');
    return;
  }
  query.andWhere(inner => whereCriteria(inner, filter, columns));
}
