import { DeleteDatabaseCommand } from '@aws-sdk/client-glue';
import {
  DataLakeResourceType,
  ListPermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import {
  grant,
  listed,
  onAllTables,
  onColumns,
  onDatabase,
  onTable,
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

const withGrants = () =>
  startTestEmulator({
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

  it.each<[DataLakeResourceType, number]>([
    ['CATALOG', 1],
    ['DATABASE', 1],
    ['TABLE', 5],
    ['DATA_LOCATION', 1],
    ['LF_TAG', 0],
    ['LF_TAG_POLICY', 0],
    ['LF_TAG_POLICY_DATABASE', 0],
    ['LF_TAG_POLICY_TABLE', 0],
    ['LF_NAMED_TAG_EXPRESSION', 0],
  ])('lists by the type %s', async (ResourceType, count) => {
    const { asAdmin } = await withGrants();
    expect(await listed(asAdmin.lakeFormation, { ResourceType })).toHaveLength(
      count,
    );
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
