import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';
import { namesInWords } from '@lakemesh/backstage-plugin-data-mesh-common';

/** The name under which Lake Formation lists a grant on all tables. */
export const ALL_TABLES = 'ALL_TABLES';

/**
 * What a grant can be on. Columns are no place of their own: SELECT on them is
 * a part of what is held on their table. Plain data.
 */
export type Place =
  | TablePlace
  | { kind: 'database'; catalogId: string; database: string }
  | FilterPlace
  | {
      kind: 'tagPolicy';
      catalogId: string;
      /** What the policy reaches. */
      reaches: 'TABLE' | 'DATABASE';
      /** By {@link orderedTags}. */
      expression: TagExpression;
    }
  | { kind: 'tag'; catalogId: string; key: string; values: string[] }
  | { kind: 'location'; catalogId: string; arn: string };

/** A named table, or all tables of a database as {@link ALL_TABLES}. */
export type TablePlace = {
  kind: 'table';
  catalogId: string;
  database: string;
  table: string;
};

/** A data cells filter. */
export type FilterPlace = {
  kind: 'filter';
  catalogId: string;
  database: string;
  table: string;
  filter: string;
};

/**
 * Keys and values in one order and in the lower case in which Lake Formation
 * keeps them, so that equal expressions are equal texts.
 */
export function orderedTags(expression: TagExpression): TagExpression {
  return expression
    .map(({ key, values }) => ({
      key: key.toLocaleLowerCase('en-US'),
      values: [
        ...new Set(values.map(value => value.toLocaleLowerCase('en-US'))),
      ].sort(),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

const tagsInKey = (expression: TagExpression) =>
  expression.map(({ key, values }) => `${key}=${values.join('|')}`).join('&');

/** The same for the same place, and different for different ones. */
export function placeKey(place: Place): string {
  const { catalogId } = place;
  switch (place.kind) {
    case 'table':
      return `${catalogId}:${place.database}.${place.table}`;
    case 'database':
      return `${catalogId}:database:${place.database}`;
    case 'filter':
      return `${catalogId}:${place.database}.${place.table}:filter:${place.filter}`;
    case 'tagPolicy':
      return `${catalogId}:tagged-${place.reaches}:${tagsInKey(
        place.expression,
      )}`;
    case 'tag':
      return `${catalogId}:tag:${place.key}=${place.values.join('|')}`;
    default:
      return `${catalogId}:location:${place.arn}`;
  }
}

/**
 * What must not be written at the same time: Lake Formation answers two writers
 * on one table with ConcurrentModificationException, whomever they grant to.
 */
export const lockKey = (place: Place): string =>
  place.kind === 'filter'
    ? placeKey({ ...place, kind: 'table' })
    : placeKey(place);

/** `region` = `emea` or `apac`, and `class` = `open`. */
export const tagsInWords = (expression: TagExpression): string =>
  expression
    .map(
      ({ key, values }) =>
        `\`${key}\` = ${values.map(value => `\`${value}\``).join(' or ')}`,
    )
    .join(' and ');

/** A place as the end of a sentence: ``SELECT on …``. */
export function placeInWords(place: Place): string {
  switch (place.kind) {
    case 'table':
      return place.table === ALL_TABLES
        ? `all tables of \`${place.database}\``
        : `\`${place.database}.${place.table}\``;
    case 'database':
      return `database \`${place.database}\``;
    case 'filter':
      return `filter \`${place.filter}\` of \`${place.database}.${place.table}\``;
    case 'tagPolicy':
      return `${
        place.reaches === 'TABLE' ? 'tables' : 'databases'
      } tagged ${tagsInWords(place.expression)}`;
    case 'tag':
      return `LF-Tag \`${place.key}\` with ${namesInWords(place.values)}`;
    default:
      return `location \`${place.arn}\``;
  }
}
