import { DeleteDatabaseCommand } from '@aws-sdk/client-glue';
import {
  DataLakeResourceType,
  ListPermissionsCommand,
  ListPermissionsCommandInput,
} from '@aws-sdk/client-lakeformation';
import { createFilter } from '../../../__testUtils__/filters';
import {
  grant,
  listed,
  onAllTables,
  onColumns,
  onDatabase,
  onFilter,
  onTable,
  onTag,
  principal,
  revoke,
} from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../../__testUtils__/refusal';
import {
  ACCOUNT,
  aDatabase,
  aTable,
  roleArn,
} from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';
import { SeedAccount } from '../../../seed/SeedAccount';

/** LF-Tags and what is granted by and on them. */
const WITH_TAGS: Partial<SeedAccount> = {
  lfTags: [{ key: 'team', values: ['a', 'b'] }],
  lfTagExpressions: [{ name: 'ours', expression: { team: ['a'] } }],
  grants: [
    {
      principal: roleArn('Steward'),
      resource: { lfTag: 'team', values: ['a'] },
      permissions: ['ASSOCIATE'],
    },
    {
      principal: roleArn('Analyst'),
      resource: { lfTagPolicy: 'TABLE', expression: { team: ['a'] } },
      permissions: ['SELECT'],
    },
    {
      principal: roleArn('Analyst'),
      resource: { lfTagPolicy: 'DATABASE', expression: { team: ['a'] } },
      permissions: ['DESCRIBE'],
    },
    {
      principal: roleArn('Analyst'),
      resource: { lfTagExpression: 'ours' },
      permissions: ['DESCRIBE'],
    },
  ],
};

const withGrants = ({ grants = [], ...account }: Partial<SeedAccount> = {}) =>
  startTestEmulator({
    ...account,
    locations: [{ arn: 'arn:aws:s3:::lake' }],
    databases: [
      aDatabase(),
      aDatabase({ name: 'people', tables: [aTable({ name: 'staff' })] }),
    ],
    grants: [
      {
        principal: roleArn('Analyst'),
        resource: { database: 'sales', table: 'orders' },
        permissions: ['SELECT', 'DESCRIBE'],
      },
      {
        principal: roleArn('Analyst'),
        resource: { database: 'sales' },
        permissions: ['DESCRIBE'],
      },
      {
        principal: roleArn('Engineer'),
        resource: { database: 'sales', table: '*' },
        permissions: ['ALTER', 'SELECT'],
      },
      {
        principal: roleArn('Engineer'),
        resource: { catalog: true },
        permissions: ['CREATE_DATABASE'],
      },
      {
        principal: roleArn('Steward'),
        resource: { database: 'people', table: 'staff', columns: ['email'] },
        permissions: ['SELECT'],
      },
      {
        principal: roleArn('Engineer'),
        resource: { dataLocation: 'arn:aws:s3:::lake' },
        permissions: ['DATA_LOCATION_ACCESS'],
      },
      ...grants,
    ],
  });

describe('ListPermissions', () => {
  it('lists the whole catalog where nothing is asked, SELECT apart from the rest', async () => {
    const { asAdmin } = await withGrants();
    expect(await listed(asAdmin.lakeFormation)).toEqual([
      'Analyst: DESCRIBE on table sales.orders',
      'Analyst: SELECT on all columns of sales.orders',
      'Analyst: DESCRIBE on database sales',
      'Engineer: ALTER on table sales.ALL_TABLES',
      'Engineer: SELECT on all columns of sales.ALL_TABLES',
      'Engineer: CREATE_DATABASE on catalog',
      'Steward: SELECT on columns of people.staff: email',
      'Engineer: DATA_LOCATION_ACCESS on location arn:aws:s3:::lake',
    ]);
  });

  it.each<[DataLakeResourceType, string[]]>([
    ['CATALOG', ['Engineer: CREATE_DATABASE on catalog']],
    ['DATABASE', ['Analyst: DESCRIBE on database sales']],
    [
      'TABLE',
      [
        'Analyst: DESCRIBE on table sales.orders',
        'Analyst: SELECT on all columns of sales.orders',
        'Engineer: ALTER on table sales.ALL_TABLES',
        'Engineer: SELECT on all columns of sales.ALL_TABLES',
        'Steward: SELECT on columns of people.staff: email',
      ],
    ],
    [
      'DATA_LOCATION',
      ['Engineer: DATA_LOCATION_ACCESS on location arn:aws:s3:::lake'],
    ],
    ['LF_TAG', ['Steward: ASSOCIATE on tag team=a']],
    [
      'LF_TAG_POLICY',
      [
        'Analyst: SELECT on tables where team=a',
        'Analyst: DESCRIBE on databases where team=a',
      ],
    ],
    ['LF_TAG_POLICY_DATABASE', ['Analyst: DESCRIBE on databases where team=a']],
    ['LF_TAG_POLICY_TABLE', ['Analyst: SELECT on tables where team=a']],
    ['LF_NAMED_TAG_EXPRESSION', ['Analyst: DESCRIBE on expression ours']],
  ])('lists by the type %s, page by page', async (ResourceType, lines) => {
    const { lakeFormation } = (await withGrants(WITH_TAGS)).asAdmin;
    expect(await listed(lakeFormation, { ResourceType })).toEqual(lines);
    expect(
      await listed(lakeFormation, { ResourceType, MaxResults: 1 }),
    ).toEqual(lines);
  });

  it('lists filters of a table with it where that is asked, and by themselves', async () => {
    const { lakeFormation } = (await withGrants()).asAdmin;
    await createFilter(lakeFormation);
    await createFilter(lakeFormation, { Name: 'small' });
    await grant(lakeFormation, 'Analyst', onFilter('large'), ['SELECT']);
    await grant(lakeFormation, 'Steward', onTable(), ['DROP']);
    await grant(lakeFormation, 'Analyst', onFilter('small'), ['DESCRIBE']);
    const onTheTable = [
      'Analyst: DESCRIBE on table sales.orders',
      'Analyst: SELECT on all columns of sales.orders',
      'Analyst: SELECT on filter large of sales.orders',
      'Steward: DROP on table sales.orders',
      'Analyst: DESCRIBE on filter small of sales.orders',
    ];
    for (const MaxResults of [undefined, 1, 2, 3]) {
      expect(
        await listed(lakeFormation, {
          Resource: onTable(),
          IncludeRelated: 'TRUE',
          MaxResults,
        }),
      ).toEqual(onTheTable);
    }
    expect(
      await listed(lakeFormation, {
        Resource: onTable(),
        IncludeRelated: 'FALSE',
      }),
    ).toEqual(onTheTable.filter(line => !line.includes('filter')));
    expect(
      await listed(lakeFormation, { Resource: onFilter('small') }),
    ).toEqual(['Analyst: DESCRIBE on filter small of sales.orders']);
  });

  it('lists all grants on an LF-Tag, or those that reach the asked values', async () => {
    const emulator = await withGrants(WITH_TAGS);
    const { lakeFormation } = emulator.asAdmin;
    await grant(lakeFormation, 'Analyst', onTag('team', '*'), ['DESCRIBE']);
    await grant(lakeFormation, 'Engineer', onTag('team', 'b'), ['DESCRIBE']);
    expect(
      await listed(lakeFormation, { Resource: onTag('team', '*') }),
    ).toEqual([
      'Steward: ASSOCIATE on tag team=a',
      'Analyst: DESCRIBE on tag team=*',
      'Engineer: DESCRIBE on tag team=b',
    ]);
    expect(
      await listed(lakeFormation, { Resource: onTag('team', 'b') }),
    ).toEqual([
      'Analyst: DESCRIBE on tag team=*',
      'Engineer: DESCRIBE on tag team=b',
    ]);
    expect(
      await listed(emulator.asRole('Engineer').lakeFormation, {
        Resource: onTag('team', '*'),
      }),
    ).toEqual(['Engineer: DESCRIBE on tag team=b']);
  });

  it('lists the explicit grants on a resource, not those on all tables', async () => {
    const { lakeFormation } = (await withGrants()).asAdmin;
    expect(await listed(lakeFormation, { Resource: onTable() })).toEqual([
      'Analyst: DESCRIBE on table sales.orders',
      'Analyst: SELECT on all columns of sales.orders',
    ]);
    expect(await listed(lakeFormation, { Resource: onAllTables() })).toEqual([
      'Engineer: ALTER on table sales.ALL_TABLES',
      'Engineer: SELECT on all columns of sales.ALL_TABLES',
    ]);
    expect(await listed(lakeFormation, { Resource: { Catalog: {} } })).toEqual([
      'Engineer: CREATE_DATABASE on catalog',
    ]);
  });

  it('names all tables with wildcard and name, in the catalog of the account', async () => {
    const { lakeFormation } = (await withGrants()).asAdmin;
    const { PrincipalResourcePermissions } = await lakeFormation.send(
      new ListPermissionsCommand({ Resource: onAllTables() }),
    );
    expect(
      PrincipalResourcePermissions?.map(({ Resource }) => Resource),
    ).toEqual([
      {
        Table: {
          CatalogId: ACCOUNT,
          DatabaseName: 'sales',
          Name: 'ALL_TABLES',
          TableWildcard: {},
        },
      },
      {
        TableWithColumns: {
          CatalogId: ACCOUNT,
          DatabaseName: 'sales',
          Name: 'ALL_TABLES',
          ColumnWildcard: {},
        },
      },
    ]);
  });

  it('says who wrote an entry last, and when', async () => {
    const emulator = await startTestEmulator({
      administrators: [roleArn('Steward')],
    });
    emulator.clock.freeze();
    emulator.clock.set(new Date('2026-03-01T10:00:00Z'));
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']);
    emulator.clock.advance(60_000);
    await grant(
      emulator.asRole('Steward').lakeFormation,
      'Analyst',
      onTable(),
      ['ALTER'],
    );

    const { PrincipalResourcePermissions } =
      await emulator.asAdmin.lakeFormation.send(new ListPermissionsCommand({}));
    expect(PrincipalResourcePermissions).toEqual([
      expect.objectContaining({
        Permissions: ['ALTER', 'DROP'],
        LastUpdated: new Date('2026-03-01T10:01:00Z'),
        LastUpdatedBy: roleArn('Steward'),
      }),
    ]);
  });

  describe('principal and resource together', () => {
    it('lists what the principal has on the resource, by all tables too', async () => {
      const { lakeFormation } = (await withGrants()).asAdmin;
      await grant(lakeFormation, 'Engineer', onTable(), ['DROP']);

      expect(
        await listed(lakeFormation, {
          Principal: principal('Engineer'),
          Resource: onTable(),
        }),
      ).toEqual([
        'Engineer: ALTER on table sales.ALL_TABLES',
        'Engineer: SELECT on all columns of sales.ALL_TABLES',
        'Engineer: DROP on table sales.orders',
      ]);
      expect(
        await listed(lakeFormation, {
          Principal: principal('Engineer'),
          Resource: onDatabase(),
        }),
      ).toEqual([]);
    });

    it("does not tell an administrator's implicit permissions from granted ones", async () => {
      const emulator = await startTestEmulator({
        administrators: [roleArn('Steward')],
        grants: [
          {
            principal: roleArn('Steward'),
            resource: { database: 'sales', table: 'orders' },
            permissions: ['DROP'],
          },
        ],
      });
      const { lakeFormation } = emulator.asAdmin;

      expect(
        await listed(lakeFormation, {
          Principal: principal('Steward'),
          Resource: onTable(),
        }),
      ).toEqual([
        'Steward: ALL ALTER DELETE DESCRIBE DROP INSERT on table sales.orders, may grant ALL ALTER DELETE DESCRIBE DROP INSERT',
        'Steward: SELECT on all columns of sales.orders, may grant SELECT',
      ]);
      expect(await listed(lakeFormation)).toEqual([
        'Steward: DROP on table sales.orders',
      ]);
    });

    it('lists what reaches it by tag policies', async () => {
      const { lakeFormation } = (
        await startTestEmulator({
          lfTags: WITH_TAGS.lfTags,
          databases: [aDatabase({ lfTags: { team: 'a' } })],
          grants: [
            {
              principal: roleArn('Analyst'),
              resource: { lfTagPolicy: 'TABLE', expression: { team: ['a'] } },
              permissions: ['SELECT'],
            },
            {
              principal: roleArn('Analyst'),
              resource: { lfTagPolicy: 'TABLE', expression: { team: ['b'] } },
              permissions: ['DROP'],
            },
          ],
        })
      ).asAdmin;
      expect(
        await listed(lakeFormation, {
          Principal: principal('Analyst'),
          Resource: onTable(),
        }),
      ).toEqual(['Analyst: SELECT on tables where team=a']);
      expect(
        await listed(lakeFormation, {
          Principal: principal('Analyst'),
          Resource: onDatabase(),
        }),
      ).toEqual([]);
    });

    it('lists what the creator of an LF-Tag and administrators have on it', async () => {
      const { lakeFormation } = (
        await startTestEmulator({
          administrators: [roleArn('Steward')],
          lfTags: WITH_TAGS.lfTags,
        })
      ).asAdmin;
      const ask = (who: string) =>
        listed(lakeFormation, {
          Principal: principal(who),
          Resource: onTag('team', 'a'),
        });
      const admin = 'ALTER DESCRIBE DROP GRANT_WITH_LF_TAG_EXPRESSION';
      const all = 'ALTER ASSOCIATE DESCRIBE DROP GRANT_WITH_LF_TAG_EXPRESSION';
      expect(await ask('Steward')).toEqual([
        `Steward: ${admin} on tag team=a, may grant ${admin}`,
      ]);
      const root = `arn:aws:iam::${ACCOUNT}:root`;
      expect(await ask(root)).toEqual([
        `${root}: ${all} on tag team=a, may grant ${all}`,
      ]);
      await grant(lakeFormation, 'Steward', onTag('team', 'a'), ['ASSOCIATE']);
      expect(await ask('Steward')).toEqual([
        `Steward: ${all} on tag team=a, may grant ${admin}`,
      ]);
    });

    it('lets everyone ask for themselves', async () => {
      const emulator = await withGrants();
      expect(
        await listed(emulator.asRole('Analyst').lakeFormation, {
          Principal: principal('Analyst'),
          Resource: onDatabase(),
        }),
      ).toEqual(['Analyst: DESCRIBE on database sales']);
    });
  });

  describe('what it refuses', () => {
    it('a principal without a resource', async () => {
      const { lakeFormation } = (await withGrants()).asAdmin;
      expect(
        await refusalOf(
          listed(lakeFormation, { Principal: principal('Analyst') }),
        ),
      ).toEqual(
        invalidInputWith(
          'Resource is mandatory if Principal is set in the input.',
        ),
      );
    });

    it.each<[string, ListPermissionsCommandInput, string]>([
      [
        'a principal with a filter',
        { Principal: principal('Analyst'), Resource: onFilter('large') },
        'Principal cannot be set when Resource is a data cells filter.',
      ],
      [
        'a principal with what is related',
        {
          Principal: principal('Analyst'),
          Resource: onTable(),
          IncludeRelated: 'TRUE',
        },
        'Principal cannot be set when IncludeRelated is TRUE.',
      ],
      [
        'what is related to no table',
        { Resource: onDatabase(), IncludeRelated: 'TRUE' },
        'IncludeRelated is for a table as Resource only.',
      ],
      [
        'an odd flag',
        { Resource: onTable(), IncludeRelated: 'yes' },
        "IncludeRelated is TRUE or FALSE, found 'yes'.",
      ],
      [
        'an odd principal',
        {
          Principal: { DataLakePrincipalIdentifier: 'someone' },
          Resource: onTable(),
        },
        "Invalid principal, 'someone'.",
      ],
    ])('%s', async (_, input, message) => {
      const { lakeFormation } = (await withGrants()).asAdmin;
      expect(await refusalOf(listed(lakeFormation, input))).toEqual(
        invalidInputWith(message),
      );
    });

    it('columns as the resource, unknown types, and page sizes out of bounds', async () => {
      const { lakeFormation } = (await withGrants()).asAdmin;
      expect(
        (await refusalOf(listed(lakeFormation, { Resource: onColumns('a') })))
          .code,
      ).toBe('InvalidInputException');
      const type = 'VIEW' as DataLakeResourceType;
      expect(
        (await refusalOf(listed(lakeFormation, { ResourceType: type }))).code,
      ).toBe('ValidationException');
      expect(
        await refusalOf(listed(lakeFormation, { MaxResults: 1001 })),
      ).toEqual({
        code: 'ValidationException',
        message:
          "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
        status: 400,
      });
    });

    it('a catalog id that is no account id, and a token it did not give', async () => {
      const { lakeFormation } = (await withGrants()).asAdmin;
      expect(
        await refusalOf(listed(lakeFormation, { CatalogId: 'mine' })),
      ).toEqual(invalidInputWith('Catalog id must be a valid AWS account id.'));
      expect(
        await refusalOf(
          lakeFormation.send(new ListPermissionsCommand({ NextToken: 'x' })),
        ),
      ).toEqual(invalidInputWith('NextToken is invalid.'));
    });

    it('a resource the caller does not see, be it there or not', async () => {
      const emulator = await withGrants();
      const { lakeFormation } = emulator.asRole('Analyst');
      for (const Resource of [
        onTable('staff', 'people'),
        onTable('nope', 'people'),
      ]) {
        expect(await refusalOf(listed(lakeFormation, { Resource }))).toEqual(
          NOT_THERE_OR_NOT_ALLOWED,
        );
      }
      expect(
        (
          await refusalOf(
            listed(emulator.asAdmin.lakeFormation, {
              Resource: onTable('nope'),
            }),
          )
        ).code,
      ).toBe('EntityNotFoundException');
    });
  });

  it('shows others only the permissions that they hold themselves', async () => {
    const emulator = await withGrants();
    await grant(emulator.asAdmin.lakeFormation, 'Engineer', onTable(), [
      'DROP',
      'DESCRIBE',
    ]);
    expect(await listed(emulator.asRole('Analyst').lakeFormation)).toEqual([
      'Analyst: DESCRIBE on table sales.orders',
      'Analyst: SELECT on all columns of sales.orders',
      'Analyst: DESCRIBE on database sales',
      'Engineer: DESCRIBE on table sales.orders',
    ]);
  });

  it('shows read-only administrators everything', async () => {
    const emulator = await startTestEmulator({
      readOnlyAdministrators: [roleArn('Steward')],
      grants: [
        {
          principal: roleArn('Analyst'),
          resource: { database: 'sales', table: 'orders' },
          permissions: ['DROP'],
        },
      ],
    });
    expect(await listed(emulator.asRole('Steward').lakeFormation)).toEqual([
      'Analyst: DROP on table sales.orders',
    ]);
  });

  it('still lists grants on what is gone', async () => {
    const { asAdmin } = await startTestEmulator({
      grants: [
        {
          principal: roleArn('Analyst'),
          resource: { database: 'sales', table: 'orders' },
          permissions: ['DROP'],
        },
        {
          principal: `arn:aws:iam::${ACCOUNT}:root`,
          resource: { database: 'sales' },
          permissions: ['DROP'],
        },
      ],
    });
    await asAdmin.glue.send(new DeleteDatabaseCommand({ Name: 'sales' }));
    expect(
      await listed(asAdmin.lakeFormation, { Resource: onTable() }),
    ).toEqual(['Analyst: DROP on table sales.orders']);
  });

  describe('pages', () => {
    it('gives every line once, whatever the page size', async () => {
      const { lakeFormation } = (await withGrants()).asAdmin;
      const whole = await listed(lakeFormation);
      for (const MaxResults of [1, 2, 3, 7, 8]) {
        expect(await listed(lakeFormation, { MaxResults })).toEqual(whole);
      }
      const page = await lakeFormation.send(
        new ListPermissionsCommand({ MaxResults: 8 }),
      );
      expect(page.NextToken).toBeUndefined();
    });

    it('neither repeats nor skips lines when grants come and go in between', async () => {
      const { lakeFormation } = (await withGrants()).asAdmin;
      const first = await lakeFormation.send(
        new ListPermissionsCommand({ MaxResults: 3 }),
      );
      await revoke(lakeFormation, 'Analyst', onDatabase(), ['DESCRIBE']);
      await grant(lakeFormation, 'Steward', onDatabase(), ['DESCRIBE']);
      const rest = await lakeFormation.send(
        new ListPermissionsCommand({ NextToken: first.NextToken }),
      );

      const who = rest.PrincipalResourcePermissions?.map(entry =>
        entry.Permissions?.join(),
      );
      expect(who).toEqual([
        'ALTER',
        'SELECT',
        'CREATE_DATABASE',
        'SELECT',
        'DATA_LOCATION_ACCESS',
        'DESCRIBE',
      ]);
    });

    it('holds 1,000 entries where no size is asked', async () => {
      const { asAdmin } = await startTestEmulator({
        databases: [aDatabase({ tables: [] })],
        grants: [...Array(1001).keys()].map(i => ({
          principal: roleArn(`Reader${i}`),
          resource: { database: 'sales' },
          permissions: ['DESCRIBE'],
        })),
      });
      const page = await asAdmin.lakeFormation.send(
        new ListPermissionsCommand({}),
      );
      expect(page.PrincipalResourcePermissions).toHaveLength(1000);
      expect(await listed(asAdmin.lakeFormation)).toHaveLength(1001);
    });
  });
});
