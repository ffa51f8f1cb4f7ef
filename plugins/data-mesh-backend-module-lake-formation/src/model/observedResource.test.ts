import type { Resource } from '@aws-sdk/client-lakeformation';
import { ACCOUNT, REGION } from '../__testUtils__/builders';
import { readObservedResource, wireResource } from './observedResource';

const place = { accountId: ACCOUNT, region: REGION };
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

describe('a resource of a listing', () => {
  it.each(CASES)('is read as %s and named again: %j', (kind, wire, words) => {
    const observed = readObservedResource(wire, place);
    expect(observed).toEqual(
      expect.objectContaining({ kind, words, region: REGION }),
    );
    expect(wireResource(observed)).toEqual(wire);
  });

  it('reads all columns as the table, and the name ALL_TABLES as all tables', () => {
    const allColumns = readObservedResource(
      { TableWithColumns: { ...table, ColumnWildcard: {} } },
      place,
    );
    expect(allColumns).toEqual(
      expect.objectContaining({ kind: 'table', table: 'orders' }),
    );
    const allTables = readObservedResource(
      {
        TableWithColumns: { ...table, Name: 'ALL_TABLES', ColumnWildcard: {} },
      },
      place,
    );
    expect(allTables.kind).toBe('all-tables');
    expect(allTables.table).toBeUndefined();
  });

  it('takes the catalog of the listing where the resource names none', () => {
    expect(
      readObservedResource({ Database: { Name: 'sales' } }, place).catalogId,
    ).toBe(ACCOUNT);
  });

  it('keeps a kind that is not known here, and names none for it', () => {
    const unknown = readObservedResource({}, place);
    expect(unknown.kind).toBe('other');
    expect(wireResource(unknown)).toBeUndefined();
  });
});
