import { z } from 'zod';
import {
  Wrong,
  byField,
  fields,
  flag,
  list,
  oneOf,
  text,
  texts,
  whole,
} from '../../input/fields';
import { SeedResource, SeedTagExpression } from '../SeedGrant';

export const S3_ARN = text(
  'the ARN of a location in S3',
  /^arn:aws[a-z-]*:s3:::.+/,
);

/** `{ "sensitivity": ["public", "internal"] }` */
export const tagExpressionSchema: z.ZodType<SeedTagExpression> = z.record(
  z.string(),
  list(text()),
  { error: 'an object' },
);

/** Columns by a list, by what they are not, or all where both are left out. */
export const columnChoice = {
  columns: list(text()).optional(),
  excludedColumns: list(text()).optional(),
};

/** Refuses a choice of columns by both lists. */
export const oneColumnList = ({
  columns,
  excludedColumns,
}: {
  columns?: string[];
  excludedColumns?: string[];
}): Wrong | undefined =>
  columns && excludedColumns
    ? { expected: 'either columns or excludedColumns', found: 'both' }
    : undefined;

const tagPolicy: z.ZodType<SeedResource> = fields({
  lfTagPolicy: oneOf(['DATABASE', 'TABLE'], 'DATABASE or TABLE'),
  expression: tagExpressionSchema.optional(),
  expressionName: text().optional(),
})
  .check(
    whole(({ expression, expressionName }) =>
      (expression === undefined) === (expressionName === undefined)
        ? {
            expected: 'either expression or expressionName',
            found: expression && 'both',
          }
        : undefined,
    ),
  )
  .transform(({ lfTagPolicy, expression, expressionName = '' }) =>
    expression ? { lfTagPolicy, expression } : { lfTagPolicy, expressionName },
  );

const table = fields({
  database: text(),
  table: text(),
  ...columnChoice,
}).check(whole(oneColumnList));

/** What a grant of the seed is on. */
export const resourceSchema: z.ZodType<SeedResource> = byField<SeedResource>(
  [
    [
      'catalog',
      fields({
        catalog: flag().pipe(z.literal(true, { error: 'true' })),
      }),
    ],
    ['dataLocation', fields({ dataLocation: S3_ARN })],
    ['lfTag', fields({ lfTag: text(), values: texts() })],
    ['lfTagExpression', fields({ lfTagExpression: text() })],
    ['lfTagPolicy', tagPolicy],
    ['filter', fields({ database: text(), table: text(), filter: text() })],
    ['table', table],
  ],
  fields({ database: text() }),
);
