import type {
  TaggedTable,
  TagStanding,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** One LF-Tag of a table, or of one of its columns. */
export interface StandingRow {
  /** Absent for the table itself. */
  column?: string;
  tag: TagStanding;
}

/** Whether a row is of the same table or column as the one before. */
export const isContinued = (rows: StandingRow[], index: number) =>
  index > 0 && rows[index - 1].column === rows[index].column;

/** A table with the rows that are shown of it. */
export interface StandingGroup {
  table: TaggedTable;
  rows: StandingRow[];
}

/** Row by row: first what the table has, then its columns. */
export function rowsOf({ tags, columns }: TaggedTable): StandingRow[] {
  return [
    ...tags.map(tag => ({ tag })),
    ...columns.flatMap(({ column, tags: ofColumn }) =>
      ofColumn.map(tag => ({ column, tag })),
    ),
  ];
}

const differs = ({ tag }: StandingRow) => tag.state !== 'same';

/**
 * Tables with their rows, those without any left out.
 *
 * @param atMost - rows of all tables together
 */
export function standingGroups(
  tables: TaggedTable[],
  options: { onlyDifferences: boolean; atMost: number },
): { groups: StandingGroup[]; hidden: number } {
  const groups: StandingGroup[] = [];
  let room = options.atMost;
  let hidden = 0;
  for (const table of tables) {
    const all = rowsOf(table);
    const wanted = options.onlyDifferences ? all.filter(differs) : all;
    const rows = wanted.slice(0, room);
    room -= rows.length;
    hidden += wanted.length - rows.length;
    if (rows.length > 0) groups.push({ table, rows });
  }
  return { groups, hidden };
}

/**
 * Whether a value is there that nothing asks for, and that applying cannot take
 * away: it comes from the database, which other products share.
 */
export const isHandedDown = ({ state, foundAt }: TagStanding) =>
  state === 'excess' && foundAt === 'database';

/** The LF-Tags in force on a column: its own, or else the table's. */
export function effectiveTags(
  table: TaggedTable | undefined,
  column: string,
): TagStanding[] {
  if (!table) return [];
  const name = column.toLocaleLowerCase('en-US');
  const own =
    table.columns.find(one => one.column.toLocaleLowerCase('en-US') === name)
      ?.tags ?? [];
  const keys = new Set(own.map(({ key }) => key));
  return [...own, ...table.tags.filter(({ key }) => !keys.has(key))].sort(
    (a, b) => a.key.localeCompare(b.key, 'en'),
  );
}
