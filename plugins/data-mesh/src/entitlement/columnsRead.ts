import type {
  AccessScope,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * How many of the port's columns a scope reads.
 *
 * @returns undefined where the scope names no tables: tags and whole databases
 *   reach what the port does not list
 */
export function columnsRead(
  scope: AccessScope,
  port: OutputPort,
): { read: number; total: number } | undefined {
  if (scope.allTables || scope.tagExpression) return undefined;
  const total = port.tables.flatMap(table => table.columns).length;
  const read = scope.tables.reduce((sum, { table, columns }) => {
    const whole = port.tables.find(one => one.name === table)?.columns.length;
    return sum + (columns?.length ?? whole ?? 0);
  }, 0);
  return { read, total };
}
