import { GrantWant } from '../model/GrantWant';
import { Place } from '../model/Place';
import { TableAccess } from '../model/TableAccess';

/** Wants in few words: tables that want the same are one line. */
export type PackedWants = Array<
  | {
      catalogId: string;
      database: string;
      tables: string[];
      access: TableAccess;
    }
  | { place: Place; access: TableAccess }
>;

export function packWants(wants: GrantWant[]): PackedWants {
  const packed: PackedWants = [];
  const groups = new Map<string, string[]>();
  for (const { place, access } of wants) {
    if (place.kind !== 'table') {
      packed.push({ place, access });
      continue;
    }
    const { catalogId, database, table } = place;
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

export const unpackWants = (packed: PackedWants): GrantWant[] =>
  packed.flatMap((one): GrantWant[] =>
    'place' in one
      ? [one]
      : one.tables.map(table => ({
          place: {
            kind: 'table',
            catalogId: one.catalogId,
            database: one.database,
            table,
          },
          access: one.access,
        })),
  );
