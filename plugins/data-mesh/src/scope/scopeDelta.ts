import {
  isSameRowFilter,
  scopeForm,
  scopeInWords,
  type AccessScope,
  type TableScope,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { diffScopes, type RequestChange } from './requestDiff';

/** A line of the difference between what is held and what is asked for. */
export interface ScopeDeltaLine {
  sign: 'add' | 'remove' | 'change' | 'keep';
  /** What the line is about; absent where it is not about a table. */
  table?: string;
  /** Columns; absent for a table as a whole. */
  columns?: string[];
  /** Whether the columns are personal data. */
  personal?: boolean;
  /** Conditions on rows. */
  rows?: { from?: string; to?: string };
  /** What may be done with the data. */
  level?: { from?: string; to: string };
  /** The scope in words, where it is not about named tables. */
  words?: string;
}

/** Personal columns stand in a line of their own, and come first. */
function byPersonal(
  sign: ScopeDeltaLine['sign'],
  table: string,
  columns: string[],
  isPersonal: (table: string, column: string) => boolean,
): ScopeDeltaLine[] {
  const personal = columns.filter(column => isPersonal(table, column));
  const others = columns.filter(column => !isPersonal(table, column));
  return [
    ...(personal.length
      ? [{ sign, table, columns: personal, personal: true }]
      : []),
    ...(others.length ? [{ sign, table, columns: others }] : []),
  ];
}

/** What stays of the tables that are held already. */
function kept(from: TableScope, to: TableScope): ScopeDeltaLine[] {
  const { table, rowFilter } = to;
  const had = from.columns && new Set(from.columns);
  const columns = to.columns?.filter(column => !had || had.has(column));
  return [
    ...(columns?.length ? [{ sign: 'keep' as const, table, columns }] : []),
    ...(!from.columns && !to.columns ? [{ sign: 'keep' as const, table }] : []),
    ...(rowFilter && isSameRowFilter(from.rowFilter, rowFilter)
      ? [{ sign: 'keep' as const, table, rows: { to: rowFilter } }]
      : []),
  ];
}

const ORDER: ReadonlyArray<ScopeDeltaLine['sign']> = [
  'add',
  'remove',
  'change',
  'keep',
];

/**
 * What comes, goes, changes and stays, from what is held to what is asked for.
 * The backend plans from the same two scopes. More than reading is always told.
 *
 * @param held - absent for what is asked for anew
 * @param sensitive - personal columns, as `table.column`
 */
export function scopeDelta(
  held: AccessScope | undefined,
  asked: AccessScope,
  sensitive: readonly string[] = [],
): ScopeDeltaLine[] {
  const marked = new Set(sensitive);
  const isPersonal = (table: string, column: string) =>
    marked.has(`${table}.${column}`) || marked.has(column);
  const tableOf = (name: string) =>
    asked.tables.find(({ table }) => table === name);

  const linesOf = (change: RequestChange): ScopeDeltaLine[] => {
    switch (change.kind) {
      case 'level':
        return [
          held
            ? { sign: 'change', level: { from: change.from, to: change.to } }
            : { sign: 'add', level: { to: change.to } },
        ];
      case 'form':
        return [
          { sign: 'add', words: change.to },
          ...(held ? [{ sign: 'remove' as const, words: change.from }] : []),
        ];
      case 'tableAdded': {
        const { table } = change;
        const { columns, rowFilter } = tableOf(table) ?? {};
        return [
          ...(columns
            ? byPersonal('add', table, columns, isPersonal)
            : [{ sign: 'add' as const, table }]),
          ...(rowFilter
            ? [{ sign: 'add' as const, table, rows: { to: rowFilter } }]
            : []),
        ];
      }
      case 'columnsAdded':
        return byPersonal('add', change.table, change.columns, isPersonal);
      case 'columnsRemoved':
        return byPersonal('remove', change.table, change.columns, isPersonal);
      case 'allColumns':
        return [{ sign: 'add', table: change.table }];
      case 'chosenColumns':
      case 'tableRemoved':
        return [{ sign: 'remove', table: change.table }];
      case 'rows': {
        const { table, from, to } = change;
        return [{ sign: 'change', table, rows: { from, to } }];
      }
      default:
        return [];
    }
  };
  const changes = diffScopes(held ?? { level: 'read', tables: [] }, asked);
  const isByTables = [held ?? asked, asked].every(
    scope => scopeForm(scope) === 'tables',
  );
  const stays: ScopeDeltaLine[] = [];
  if (asked.level !== 'read' && held?.level === asked.level) {
    stays.push({ sign: 'keep', level: { to: asked.level } });
  }
  for (const from of (isByTables && held?.tables) || []) {
    const to = tableOf(from.table);
    if (to) stays.push(...kept(from, to));
  }
  if (!isByTables && !changes.some(({ kind }) => kind === 'form')) {
    stays.push({ sign: 'keep', words: scopeInWords(asked) });
  }
  return [...changes.flatMap(linesOf), ...stays].sort(
    (one, other) => ORDER.indexOf(one.sign) - ORDER.indexOf(other.sign),
  );
}

/** How many columns come and go; undefined where whole tables do. */
export function countDelta(lines: readonly ScopeDeltaLine[]):
  | {
      added: number;
      removed: number;
      /** Of those that come. */
      personal: number;
    }
  | undefined {
  const counts = { added: 0, removed: 0, personal: 0 };
  for (const { sign, columns, rows, level, personal } of lines) {
    if (sign !== 'add' && sign !== 'remove') continue;
    if (rows || level) continue;
    if (!columns) return undefined;
    counts[sign === 'add' ? 'added' : 'removed'] += columns.length;
    if (sign === 'add' && personal) counts.personal += columns.length;
  }
  return counts;
}
