import {
  scopeForm,
  type AccessScope,
  type RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** An approval of less, which needs fewer people. */
export interface LeavingOut {
  /** What is left out, as `table.column`. */
  columns: string[];
  scope: AccessScope;
  /** Stages that nobody has to decide then. */
  spared: string[];
  /** Whether nobody has to decide after this one. */
  isLast: boolean;
}

/**
 * What an approver can leave out so that later stages fall away; policy says
 * which columns each of them is there for.
 *
 * @returns undefined where no column brings a later stage, where nothing would
 *   be left, and where a table is asked for as a whole
 */
export function leavingOut(
  request: Pick<RequestDetail, 'scope' | 'policy' | 'stage' | 'kind'>,
): LeavingOut | undefined {
  const { scope, policy, stage, kind } = request;
  if (kind === 'renew' || kind === 'resume') return undefined;
  if (scopeForm(scope) !== 'tables') return undefined;
  const later = policy.stages.slice(stage + 1);
  const spared = later.filter(({ columns }) => columns?.length);
  const columns = [...new Set(spared.flatMap(one => one.columns ?? []))];
  if (columns.length === 0) return undefined;

  const out = new Set(columns);
  let isKnown = true;
  const tables = scope.tables.flatMap(table => {
    const isOut = (column: string) => out.has(`${table.table}.${column}`);
    if (!table.columns) {
      // Which columns a whole table has only the catalog knows.
      if (columns.some(one => one.startsWith(`${table.table}.`))) {
        isKnown = false;
      }
      return [table];
    }
    const left = table.columns.filter(column => !isOut(column));
    return left.length ? [{ ...table, columns: left }] : [];
  });
  if (!isKnown || tables.length === 0) return undefined;
  return {
    columns,
    scope: { ...scope, tables },
    spared: spared.map(({ name }) => name),
    isLast: later.length === spared.length,
  };
}
