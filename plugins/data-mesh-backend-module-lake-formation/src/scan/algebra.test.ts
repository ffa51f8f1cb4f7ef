import type { PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import type {
  ObservedGrant,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { ACCOUNT, REGION, roleArn } from '../__testUtils__/builders';
import { readPrincipal } from '../__testUtils__/startAccounts';
import { coversAccess } from '../lake/access';
import { accessOn, holdingsOf } from '../lake/held';
import { ListedGrant, readListedGrant } from '../lake/wire';
import { readGrantCall } from '../steps/grants/GrantCall';
import { GrantPermissionsStep } from '../steps/grants/GrantPermissionsStep';
import { KnownCreators } from '../steps/KnownCreators';
import { KnownShares } from '../steps/KnownShares';
import { compareGrant } from './compareGrant';
import { judgeStep } from './judgeStep';
import { readScannedGrants } from './readScannedGrant';

const role = roleArn('analytics');
const place = { CatalogId: ACCOUNT, DatabaseName: 'sales' };
const table = { ...place, Name: 'orders' };
const onTable = { Table: table };
const onAllTables = { Table: { ...place, TableWildcard: {} } };
const onDatabase = { Database: { CatalogId: ACCOUNT, Name: 'sales' } };
const onFilter = {
  DataCellsFilter: {
    TableCatalogId: ACCOUNT,
    DatabaseName: 'sales',
    TableName: 'orders',
    Name: 'emea',
  },
};
const onColumns = (...ColumnNames: string[]) => ({
  TableWithColumns: { ...table, ColumnNames },
});
const onAllBut = (...ExcludedColumnNames: string[]) => ({
  TableWithColumns: { ...table, ColumnWildcard: { ExcludedColumnNames } },
});
const tagged = (...Expression: Array<[string, string[]]>) => ({
  LFTagPolicy: {
    CatalogId: ACCOUNT,
    ResourceType: 'TABLE',
    Expression: Expression.map(([TagKey, TagValues]) => ({
      TagKey,
      TagValues,
    })),
  },
});
const savedPolicy = {
  LFTagPolicy: {
    CatalogId: ACCOUNT,
    ResourceType: 'TABLE',
    ExpressionName: 'open',
  },
};

interface Line {
  on: object;
  permissions: string[];
  passOn?: string[];
  condition?: string;
}

const wire = ({ on, permissions, passOn, condition }: Line) => ({
  Principal: { DataLakePrincipalIdentifier: role },
  Resource: on,
  Permissions: permissions,
  ...(passOn && { PermissionsWithGrantOption: passOn }),
  ...(condition && { Condition: { Expression: condition } }),
});

const aStep = (wants: Line): PlanStep => ({
  id: 'grantPermissions:1',
  kind: 'grantPermissions',
  words: { text: 'Grant' },
  accountId: ACCOUNT,
  region: REGION,
  call: {
    service: 'LakeFormation',
    operation: 'GrantPermissions',
    input: { CatalogId: ACCOUNT, ...wire(wants) },
  },
  needs: [],
});

const toListing = (lines: Line[]) =>
  lines.map(wire) as unknown as PrincipalResourcePermissions[];

const scanned = (lines: Line[]): ObservedGrant[] =>
  readScannedGrants(
    toListing(lines),
    { accountId: ACCOUNT, region: REGION },
    readPrincipal,
  ).map(({ grant }) => grant);

const listed = (lines: Line[]): ListedGrant[] =>
  toListing(lines).flatMap(line => readListedGrant(line, ACCOUNT) ?? []);

const told = ({ permissions, grantable, resource }: ObservedGrant) =>
  `${permissions.join(', ')}${
    grantable.length > 0 ? ` +${grantable.join(', ')}` : ''
  } on ${resource.words}`;

interface Case {
  what: string;
  wants: Line;
  lists: Line[];
  state: 'present' | 'partial' | 'absent';
  unexplained: string[];
  /** Whether it stands behind what is listed, where a part is not enough. */
  standsBehind?: boolean;
}

const reading: Line = { on: onTable, permissions: ['SELECT', 'DESCRIBE'] };
const describing: Line = { on: onTable, permissions: ['DESCRIBE'] };
const selecting: Line = { on: onAllBut(), permissions: ['SELECT'] };

/** What a step wants, what is listed, and what each of the two lacks. */
const CASES: Case[] = [
  {
    what: 'nothing',
    wants: reading,
    lists: [],
    state: 'absent',
    unexplained: [],
  },
  {
    what: 'the two lines of one grant',
    wants: reading,
    lists: [describing, selecting],
    state: 'present',
    unexplained: [],
  },
  {
    what: 'one of two permissions',
    wants: reading,
    lists: [describing],
    state: 'partial',
    unexplained: [],
  },
  {
    what: 'a permission more',
    wants: reading,
    lists: [{ on: onTable, permissions: ['DESCRIBE', 'INSERT'] }, selecting],
    state: 'present',
    unexplained: ['INSERT on sales.orders'],
  },
  {
    what: 'ALL alone',
    wants: reading,
    lists: [{ on: onTable, permissions: ['ALL'] }],
    state: 'present',
    unexplained: ['ALL on sales.orders'],
  },
  {
    what: 'ALL by its other name',
    wants: reading,
    lists: [{ on: onTable, permissions: ['SUPER'] }],
    state: 'present',
    unexplained: ['ALL on sales.orders'],
  },
  {
    what: 'ALL beside what is wanted',
    wants: reading,
    lists: [{ on: onTable, permissions: ['ALL', 'DESCRIBE'] }, selecting],
    state: 'present',
    unexplained: ['ALL on sales.orders'],
  },
  {
    what: 'ALL where columns are wanted',
    wants: { on: onColumns('amount'), permissions: ['SELECT'] },
    lists: [{ on: onTable, permissions: ['ALL'] }],
    state: 'present',
    unexplained: ['ALL on sales.orders'],
  },
  {
    what: 'all that ALL contains, where ALL is wanted',
    wants: { on: onTable, permissions: ['ALL'] },
    lists: [
      {
        on: onTable,
        permissions: ['ALTER', 'DELETE', 'DESCRIBE', 'DROP', 'INSERT'],
      },
      selecting,
    ],
    state: 'absent',
    standsBehind: true,
    unexplained: [],
  },
  {
    what: 'ALL on a database',
    wants: { on: onDatabase, permissions: ['DESCRIBE'] },
    lists: [{ on: onDatabase, permissions: ['ALL'] }],
    state: 'present',
    unexplained: ['ALL on database sales'],
  },
  {
    what: 'a column less',
    wants: { on: onColumns('amount', 'email'), permissions: ['SELECT'] },
    lists: [{ on: onColumns('amount'), permissions: ['SELECT'] }],
    state: 'partial',
    unexplained: [],
  },
  {
    what: 'a column more',
    wants: { on: onColumns('amount'), permissions: ['SELECT'] },
    lists: [{ on: onColumns('amount', 'email'), permissions: ['SELECT'] }],
    state: 'present',
    unexplained: ['SELECT on sales.orders (email)'],
  },
  {
    what: 'other columns',
    wants: { on: onColumns('amount'), permissions: ['SELECT'] },
    lists: [{ on: onColumns('email'), permissions: ['SELECT'] }],
    state: 'absent',
    unexplained: ['SELECT on sales.orders (email)'],
  },
  {
    what: 'all columns, where some are wanted',
    wants: { on: onColumns('amount'), permissions: ['SELECT'] },
    lists: [selecting],
    state: 'present',
    unexplained: ['SELECT on sales.orders (all but amount)'],
  },
  {
    what: 'some columns, where all are wanted',
    wants: { on: onAllBut(), permissions: ['SELECT'] },
    lists: [{ on: onColumns('amount'), permissions: ['SELECT'] }],
    state: 'partial',
    unexplained: [],
  },
  {
    what: 'all columns but one, where all are wanted',
    wants: { on: onAllBut(), permissions: ['SELECT'] },
    lists: [{ on: onAllBut('email'), permissions: ['SELECT'] }],
    state: 'partial',
    unexplained: [],
  },
  {
    what: 'the excluded column as well',
    wants: { on: onAllBut('email'), permissions: ['SELECT'] },
    lists: [selecting],
    state: 'present',
    unexplained: ['SELECT on sales.orders (email)'],
  },
  {
    what: 'the right to pass it on as well',
    wants: reading,
    lists: [
      { on: onTable, permissions: ['DESCRIBE'], passOn: ['DESCRIBE'] },
      { ...selecting, passOn: ['SELECT'] },
    ],
    state: 'present',
    unexplained: [' +DESCRIBE on sales.orders', ' +SELECT on sales.orders'],
  },
  {
    what: 'no right to pass it on',
    wants: { ...reading, passOn: ['SELECT', 'DESCRIBE'] },
    lists: [describing, selecting],
    state: 'partial',
    unexplained: [],
  },
  {
    what: 'ALL to be passed on',
    wants: { ...reading, passOn: ['SELECT', 'DESCRIBE'] },
    lists: [{ on: onTable, permissions: ['ALL'], passOn: ['ALL'] }],
    state: 'present',
    unexplained: ['ALL +ALL on sales.orders'],
  },
  {
    what: 'all tables by their name in listings',
    wants: { on: onAllTables, permissions: ['SELECT', 'DESCRIBE'] },
    lists: [
      {
        on: {
          TableWithColumns: {
            ...place,
            Name: 'ALL_TABLES',
            ColumnWildcard: {},
          },
        },
        permissions: ['SELECT'],
      },
      { on: onAllTables, permissions: ['DESCRIBE'] },
    ],
    state: 'present',
    unexplained: [],
  },
  {
    what: 'all tables, where one is wanted',
    wants: reading,
    lists: [{ on: onAllTables, permissions: ['SELECT', 'DESCRIBE'] }],
    state: 'absent',
    unexplained: ['DESCRIBE, SELECT on all tables of sales'],
  },
  {
    what: 'more on a filter',
    wants: { on: onFilter, permissions: ['SELECT'] },
    lists: [{ on: onFilter, permissions: ['DESCRIBE', 'SELECT'] }],
    state: 'present',
    unexplained: ['DESCRIBE on filter emea on sales.orders'],
  },
  {
    what: 'the table of a filter',
    wants: { on: onFilter, permissions: ['SELECT'] },
    lists: [selecting],
    state: 'absent',
    unexplained: ['SELECT on sales.orders'],
  },
  {
    what: 'tags in another order and case',
    wants: {
      on: tagged(['class', ['open']], ['domain', ['hr', 'sales']]),
      permissions: ['SELECT'],
    },
    lists: [
      {
        on: tagged(['Domain', ['Sales', 'HR']], ['class', ['open']]),
        permissions: ['SELECT'],
      },
    ],
    state: 'present',
    unexplained: [],
  },
  {
    what: 'tags with a value more',
    wants: { on: tagged(['class', ['open']]), permissions: ['SELECT'] },
    lists: [{ on: tagged(['class', ['open', 'x']]), permissions: ['SELECT'] }],
    state: 'absent',
    unexplained: ['SELECT on tables tagged class = open or x'],
  },
  {
    what: 'a saved expression',
    wants: { on: tagged(['class', ['open']]), permissions: ['SELECT'] },
    lists: [{ on: savedPolicy, permissions: ['SELECT'] }],
    state: 'absent',
    unexplained: ['SELECT on tables that saved expression open reaches'],
  },
  {
    what: 'the same condition',
    wants: { ...describing, condition: 'a' },
    lists: [{ ...describing, condition: 'a' }],
    state: 'present',
    unexplained: [],
  },
  {
    what: 'another condition',
    wants: { ...describing, condition: 'a' },
    lists: [{ ...describing, condition: 'b' }],
    state: 'absent',
    unexplained: ['DESCRIBE on sales.orders'],
  },
  {
    what: 'no condition',
    wants: { ...describing, condition: 'a' },
    lists: [describing],
    state: 'absent',
    unexplained: ['DESCRIBE on sales.orders'],
  },
];

describe.each(CASES)(
  'where $what is listed',
  ({ wants, lists, state, unexplained, standsBehind = state !== 'absent' }) => {
    const step = aStep(wants);

    it(`a scan finds the step ${state}`, () => {
      expect(judgeStep(step, scanned(lists)).state).toBe(state);
    });

    it(`a look finds the step ${state}`, async () => {
      const kind = new GrantPermissionsStep({
        grants: { read: async () => listed(lists) },
        writer: { grant: async () => {}, revoke: async () => {} },
        shares: new KnownShares(),
        creators: new KnownCreators(),
      });
      expect((await kind.observe(step)).state).toBe(state);
    });

    it(`a plan takes it for ${state === 'present' ? 'done' : 'to do'}`, () => {
      const call = readGrantCall(step);
      const held = holdingsOf(call, listed(lists));
      expect(
        call.wants.every(({ resource, access }) =>
          coversAccess(accessOn(held, resource), access),
        ),
      ).toBe(state === 'present');
    });

    it('the explanation leaves what nobody wants, and nothing else', () => {
      const left = scanned(lists).flatMap(
        grant =>
          compareGrant(grant, { steps: [{ step, baseline: {} }] }).unexplained,
      );
      expect(left.map(told)).toEqual(unexplained);
    });

    it(`the step stands behind ${standsBehind ? 'some' : 'none'} of it`, () => {
      const extents = scanned(lists).map(
        grant =>
          compareGrant(grant, { steps: [{ step, baseline: {} }] }).wanted,
      );
      expect(extents.some(extent => extent !== 'none')).toBe(standsBehind);
    });
  },
);

describe('what a person let stay', () => {
  const adopted = (line: Line) => scanned([line]);

  it('explains ALL with what it contains, however it is listed', () => {
    const lines = [
      { on: onTable, permissions: ['ALL'] },
      { on: onTable, permissions: ['ALL', 'INSERT'] },
      selecting,
    ];
    for (const line of lines) {
      const [grant] = scanned([line]);
      const compared = compareGrant(grant, {
        steps: [],
        adopted: adopted(lines[0]),
      });
      expect([compared.adopted, compared.unexplained]).toEqual(['full', []]);
    }
  });

  it('does not explain what was added since', () => {
    const [grant] = scanned([{ on: onTable, permissions: ['ALL'] }]);
    const compared = compareGrant(grant, {
      steps: [],
      adopted: adopted(describing),
    });
    expect(compared.adopted).toBe('part');
    expect(compared.unexplained.map(told)).toEqual(['ALL on sales.orders']);
  });

  it('does not explain a filter that lets other rows through', () => {
    const [filter] = scanned([{ on: onFilter, permissions: ['SELECT'] }]);
    const withRows = (rowFilter: string): ObservedGrant => ({
      ...filter,
      resource: { ...filter.resource, rowFilter },
    });
    const compared = compareGrant(withRows("region = 'apac'"), {
      steps: [],
      adopted: [withRows("region = 'emea'")],
    });
    expect(compared.adopted).toBe('none');
  });
});
