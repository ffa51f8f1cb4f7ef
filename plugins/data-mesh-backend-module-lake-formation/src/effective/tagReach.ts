import type { ColumnLFTag, LFTagPair } from '@aws-sdk/client-lakeformation';
import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';
import { ColumnSet, allColumnsBut, onlyColumns } from '../lake/columns';

/** Values of LF-Tags by their keys, lower case as Lake Formation keeps them. */
export type TagValues = ReadonlyMap<string, string>;

/** LF-Tags of a table, of what is around it and of what is in it. */
export interface TableTags {
  database: TagValues;
  table: TagValues;
  /** Columns that have tags of their own. */
  columns: ReadonlyMap<string, TagValues>;
}

const folded = (text: string) => text.toLocaleLowerCase('en-US');

/** Reads tags of a resource: one value a key. */
export function readTagPairs(pairs: LFTagPair[] | undefined): TagValues {
  return new Map(
    (pairs ?? []).flatMap(({ TagKey, TagValues: [value] = [] }) =>
      TagKey && value ? [[folded(TagKey), folded(value)]] : [],
    ),
  );
}

/** Reads what `GetResourceLFTags` and searches by tags say of a table. */
export function readTableTags(answer: {
  LFTagOnDatabase?: LFTagPair[];
  LFTagsOnTable?: LFTagPair[];
  LFTagsOnColumns?: ColumnLFTag[];
}): TableTags {
  return {
    database: readTagPairs(answer.LFTagOnDatabase),
    table: readTagPairs(answer.LFTagsOnTable),
    columns: new Map(
      (answer.LFTagsOnColumns ?? []).flatMap(({ Name, LFTags }) =>
        Name ? [[Name, readTagPairs(LFTags)]] : [],
      ),
    ),
  };
}

/** AND over the keys, OR over the values of a key. */
export function matchesExpression(
  tags: TagValues,
  expression: TagExpression,
): boolean {
  return (
    expression.length > 0 &&
    expression.every(({ key, values }) => {
      const value = tags.get(folded(key));
      return (
        value !== undefined &&
        values.some(one => one === '*' || folded(one) === value)
      );
    })
  );
}

/** What a child has: its parent's tags, its own in the place of theirs. */
export const inheritedTags = (parent: TagValues, own: TagValues): TagValues =>
  new Map([...parent, ...own]);

/**
 * Columns of a table that an expression reaches: by inheritance from database
 * to table to column, a value further down in the place of one further up.
 */
export function columnsReached(
  expression: TagExpression,
  tags: TableTags,
): ColumnSet {
  const ofTable = inheritedTags(tags.database, tags.table);
  const isReached = matchesExpression(ofTable, expression);
  const differing = [...tags.columns]
    .filter(
      ([, own]) =>
        matchesExpression(inheritedTags(ofTable, own), expression) !==
        isReached,
    )
    .map(([column]) => column);
  return isReached ? allColumnsBut(differing) : onlyColumns(differing);
}

/**
 * Through which tags an expression reaches a table or column, in words: where
 * each of the values stands.
 */
export function reachInWords(
  expression: TagExpression,
  tags: TableTags,
): string {
  return expression
    .flatMap(({ key }) => {
      const name = folded(key);
      const onTable = whereOnTable(name, tags);
      const onColumns = columnsOfTheirOwn(name, tags);
      return [
        ...(onTable ? [onTable] : []),
        ...(onColumns.length > 0
          ? [`${name} of its own on ${onColumns.join(', ')}`]
          : []),
      ];
    })
    .join('; ');
}

function whereOnTable(key: string, { database, table }: TableTags) {
  const inherited = database.get(key);
  const own = table.get(key) ?? inherited;
  if (own === undefined) return undefined;
  return own === inherited
    ? `${key} = ${own} inherited from the database`
    : `${key} = ${own} on the table`;
}

function columnsOfTheirOwn(key: string, tags: TableTags): string[] {
  const above = tags.table.get(key) ?? tags.database.get(key);
  return [...tags.columns]
    .filter(([, own]) => own.has(key) && own.get(key) !== above)
    .map(([column]) => column);
}
