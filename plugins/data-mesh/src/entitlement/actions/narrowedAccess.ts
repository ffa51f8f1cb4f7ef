import type {
  AccessScope,
  DataProductTable,
  NewNarrowing,
  TagExpression,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  checkRowFilter,
  isSameScope,
  scopeForm,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { PortPicks } from '../../scope/picks';

/** What of an access is left, as far as somebody has said. */
export interface LeftOver {
  /** The columns that stay, by table; absent means all that are held. */
  picks: PortPicks;
  /** Conditions on rows by table, where none was before. */
  rows: { [table: string]: string | undefined };
  tags?: TagExpression;
  /** The last day, like 2026-12-24. */
  lastDay?: string;
}

/** Why an access cannot be narrowed so. */
export type NoNarrowing = 'nothing left' | 'same' | 'rows' | 'no filter';

function leftTables(
  held: AccessScope,
  known: readonly DataProductTable[],
  { picks, rows }: LeftOver,
): AccessScope['tables'] {
  // Of all tables, those that the catalog knows can be kept by name.
  const isAll = scopeForm(held) === 'all-tables';
  const tables = isAll
    ? known.map(({ name }) => ({ table: name }))
    : held.tables;
  return tables.flatMap(table => {
    const columns = known.find(one => one.name === table.table)?.columns ?? [];
    const rowFilter = rows[table.table]?.trim();
    const withRows = rowFilter ? { ...table, rowFilter } : table;
    const picked = picks[table.table];
    // A table whose columns nobody knows can only stay as it is.
    if (!picked || columns.length === 0) return [withRows];
    const chosen = new Set(picked.columns);
    const kept = columns.map(one => one.name).filter(name => chosen.has(name));
    if (kept.length === columns.length) return [withRows];
    return kept.length ? [{ ...withRows, columns: kept }] : [];
  });
}

function scopeLeft(
  held: AccessScope,
  known: readonly DataProductTable[],
  left: LeftOver,
): AccessScope | undefined {
  if (scopeForm(held) === 'tag-expression') {
    const tags = left.tags ?? held.tagExpression ?? [];
    return tags.every(({ values }) => values.length > 0)
      ? { ...held, tagExpression: tags }
      : undefined;
  }
  const touched =
    Object.keys(left.picks).length > 0 ||
    Object.values(left.rows).some(filter => filter?.trim());
  if (scopeForm(held) === 'all-tables' && !touched) return held;
  const tables = leftTables(held, known, left);
  return tables.length ? { level: held.level, tables } : undefined;
}

/**
 * What is asked of the backend to leave only this of an access. The end is the
 * end of the last day.
 */
export function narrowedAccess(
  held: { scope: AccessScope; expiresAt?: string },
  known: readonly DataProductTable[],
  left: LeftOver,
): Omit<NewNarrowing, 'reason'> | NoNarrowing {
  if (Object.values(left.rows).some(filter => filter?.trim() === '')) {
    return 'rows';
  }
  const isBad = ([table, filter]: [string, string | undefined]) =>
    filter !== undefined &&
    !checkRowFilter(
      filter,
      known.find(one => one.name === table)?.columns ?? [],
    ).ok;
  if (Object.entries(left.rows).some(isBad)) return 'no filter';
  const scope = scopeLeft(held.scope, known, left);
  if (!scope) return 'nothing left';
  const isSame = isSameScope(scope, held.scope);
  const expiresAt = left.lastDay && `${left.lastDay}T23:59:59.999Z`;
  const isEarlier =
    expiresAt && (!held.expiresAt || expiresAt < held.expiresAt);
  if (isSame && !isEarlier) return 'same';
  return {
    ...(!isSame && { scope }),
    ...(isEarlier && { expiresAt }),
  };
}
