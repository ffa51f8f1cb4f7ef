import type { AccessScope, TableScope } from '../client/types';

function tableCovers(held: TableScope, wanted: TableScope): boolean {
  if (held.table !== wanted.table) return false;
  if (held.rowFilter !== undefined && held.rowFilter !== wanted.rowFilter) {
    return false;
  }
  if (!held.columns) return true;
  const columns = new Set(held.columns);
  return Boolean(wanted.columns?.every(column => columns.has(column)));
}

const rank = { read: 0, append: 1, modify: 2 } as const;

/**
 * Whether everything that `wanted` asks for is already in `held`. Tag
 * expressions cover only the same expression.
 *
 * @public
 */
export function scopeCovers(held: AccessScope, wanted: AccessScope): boolean {
  if (rank[held.level] < rank[wanted.level]) return false;
  if (
    JSON.stringify(held.tagExpression ?? []) !==
    JSON.stringify(wanted.tagExpression ?? [])
  ) {
    return false;
  }
  return wanted.tables.every(table =>
    held.tables.some(one => tableCovers(one, table)),
  );
}

/**
 * Whether two scopes have a table in common.
 *
 * @public
 */
export function scopesOverlap(a: AccessScope, b: AccessScope): boolean {
  const tables = new Set(a.tables.map(t => t.table));
  return b.tables.some(t => tables.has(t.table));
}
