import {
  type AccessScope,
  type Revision,
  type TableScope,
  isSameRowFilter,
  isSameScope,
  scopeForm,
  scopeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** One thing that differs between two versions of a request. */
export type RequestChange =
  | { kind: 'tableAdded' | 'tableRemoved'; table: string }
  | {
      kind: 'columnsAdded' | 'columnsRemoved' | 'chosenColumns';
      table: string;
      columns: string[];
    }
  | { kind: 'allColumns'; table: string }
  | { kind: 'rows'; table: string; from?: string; to?: string }
  | { kind: 'duration'; from: number; to: number }
  | { kind: 'purpose' | 'level' | 'form'; from: string; to: string }
  | { kind: 'consumer'; from?: string; to?: string }
  | { kind: 'reason' };

type Content = Revision['before'];

function diffTable(from: TableScope, to: TableScope): RequestChange[] {
  const { table } = to;
  const changes: RequestChange[] = [];
  if (from.columns && !to.columns) {
    changes.push({ kind: 'allColumns', table });
  } else if (!from.columns && to.columns) {
    changes.push({ kind: 'chosenColumns', table, columns: to.columns });
  } else if (from.columns && to.columns) {
    const before = new Set(from.columns);
    const after = new Set(to.columns);
    const added = to.columns.filter(column => !before.has(column));
    const removed = from.columns.filter(column => !after.has(column));
    if (added.length) {
      changes.push({ kind: 'columnsAdded', table, columns: added });
    }
    if (removed.length) {
      changes.push({ kind: 'columnsRemoved', table, columns: removed });
    }
  }
  if (!isSameRowFilter(from.rowFilter, to.rowFilter)) {
    changes.push({
      kind: 'rows',
      table,
      from: from.rowFilter,
      to: to.rowFilter,
    });
  }
  return changes;
}

/** What differs between scopes of which one is not about named tables. */
function diffForms(from: AccessScope, to: AccessScope): RequestChange[] {
  return isSameScope({ ...from, level: 'read' }, { ...to, level: 'read' })
    ? []
    : [{ kind: 'form', from: scopeInWords(from), to: scopeInWords(to) }];
}

/** What differs between two scopes, table by table. */
export function diffScopes(
  from: AccessScope,
  to: AccessScope,
): RequestChange[] {
  const byTables = [from, to].every(scope => scopeForm(scope) === 'tables');
  return [
    ...(from.level === to.level
      ? []
      : [{ kind: 'level' as const, from: from.level, to: to.level }]),
    ...(byTables ? [] : diffForms(from, to)),
    ...(byTables ? diffTables(from, to) : []),
  ];
}

function diffTables(from: AccessScope, to: AccessScope): RequestChange[] {
  const before = new Map(from.tables.map(table => [table.table, table]));
  const after = new Set(to.tables.map(table => table.table));
  return [
    ...to.tables.flatMap(table => {
      const old = before.get(table.table);
      return old
        ? diffTable(old, table)
        : [{ kind: 'tableAdded' as const, table: table.table }];
    }),
    ...from.tables
      .filter(({ table }) => !after.has(table))
      .map(({ table }) => ({ kind: 'tableRemoved' as const, table })),
  ];
}

/** What differs between two versions of what a request says. */
export function diffRequests(from: Content, to: Content): RequestChange[] {
  const changes = diffScopes(from.scope, to.scope);
  if (from.durationDays !== to.durationDays) {
    changes.push({
      kind: 'duration',
      from: from.durationDays,
      to: to.durationDays,
    });
  }
  if (from.purpose !== to.purpose) {
    changes.push({ kind: 'purpose', from: from.purpose, to: to.purpose });
  }
  if ((from.consumerRef ?? '') !== (to.consumerRef ?? '')) {
    changes.push({
      kind: 'consumer',
      from: from.consumerRef,
      to: to.consumerRef,
    });
  }
  if ((from.justification ?? '') !== (to.justification ?? '')) {
    changes.push({ kind: 'reason' });
  }
  return changes;
}
