import type { PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import { ACCOUNT, REGION, roleArn } from '../__testUtils__/builders';
import { readPrincipal } from '../__testUtils__/startAccounts';
import { readScannedGrants } from './readScannedGrant';

const place = { accountId: ACCOUNT, region: REGION };
const table = {
  CatalogId: ACCOUNT,
  DatabaseName: 'sales',
  Name: 'orders',
};

const aLine = (
  line: Partial<PrincipalResourcePermissions>,
): PrincipalResourcePermissions => ({
  Principal: { DataLakePrincipalIdentifier: roleArn('analytics') },
  Resource: { Table: table },
  Permissions: ['DESCRIBE'],
  ...line,
});

function read(line: Partial<PrincipalResourcePermissions>) {
  const [found] = readScannedGrants([aLine(line)], place, readPrincipal);
  if (!found) throw new Error('The line was not read');
  return found;
}

const ofColumns = (
  ColumnNames: string[],
): Partial<PrincipalResourcePermissions> => ({
  Resource: { TableWithColumns: { ...table, ColumnNames } },
  Permissions: ['SELECT'],
});

const onColumns = (
  columns: string[],
  line: Partial<PrincipalResourcePermissions> = {},
) => read({ ...ofColumns(columns), ...line });

describe('key of a scanned grant', () => {
  it('stays the same where permissions or columns change', () => {
    expect(read({ Permissions: ['DESCRIBE', 'INSERT'] }).key).toBe(
      read({ Permissions: ['DESCRIBE'] }).key,
    );
    expect(onColumns(['a', 'b']).key).toBe(onColumns(['a']).key);
  });

  it('tells the lines of one grant apart, within one group', () => {
    const lines = [
      read({}),
      read({
        Resource: { TableWithColumns: { ...table, ColumnWildcard: {} } },
        Permissions: ['SELECT'],
      }),
      onColumns(['a']),
      onColumns(['a'], { PermissionsWithGrantOption: ['SELECT'] }),
      read({ Condition: { Expression: 'context.x == 1' } }),
      read({ Condition: { Expression: 'context.x == 2' } }),
    ];
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
    expect(new Set(lines.map(({ group }) => group)).size).toBe(1);
  });

  it.each<[string, Partial<PrincipalResourcePermissions>]>([
    [
      'principals',
      { Principal: { DataLakePrincipalIdentifier: roleArn('etl') } },
    ],
    ['tables', { Resource: { Table: { ...table, Name: 'customers' } } }],
    ['databases', { Resource: { Table: { ...table, DatabaseName: 'hr' } } }],
    [
      'catalogs',
      { Resource: { Table: { ...table, CatalogId: '100000000001' } } },
    ],
    [
      'a table and all tables',
      { Resource: { Table: { ...table, Name: undefined, TableWildcard: {} } } },
    ],
  ])('differs between %s', (_, line) => {
    expect(read(line).group).not.toBe(read({}).group);
  });

  it('fits the backend, however long the names are', () => {
    const long = 'x'.repeat(255);
    const { key } = read({
      Principal: { DataLakePrincipalIdentifier: roleArn(long.slice(0, 200)) },
      Resource: { Table: { ...table, DatabaseName: long, Name: long } },
      Condition: { Expression: 'y'.repeat(3_000) },
    });
    expect(key.length).toBeLessThanOrEqual(512);
  });
});

describe('reading a line', () => {
  it('keeps who changed it, the share that carries it and the condition', () => {
    const { grant } = read({
      Condition: { Expression: 'context.x == 1' },
      AdditionalDetails: { ResourceShare: ['arn:aws:ram:share'] },
      LastUpdated: new Date('2026-11-25T03:00:00Z'),
      LastUpdatedBy: 'arn:aws:iam::210987654321:role/admin',
      PermissionsWithGrantOption: ['DESCRIBE'],
    });
    expect(grant).toEqual(
      expect.objectContaining({
        condition: 'context.x == 1',
        resourceShare: 'arn:aws:ram:share',
        updatedAt: '2026-11-25T03:00:00.000Z',
        updatedBy: 'arn:aws:iam::210987654321:role/admin',
        grantable: ['DESCRIBE'],
      }),
    );
  });

  it('passes over a line that names nobody or nothing', () => {
    expect(
      readScannedGrants([{ Resource: { Table: table } }], place, readPrincipal),
    ).toEqual([]);
  });

  it('gives each key once', () => {
    const [first, ...more] = readScannedGrants(
      [aLine(ofColumns(['a'])), aLine(ofColumns(['b']))],
      place,
      readPrincipal,
    );
    expect(more).toEqual([]);
    expect(first.grant.resource.columns).toEqual(['a', 'b']);
  });
});
