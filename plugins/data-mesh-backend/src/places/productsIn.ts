import {
  placeHolds,
  type Place,
  type TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { nextTurn } from '../turns';
import type { PlacedTable } from './PlacedProducts';

/** Databases or tables that are looked at before the time is. */
const AT_ONCE = 2_000;

/** Tables of one database, with the products that name them. */
interface OfDatabase {
  address: Omit<TableAddress, 'table'>;
  tables: Map<string, Set<string>>;
  products: Set<string>;
}

/** What is looked for: a place without the parts that were left to others. */
interface Part {
  place: Place;
  except: readonly Place[];
}

function byDatabase(tables: readonly PlacedTable[]): OfDatabase[] {
  const databases = new Map<string, OfDatabase>();
  for (const { productRef, address: whole } of tables) {
    const { table, ...address } = whole;
    const { system, catalogId, region, database } = address;
    const key = JSON.stringify([system, catalogId, region, database]);
    const known = databases.get(key) ?? {
      address,
      tables: new Map<string, Set<string>>(),
      products: new Set<string>(),
    };
    databases.set(key, known);
    known.products.add(productRef);
    known.tables.set(
      table,
      (known.tables.get(table) ?? new Set()).add(productRef),
    );
  }
  return [...databases.values()];
}

/**
 * Products with tables in each of the places, in the order of the places. Lets
 * others have their turn in between.
 *
 * @returns undefined for places of tags: which tables carry them is not known
 *   from what products say
 */
export async function productsIn(
  parts: readonly Part[],
  tables: readonly PlacedTable[],
): Promise<Array<ReadonlySet<string> | undefined>> {
  const databases = byDatabase(tables);
  const found: Array<ReadonlySet<string> | undefined> = [];
  let looked = 0;
  for (const { place, except } of parts) {
    if (place.tag) {
      found.push(undefined);
      continue;
    }
    const isWhole = !place.table && except.length === 0;
    const inside = new Set<string>();
    for (const { address, tables: named, products } of databases) {
      const at = (table: string) => ({ ...address, table });
      const names = isWhole ? [''] : [...named.keys()];
      for (const table of names) {
        looked += 1;
        if (looked % AT_ONCE === 0) await nextTurn();
        if (!placeHolds(place, at(table))) continue;
        if (except.some(part => placeHolds(part, at(table)))) continue;
        const these = isWhole ? products : named.get(table) ?? [];
        for (const productRef of these) inside.add(productRef);
      }
    }
    found.push(inside);
  }
  return found;
}
