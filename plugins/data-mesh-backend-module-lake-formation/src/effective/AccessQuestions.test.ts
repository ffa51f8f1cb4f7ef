import type { PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import { ACCOUNT, REGION, roleArn } from '../__testUtils__/builders';
import { readPrincipal } from '../__testUtils__/startAccounts';
import { FilterContent } from '../scan/FilterReader';
import { readScannedGrants } from '../scan/readScannedGrant';
import { AccessQuestions, ReadsTags } from './AccessQuestions';
import { TableTags, readTableTags } from './tagReach';

const CONSUMER = '100000000001';
const ANALYTICS = roleArn('analytics');
const ADMIN = roleArn('lake-admin');
const AUDITOR = roleArn('auditor');

const CatalogId = ACCOUNT;
const orders = { CatalogId, DatabaseName: 'sales', Name: 'orders' };

const resources = {
  orders: { Table: orders },
  customers: { Table: { ...orders, Name: 'customers' } },
  allTables: { Table: { CatalogId, DatabaseName: 'sales', TableWildcard: {} } },
  database: { Database: { CatalogId, Name: 'sales' } },
  columns: (...ColumnNames: string[]) => ({
    TableWithColumns: { ...orders, ColumnNames },
  }),
  allBut: (...ExcludedColumnNames: string[]) => ({
    TableWithColumns: { ...orders, ColumnWildcard: { ExcludedColumnNames } },
  }),
  filter: {
    DataCellsFilter: {
      TableCatalogId: CatalogId,
      DatabaseName: 'sales',
      TableName: 'orders',
      Name: 'emea',
    },
  },
  tagged: (key: string, value: string, ResourceType = 'TABLE') => ({
    LFTagPolicy: {
      CatalogId,
      ResourceType,
      Expression: [{ TagKey: key, TagValues: [value] }],
    },
  }),
  saved: {
    LFTagPolicy: { CatalogId, ResourceType: 'TABLE', ExpressionName: 'open' },
  },
};

function held(
  principal: string,
  Resource: object,
  permissions: string,
  more: { condition?: string; content?: FilterContent } = {},
): ScannedGrant {
  const [scanned] = readScannedGrants(
    [
      {
        Principal: { DataLakePrincipalIdentifier: principal },
        Resource,
        Permissions: permissions.split(
          ',',
        ) as PrincipalResourcePermissions['Permissions'],
        ...(more.condition && { Condition: { Expression: more.condition } }),
      },
    ],
    { accountId: ACCOUNT, region: REGION },
    readPrincipal,
  );
  if (!scanned) throw new Error('Not a grant');
  return {
    ...scanned,
    grant: {
      ...scanned.grant,
      resource: { ...scanned.grant.resource, ...more.content },
    },
  };
}

const emea = { content: { rowFilter: "region = 'EMEA'" } };

function ask(
  options: {
    tags?: Record<string, TableTags>;
    databases?: string[];
    saved?: TagExpression;
    tagsFail?: boolean;
    settingsFail?: boolean;
    administrators?: string[];
    readOnly?: string[];
  } = {},
) {
  const { tags = {} } = options;
  const calls: string[] = [];
  const call = <T>(name: string, answer: T): Promise<T> => {
    calls.push(name);
    return options.tagsFail
      ? Promise.reject(
          Object.assign(new Error('not authorized'), {
            name: 'AccessDeniedException',
          }),
        )
      : Promise.resolve(answer);
  };
  const reads: ReadsTags = {
    ofTable: ({ table }) => call('ofTable', tags[table] ?? readTableTags({})),
    savedExpression: () => call('savedExpression', options.saved),
    tablesWith: () =>
      call('tablesWith', {
        found: Object.entries(tags).map(([table, one]) => ({
          database: 'sales',
          table,
          tags: one,
        })),
        isWhole: true,
      }),
    databasesWith: () =>
      call('databasesWith', {
        found: options.databases ?? [],
        isWhole: true,
      }),
  };
  const questions = new AccessQuestions({
    tags: reads,
    readAdministrators: async () => {
      if (options.settingsFail) throw new Error('no credentials');
      return {
        administrators: new Set(options.administrators),
        readOnly: new Set(options.readOnly),
      };
    },
    readPrincipal,
  });
  const short = (
    items: Awaited<ReturnType<typeof questions.who>>['items'],
  ): string[] =>
    items.map(
      ({ principal, resource, permissions, reasons }) =>
        `${principal.name}: ${permissions.join(',')} on ${
          resource.words
        } by ${reasons.map(reason => reason.kind).join(',')}`,
    );
  return {
    calls,
    who: async (grants: ScannedGrant[], column?: string) => {
      const answer = await questions.who(
        {
          catalogId: ACCOUNT,
          region: REGION,
          database: 'sales',
          table: 'orders',
          ...(column && { column }),
        },
        grants,
      );
      return { ...answer, short: short(answer.items) };
    },
    what: async (principal: string, grants: ScannedGrant[], at?: string) => {
      const answer = await questions.what(
        { principal, ...(at && { at }) },
        grants,
      );
      return {
        ...answer,
        short: short(answer.items).map(text =>
          text.slice(text.indexOf(': ') + 2),
        ),
      };
    },
  };
}

const classOpen = readTableTags({
  LFTagOnDatabase: [{ TagKey: 'class', TagValues: ['open'] }],
  LFTagsOnColumns: [
    { Name: 'email', LFTags: [{ TagKey: 'class', TagValues: ['pii'] }] },
  ],
});

describe('who can see a table', () => {
  it.each<[string, ScannedGrant[], string[]]>([
    [
      'both lines of one grant',
      [
        held(ANALYTICS, resources.orders, 'DESCRIBE'),
        held(ANALYTICS, resources.allBut(), 'SELECT'),
      ],
      ['analytics: DESCRIBE,SELECT on sales.orders by direct,direct'],
    ],
    [
      'chosen columns from two grants',
      [
        held(ANALYTICS, resources.columns('amount'), 'SELECT'),
        held(ANALYTICS, resources.columns('email'), 'SELECT'),
      ],
      ['analytics: SELECT on sales.orders (amount, email) by columns,columns'],
    ],
    [
      'all columns but some',
      [held(ANALYTICS, resources.allBut('email'), 'SELECT')],
      ['analytics: SELECT on sales.orders (all but email) by columns'],
    ],
    [
      'metadata alone',
      [held(ANALYTICS, resources.orders, 'DESCRIBE')],
      ['analytics: DESCRIBE on sales.orders, metadata only by direct'],
    ],
    [
      'INSERT, which lets its holder read as well',
      [held(ANALYTICS, resources.orders, 'INSERT')],
      ['analytics: INSERT on sales.orders by direct'],
    ],
    [
      'a filter',
      [held(ANALYTICS, resources.filter, 'SELECT', emea)],
      [
        "analytics: SELECT on sales.orders, rows where region = 'EMEA' by filter",
      ],
    ],
    [
      'a filter beside the whole table, which beats it',
      [
        held(ANALYTICS, resources.filter, 'SELECT', emea),
        held(ANALYTICS, resources.orders, 'SELECT'),
      ],
      ['analytics: SELECT on sales.orders by direct,filter'],
    ],
    [
      'a filter beside columns, which does not',
      [
        held(ANALYTICS, resources.filter, 'SELECT', emea),
        held(ANALYTICS, resources.columns('amount'), 'SELECT'),
      ],
      [
        'analytics: SELECT on sales.orders (amount) by columns',
        "analytics: SELECT on sales.orders, rows where region = 'EMEA' by filter",
      ],
    ],
    [
      'all tables',
      [held(ANALYTICS, resources.allTables, 'SELECT')],
      ['analytics: SELECT on sales.orders by all-tables'],
    ],
    [
      'IAM_ALLOWED_PRINCIPALS',
      [held('IAM_ALLOWED_PRINCIPALS', resources.orders, 'ALL')],
      [
        'IAM allowed principals: ALL on sales.orders by direct,iam-allowed-principals',
      ],
    ],
    [
      'another account',
      [held(CONSUMER, resources.orders, 'SELECT')],
      [`${CONSUMER}: SELECT on sales.orders by direct,account`],
    ],
    [
      'an organizational unit',
      [
        held(
          `arn:aws:organizations::${ACCOUNT}:ou/o-abcdefghij/ou-abcd-12345678`,
          resources.orders,
          'SELECT',
        ),
      ],
      ['ou-abcd-12345678: SELECT on sales.orders by direct,organization'],
    ],
    [
      'a group',
      [
        held(
          'arn:aws:identitystore:::group/906-1b',
          resources.orders,
          'SELECT',
        ),
      ],
      ['906-1b: SELECT on sales.orders by direct,group'],
    ],
    [
      'a condition',
      [
        held(`${ACCOUNT}:IAMPrincipals`, resources.orders, 'SELECT', {
          condition: 'context.x == 1',
        }),
      ],
      [
        'all IAM principals: SELECT on sales.orders by direct,account,condition',
      ],
    ],
    [
      'nothing by a grant on the database, another table, or to tags of databases',
      [
        held(ANALYTICS, resources.database, 'ALL'),
        held(ANALYTICS, resources.customers, 'SELECT'),
        held(ANALYTICS, resources.tagged('class', 'open', 'DATABASE'), 'ALL'),
      ],
      [],
    ],
  ])('tells %s', async (_, grants, expected) => {
    expect((await ask().who(grants)).short).toEqual(expected);
  });

  it('follows an LF-Tag expression from database to table to column', async () => {
    const { who, calls } = ask({ tags: { orders: classOpen } });
    const { items } = await who([
      held(ANALYTICS, resources.tagged('class', 'open'), 'DESCRIBE,SELECT'),
      held(roleArn('hr'), resources.tagged('class', 'pii'), 'SELECT'),
      held(roleArn('none'), resources.tagged('class', 'other'), 'SELECT'),
    ]);
    expect(items).toEqual([
      expect.objectContaining({
        principal: expect.objectContaining({ name: 'analytics' }),
        resource: expect.objectContaining({ excludedColumns: ['email'] }),
        reasons: [
          {
            kind: 'tag-expression',
            words:
              'DESCRIBE, SELECT by tag expression class = open (class = open inherited from the database; class of its own on email)',
          },
        ],
      }),
      expect.objectContaining({
        principal: expect.objectContaining({ name: 'hr' }),
        resource: expect.objectContaining({ columns: ['email'] }),
      }),
    ]);
    expect(calls).toEqual(['ofTable']);
  });

  it('shrinks what an expression gives where it reaches some columns only', async () => {
    const { who } = ask({ tags: { orders: classOpen } });
    const { short } = await who([
      held(ANALYTICS, resources.tagged('class', 'open'), 'ALL,INSERT'),
    ]);
    expect(short).toEqual([
      'analytics: DESCRIBE,SELECT on sales.orders (all but email) by tag-expression',
    ]);
  });

  it('goes by saved expressions as they are now', async () => {
    const { who, calls } = ask({
      tags: { orders: classOpen },
      saved: [{ key: 'class', values: ['open'] }],
    });
    const { short } = await who([held(ANALYTICS, resources.saved, 'SELECT')]);
    expect(short).toEqual([
      'analytics: SELECT on sales.orders (all but email) by tag-expression',
    ]);
    expect(calls).toEqual(['ofTable', 'savedExpression']);
  });

  it('does not ask for tags where nothing goes by them', async () => {
    const { who, calls } = ask();
    await who([held(ANALYTICS, resources.orders, 'SELECT')]);
    expect(calls).toEqual([]);
  });

  it('says so where tags or administrators cannot be read', async () => {
    const { caveats, items } = await ask({
      tagsFail: true,
      settingsFail: true,
    }).who([held(ANALYTICS, resources.tagged('class', 'open'), 'SELECT')]);
    expect(items).toEqual([]);
    expect(caveats).toEqual(
      expect.arrayContaining([
        expect.stringContaining(
          'LF-Tags of sales.orders could not be read, so grants by tag expression are missing: AccessDeniedException',
        ),
        expect.stringContaining(
          `The administrators of account ${ACCOUNT} could not be read`,
        ),
        expect.stringContaining('IAM is not part of this answer'),
      ]),
    );
  });

  it('names administrators, who see metadata and may grant themselves more', async () => {
    const { short } = await ask({
      administrators: [ADMIN],
      readOnly: [AUDITOR],
    }).who([]);
    expect(short).toEqual([
      'auditor: DESCRIBE on sales.orders, metadata only by administrator',
      'lake-admin: DESCRIBE on sales.orders, metadata only by administrator',
    ]);
  });

  it('asked about a column, names only who reads its values', async () => {
    const grants = [
      held(roleArn('whole'), resources.orders, 'SELECT'),
      held(roleArn('listed'), resources.columns('email'), 'SELECT'),
      held(roleArn('other'), resources.columns('amount'), 'SELECT'),
      held(roleArn('excluded'), resources.allBut('email'), 'SELECT'),
      held(roleArn('describes'), resources.orders, 'DESCRIBE'),
      held(roleArn('tagged'), resources.tagged('class', 'open'), 'SELECT'),
    ];
    const { items } = await ask({ tags: { orders: classOpen } }).who(
      grants,
      'Email',
    );
    expect(items.map(({ principal }) => principal.name)).toEqual([
      'listed',
      'whole',
    ]);
  });
});

describe('what a principal can see', () => {
  it('tells each table once, with all reasons, and what else there is', async () => {
    const { short } = await ask().what(ANALYTICS, [
      held(ANALYTICS, resources.orders, 'DESCRIBE'),
      held(ANALYTICS, resources.allBut(), 'SELECT'),
      held(ANALYTICS, resources.customers, 'SELECT'),
      held(ANALYTICS, resources.allTables, 'DESCRIBE'),
      held(ANALYTICS, resources.database, 'DESCRIBE'),
      held(roleArn('etl'), resources.orders, 'ALL'),
    ]);
    expect(short).toEqual([
      'DESCRIBE on all tables of sales by all-tables',
      'DESCRIBE on database sales by database',
      'SELECT on sales.customers by direct',
      'DESCRIBE,SELECT on sales.orders by direct,direct',
    ]);
  });

  it('counts what reaches it through its account, and leaves out what does not', async () => {
    const other = roleArn('analytics', CONSUMER);
    const grants = [
      held(CONSUMER, resources.orders, 'SELECT'),
      held(`${ACCOUNT}:IAMPrincipals`, resources.customers, 'SELECT'),
    ];
    expect((await ask().what(other, grants)).short).toEqual([
      'SELECT on sales.orders by direct,account',
    ]);
    expect((await ask().what(ANALYTICS, grants)).short).toEqual([
      'SELECT on sales.customers by direct,account',
    ]);
  });

  it('gathers by database what is left to IAM, in its own account', async () => {
    const grants = [
      held('IAM_ALLOWED_PRINCIPALS', resources.orders, 'ALL'),
      held('IAM_ALLOWED_PRINCIPALS', resources.customers, 'ALL'),
    ];
    expect((await ask().what(ANALYTICS, grants)).short).toEqual([
      'ALL on 2 tables of sales that Lake Formation does not restrict: customers, orders by iam-allowed-principals',
    ]);
    expect(
      (await ask().what(roleArn('analytics', CONSUMER), grants)).short,
    ).toEqual([]);
  });

  it('follows tag expressions to tables and databases', async () => {
    const { what, calls } = ask({
      tags: { orders: classOpen },
      databases: ['sales'],
    });
    const { short } = await what(ANALYTICS, [
      held(ANALYTICS, resources.tagged('class', 'open'), 'SELECT'),
      held(
        ANALYTICS,
        resources.tagged('class', 'open', 'DATABASE'),
        'DESCRIBE',
      ),
    ]);
    expect(short).toEqual([
      'DESCRIBE on database sales by tag-expression',
      'SELECT on sales.orders (all but email) by tag-expression',
    ]);
    expect(calls.sort()).toEqual(['databasesWith', 'ofTable', 'tablesWith']);
  });

  it('reads the tags of few tables one by one, and says where they are many', async () => {
    const tables = Array.from({ length: 101 }, (_, i) => `t${i}`);
    const { what, calls } = ask({
      tags: Object.fromEntries(tables.map(name => [name, classOpen])),
    });
    const { items, caveats } = await what(ANALYTICS, [
      held(ANALYTICS, resources.tagged('class', 'open'), 'SELECT'),
    ]);
    expect(items).toHaveLength(101);
    expect(calls).toEqual(['tablesWith']);
    expect(caveats).toContainEqual(
      expect.stringContaining('reaches more than 100 tables'),
    );
  });

  it('tells that it administers the lake', async () => {
    const { short } = await ask({ administrators: [ANALYTICS] }).what(
      ANALYTICS,
      [held(roleArn('etl'), resources.orders, 'ALL')],
    );
    expect(short).toEqual([
      `DESCRIBE on metadata of everything in account ${ACCOUNT}, ${REGION} by administrator`,
    ]);
  });

  it('says what is not known of the past', async () => {
    const { caveats } = await ask().what(ANALYTICS, []);
    expect(caveats).not.toContainEqual(expect.stringContaining('as they were'));
    const then = await ask().what(ANALYTICS, [], '2026-01-01T00:00:00.000Z');
    expect(then.caveats).toContainEqual(
      expect.stringContaining('as they were at 2026-01-01T00:00:00.000Z'),
    );
  });

  it('refuses what is no principal', async () => {
    await expect(ask().what('ana', [])).rejects.toThrow(
      "principal is 'ana', expected an ARN",
    );
  });
});
