import type { Permission, Resource } from '@aws-sdk/client-lakeformation';
import { ACCOUNT, REGION, roleArn } from '../__testUtils__/builders';
import { readPrincipal } from '../__testUtils__/startAccounts';
import { observedGrant, readObserved, readObservedResource } from './observed';
import { readListedGrant, revokeEntries, wireResource } from './wire';

const CatalogId = ACCOUNT;
const nested = `${ACCOUNT}:s3tablescatalog/lake`;
const table = { CatalogId, DatabaseName: 'sales', Name: 'orders' };

const CASES: Array<[string, Resource, string]> = [
  ['catalog', { Catalog: {} }, `catalog ${ACCOUNT}`],
  ['catalog', { Catalog: { Id: nested } }, `catalog ${nested}`],
  ['database', { Database: { CatalogId, Name: 'sales' } }, 'database sales'],
  ['table', { Table: table }, 'sales.orders'],
  [
    'all-tables',
    { Table: { CatalogId, DatabaseName: 'sales', TableWildcard: {} } },
    'all tables of sales',
  ],
  [
    'columns',
    { TableWithColumns: { ...table, ColumnNames: ['amount', 'email'] } },
    'sales.orders (amount, email)',
  ],
  [
    'columns',
    {
      TableWithColumns: {
        ...table,
        ColumnWildcard: { ExcludedColumnNames: ['email'] },
      },
    },
    'sales.orders (all but email)',
  ],
  [
    'data-cells-filter',
    {
      DataCellsFilter: {
        TableCatalogId: CatalogId,
        DatabaseName: 'sales',
        TableName: 'orders',
        Name: 'emea',
      },
    },
    'filter emea on sales.orders',
  ],
  [
    'data-location',
    { DataLocation: { CatalogId, ResourceArn: 'arn:aws:s3:::lake/sales' } },
    'location arn:aws:s3:::lake/sales',
  ],
  [
    'lf-tag',
    { LFTag: { CatalogId, TagKey: 'domain', TagValues: ['hr', 'sales'] } },
    'LF-Tag domain = hr or sales',
  ],
  [
    'tag-policy',
    {
      LFTagPolicy: {
        CatalogId,
        ResourceType: 'TABLE',
        Expression: [
          { TagKey: 'class', TagValues: ['open'] },
          { TagKey: 'domain', TagValues: ['hr', 'sales'] },
        ],
      },
    },
    'tables tagged class = open and domain = hr or sales',
  ],
  [
    'tag-policy',
    {
      LFTagPolicy: { CatalogId, ResourceType: 'DATABASE', ExpressionName: 'e' },
    },
    'databases that saved expression e reaches',
  ],
  [
    'saved-expression',
    { LFTagExpression: { CatalogId, Name: 'e' } },
    'saved expression e',
  ],
];

const read = (resource: Resource, permissions: Permission[] = ['SELECT']) => {
  const line = readListedGrant(
    {
      Principal: { DataLakePrincipalIdentifier: roleArn('analytics') },
      Resource: resource,
      Permissions: permissions,
    },
    ACCOUNT,
  );
  if (!line) throw new Error('The line was not read');
  return observedGrant(line, REGION, readPrincipal).resource;
};

describe('a resource of a listing', () => {
  it.each(CASES)('is read as %s and named again: %j', (kind, wire, words) => {
    const observed = read(wire);
    expect(observed).toEqual(
      expect.objectContaining({ kind, words, region: REGION }),
    );
    const grant = readObserved(
      {
        principal: readPrincipal(roleArn('analytics')),
        resource: observed,
        permissions: ['SELECT'],
        grantable: [],
      },
      ACCOUNT,
    );
    const { first, then } = revokeEntries(grant.grantee, grant);
    expect([...first, ...then].map(entry => entry.Resource)).toEqual([wire]);
  });

  it('reads all columns as the table, and the name ALL_TABLES as all tables', () => {
    expect(
      read({ TableWithColumns: { ...table, ColumnWildcard: {} } }),
    ).toEqual(expect.objectContaining({ kind: 'table', table: 'orders' }));
    const allTables = read({
      TableWithColumns: { ...table, Name: 'ALL_TABLES', ColumnWildcard: {} },
    });
    expect(allTables.kind).toBe('all-tables');
    expect(allTables.table).toBeUndefined();
  });

  it('takes the catalog of the listing where the resource names none', () => {
    expect(read({ Database: { Name: 'sales' } }).catalogId).toBe(ACCOUNT);
  });

  it('keeps a kind that is not known here, and refuses to write to it', () => {
    const unknown = read({});
    expect(unknown.kind).toBe('other');
    expect(() => wireResource(readObservedResource(unknown, ACCOUNT))).toThrow(
      /a resource of an unknown kind; change it in the AWS console/,
    );
  });
});
