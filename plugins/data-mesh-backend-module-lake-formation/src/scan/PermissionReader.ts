import { isNoColumns } from '../model/ColumnSet';
import { ALL_TABLES } from '../model/Place';
import { Rights } from '../model/TableAccess';
import { GrantReader } from '../steps/GrantReader';
import { ListedPermission } from './ListedPermission';

/** Tables of one database whose permissions are wanted. */
export interface PermissionQuery {
  accountId: string;
  region: string;
  catalogId: string;
  database: string;
  tables: string[];
  /** What is held on all tables of the database as well. */
  withAllTables?: boolean;
}

/** Lists who holds what on tables. */
export class PermissionReader {
  readonly #grants: GrantReader;

  constructor(grants: GrantReader) {
    this.#grants = grants;
  }

  async read(
    query: PermissionQuery,
    signal?: AbortSignal,
  ): Promise<ListedPermission[]> {
    const { accountId, region, catalogId, database } = query;
    const names = [...query.tables];
    if (query.withAllTables) names.push(ALL_TABLES);
    const listed = await this.#grants.read(
      {
        accountId,
        region,
        catalogAccountId: accountId,
        places: names.map(table => ({
          kind: 'table',
          catalogId,
          database,
          table,
        })),
      },
      signal,
    );
    return listed.flatMap(
      ({ place, access, principalId, updatedAt, updatedBy }) =>
        place.kind === 'table'
          ? {
              catalogId: place.catalogId,
              database: place.database,
              table: place.table,
              access: {
                permissions: access.permissions,
                select: access.select,
              },
              principalId,
              grantable: grantableOf(access.passOn),
              ...(updatedAt && { updatedAt }),
              ...(updatedBy && { updatedBy }),
            }
          : [],
    );
  }
}

function grantableOf(passOn: Rights | undefined): string[] {
  if (!passOn) return [];
  const select = isNoColumns(passOn.select) ? [] : ['SELECT'];
  return [...passOn.permissions, ...select].sort();
}
