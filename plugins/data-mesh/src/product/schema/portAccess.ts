import {
  actionsOfPhase,
  scopeForm,
  type Entitlement,
  type PortOverview,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Whether the caller reads a column of a port already. */
export function readsColumn(
  overview: PortOverview | undefined,
  table: string,
  column: string,
): boolean {
  return Boolean(
    overview?.access.some(
      ({ state, scope }) =>
        state === 'active' &&
        (scope.allTables ||
          scope.tables.some(
            one =>
              one.table === table && (one.columns?.includes(column) ?? true),
          )),
    ),
  );
}

/**
 * The access that asking for more columns would change; undefined where there
 * is none, so that they are asked for anew.
 */
export function accessToChange(
  overview: PortOverview | undefined,
): Entitlement | undefined {
  return overview?.access.find(
    access =>
      access.state === 'active' &&
      scopeForm(access.scope) === 'tables' &&
      actionsOfPhase(access).includes('amend'),
  );
}
