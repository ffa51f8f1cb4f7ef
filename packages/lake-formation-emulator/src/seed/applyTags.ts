import type { Resource } from '@aws-sdk/client-lakeformation';
import { Operation, OperationContext } from '../services/Operation';
import { addLFTagsToResource } from '../services/lakeformation/operations/addLFTagsToResource';
import { createLFTag } from '../services/lakeformation/operations/createLFTag';
import { createLFTagExpression } from '../services/lakeformation/operations/createLFTagExpression';
import { asLakeFormation } from './asLakeFormation';
import { SeedDatabase } from './SeedDatabase';
import { SeedLfTag, SeedLfTagExpression } from './SeedGrant';
import { wireExpression } from './wireResource';

/** Makes an LF-Tag of the seed. */
export function applyTag(
  { key, values }: SeedLfTag,
  context: OperationContext,
): void {
  asLakeFormation(
    createLFTag,
    'CreateLFTagRequest',
    { TagKey: key, TagValues: values },
    context,
    `the LF-Tag ${key}`,
  );
}

/** Saves an LF-Tag expression of the seed. */
export function applyTagExpression(
  { name, description, expression }: SeedLfTagExpression,
  context: OperationContext,
): void {
  asLakeFormation(
    createLFTagExpression,
    'CreateLFTagExpressionRequest',
    {
      Name: name,
      Description: description,
      Expression: wireExpression(expression),
    },
    context,
    `the LF-Tag expression ${name}`,
  );
}

/** Assigns, and takes a tag that fails for what it is in a seed: a mistake. */
const assignAll: typeof addLFTagsToResource = (input, context) => {
  const answer = addLFTagsToResource(input, context);
  const [failure] = answer.Failures ?? [];
  if (failure) {
    throw new TypeError(
      `${failure.LFTag?.TagKey}: ${failure.Error?.ErrorMessage}`,
    );
  }
  return answer;
};

function assign(
  tags: Readonly<Record<string, string>> | undefined,
  resource: Resource,
  place: string,
  context: OperationContext,
) {
  if (!tags || !Object.keys(tags).length) return;
  asLakeFormation(
    assignAll as Operation<Parameters<typeof addLFTagsToResource>[0]>,
    'AddLFTagsToResourceRequest',
    {
      Resource: resource,
      LFTags: Object.entries(tags).map(([TagKey, value]) => ({
        TagKey,
        TagValues: [value],
      })),
    },
    context,
    `the LF-Tags of ${place}`,
  );
}

/** Assigns the LF-Tags of a database, its tables and their columns. */
export function assignSeedTags(
  database: SeedDatabase,
  context: OperationContext,
): void {
  assign(
    database.lfTags,
    { Database: { Name: database.name } },
    database.name,
    context,
  );
  for (const table of database.tables ?? []) {
    const names = { DatabaseName: database.name, Name: table.name };
    const place = `${database.name}.${table.name}`;
    assign(table.lfTags, { Table: names }, place, context);
    for (const column of [...table.columns, ...(table.partitionKeys ?? [])]) {
      assign(
        column.lfTags,
        { TableWithColumns: { ...names, ColumnNames: [column.name] } },
        `${place}.${column.name}`,
        context,
      );
    }
  }
}
