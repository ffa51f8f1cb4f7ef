import {
  counted,
  namesInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { ColumnSet, isAllColumns, isNoColumns } from '../model/ColumnSet';
import { GrantWant } from '../model/GrantWant';
import { ALL_TABLES, Place, placeInWords } from '../model/Place';

/** How many columns or tables a sentence names before it counts. */
const NAMES_IN_A_SENTENCE = 12;

const listInWords = (words: string[]) =>
  words.length < 3
    ? words.join(' and ')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

const placesOneByOne = (places: Place[]) =>
  places.length > NAMES_IN_A_SENTENCE
    ? `${placeInWords(places[0])} and ${places.length - 1} more`
    : listInWords(places.map(placeInWords));

const isNamedTable = (
  place: Place,
): place is Extract<Place, { kind: 'table' }> =>
  place.kind === 'table' && place.table !== ALL_TABLES;

/** How many tables with chosen columns a sentence tells one by one. */
const COLUMN_LISTS_IN_A_SENTENCE = 3;

const names = (all: string[]) => namesInWords(all, NAMES_IN_A_SENTENCE);

const PASS_ON = ' with the grant option';

/**
 * What is held or wanted in some places, as the middle of a sentence, like
 * ``SELECT on columns `a` and `b` of `sales.orders` ``.
 */
export function accessInWords(wants: GrantWant[]): string {
  const wholes = new Map<string, Place[]>();
  const byColumns: Array<{ place: Place; select: ColumnSet; how: string }> = [];
  const say = (words: string, place: Place) =>
    wholes.set(words, [...(wholes.get(words) ?? []), place]);
  for (const { place, access } of wants) {
    const { permissions, select, passOn } = access;
    const allColumns = isAllColumns(select);
    const words = [...(allColumns ? ['SELECT'] : []), ...permissions];
    const how = passOn ? PASS_ON : '';
    if (words.length > 0) say(`${listInWords(words)}|${how}`, place);
    else if (isNoColumns(select)) say('the grant option|', place);
    if (!allColumns && !isNoColumns(select)) {
      byColumns.push({ place, select, how });
    }
  }
  return [
    ...[...wholes].map(([key, places]) => {
      const [permissions, how] = key.split('|');
      return `${permissions} on ${placesInWords(places)}${how}`;
    }),
    ...(byColumns.length > COLUMN_LISTS_IN_A_SENTENCE
      ? [
          `SELECT on chosen columns of ${placesInWords(
            byColumns.map(({ place }) => place),
          )}${byColumns[0].how}`,
        ]
      : byColumns.map(
          ({ place, select, how }) =>
            `SELECT on ${columnsInWords(select)} of ${placeInWords(
              place,
            )}${how}`,
        )),
  ].join(', ');
}

/** Several tables of one database are counted; all else is told one by one. */
export function placesInWords(places: Place[]): string {
  const tables = places.filter(isNamedTable);
  const [first] = tables;
  if (tables.length < 2) return placesOneByOne(places);
  const others = places.filter(place => !isNamedTable(place));
  return [
    `${counted(tables.length, 'table')} of \`${first.database}\` (${names(
      tables.map(table => table.table),
    )})`,
    ...(others.length > 0 ? [placesOneByOne(others)] : []),
  ].join(' and ');
}

export function columnsInWords(columns: ColumnSet): string {
  if ('except' in columns) {
    return columns.except.length
      ? `all columns except ${names(columns.except)}`
      : 'all columns';
  }
  return `${columns.only.length === 1 ? 'column' : 'columns'} ${names(
    columns.only,
  )}`;
}
