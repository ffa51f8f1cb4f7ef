import { NO_ACCESS, TableAccess, uniteAccess } from '../model/TableAccess';
import { AccessByTable } from '../steps/HeldAccess';
import { ListedPermission } from './ListedPermission';

/**
 * What one principal holds on each table. Lake Formation lists one grant of
 * SELECT and DESCRIBE as two lines, and columns with the grant option apart
 * from columns without it: joined here.
 */
export function holdingsOf(
  principalId: string,
  listed: ListedPermission[],
): AccessByTable {
  const held = new Map<string, TableAccess>();
  for (const line of listed) {
    if (line.principalId === principalId) {
      held.set(
        line.table,
        uniteAccess(held.get(line.table) ?? NO_ACCESS, line.access),
      );
    }
  }
  return held;
}
