import { Access } from '../../lake/access';
import { ResourceAccess } from '../../lake/grant';
import { LakeResource, allTables } from '../../lake/resource';

/** In the place of a table's name: all tables of the database. */
const ALL_TABLES = 'ALL_TABLES';

/**
 * Wants in few words: tables that want the same are one line. Stored in the
 * calls of steps, which are known by them.
 */
export type PackedWants = Array<
  | {
      catalogId: string;
      database: string;
      tables: string[];
      access: Access;
    }
  | { place: LakeResource; access: Access }
>;

export function packWants(wants: ResourceAccess[]): PackedWants {
  const packed: PackedWants = [];
  const groups = new Map<string, string[]>();
  for (const { resource, access } of wants) {
    if (resource.kind !== 'table' && resource.kind !== 'allTables') {
      packed.push({ place: resource, access });
      continue;
    }
    const { catalogId, database } = resource;
    const table = resource.kind === 'table' ? resource.table : ALL_TABLES;
    const key = JSON.stringify([catalogId, database, access]);
    const known = groups.get(key);
    if (known) {
      known.push(table);
    } else {
      const tables = [table];
      groups.set(key, tables);
      packed.push({ catalogId, database, tables, access });
    }
  }
  return packed;
}

export const unpackWants = (packed: PackedWants): ResourceAccess[] =>
  packed.flatMap((line): ResourceAccess[] => {
    if ('place' in line) return [{ resource: line.place, access: line.access }];
    const { catalogId, database, tables, access } = line;
    return tables.map(table => ({
      resource:
        table === ALL_TABLES
          ? allTables({ catalogId, database })
          : { kind: 'table', catalogId, database, table },
      access,
    }));
  });
