import { z } from 'zod';
import {
  fields,
  flag,
  list,
  noneTwice,
  region,
  text,
  textMap,
  texts,
  whole,
} from '../../input/fields';
import { storedName } from '../../model/api/storedName';
import {
  SeedColumn,
  SeedDataCellsFilter,
  SeedDatabase,
  SeedDefaultPermission,
  SeedTable,
} from '../SeedDatabase';
import { columnChoice, oneColumnList } from './resourceSchema';

/** A grant that comes with what is newly created. */
export const defaultPermission: z.ZodType<SeedDefaultPermission> = fields({
  principal: text(),
  permissions: texts(),
});

const place = {
  catalogId: text(
    'an account id of twelve digits, or one with a path',
    /^\d{12}(:.+)?$/,
  ),
  database: text(),
  region: text().optional(),
};

const column: z.ZodType<SeedColumn> = fields({
  name: text(),
  type: text(),
  comment: text().optional(),
  lfTags: textMap().optional(),
});

const dataCellsFilter: z.ZodType<SeedDataCellsFilter> = fields({
  name: text(),
  rowFilter: text().optional(),
  ...columnChoice,
}).check(whole(oneColumnList));

const partition = fields({ values: texts(), location: text().optional() });

const table: z.ZodType<SeedTable> = fields({
  name: text(),
  target: fields({ ...place, table: text() }).optional(),
  description: text().optional(),
  location: text().optional(),
  columns: list(column).default([]),
  partitionKeys: list(column).default([]),
  partitions: list(partition).default([]),
  owner: text().optional(),
  creator: text().optional(),
  iamAllowedPrincipals: flag().default(false),
  parameters: textMap().optional(),
  tableType: text().optional(),
  dataCellsFilters: list(dataCellsFilter).default([]),
  lfTags: textMap().optional(),
}).check(
  whole(({ columns, partitionKeys, partitions }) => {
    const names = [...columns, ...partitionKeys].map(({ name }) => name);
    const keys = partitionKeys.length;
    const odd = partitions.findIndex(({ values }) => values.length !== keys);
    return (
      noneTwice(names, ['columns']) ??
      (odd < 0
        ? undefined
        : {
            expected: `a value for each of ${keys} partition keys`,
            found: partitions[odd].values,
            at: ['partitions', odd, 'values'],
          })
    );
  }),
);

const database: z.ZodType<SeedDatabase> = fields({
  region: region.optional(),
  name: text(),
  target: fields(place).optional(),
  description: text().optional(),
  locationUri: text().optional(),
  parameters: textMap().optional(),
  creator: text().optional(),
  iamAllowedPrincipals: flag().default(false),
  createTableDefaultPermissions: list(defaultPermission).default([]),
  tags: textMap().optional(),
  tables: list(table).default([]),
  lfTags: textMap().optional(),
}).check(
  whole(
    ({ target, tables }) =>
      noneTwice(
        tables.map(({ name }) => storedName(name)),
        ['tables'],
      ) ??
      (target && tables.length
        ? {
            expected: 'no tables of a link',
            found: tables.length,
            at: ['tables'],
          }
        : undefined),
  ),
);

/** The databases of an account or a nested catalog. */
export const databasesSchema = list(database)
  .default([])
  .check(
    whole(databases =>
      noneTwice(
        databases.map(({ region: where = '', name }) =>
          `${where} ${storedName(name)}`.trim(),
        ),
      ),
    ),
  );
