import { z } from 'zod';
import {
  Wrong,
  atLeast,
  byField,
  list,
  numberFrom,
  oneOf,
  text,
  texts,
  whole,
} from '../input/fields';
import { parseRowFilter } from '../model/catalog/rowFilter';
import { parseCondition } from '../model/conditions/parseCondition';

/** A text that a parser takes. */
const parsedBy = (parse: (expression: string) => unknown) =>
  text().check(
    whole((expression): Wrong | undefined => {
      try {
        parse(expression);
        return undefined;
      } catch (error) {
        return {
          expected: `an expression (${(error as Error).message})`,
          found: expression,
        };
      }
    }),
  );

const expression = list(atLeast({ key: text(), values: texts() })).default([]);

/** Whether columns are a list, or all but a list. */
const columns = atLeast({
  include: list(text()).optional(),
  exclude: list(text()).optional(),
}).check(
  whole(({ include, exclude }) =>
    (include === undefined) === (exclude === undefined)
      ? { expected: 'either include or exclude', found: include && 'both' }
      : undefined,
  ),
);

/** What each kind of resource is named by. */
const BY_KIND: Readonly<Record<string, z.ZodType>> = {
  catalog: atLeast({}),
  database: atLeast({ database: text() }),
  table: atLeast({ database: text(), table: text() }),
  dataCellsFilter: atLeast({ database: text(), table: text(), filter: text() }),
  dataLocation: atLeast({ arn: text() }),
  lfTag: atLeast({ key: text(), values: texts() }),
  lfTagExpression: atLeast({ name: text() }),
  lfTagPolicy: byField<unknown>(
    [
      [
        'expressionName',
        atLeast({
          reaches: oneOf(['DATABASE', 'TABLE'], 'DATABASE or TABLE'),
          expressionName: text(),
        }),
      ],
    ],
    atLeast({
      reaches: oneOf(['DATABASE', 'TABLE'], 'DATABASE or TABLE'),
      expression,
    }),
  ),
};

const resource = atLeast({ kind: oneOf(Object.keys(BY_KIND)) }).check(
  payload => {
    const read = BY_KIND[payload.value.kind].safeParse(payload.value);
    for (const issue of read.error?.issues ?? []) {
      payload.issues.push({
        ...issue,
        input: payload.value,
      } as z.core.$ZodRawIssue);
    }
  },
);

const condition = parsedBy(parseCondition).optional();

const grant = atLeast({
  principal: text(),
  permissions: texts(),
  grantable: texts(),
  sequence: numberFrom(0),
  condition,
  resource,
});

const optIn = atLeast({
  principal: text(),
  sequence: numberFrom(0),
  condition,
  resource,
});

/** A place that a resource link leads to. */
const databaseTarget = { catalogId: text(), database: text() };

const database = atLeast({
  name: text(),
  target: atLeast(databaseTarget).optional(),
  tables: list(
    atLeast({
      name: text(),
      target: atLeast({ ...databaseTarget, table: text() }).optional(),
    }),
  ).default([]),
});

const dataCellsFilter = atLeast({
  database: text(),
  table: text(),
  name: text(),
  versionId: text(),
  createdBy: text(),
  columns,
  rowFilter: parsedBy(parseRowFilter).optional(),
});

const contents = {
  databases: list(database).default([]),
  grants: list(grant).default([]),
  dataCellsFilters: list(dataCellsFilter).default([]),
  optIns: list(optIn).default([]),
};

const catalog = atLeast({
  ...contents,
  nested: list(
    atLeast({ inside: atLeast({ path: text() }), ...contents }),
  ).default([]),
  passedOn: list(
    atLeast({ catalogId: text(), grants: list(grant).default([]) }),
  ).default([]),
  lfTags: list(
    atLeast({ key: text(), values: texts(), createdBy: text() }),
  ).default([]),
  tagExpressions: list(
    atLeast({ name: text(), createdBy: text(), expression }),
  ).default([]),
});

/**
 * What a snapshot must say of grants, data cells filters, LF-Tags, opt-ins,
 * resource links and nested catalogs.
 */
export const savedAccounts = list(
  atLeast({ catalogs: list(catalog).default([]) }),
).default([]);
