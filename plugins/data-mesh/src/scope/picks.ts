import {
  type AccessLevel,
  type AccessScope,
  type DataProductTable,
  type OutputPort,
  type ScopeForm,
  type TagExpression,
  columnMatcher,
  scopeForm,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What is picked of one table. No columns picked means: not this table. */
export interface TablePick {
  mode: 'columns' | 'whole';
  columns: string[];
  /** Only rows where this holds; all rows where it is absent. */
  rowFilter?: string;
}

/** Picks by table. */
export type PortPicks = { [table: string]: TablePick };

/** In which of the three ways a port is asked for, and what may be done then. */
export interface PortWay {
  form: ScopeForm;
  level: AccessLevel;
  /** Kept also while another form is looked at. */
  tags: TagExpression;
}

/** Reading some tables. */
export const usualWay: PortWay = { form: 'tables', level: 'read', tags: [] };

/** Nothing picked. */
export const noPick: TablePick = { mode: 'columns', columns: [] };

/** Whether a table is asked for at all. */
export function isPicked(pick: TablePick | undefined): boolean {
  return Boolean(pick && (pick.mode === 'whole' || pick.columns.length > 0));
}

/** The keys of an expression that have values, without blanks. */
function filledTags(tags: TagExpression): TagExpression {
  return tags.flatMap(({ key, values }) => {
    const filled = values.map(value => value.trim()).filter(Boolean);
    return key.trim() && filled.length
      ? [{ key: key.trim(), values: filled }]
      : [];
  });
}

/** Whether a row filter is begun and not filled in yet. */
export function lacksRows(picks: PortPicks): boolean {
  return Object.values(picks).some(
    pick => isPicked(pick) && pick.rowFilter?.trim() === '',
  );
}

/**
 * The scope that is asked for: tables in the order of the port's schema, all of
 * them, or what carries tags. Undefined where nothing is picked, and where a
 * tag is not filled in: to leave it out would ask for more.
 */
export function scopeOfPicks(
  port: OutputPort,
  picks: PortPicks,
  way: PortWay = usualWay,
): AccessScope | undefined {
  const { level, form } = way;
  if (form === 'all-tables') return { level, tables: [], allTables: true };
  if (form === 'tag-expression') {
    const tagExpression = filledTags(way.tags);
    return tagExpression.length && tagExpression.length === way.tags.length
      ? { level, tables: [], tagExpression }
      : undefined;
  }
  const tables = port.tables.flatMap(table => {
    const pick = picks[table.name];
    if (!pick || !isPicked(pick)) return [];
    const rowFilter = pick.rowFilter?.trim();
    const rows = rowFilter ? { rowFilter } : {};
    if (pick.mode === 'whole') return [{ table: table.name, ...rows }];
    const picked = new Set(pick.columns);
    const columns = table.columns
      .map(column => column.name)
      .filter(name => picked.has(name));
    return columns.length ? [{ table: table.name, columns, ...rows }] : [];
  });
  return tables.length ? { level, tables } : undefined;
}

/** The picks that ask for a scope. */
export function picksOfScope(scope: AccessScope): PortPicks {
  return Object.fromEntries(
    scope.tables.map(({ table, columns, rowFilter }) => [
      table,
      {
        mode: columns ? 'columns' : 'whole',
        columns: columns ?? [],
        ...(rowFilter ? { rowFilter } : {}),
      },
    ]),
  );
}

/** The way that a scope asks. */
export function wayOfScope(scope: AccessScope): PortWay {
  return {
    form: scopeForm(scope),
    level: scope.level,
    tags: scope.tagExpression ?? [],
  };
}

/** The columns of a table that may be asked for. */
export function shareableColumns(
  table: DataProductTable,
  neverShared: readonly string[],
): string[] {
  const isNever = columnMatcher(neverShared);
  return table.columns
    .map(column => column.name)
    .filter(name => !isNever(table.name, name));
}

/**
 * The picks without some columns. A whole table becomes a choice of all its
 * other columns; undefined where nothing would be left.
 */
export function picksWithout(
  port: OutputPort,
  picks: PortPicks,
  columns: readonly string[],
  neverShared: readonly string[],
): PortPicks | undefined {
  const left: PortPicks = {};
  const isLeftOut = columnMatcher(columns);
  for (const table of port.tables) {
    const pick = picks[table.name];
    if (!pick || !isPicked(pick)) continue;
    const before =
      pick.mode === 'whole'
        ? shareableColumns(table, neverShared)
        : pick.columns;
    const after = before.filter(name => !isLeftOut(table.name, name));
    left[table.name] =
      after.length === before.length
        ? pick
        : { ...pick, mode: 'columns', columns: after };
  }
  return Object.values(left).some(isPicked) ? left : undefined;
}
