import type {
  AccessScope,
  DataProductEntity,
  DataProductTable,
  NewDecision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { PortPicks } from './picks';

/**
 * The tables of a scope with the columns that were asked for, described as the
 * catalog describes them. A whole table has all columns of the catalog; its
 * columns are empty where the catalog does not know it.
 */
export function tablesToNarrow(
  scope: AccessScope,
  product: DataProductEntity | undefined,
  port: string,
): DataProductTable[] {
  const known =
    product?.spec.outputPorts.find(one => one.name === port)?.tables ?? [];
  return scope.tables.map(({ table, columns }) => {
    const described = known.find(one => one.name === table);
    if (!columns) {
      return { name: table, columns: described?.columns ?? [] };
    }
    return {
      name: table,
      columns: columns.map(
        name =>
          described?.columns.find(one => one.name === name) ?? {
            name,
            type: '',
          },
      ),
    };
  });
}

/** Picks of everything that was asked for. */
export function picksOfAll(tables: readonly DataProductTable[]): PortPicks {
  return Object.fromEntries(
    tables.map(({ name, columns }) => [
      name,
      { mode: 'columns', columns: columns.map(column => column.name) },
    ]),
  );
}

/**
 * What an approval narrows: only what differs from what was asked for.
 *
 * @returns `nothing left`, where no column of any table is picked any more
 */
export function narrowingOf(
  asked: { scope: AccessScope; durationDays: number },
  tables: readonly DataProductTable[],
  picks: PortPicks,
  days: number,
):
  | Pick<NewDecision, 'narrowedScope' | 'narrowedDurationDays'>
  | 'nothing left' {
  let narrowed = false;
  const left = asked.scope.tables.flatMap(table => {
    const all = tables.find(one => one.name === table.table)?.columns ?? [];
    // A table whose columns nobody knows can only stay as it is.
    if (all.length === 0) return [table];
    const picked = new Set(picks[table.table]?.columns ?? []);
    const columns = all.map(one => one.name).filter(name => picked.has(name));
    if (columns.length === all.length) return [table];
    narrowed = true;
    return columns.length ? [{ ...table, columns }] : [];
  });
  if (left.length === 0) return 'nothing left';
  return {
    ...(narrowed ? { narrowedScope: { ...asked.scope, tables: left } } : {}),
    ...(days < asked.durationDays ? { narrowedDurationDays: days } : {}),
  };
}
