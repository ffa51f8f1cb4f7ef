import type { AccessScope, TableScope } from '../client/types';
import { isSameRowFilter } from '../model/rowFilter';
import { tagExpressionCovers, tagExpressionsOverlap } from './tagExpression';

function tableCovers(held: TableScope, wanted: TableScope): boolean {
  if (held.table !== wanted.table) return false;
  if (
    held.rowFilter !== undefined &&
    !isSameRowFilter(held.rowFilter, wanted.rowFilter)
  ) {
    return false;
  }
  if (!held.columns) return true;
  const columns = new Set(held.columns);
  return Boolean(wanted.columns?.every(column => columns.has(column)));
}

const rank = { read: 0, append: 1, modify: 2 } as const;

/**
 * Which of its three forms a scope has.
 *
 * @public
 */
export type ScopeForm = 'tables' | 'all-tables' | 'tag-expression';

/**
 * Tells the form of a scope that has one form only.
 *
 * @public
 */
export function scopeForm(scope: AccessScope): ScopeForm {
  if (scope.allTables) return 'all-tables';
  return scope.tagExpression?.length ? 'tag-expression' : 'tables';
}

/**
 * Whether everything that `wanted` asks for is already in `held`. All tables
 * cover each of them; what a tag expression reaches is known by tags only, so
 * that it and named tables never cover each other.
 *
 * @public
 */
export function scopeCovers(held: AccessScope, wanted: AccessScope): boolean {
  if (rank[held.level] < rank[wanted.level]) return false;
  const form = scopeForm(wanted);
  switch (scopeForm(held)) {
    case 'all-tables':
      return form !== 'tag-expression';
    case 'tag-expression':
      return (
        form === 'tag-expression' &&
        tagExpressionCovers(
          held.tagExpression ?? [],
          wanted.tagExpression ?? [],
        )
      );
    default:
      return (
        form === 'tables' &&
        wanted.tables.every(table =>
          held.tables.some(one => tableCovers(one, table)),
        )
      );
  }
}

/**
 * Whether two scopes are one and the same, in whatever order they name it.
 *
 * @public
 */
export function isSameScope(a: AccessScope, b: AccessScope): boolean {
  return scopeCovers(a, b) && scopeCovers(b, a);
}

/**
 * Whether two scopes may have a table in common.
 *
 * @public
 */
export function scopesOverlap(a: AccessScope, b: AccessScope): boolean {
  const forms = [scopeForm(a), scopeForm(b)];
  if (forms.every(form => form === 'tag-expression')) {
    return tagExpressionsOverlap(a.tagExpression ?? [], b.tagExpression ?? []);
  }
  if (forms.some(form => form !== 'tables')) return true;
  const tables = new Set(a.tables.map(t => t.table));
  return b.tables.some(t => tables.has(t.table));
}
