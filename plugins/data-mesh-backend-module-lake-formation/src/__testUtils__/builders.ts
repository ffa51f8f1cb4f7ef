import type {
  AccessScope,
  OutputPort,
  TableScope,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import { readLakePrincipal } from '../lake/principals';

export const ACCOUNT = '210987654321';
export const REGION = 'eu-central-1';
export const DATABASE = 'sales';
export const COLUMNS = ['order_id', 'customer_id', 'amount', 'email'];

export const roleArn = (name: string, account = ACCOUNT) =>
  `arn:aws:iam::${account}:role/${name}`;

/** A port with the tables, each with {@link COLUMNS}. */
export const aPort = (
  tables: string[] = ['orders'],
  location: Partial<OutputPort['location']> = {},
): OutputPort => ({
  name: 'lake',
  type: 'lake-formation',
  location: {
    catalogId: ACCOUNT,
    region: REGION,
    database: DATABASE,
    ...location,
  },
  tables: tables.map(name => ({
    name,
    columns: COLUMNS.map(column => ({ name: column, type: 'string' })),
  })),
});

/** Reading of the tables by a role of the catalog's account. */
export function anIntent(
  options: {
    tables?: Array<string | TableScope>;
    principal?: string;
    port?: OutputPort;
    /** Beside or instead of tables. */
    scope?: Partial<AccessScope>;
  } = {},
): AccessIntent {
  const tables = (options.tables ?? ['orders']).map(one =>
    typeof one === 'string' ? { table: one } : one,
  );
  const id = options.principal ?? roleArn('analytics');
  const principal = readLakePrincipal(id);
  if (!principal) throw new TypeError(`'${id}' is no principal`);
  return {
    port: options.port ?? aPort(tables.map(one => one.table)),
    scope: { level: 'read', tables, ...options.scope },
    principal,
  };
}

/** `t000`, `t001`, … */
export const tableNames = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `t${String(i).padStart(3, '0')}`);
