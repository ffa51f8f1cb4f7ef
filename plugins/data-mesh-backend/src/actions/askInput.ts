import type { Zod } from './ActionDeps';

/** How much of a port is asked for. */
export const scopeInput = (z: Zod) =>
  z
    .object({
      level: z
        .enum(['read', 'append', 'modify'])
        .describe('What may be done with the data'),
      tables: z
        .array(
          z.object({
            table: z.string().describe('Name of a table of the port'),
            columns: z
              .array(z.string())
              .min(1)
              .optional()
              .describe(
                'Columns that are needed. Left out: all columns. Ask for no more than you need: columns with personal data may need one more approval',
              ),
            rowFilter: z
              .string()
              .optional()
              .describe(
                "SQL condition that rows must meet, like country = 'DE'",
              ),
          }),
        )
        .describe('Empty where allTables or tagExpression says what is meant'),
      allTables: z
        .boolean()
        .optional()
        .describe("All tables of the port's database, now and in future"),
      tagExpression: z
        .array(z.object({ key: z.string(), values: z.array(z.string()) }))
        .optional()
        .describe('Everything with these LF-Tags, now and in future'),
    })
    .describe('Tables, all tables, or tags: one of the three');

/** What previewing and asking take alike. */
export const askInput = (z: Zod) => ({
  productRef: z
    .string()
    .describe('Reference of the data product, like dataproduct:default/orders'),
  port: z.string().describe('Name of one of its output ports'),
  scope: scopeInput(z),
  principals: z
    .array(z.string())
    .describe(
      'Who gets the access: ids from `principals` of get-product, like the ARN of a role',
    ),
  consumerRef: z
    .string()
    .optional()
    .describe('Reference of the product, component or system that will use it'),
  kind: z
    .enum(['new', 'renew', 'amend'])
    .optional()
    .describe(
      'Left out: new. renew moves the end of an access, amend changes its scope; both need accessId',
    ),
  accessId: z
    .string()
    .optional()
    .describe('Id of the access that is renewed or amended'),
  purpose: z.string().describe('Id of one of `purposes` of get-product'),
  justification: z
    .string()
    .optional()
    .describe('Why it is needed, in words that approvers read'),
  durationDays: z
    .number()
    .int()
    .describe(
      'Days from the moment the access is active; of a renewal, from the old end',
    ),
});
