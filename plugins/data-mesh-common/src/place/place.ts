import type { Place } from '../client/types.generated';
import { coversPattern, matchesName, patternsOverlap } from './glob';

/**
 * Where a table stands in a system.
 *
 * @public
 */
export interface TableAddress {
  /** Type of the ports that live there, like `lake-formation`. */
  system: string;
  /** Catalog that owns the table; a nested one names its account first. */
  catalogId: string;
  /** Absent where the system has no regions. */
  region?: string;
  database: string;
  table: string;
}

/**
 * What kind of thing a place is.
 *
 * @public
 */
export type PlaceKind = 'catalog' | 'database' | 'table' | 'tag';

/**
 * Which kind of place it is: the narrowest part that it names.
 *
 * @public
 */
export function placeKind(place: Place): PlaceKind {
  if (place.tag) return 'tag';
  if (place.table !== undefined) return 'table';
  return place.database === undefined ? 'catalog' : 'database';
}

function sameCatalog(wide: Place, catalogId: string, region?: string) {
  return (
    // An account answers for the catalogs nested in it.
    (wide.catalogId === catalogId ||
      catalogId.startsWith(`${wide.catalogId}:`)) &&
    (wide.region === undefined || wide.region === region)
  );
}

/**
 * Whether a table stands in the place. A place of tags holds no tables.
 *
 * @public
 */
export function placeHolds(place: Place, address: TableAddress): boolean {
  return (
    !place.tag &&
    place.system === address.system &&
    sameCatalog(place, address.catalogId, address.region) &&
    matchesName(place.database ?? '*', address.database) &&
    matchesName(place.table ?? '*', address.table)
  );
}

/**
 * Whether the place holds all the given values of a tag key.
 *
 * @public
 */
export function placeHoldsTag(
  place: Place,
  tag: {
    system: string;
    catalogId: string;
    region?: string;
    key: string;
    values: readonly string[];
  },
): boolean {
  if (!place.tag || place.system !== tag.system) return false;
  const { key, values } = place.tag;
  const held = new Set(values.map(value => value.toLocaleLowerCase('en-US')));
  return (
    sameCatalog(place, tag.catalogId, tag.region) &&
    key.toLocaleLowerCase('en-US') === tag.key.toLocaleLowerCase('en-US') &&
    tag.values.length > 0 &&
    tag.values.every(value => held.has(value.toLocaleLowerCase('en-US')))
  );
}

/**
 * Whether everything in `narrow` is in `wide` as well.
 *
 * @public
 */
export function placeCovers(wide: Place, narrow: Place): boolean {
  if (
    wide.system !== narrow.system ||
    Boolean(wide.tag) !== Boolean(narrow.tag)
  )
    return false;
  if (
    !sameCatalog(wide, narrow.catalogId, narrow.region) ||
    (wide.region !== undefined && narrow.region === undefined)
  ) {
    return false;
  }
  if (narrow.tag) return placeHoldsTag(wide, { ...narrow, ...narrow.tag });
  return (
    coversPattern(wide.database ?? '*', narrow.database ?? '*') &&
    coversPattern(wide.table ?? '*', narrow.table ?? '*')
  );
}

/**
 * Whether some table, or some value of a tag, may be in both places.
 *
 * @public
 */
export function placesOverlap(a: Place, b: Place): boolean {
  if (a.system !== b.system || Boolean(a.tag) !== Boolean(b.tag)) return false;
  const regions =
    a.region === undefined || b.region === undefined || a.region === b.region;
  const catalogs =
    sameCatalog({ ...a, region: undefined }, b.catalogId) ||
    sameCatalog({ ...b, region: undefined }, a.catalogId);
  if (!regions || !catalogs) return false;
  if (a.tag && b.tag) {
    const values = new Set(a.tag.values.map(one => one.toLowerCase()));
    return (
      a.tag.key.toLowerCase() === b.tag.key.toLowerCase() &&
      b.tag.values.some(value => values.has(value.toLowerCase()))
    );
  }
  return (
    patternsOverlap(a.database ?? '*', b.database ?? '*') &&
    patternsOverlap(a.table ?? '*', b.table ?? '*')
  );
}

/**
 * How another place lies to this: the same, wider, narrower, or partly the
 * same; undefined where they have nothing in common.
 *
 * @public
 */
export function placeRelation(
  place: Place,
  other: Place,
): 'same' | 'wider' | 'narrower' | 'partial' | undefined {
  if (!placesOverlap(place, other)) return undefined;
  const wider = placeCovers(other, place);
  const narrower = placeCovers(place, other);
  if (wider) return narrower ? 'same' : 'wider';
  return narrower ? 'narrower' : 'partial';
}

/**
 * The same text for the same place, and another for every other.
 *
 * @public
 */
export function placeKey(place: Place): string {
  const { system, catalogId, region, database, table, tag } = place;
  const folded = (text: string | undefined) =>
    text === undefined ? null : text.toLocaleLowerCase('en-US');
  return JSON.stringify([
    system,
    catalogId,
    region ?? null,
    folded(database),
    folded(table),
    tag ? [folded(tag.key), [...new Set(tag.values.map(folded))].sort()] : null,
  ]);
}

/**
 * The same text for the same table.
 *
 * @public
 */
export function addressKey(address: TableAddress): string {
  const { system, catalogId, region, database, table } = address;
  return JSON.stringify([
    system,
    catalogId,
    region ?? null,
    database.toLocaleLowerCase('en-US'),
    table.toLocaleLowerCase('en-US'),
  ]);
}

/** How narrow a place is, to be compared from left to right. */
function narrowness({ catalogId, region, database, table }: Place): number[] {
  const letters = (pattern: string | undefined) =>
    pattern === undefined ? 0 : 1 + pattern.replace(/\*/g, '').length;
  const exact = (pattern: string | undefined) =>
    pattern !== undefined && !pattern.includes('*') ? 1 : 0;
  return [
    table === undefined ? 0 : 1,
    exact(table),
    letters(table),
    database === undefined ? 0 : 1,
    exact(database),
    letters(database),
    catalogId.length,
    region === undefined ? 0 : 1,
  ];
}

/**
 * Orders places that hold the same table: the narrower comes first; 0 where
 * neither is narrower.
 *
 * @public
 */
export function compareNarrowness(a: Place, b: Place): number {
  const [left, right] = [narrowness(a), narrowness(b)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at < 0 ? 0 : right[at] - left[at];
}

/**
 * The place as people read it, like "the database sales_*". Names stand in
 * backticks.
 *
 * @public
 */
export function placeInWords(place: Place): string {
  const plural = (pattern: string) => pattern.includes('*');
  const { database = '*', table, tag } = place;
  switch (placeKind(place)) {
    case 'tag':
      return `the LF-Tag \`${tag?.key} = ${tag?.values.join(', ')}\``;
    case 'table':
      return `the ${
        plural(`${database}${table}`) ? 'tables' : 'table'
      } \`${database}.${table}\``;
    case 'database':
      return `the ${
        plural(database) ? 'databases' : 'database'
      } \`${database}\``;
    default:
      return `the catalog \`${place.catalogId}\`${
        place.region ? ` in ${place.region}` : ''
      }`;
  }
}
