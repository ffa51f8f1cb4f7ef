import { LakeFormationEmulatorSeed, SeedAccount } from '../seed/SeedAccount';
import { SeedColumn, SeedDatabase, SeedTable } from '../seed/SeedDatabase';

/** The account of most tests, and a second one. */
export const ACCOUNT = '111111111111';
export const OTHER_ACCOUNT = '222222222222';
export const REGION = 'eu-west-1';

export const roleArn = (name: string, account = ACCOUNT) =>
  `arn:aws:iam::${account}:role/${name}`;

const column = (name: string, type = 'string'): SeedColumn => ({ name, type });

export const aTable = (fields: Partial<SeedTable> = {}): SeedTable => ({
  name: 'orders',
  location: 's3://lake/sales/orders',
  columns: [
    column('order_id', 'bigint'),
    column('email'),
    column('amount', 'decimal(10,2)'),
  ],
  partitionKeys: [column('day', 'date')],
  ...fields,
});

export const aDatabase = (
  fields: Partial<SeedDatabase> = {},
): SeedDatabase => ({
  name: 'sales',
  tables: [aTable()],
  ...fields,
});

/** One account with `sales.orders` and nobody who may do anything. */
export const anAccount = (fields: Partial<SeedAccount> = {}): SeedAccount => ({
  id: ACCOUNT,
  databases: [aDatabase()],
  ...fields,
});

export const aSeed = (
  fields: Partial<SeedAccount> = {},
): LakeFormationEmulatorSeed => ({ accounts: [anAccount(fields)] });
