import type { AccessScope, TableScope } from '../client/types.generated';
import { isSameRowFilter } from '../model/rowFilter';
import { tagExpressionCovers, tagExpressionsOverlap } from './tagExpression';

/** Tells of a table whether one of these holds all that is wanted of it. */
function coverage(
  tables: readonly TableScope[],
): (wanted: TableScope) => boolean {
  const byName = new Map<
    string,
    Array<{ rowFilter?: string; columns?: Set<string> }>
  >();
  for (const { table, rowFilter, columns } of tables) {
    const held = byName.get(table) ?? [];
    held.push({ rowFilter, columns: columns && new Set(columns) });
    byName.set(table, held);
  }
  return wanted =>
    (byName.get(wanted.table) ?? []).some(({ rowFilter, columns }) => {
      const hasColumns =
        !columns || wanted.columns?.every(column => columns.has(column));
      return (
        Boolean(hasColumns) &&
        (rowFilter === undefined ||
          isSameRowFilter(rowFilter, wanted.rowFilter))
      );
    });
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
      return form === 'tables' && wanted.tables.every(coverage(held.tables));
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
