import { Holding, addToHolding, takeFromHolding } from './changeGrant';
import { PermissionChange } from './Grant';

const change = (fields: Partial<PermissionChange>): PermissionChange => ({
  principal: 'someone',
  resource: { kind: 'table', database: 'sales', table: 'orders' },
  permissions: ['SELECT'],
  grantable: [],
  ...fields,
});

const holding = (fields: Partial<Holding>): Holding => ({
  permissions: [],
  grantable: [],
  ...fields,
});

const INVALID = 'Permissions modification is invalid.';
const A = { include: ['a'] };
const B = { include: ['b'] };
const AB = { include: ['a', 'b'] };
const NOT_A = { exclude: ['a'] };

describe('granting', () => {
  it.each<[string, Holding | undefined, Partial<PermissionChange>, Holding]>([
    [
      'starts an entry',
      undefined,
      { permissions: ['SELECT', 'DROP'], grantable: ['DROP'] },
      holding({ permissions: ['DROP', 'SELECT'], grantable: ['DROP'] }),
    ],
    [
      'keeps the grant option that is not granted again',
      holding({ permissions: ['DROP'], grantable: ['DROP'] }),
      { permissions: ['DROP'] },
      holding({ permissions: ['DROP'], grantable: ['DROP'] }),
    ],
    [
      'widens columns to the table',
      holding({ columns: { held: A } }),
      { permissions: ['SELECT', 'DESCRIBE'] },
      holding({ permissions: ['DESCRIBE', 'SELECT'] }),
    ],
    [
      'keeps columns that may be passed on beside a table that may not',
      holding({ columns: { held: AB, grantable: A } }),
      {},
      holding({
        permissions: ['SELECT'],
        columns: { held: A, grantable: A },
      }),
    ],
    [
      'forgets them when the whole table may be passed on',
      holding({ columns: { held: AB, grantable: A } }),
      { grantable: ['SELECT'] },
      holding({ permissions: ['SELECT'], grantable: ['SELECT'] }),
    ],
    [
      'joins columns, and those that may be passed on apart',
      holding({ columns: { held: A } }),
      { columns: B, grantable: ['SELECT'] },
      holding({ columns: { held: AB, grantable: B } }),
    ],
    [
      'joins a list and its opposite to the table',
      holding({ columns: { held: A } }),
      { columns: NOT_A },
      holding({ permissions: ['SELECT'] }),
    ],
  ])('%s', (_, before, fields, after) => {
    expect(addToHolding(before, change(fields))).toEqual(after);
  });

  it.each<[string, Holding, Partial<PermissionChange>]>([
    [
      'DESCRIBE beside columns',
      holding({ columns: { held: A } }),
      { permissions: ['DESCRIBE'] },
    ],
    ['columns beside ALL', holding({ permissions: ['ALL'] }), { columns: A }],
    [
      'columns beside SELECT on the table',
      holding({ permissions: ['SELECT'] }),
      { columns: A },
    ],
  ])('refuses %s', (_, before, fields) => {
    expect(() => addToHolding(before, change(fields))).toThrow(INVALID);
  });
});

describe('revoking', () => {
  it.each<[string, Holding, Partial<PermissionChange>, Holding | undefined]>([
    [
      'takes the grant option with the permission',
      holding({ permissions: ['DROP', 'SELECT'], grantable: ['DROP'] }),
      { permissions: ['DROP'] },
      holding({ permissions: ['SELECT'] }),
    ],
    [
      'ends the entry with the last permission',
      holding({ permissions: ['DROP'] }),
      { permissions: ['DROP'] },
      undefined,
    ],
    [
      'takes all columns with SELECT on the table',
      holding({ columns: { held: A } }),
      {},
      undefined,
    ],
    [
      'takes columns and what of them may be passed on',
      holding({ columns: { held: AB, grantable: AB } }),
      { columns: A },
      holding({ columns: { held: B, grantable: B } }),
    ],
    [
      'takes only the grant option of columns',
      holding({ columns: { held: AB, grantable: AB } }),
      { columns: A, permissions: [], grantable: ['SELECT'] },
      holding({ columns: { held: AB, grantable: B } }),
    ],
    [
      'leaves all but the columns of SELECT on the table',
      holding({ permissions: ['SELECT'], grantable: ['SELECT'] }),
      { columns: A },
      holding({ columns: { held: NOT_A, grantable: NOT_A } }),
    ],
    [
      'leaves the table readable where only the grant option of columns goes',
      holding({ permissions: ['SELECT'], grantable: ['SELECT'] }),
      { columns: A, permissions: [], grantable: ['SELECT'] },
      holding({
        permissions: ['SELECT'],
        columns: { held: NOT_A, grantable: NOT_A },
      }),
    ],
  ])('%s', (_, before, fields, after) => {
    expect(takeFromHolding(before, change(fields))).toEqual(after);
  });

  it.each<[string, Holding | undefined, Partial<PermissionChange>, string]>([
    ['anything from nothing', undefined, {}, 'have:[SELECT]'],
    [
      'what is only partly held',
      holding({ permissions: ['DROP'] }),
      { permissions: ['DROP', 'ALTER'] },
      'have:[ALTER]',
    ],
    [
      'a grant option that is not held',
      holding({ permissions: ['DROP'] }),
      { permissions: [], grantable: ['DROP'] },
      'have:[DROP]',
    ],
    [
      'columns beyond those held',
      holding({ columns: { held: A } }),
      { columns: AB },
      'have:[SELECT]',
    ],
    [
      'the grant option of columns that have none',
      holding({ columns: { held: A } }),
      { columns: A, grantable: ['SELECT'] },
      'have:[SELECT]',
    ],
    [
      'columns of a table beside other permissions',
      holding({ permissions: ['DESCRIBE', 'SELECT'] }),
      { columns: A },
      INVALID,
    ],
  ])('refuses %s', (_, before, fields, message) => {
    expect(() => takeFromHolding(before, change(fields))).toThrow(message);
  });
});
