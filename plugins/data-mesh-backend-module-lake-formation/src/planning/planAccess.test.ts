import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  aPort,
  anIntent,
  roleArn,
  tableNames,
} from '../__testUtils__/builders';
import { Access, NO_ACCESS } from '../lake/access';
import { ColumnSet } from '../lake/columns';
import { ObservedPort, ObservedTable } from './ObservedPort';
import { planAccess } from './planAccess';

const location = {
  catalogId: ACCOUNT,
  accountId: ACCOUNT,
  region: REGION,
  database: DATABASE,
};

const held = (select: ColumnSet, ...permissions: string[]): Access => ({
  permissions,
  select,
});

const aTable = (options: Partial<ObservedTable> = {}): ObservedTable => ({
  name: 'orders',
  columns: COLUMNS,
  partitionKeys: [],
  held: NO_ACCESS,
  unrestricted: false,
  ...options,
});

const aPortSeen = (...tables: ObservedTable[]): ObservedPort => ({
  tables: tables.length > 0 ? tables : [aTable()],
  heldOnAllTables: NO_ACCESS,
});

const plan = (intent: AccessIntent, seen: ObservedPort = aPortSeen()) =>
  planAccess(intent, location, seen);

const columns = (...names: string[]) =>
  anIntent({ tables: [{ table: 'orders', columns: names }] });

const table = { CatalogId: ACCOUNT, DatabaseName: DATABASE, Name: 'orders' };

describe('a plan', () => {
  it('is plain data with its call, its inverse, and keys of what it shares and locks', () => {
    const { steps, ...rest } = plan(columns('email', 'amount'));
    expect(rest).toEqual({
      provisioner: 'lake-formation',
      topology: 'single-account',
      warnings: [],
    });
    const input = {
      CatalogId: ACCOUNT,
      Principal: { DataLakePrincipalIdentifier: roleArn('analytics') },
      Resource: {
        TableWithColumns: { ...table, ColumnNames: ['amount', 'email'] },
      },
      Permissions: ['SELECT'],
    };
    expect(steps).toEqual([
      {
        id: expect.stringMatching(/^grantPermissions:[0-9a-f]{32}$/),
        kind: 'grantPermissions',
        words: expect.objectContaining({
          text: 'Grant SELECT on columns `amount` and `email` of `sales.orders` to `analytics`',
        }),
        accountId: ACCOUNT,
        region: REGION,
        call: {
          service: 'LakeFormation',
          operation: 'GrantPermissions',
          input,
        },
        undo: {
          words: expect.objectContaining({
            text: 'Revoke SELECT on columns `amount` and `email` of `sales.orders` from `analytics`',
          }),
          call: {
            service: 'LakeFormation',
            operation: 'RevokePermissions',
            input,
          },
        },
        needs: [],
        shares: [
          `lake-formation:${REGION}:${ACCOUNT}:sales.orders:${roleArn(
            'analytics',
          )}`,
        ],
        locks: [`lake-formation:${REGION}:${ACCOUNT}:sales.orders`],
      },
    ]);
    expect(JSON.parse(JSON.stringify(steps))).toEqual(steps);
  });

  it('has the same ids for the same effect, however it is asked for', () => {
    const id = (intent: AccessIntent) => plan(intent).steps[0].id;
    expect(id(columns('email', 'amount'))).toBe(id(columns('amount', 'email')));
    expect(id(columns('email'))).not.toBe(id(columns('amount')));
    expect(id(anIntent())).not.toBe(
      id(anIntent({ principal: roleArn('other') })),
    );
  });

  it('tells principals of one name apart by their paths and accounts', () => {
    const granteeOf = (principal: string) =>
      plan(anIntent({ principal })).steps[0].words.text.split(' to ')[1];
    expect(granteeOf(roleArn('analytics'))).toBe('`analytics`');
    expect(granteeOf(roleArn('etl/analytics'))).toBe('`etl/analytics`');
    expect(granteeOf(roleArn('analytics', '444455556666'))).toBe(
      '`analytics` of account `444455556666`',
    );
  });

  it('has the same id whether it is done or not', () => {
    const whole = held({ except: [] }, 'DESCRIBE');
    const [open] = plan(anIntent()).steps;
    const [done] = plan(anIntent(), aPortSeen(aTable({ held: whole }))).steps;
    expect(done).toEqual({ ...open, done: true });
  });

  it('puts tables in the order of their names, a hundred in a step', () => {
    const names = tableNames(101);
    const { steps } = plan(
      anIntent({ tables: [...names].reverse(), port: aPort(names) }),
      aPortSeen(...names.map(name => aTable({ name }))),
    );
    expect(steps.map(step => step.call.operation)).toEqual([
      'BatchGrantPermissions',
      'GrantPermissions',
    ]);
    expect(steps[0].call.input.Entries).toHaveLength(100);
    expect(steps[0].words.text).toMatch(
      /^Grant SELECT and DESCRIBE on 100 tables of `sales` \(`t000`, .* and 88 more\) to `analytics`$/,
    );
    expect(steps[1].words.text).toBe(
      'Grant SELECT and DESCRIBE on `sales.t100` to `analytics`',
    );
  });

  it('takes the spelling of Glue', () => {
    const intent = anIntent({
      tables: [{ table: 'Orders', columns: ['Amount'] }],
    });
    expect(plan(intent).steps[0].words.text).toBe(
      'Grant SELECT on column `amount` of `sales.orders` to `analytics`',
    );
  });

  it('names a nested catalog in the resource, and the account in the call', () => {
    const catalogId = `${ACCOUNT}:s3tablescatalog/bucket`;
    const port = aPort(['orders'], { catalogId });
    const { steps } = planAccess(
      anIntent({ port }),
      { ...location, catalogId },
      aPortSeen(),
    );
    expect(steps[0].call.input).toMatchObject({
      CatalogId: ACCOUNT,
      Resource: { Table: { ...table, CatalogId: catalogId } },
    });
  });
});

describe('what is planned beside what the principal holds', () => {
  const WHOLE_TABLE = { Resource: { Table: table } };
  const ALL_COLUMNS = {
    Resource: { TableWithColumns: { ...table, ColumnWildcard: {} } },
    Permissions: ['SELECT'],
  };

  it.each([
    { holds: 'nothing', before: NO_ACCESS, call: WHOLE_TABLE, done: undefined },
    {
      holds: 'DESCRIBE',
      before: held({ only: [] }, 'DESCRIBE'),
      call: WHOLE_TABLE,
      done: undefined,
    },
    {
      holds: 'SELECT on some columns',
      before: held({ only: ['amount'] }),
      call: ALL_COLUMNS,
      done: undefined,
    },
    {
      holds: 'SELECT on all columns but some',
      before: held({ except: ['email'] }),
      call: ALL_COLUMNS,
      done: undefined,
    },
    {
      holds: 'SELECT on all columns',
      before: held({ except: [] }),
      call: ALL_COLUMNS,
      done: true,
    },
    {
      holds: 'SELECT and DESCRIBE',
      before: held({ except: [] }, 'DESCRIBE'),
      call: WHOLE_TABLE,
      done: true,
    },
    {
      holds: 'ALL',
      before: held({ only: [] }, 'ALL'),
      call: WHOLE_TABLE,
      done: true,
    },
  ])('asks for the whole table and holds $holds', ({ before, call, done }) => {
    const [step] = plan(anIntent(), aPortSeen(aTable({ held: before }))).steps;
    expect(step.call.input).toMatchObject(call);
    expect(step.done).toBe(done);
  });

  it.each([
    { holds: 'nothing', before: NO_ACCESS, done: undefined },
    {
      holds: 'one of them',
      before: held({ only: ['amount'] }),
      done: undefined,
    },
    {
      holds: 'all of them',
      before: held({ only: ['amount', 'email'] }),
      done: true,
    },
    {
      holds: 'the whole table',
      before: held({ except: [] }, 'DESCRIBE'),
      done: true,
    },
  ])('asks for two columns and holds $holds', ({ before, done }) => {
    const [step] = plan(
      columns('amount', 'email'),
      aPortSeen(aTable({ held: before })),
    ).steps;
    expect(step.call.input).toMatchObject({
      Resource: {
        TableWithColumns: { ...table, ColumnNames: ['amount', 'email'] },
      },
    });
    expect(step.done).toBe(done);
  });

  it.each(['DESCRIBE', 'ALTER', 'DROP', 'DELETE', 'INSERT'])(
    'refuses columns beside %s',
    permission => {
      expect(() =>
        plan(
          columns('amount'),
          aPortSeen(aTable({ held: held({ only: [] }, permission) })),
        ),
      ).toThrow(`\`analytics\` holds ${permission} on \`sales.orders\``);
    },
  );

  it('takes all columns for the whole table, partition keys included', () => {
    const seen = aPortSeen(aTable({ partitionKeys: ['day'] }));
    expect(plan(columns(...COLUMNS, 'day'), seen).steps[0].words.text).toBe(
      'Grant SELECT and DESCRIBE on `sales.orders` to `analytics`',
    );
    expect(plan(columns(...COLUMNS), seen).steps[0].words.text).toMatch(
      /^Grant SELECT on columns /,
    );
  });

  it('is done only where every table of the step is', () => {
    const whole = held({ except: [] }, 'DESCRIBE');
    const { steps } = plan(
      anIntent({ tables: ['orders', 'customers'] }),
      aPortSeen(aTable({ held: whole }), aTable({ name: 'customers' })),
    );
    expect(steps.map(step => step.done)).toEqual([undefined]);
  });
});

describe('what a plan refuses', () => {
  const draft = anIntent();
  const scope = (part: Partial<AccessIntent['scope']>): AccessIntent => ({
    ...draft,
    scope: { ...draft.scope, ...part },
  });

  it.each([
    {
      name: 'everybody',
      intent: anIntent({ principal: 'IAM_ALLOWED_PRINCIPALS' }),
      message: 'principals[IAM_ALLOWED_PRINCIPALS] is of kind special',
    },
    {
      name: 'writing of columns',
      intent: scope({
        level: 'append',
        tables: [{ table: 'orders', columns: ['amount'] }],
      }),
      message: "scope.level is 'append', and scope.tables[0] names columns",
    },
    {
      name: 'writing of rows',
      intent: scope({
        level: 'modify',
        tables: [{ table: 'orders', rowFilter: "amount = '1'" }],
      }),
      message: "scope.level is 'modify', and scope.tables[0] names rows",
    },
    {
      name: 'tables and a tag expression',
      intent: scope({ tagExpression: [{ key: 'k', values: ['v'] }] }),
      message: 'scope.tagExpression stands beside scope.tables',
    },
    {
      name: 'tables and all tables',
      intent: scope({ allTables: true }),
      message: 'scope.allTables stands beside scope.tables',
    },
    {
      name: 'a tag without values',
      intent: scope({ tables: [], tagExpression: [{ key: 'k', values: [] }] }),
      message: "scope.tagExpression[0].values of 'k' is empty",
    },
    {
      name: 'the account of the catalog itself',
      intent: anIntent({ principal: ACCOUNT }),
      message: `principals[${ACCOUNT}] is the account of the catalog itself`,
    },
    {
      name: 'no table at all',
      intent: scope({ tables: [] }),
      message: 'scope.tables is empty',
    },
    {
      name: 'a row filter that says nothing',
      intent: scope({ tables: [{ table: 'orders', rowFilter: ' ' }] }),
      message: "scope.tables[0].rowFilter of 'orders' is empty",
    },
    {
      name: 'a row filter that is too long',
      intent: scope({
        tables: [{ table: 'orders', rowFilter: `a = '${'x'.repeat(2048)}'` }],
      }),
      message: "scope.tables[0].rowFilter of 'orders': has 2054 characters",
    },
    {
      name: 'a row filter that is none',
      intent: scope({ tables: [{ table: 'orders', rowFilter: 'amount =' }] }),
      message: "scope.tables[0].rowFilter of 'orders': expected a constant",
    },
    {
      name: 'a row filter of a column that the port does not have',
      intent: scope({ tables: [{ table: 'orders', rowFilter: 'amont = 1' }] }),
      message: "the table has no column 'amont' (position 1); did you mean",
    },
    {
      name: 'a row filter that compares texts with numbers',
      intent: scope({
        tables: [{ table: 'orders', rowFilter: 'amount > 10' }],
      }),
      message: "'amount' is compared with texts in single quotes; found 10",
    },
    {
      name: 'no columns',
      intent: scope({ tables: [{ table: 'orders', columns: [] }] }),
      message: "scope.tables[0].columns of 'orders' is empty",
    },
    {
      name: 'a table that the port does not have',
      intent: scope({ tables: [{ table: 'secrets' }] }),
      message: "scope.tables[0].table is 'secrets'; port 'lake' has no such",
    },
    {
      name: 'a table twice',
      intent: scope({ tables: [{ table: 'orders' }, { table: 'orders' }] }),
      message: "scope.tables[1].table 'orders' is in the scope twice",
    },
    {
      name: 'a column that Glue does not have',
      intent: columns('amount', 'nope'),
      message: "scope.tables[0].columns: 'nope' is not a column of 'orders'",
    },
  ])('$name', ({ intent, message }) => {
    expect(() => plan(intent)).toThrow(message);
    expect(() => plan(intent)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });

  it.each([
    {
      name: 'a row filter of a column that Glue does not have',
      seen: aTable({ columns: ['order_id'] }),
      rowFilter: "amount = '1'",
      message:
        "scope.tables[0].rowFilter: 'amount' is not a column of 'orders' in Glue, which has order_id",
    },
    {
      name: 'rows where a partition key of Glue is not there',
      seen: aTable({ columns: ['order_id'], partitionKeys: ['amount'] }),
      rowFilter: "order_id = '1' OR NOT amount IS NULL",
      message:
        "scope.tables[0].rowFilter: 'amount' is a partition key of 'orders' in Glue",
    },
  ])('$name', ({ seen, rowFilter, message }) => {
    const intent = scope({ tables: [{ table: 'orders', rowFilter }] });
    expect(() => plan(intent, aPortSeen(seen))).toThrow(message);
  });

  it('a resource link', () => {
    expect(() =>
      plan(anIntent(), aPortSeen(aTable({ linkTo: 'raw.orders' }))),
    ).toThrow('`sales.orders` is a resource link to `raw.orders`');
  });

  it('to work on what it has not resolved', () => {
    expect(() => plan(anIntent({ tables: ['orders', 'more'] }))).toThrow(
      "scope.tables[1].table is 'more', which was not looked up",
    );
  });
});

describe('what a plan warns of', () => {
  it('partition keys that chosen columns bring along', () => {
    const seen = aPortSeen(aTable({ partitionKeys: ['day', 'hour'] }));
    expect(
      plan(columns('amount', 'day'), seen).warnings.map(({ text }) => text),
    ).toEqual([
      'Anyone who reads columns of `sales.orders` also sees its partition keys (`hour`): Lake Formation cannot hide them.',
    ]);
  });

  it('columns of the whole table that the port does not declare', () => {
    const seen = aPortSeen(aTable({ columns: [...COLUMNS, 'secret'] }));
    expect(plan(anIntent(), seen).warnings.map(({ text }) => text)).toEqual([
      '`sales.orders` has columns in Glue that port `lake` does not declare: `secret`. Access to the whole table includes them.',
    ]);
    expect(
      plan(columns('amount'), seen).warnings.map(({ text }) => text),
    ).toEqual([]);
  });
});
