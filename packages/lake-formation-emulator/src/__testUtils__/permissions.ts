import {
  GrantPermissionsCommand,
  LFTag,
  LakeFormationClient,
  ListPermissionsCommand,
  ListPermissionsCommandInput,
  Permission,
  PrincipalResourcePermissions,
  Resource,
  RevokePermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import { roleArn } from './seeds';

export const onDatabase = (Name = 'sales'): Resource => ({
  Database: { Name },
});

export const onTable = (Name = 'orders', DatabaseName = 'sales'): Resource => ({
  Table: { DatabaseName, Name },
});

export const onAllTables = (DatabaseName = 'sales'): Resource => ({
  Table: { DatabaseName, TableWildcard: {} },
});

export const onColumns = (...ColumnNames: string[]): Resource => ({
  TableWithColumns: { DatabaseName: 'sales', Name: 'orders', ColumnNames },
});

/** All columns but the named ones; all columns where none is named. */
export const onAllColumnsBut = (
  ...ExcludedColumnNames: string[]
): Resource => ({
  TableWithColumns: {
    DatabaseName: 'sales',
    Name: 'orders',
    ColumnWildcard: ExcludedColumnNames.length ? { ExcludedColumnNames } : {},
  },
});

export const onFilter = (
  Name: string,
  TableName = 'orders',
  DatabaseName = 'sales',
): Resource => ({ DataCellsFilter: { DatabaseName, TableName, Name } });

export const onTag = (TagKey: string, ...TagValues: string[]): Resource => ({
  LFTag: { TagKey, TagValues },
});

/** `{ sensitivity: ['public'] }` as a request has it. */
export const wireTags = (tags: Record<string, string[]>): LFTag[] =>
  Object.entries(tags).map(([TagKey, TagValues]) => ({ TagKey, TagValues }));

/** A tag policy by an expression, or by the name of a saved one. */
export const onPolicy = (
  ResourceType: 'DATABASE' | 'TABLE',
  expression: Record<string, string[]> | string,
): Resource => ({
  LFTagPolicy: {
    ResourceType,
    ...(typeof expression === 'string'
      ? { ExpressionName: expression }
      : { Expression: wireTags(expression) }),
  },
});

/** A role by its name, or any other principal as it is. */
export const principal = (name: string) => ({
  DataLakePrincipalIdentifier: /^[A-Z][a-z]+$/.test(name)
    ? roleArn(name)
    : name,
});

/** A grant or revoke in one line. */
export const change = (
  who: string,
  resource: Resource,
  permissions: Permission[],
  grantable: Permission[] = [],
) => ({
  Principal: principal(who),
  Resource: resource,
  Permissions: permissions,
  PermissionsWithGrantOption: grantable,
});

export const grant = (
  client: LakeFormationClient,
  ...input: Parameters<typeof change>
) => client.send(new GrantPermissionsCommand(change(...input)));

export const revoke = (
  client: LakeFormationClient,
  ...input: Parameters<typeof change>
) => client.send(new RevokePermissionsCommand(change(...input)));

const spokenTags = (tags: LFTag[] = []) =>
  tags
    .map(({ TagKey, TagValues }) => `${TagKey}=${TagValues?.join('|')}`)
    .join(' & ');

function spokenTagResource(resource: Resource = {}): string | undefined {
  const { LFTag: tag, LFTagPolicy: policy, LFTagExpression: saved } = resource;
  if (tag) return `tag ${spokenTags([tag])}`;
  if (saved) return `expression ${saved.Name}`;
  if (!policy) return undefined;
  const by = policy.ExpressionName ?? spokenTags(policy.Expression);
  return `${policy.ResourceType?.toLowerCase()}s where ${by}`;
}

/** `Table sales.orders`, `columns of sales.orders: a, b`, … */
function spokenResource(resource: Resource | undefined): string {
  const { Catalog, Database, Table, TableWithColumns, DataLocation } =
    resource ?? {};
  const { DataCellsFilter: filter } = resource ?? {};
  const tagged = spokenTagResource(resource);
  if (tagged) return tagged;
  if (filter) {
    return `filter ${filter.Name} of ${filter.DatabaseName}.${filter.TableName}`;
  }
  if (Catalog) return 'catalog';
  if (Database) return `database ${Database.Name}`;
  if (DataLocation) return `location ${DataLocation.ResourceArn}`;
  if (Table) return `table ${Table.DatabaseName}.${Table.Name}`;
  const name = `${TableWithColumns?.DatabaseName}.${TableWithColumns?.Name}`;
  const { ColumnNames, ColumnWildcard } = TableWithColumns ?? {};
  if (ColumnNames) return `columns of ${name}: ${ColumnNames.join(', ')}`;
  const excluded = ColumnWildcard?.ExcludedColumnNames ?? [];
  return excluded.length
    ? `all columns of ${name} but ${excluded.join(', ')}`
    : `all columns of ${name}`;
}

/** `Analyst: SELECT on columns of sales.orders: a` and so on. */
export function spoken(entry: PrincipalResourcePermissions): string {
  const who = (entry.Principal?.DataLakePrincipalIdentifier ?? '').replace(
    /^arn:aws:iam::\d+:role\//,
    '',
  );
  const grantable = entry.PermissionsWithGrantOption ?? [];
  return `${who}: ${entry.Permissions?.join(' ')} on ${spokenResource(
    entry.Resource,
  )}${grantable.length ? `, may grant ${grantable.join(' ')}` : ''}`;
}

/** The whole listing, read page by page, in words. */
export async function listed(
  client: LakeFormationClient,
  input: ListPermissionsCommandInput = {},
): Promise<string[]> {
  const lines: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListPermissionsCommand({ ...input, NextToken }),
    );
    lines.push(...(page.PrincipalResourcePermissions ?? []).map(spoken));
    NextToken = page.NextToken;
  } while (NextToken);
  return lines;
}
