import type { PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import type {
  ObservedGrant,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { ACCOUNT, REGION, roleArn } from '../__testUtils__/builders';
import { readPrincipal } from '../__testUtils__/startAccounts';
import { judgeStep } from './judgeStep';
import { readScannedGrants } from './readScannedGrant';
import { wantedGrants } from './wantedGrants';

const role = roleArn('analytics');
const CatalogId = ACCOUNT;
const table = { CatalogId, DatabaseName: 'sales', Name: 'orders' };
const other = { CatalogId, DatabaseName: 'sales', Name: 'customers' };

type Entry = [object, string[], { grantable?: string[]; condition?: string }?];

const wire = ([Resource, Permissions, more = {}]: Entry) => ({
  Principal: { DataLakePrincipalIdentifier: role },
  Resource,
  Permissions,
  ...(more.grantable && { PermissionsWithGrantOption: more.grantable }),
  ...(more.condition && { Condition: { Expression: more.condition } }),
});

const aStep = (entries: Entry[], call: object = {}): PlanStep => ({
  id: 's',
  kind: 'grantPermissions',
  words: { text: 'Grant' },
  accountId: ACCOUNT,
  region: REGION,
  needs: [],
  call: {
    service: 'LakeFormation',
    operation: 'BatchGrantPermissions',
    input: {
      CatalogId,
      Entries: entries.map((entry, index) => ({
        Id: String(index),
        ...wire(entry),
      })),
    },
    ...call,
  },
});

const grants = (...entries: Entry[]): ObservedGrant[] =>
  readScannedGrants(
    entries.map(wire) as PrincipalResourcePermissions[],
    { accountId: ACCOUNT, region: REGION },
    readPrincipal,
  ).map(({ grant }) => grant);

const whole: Entry = [{ Table: table }, ['SELECT', 'DESCRIBE']];
const describeLine: Entry = [{ Table: table }, ['DESCRIBE']];
const selectLine: Entry = [
  { TableWithColumns: { ...table, ColumnWildcard: {} } },
  ['SELECT'],
];
const columns = (...ColumnNames: string[]): Entry => [
  { TableWithColumns: { ...table, ColumnNames } },
  ['SELECT'],
];

describe('judging a step by what a scan saw', () => {
  it('joins the two lines of one grant', () => {
    expect(judgeStep(aStep([whole]), grants(describeLine, selectLine))).toEqual(
      { state: 'present' },
    );
  });

  it('finds the lines of a table under one group', () => {
    const [want] = wantedGrants(aStep([whole]));
    for (const line of [describeLine, selectLine, columns('amount')]) {
      const [{ group }] = wantedGrants(aStep([line]));
      expect(group).toBe(want.group);
    }
  });

  it('counts ALL as everything', () => {
    expect(
      judgeStep(
        aStep([columns('amount')]),
        grants([{ Table: table }, ['ALL']]),
      ),
    ).toEqual({ state: 'present' });
  });

  it.each<[string, Entry[], Entry[], object]>([
    [
      'nothing is held',
      [whole],
      [],
      {
        state: 'absent',
        words: 'Not held: SELECT and DESCRIBE on `sales.orders`',
      },
    ],
    [
      'one of two tables is held',
      [whole, [{ Table: other }, ['SELECT', 'DESCRIBE']]],
      [describeLine, selectLine],
      {
        state: 'partial',
        words: 'Not held: SELECT and DESCRIBE on `sales.customers`',
      },
    ],
    [
      'a column is lacking',
      [columns('amount', 'email')],
      [columns('amount')],
      {
        state: 'partial',
        words: 'Not held: SELECT on column `email` of `sales.orders`',
      },
    ],
    [
      'columns are held that nobody wants',
      [columns('amount')],
      [columns('email')],
      {
        state: 'absent',
        words: 'Not held: SELECT on column `amount` of `sales.orders`',
      },
    ],
    [
      'a list of columns is held in the place of all',
      [selectLine],
      [columns('amount')],
      {
        state: 'partial',
        words:
          'Not held: SELECT on all columns except `amount` of `sales.orders`',
      },
    ],
    [
      'the grant option is lacking',
      [[{ Table: table }, ['SELECT'], { grantable: ['SELECT'] }]],
      [selectLine],
      {
        state: 'partial',
        words: 'Not held: the grant option of SELECT on `sales.orders`',
      },
    ],
    [
      'it is held under another condition only',
      [[{ Table: table }, ['SELECT'], { condition: 'a' }]],
      [[{ Table: table }, ['SELECT'], { condition: 'b' }]],
      { state: 'absent', words: 'Not held: SELECT on `sales.orders`' },
    ],
    [
      'DESCRIBE on a database is gone',
      [[{ Database: { CatalogId, Name: 'sales_link' } }, ['DESCRIBE']]],
      [],
      { state: 'absent', words: 'Not held: DESCRIBE on database `sales_link`' },
    ],
  ])('says what is lacking where %s', (_, wants, held, expected) => {
    expect(judgeStep(aStep(wants), grants(...held))).toEqual(expected);
  });

  it('tells some of many and counts the others', () => {
    const wants = ['a', 'b', 'c', 'd', 'e'].map(
      (Name): Entry => [{ Table: { ...table, Name } }, ['SELECT']],
    );
    expect(judgeStep(aStep(wants), [])).toEqual({
      state: 'absent',
      words:
        'Not held: SELECT on `sales.a`; SELECT on `sales.b`; SELECT on `sales.c`; and 2 more',
    });
  });

  it('knows nothing of steps that grant nothing', () => {
    const link = aStep([], { service: 'Glue', operation: 'CreateDatabase' });
    expect(wantedGrants(link)).toEqual([]);
    expect(judgeStep(link, [])).toEqual({ state: 'unseen' });
  });

  it('says where what a step has revoked is held again', () => {
    const step = aStep([[{ Table: table }, ['ALL']]], {
      operation: 'BatchRevokePermissions',
    });
    expect(judgeStep(step, [])).toEqual({ state: 'present' });
    expect(judgeStep(step, grants([{ Table: other }, ['ALL']]))).toEqual({
      state: 'present',
    });
    expect(judgeStep(step, grants([{ Table: table }, ['ALL']]))).toEqual({
      state: 'absent',
      words: 'Held again: ALL on `sales.orders` by analytics (210987654321)',
    });
  });

  it('takes nothing found in a nested catalog for unseen, not for drift', () => {
    const nested = `${ACCOUNT}:s3tablescatalog/lake`;
    const step = aStep([
      [{ Table: { ...table, CatalogId: nested } }, ['SELECT']],
    ]);
    expect(judgeStep(step, [])).toEqual({ state: 'unseen' });
  });

  it('takes what is passed on in a consumer account for unseen where it is not listed', () => {
    const owner = '100000000001';
    const step = aStep([], {
      operation: 'GrantPermissions',
      input: {
        CatalogId: owner,
        ...wire([{ Table: { ...table, CatalogId: owner } }, ['SELECT']]),
      },
    });
    expect(judgeStep(step, [])).toEqual({ state: 'unseen' });
    expect(
      judgeStep(
        step,
        grants([{ Table: { ...table, CatalogId: owner } }, ['SELECT']]),
      ),
    ).toEqual({ state: 'present' });
  });
});
