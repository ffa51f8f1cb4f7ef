import { ColumnSelection } from './ColumnSelection';
import { Grant } from './Grant';
import { Permission, without } from './Permission';

/**
 * One line of a listing. AWS splits what a principal holds on a table: SELECT
 * stands alone on the table's columns, the rest on the table.
 */
export interface ListedGrant {
  readonly grant: Grant;
  readonly permissions: readonly Permission[];
  readonly grantable: readonly Permission[];
  /** Set on lines that are about columns; all columns included. */
  readonly columns?: ColumnSelection;
}

const sameColumns = (a: ColumnSelection, b: ColumnSelection) =>
  JSON.stringify(a) === JSON.stringify(b);

/** The lines under which AWS lists a grant. */
export function listedAs(grant: Grant): ListedGrant[] {
  const { permissions, grantable, columns, resource } = grant;
  if (resource.kind !== 'table') {
    return [{ grant, permissions, grantable }];
  }
  const lines: ListedGrant[] = [];
  const rest = without(permissions, ['SELECT']);
  if (rest.length) {
    lines.push({
      grant,
      permissions: rest,
      grantable: without(grantable, ['SELECT']),
    });
  }
  if (permissions.includes('SELECT')) {
    lines.push({
      grant,
      permissions: ['SELECT'],
      grantable: grantable.filter(permission => permission === 'SELECT'),
      columns: { exclude: [] },
    });
  }
  if (columns) {
    const { held, grantable: passable } = columns;
    if (!passable || !sameColumns(held, passable)) {
      lines.push({
        grant,
        permissions: ['SELECT'],
        grantable: [],
        columns: held,
      });
    }
    if (passable) {
      lines.push({
        grant,
        permissions: ['SELECT'],
        grantable: ['SELECT'],
        columns: passable,
      });
    }
  }
  return lines;
}
