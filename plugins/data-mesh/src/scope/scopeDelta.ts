import {
  isSameRowFilter,
  scopeForm,
  scopeInWords,
  type AccessScope,
  type TableScope,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A line of the difference between what is held and what is asked for. */
export interface ScopeDeltaLine {
  sign: 'add' | 'remove' | 'change' | 'keep';
  /** What the line is about; absent where it is not about a table. */
  table?: string;
  /** Columns; absent for a table as a whole. */
  columns?: string[];
  /** Whether the columns are personal data. */
  personal?: boolean;
  /** Conditions on rows, where they are what changes. */
  rows?: { from?: string; to?: string };
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

/**
 * What comes, goes, changes and stays, from what is held to what is asked for.
 * The backend plans from the same two scopes.
 *
 * @param held - absent for what is asked for anew
 * @param sensitive - personal columns, as `table.column`
 */
export function scopeDelta(
  held: AccessScope | undefined,
  asked: AccessScope,
  sensitive: readonly string[] = [],
): ScopeDeltaLine[] {
  if ([held, asked].some(one => one && scopeForm(one) !== 'tables')) {
    const [from, to] = [held && scopeInWords(held), scopeInWords(asked)];
    if (from === to) return [{ sign: 'keep', words: to }];
    return [
      { sign: 'add', words: to },
      ...(from ? [{ sign: 'remove' as const, words: from }] : []),
    ];
  }
  const marked = new Set(sensitive);
  const isPersonal = (table: string, column: string) =>
    marked.has(`${table}.${column}`) || marked.has(column);
  const before = new Map(held?.tables.map(one => [one.table, one]));
  const after = new Set(asked.tables.map(({ table }) => table));

  const ofTable = (to: TableScope): ScopeDeltaLine[] => {
    const { table } = to;
    const from = before.get(table);
    if (!from) {
      return [
        ...(to.columns
          ? byPersonal('add', table, to.columns, isPersonal)
          : [{ sign: 'add' as const, table }]),
        ...(to.rowFilter
          ? [{ sign: 'add' as const, table, rows: { to: to.rowFilter } }]
          : []),
      ];
    }
    const rows = isSameRowFilter(from.rowFilter, to.rowFilter)
      ? []
      : [
          {
            sign: 'change' as const,
            table,
            rows: { from: from.rowFilter, to: to.rowFilter },
          },
        ];
    if (!from.columns || !to.columns) {
      let lines: ScopeDeltaLine[];
      if (from.columns) lines = [{ sign: 'add', table }];
      else if (to.columns) {
        lines = [
          { sign: 'remove', table },
          { sign: 'keep', table, columns: to.columns },
        ];
      } else lines = [{ sign: 'keep', table }];
      return [...lines, ...rows];
    }
    const had = new Set(from.columns);
    const has = new Set(to.columns);
    const added = to.columns.filter(column => !had.has(column));
    const removed = from.columns.filter(column => !has.has(column));
    const kept = to.columns.filter(column => had.has(column));
    return [
      ...byPersonal('add', table, added, isPersonal),
      ...byPersonal('remove', table, removed, isPersonal),
      ...rows,
      ...(kept.length ? [{ sign: 'keep' as const, table, columns: kept }] : []),
    ];
  };
  const order = ['add', 'remove', 'change', 'keep'];
  return [
    ...asked.tables.flatMap(ofTable),
    ...(held?.tables ?? [])
      .filter(({ table }) => !after.has(table))
      .map(({ table }) => ({ sign: 'remove' as const, table })),
  ].sort((one, other) => order.indexOf(one.sign) - order.indexOf(other.sign));
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
  for (const { sign, columns, rows, personal } of lines) {
    if (sign !== 'add' && sign !== 'remove') continue;
    if (rows) continue;
    if (!columns) return undefined;
    counts[sign === 'add' ? 'added' : 'removed'] += columns.length;
    if (sign === 'add' && personal) counts.personal += columns.length;
  }
  return counts;
}
