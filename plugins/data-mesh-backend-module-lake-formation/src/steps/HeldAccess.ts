import type { JsonObject } from '@backstage/types';
import { ColumnSet } from '../model/ColumnSet';
import { NO_ACCESS, TableAccess, isNoAccess } from '../model/TableAccess';

/** Access by table name: what is held, or what was there before us. */
export type AccessByTable = ReadonlyMap<string, TableAccess>;

export const accessOn = (access: AccessByTable, table: string): TableAccess =>
  access.get(table) ?? NO_ACCESS;

/** Plain data for the backend to keep. Tables without any access are left out. */
export const writeAccess = (access: AccessByTable): JsonObject => ({
  tables: Object.fromEntries([...access].filter(([, one]) => !isNoAccess(one))),
});

/** Reads what {@link writeAccess} has written. Nothing stored is no access. */
export function readAccess(stored: JsonObject): AccessByTable {
  const { tables } = stored as {
    tables?: Record<string, { permissions: string[]; select: ColumnSet }>;
  };
  return new Map(Object.entries(tables ?? {}));
}
