import {
  GrantPermissionsCommand,
  Resource,
} from '@aws-sdk/client-lakeformation';
import {
  grant,
  listed,
  onAllColumnsBut,
  onAllTables,
  onColumns,
  onDatabase,
  onTable,
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

const INVALID_MODIFICATION = invalidInputWith(
  'Permissions modification is invalid.',
);

describe('GrantPermissions', () => {
  it('grants on each kind of resource', async () => {
    const { asAdmin } = await startTestEmulator({
      locations: [{ arn: 'arn:aws:s3:::lake' }],
    });
    const { lakeFormation } = asAdmin;
    await grant(lakeFormation, 'Analyst', { Catalog: {} }, ['CREATE_DATABASE']);
    await grant(lakeFormation, 'Analyst', onDatabase(), [
      'DESCRIBE',
      'CREATE_TABLE',
    ]);
    await grant(lakeFormation, 'Analyst', onTable(), ['ALTER', 'INSERT']);
    await grant(lakeFormation, 'Analyst', onAllTables(), ['DESCRIBE']);
    await grant(lakeFormation, 'Engineer', onColumns('order_id'), ['SELECT']);
    await grant(
      lakeFormation,
      'Analyst',
      { DataLocation: { ResourceArn: 'arn:aws:s3:::lake' } },
      ['DATA_LOCATION_ACCESS'],
    );

    expect(await listed(lakeFormation)).toEqual([
      'Analyst: CREATE_DATABASE on catalog',
      'Analyst: CREATE_TABLE DESCRIBE on database sales',
      'Analyst: ALTER INSERT on table sales.orders',
      'Analyst: DESCRIBE on table sales.ALL_TABLES',
      'Engineer: SELECT on columns of sales.orders: order_id',
      'Analyst: DATA_LOCATION_ACCESS on location arn:aws:s3:::lake',
    ]);
  });

  it('merges what is granted again into the one entry', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onTable(), ['SELECT']);
    await grant(
      lakeFormation,
      'Analyst',
      onTable(),
      ['SELECT', 'DESCRIBE'],
      ['DESCRIBE'],
    );
    await grant(lakeFormation, 'Analyst', onTable(), ['SELECT', 'DESCRIBE']);

    expect(await listed(lakeFormation)).toEqual([
      'Analyst: DESCRIBE on table sales.orders, may grant DESCRIBE',
      'Analyst: SELECT on all columns of sales.orders',
    ]);
  });

  it('joins columns that are granted one after the other', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onColumns('order_id'), ['SELECT']);
    await grant(lakeFormation, 'Analyst', onColumns('amount', 'order_id'), [
      'SELECT',
    ]);

    expect(await listed(lakeFormation)).toEqual([
      'Analyst: SELECT on columns of sales.orders: order_id, amount',
    ]);
  });

  it('keeps ALL as ALL, beside the others', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onDatabase(), ['DESCRIBE']);
    await grant(lakeFormation, 'Analyst', onDatabase(), ['ALL']);

    expect(await listed(lakeFormation)).toEqual([
      'Analyst: ALL DESCRIBE on database sales',
    ]);
  });

  it('takes all columns of a table for the table', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onAllColumnsBut(), ['SELECT']);
    await grant(lakeFormation, 'Analyst', onTable(), ['DESCRIBE']);

    expect(await listed(lakeFormation)).toEqual([
      'Analyst: DESCRIBE on table sales.orders',
      'Analyst: SELECT on all columns of sales.orders',
    ]);
  });

  it.each(['DESCRIBE', 'ALTER', 'DROP', 'DELETE', 'INSERT'] as const)(
    'keeps SELECT on columns and %s apart, whichever comes first',
    async permission => {
      const { lakeFormation } = (await startTestEmulator()).asAdmin;
      await grant(lakeFormation, 'Analyst', onColumns('order_id'), ['SELECT']);
      await grant(lakeFormation, 'Engineer', onTable(), [permission]);

      expect(
        await refusalOf(
          grant(lakeFormation, 'Analyst', onTable(), [permission]),
        ),
      ).toEqual(INVALID_MODIFICATION);
      expect(
        await refusalOf(
          grant(lakeFormation, 'Engineer', onColumns('order_id'), ['SELECT']),
        ),
      ).toEqual(INVALID_MODIFICATION);
    },
  );

  it('does not narrow SELECT on the table to columns', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onTable(), ['SELECT']);

    expect(
      await refusalOf(
        grant(lakeFormation, 'Analyst', onColumns('amount'), ['SELECT']),
      ),
    ).toEqual(INVALID_MODIFICATION);
  });

  it('does not narrow what an administrator has implicitly', async () => {
    const emulator = await startTestEmulator({
      administrators: [roleArn('Steward')],
    });

    expect(
      await refusalOf(
        grant(emulator.asAdmin.lakeFormation, 'Steward', onColumns('amount'), [
          'SELECT',
        ]),
      ),
    ).toEqual(INVALID_MODIFICATION);
  });

  it('takes columns as an include-list only with the grant option', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(
      lakeFormation,
      'Analyst',
      onColumns('amount'),
      ['SELECT'],
      ['SELECT'],
    );

    expect(
      (
        await refusalOf(
          grant(
            lakeFormation,
            'Engineer',
            onAllColumnsBut('email'),
            ['SELECT'],
            ['SELECT'],
          ),
        )
      ).code,
    ).toBe('InvalidInputException');
    expect(await listed(lakeFormation)).toEqual([
      'Analyst: SELECT on columns of sales.orders: amount, may grant SELECT',
    ]);
  });

  it('does not exclude partition keys or columns the table lacks', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;

    expect(
      await refusalOf(
        grant(lakeFormation, 'Analyst', onAllColumnsBut('day'), ['SELECT']),
      ),
    ).toEqual(invalidInputWith('Partition keys cannot be excluded.'));
    expect(
      (
        await refusalOf(
          grant(lakeFormation, 'Analyst', onColumns('nope'), ['SELECT']),
        )
      ).code,
    ).toBe('EntityNotFoundException');
  });

  describe('who may grant', () => {
    it('lets a holder with the grant option pass on exactly that', async () => {
      const emulator = await startTestEmulator({
        grants: [
          {
            principal: roleArn('Engineer'),
            resource: { database: 'sales', table: 'orders' },
            permissions: ['SELECT', 'DESCRIBE'],
            grantOption: ['SELECT'],
          },
        ],
      });
      const { lakeFormation } = emulator.asRole('Engineer');

      await grant(lakeFormation, 'Analyst', onTable(), ['SELECT']);
      expect(
        await refusalOf(
          grant(lakeFormation, 'Analyst', onTable(), ['DESCRIBE']),
        ),
      ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    });

    it('keeps a holder of columns within them', async () => {
      const emulator = await startTestEmulator({
        grants: [
          {
            principal: roleArn('Engineer'),
            resource: {
              database: 'sales',
              table: 'orders',
              columns: ['amount', 'email'],
            },
            permissions: ['SELECT'],
            grantOption: true,
          },
        ],
      });
      const { lakeFormation } = emulator.asRole('Engineer');

      await grant(lakeFormation, 'Analyst', onColumns('amount'), ['SELECT']);
      for (const resource of [
        onColumns('order_id'),
        onAllColumnsBut('email'),
        onTable(),
      ]) {
        expect(
          await refusalOf(
            grant(lakeFormation, 'Analyst', resource, ['SELECT']),
          ),
        ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
      }
    });

    it('lets the creator of a table grant on it, and not on tables of others in their database', async () => {
      const emulator = await startTestEmulator({
        databases: [
          aDatabase({
            creator: roleArn('Engineer'),
            tables: [
              aTable({ name: 'own', creator: roleArn('Engineer') }),
              aTable({ name: 'foreign' }),
            ],
          }),
        ],
      });
      const { lakeFormation } = emulator.asRole('Engineer');

      await grant(lakeFormation, 'Analyst', onTable('own'), ['SELECT']);
      await grant(lakeFormation, 'Analyst', onDatabase(), ['DESCRIBE']);
      expect(
        await refusalOf(
          grant(lakeFormation, 'Analyst', onTable('foreign'), ['SELECT']),
        ),
      ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    });

    it('refuses read-only administrators and holders without the grant option', async () => {
      const emulator = await startTestEmulator({
        readOnlyAdministrators: [roleArn('Steward')],
        grants: [
          {
            principal: roleArn('Engineer'),
            resource: { database: 'sales', table: 'orders' },
            permissions: ['ALL'],
          },
        ],
      });
      for (const role of ['Steward', 'Engineer'] as const) {
        expect(
          await refusalOf(
            grant(emulator.asRole(role).lakeFormation, 'Analyst', onTable(), [
              'SELECT',
            ]),
          ),
        ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
      }
    });

    it('tells only those who see everything that a resource is missing', async () => {
      const emulator = await startTestEmulator();
      const attempt = (client: typeof emulator.asAdmin) =>
        refusalOf(
          grant(client.lakeFormation, 'Analyst', onTable('nope'), ['SELECT']),
        );

      expect((await attempt(emulator.asAdmin)).code).toBe(
        'EntityNotFoundException',
      );
      expect(await attempt(emulator.asRole('Engineer'))).toEqual(
        NOT_THERE_OR_NOT_ALLOWED,
      );
    });
  });

  describe('what it refuses', () => {
    it.each<[string, Resource, string]>([
      [
        'no resource',
        {},
        'Resource must have either the catalog, table or database field populated.',
      ],
      [
        'a table without name and wildcard',
        { Table: { DatabaseName: 'sales' } },
        'Table name and table wildcard cannot both be empty.',
      ],
      [
        'two resources',
        { ...onDatabase(), ...onTable() },
        'Resource must have one field populated, found Database, Table.',
      ],
    ])('%s', async (_, resource, message) => {
      const { lakeFormation } = (await startTestEmulator()).asAdmin;
      expect(
        await refusalOf(
          grant(lakeFormation, 'Analyst', resource, ['DESCRIBE']),
        ),
      ).toEqual(invalidInputWith(message));
    });

    it.each<[string, Resource, string]>([
      [
        'a filter that is not there',
        {
          DataCellsFilter: {
            DatabaseName: 'sales',
            TableName: 'orders',
            Name: 'f',
          },
        },
        'Data cells filter not found.',
      ],
      [
        'an unknown tag',
        { LFTag: { TagKey: 'k', TagValues: ['v'] } },
        'Tag or tag value does not exist.',
      ],
      [
        'a policy by an unknown tag',
        {
          LFTagPolicy: {
            ResourceType: 'TABLE',
            Expression: [{ TagKey: 'k', TagValues: ['v'] }],
          },
        },
        'Tag or tag value does not exist.',
      ],
      [
        'an expression that is not there',
        { LFTagExpression: { Name: 'e' } },
        'LF-Tag expression not found.',
      ],
    ])('%s', async (_, resource, message) => {
      const { lakeFormation } = (await startTestEmulator()).asAdmin;
      expect(
        await refusalOf(
          grant(lakeFormation, 'Analyst', resource, ['DESCRIBE']),
        ),
      ).toEqual({ code: 'EntityNotFoundException', message, status: 400 });
    });

    it.each([
      ['an unknown shape', 'someone'],
      ['nothing', ' '],
    ])('a principal that is %s', async (_, who) => {
      const { lakeFormation } = (await startTestEmulator()).asAdmin;
      expect(
        await refusalOf(grant(lakeFormation, who, onTable(), ['SELECT'])),
      ).toEqual(invalidInputWith(`Invalid principal, '${who}'.`));
    });

    it('a role that the account does not have, where its roles are declared', async () => {
      const { lakeFormation } = (
        await startTestEmulator({ roles: ['Analyst'] })
      ).asAdmin;
      await grant(lakeFormation, 'Analyst', onTable(), ['SELECT']);
      expect(
        await refusalOf(
          grant(lakeFormation, 'Engineer', onTable(), ['SELECT']),
        ),
      ).toEqual(
        invalidInputWith(`Invalid principal, '${roleArn('Engineer')}'.`),
      );
    });

    it.each([
      ['SELECT on a database', onDatabase(), 'SELECT'],
      ['CREATE_TABLE on a table', onTable(), 'CREATE_TABLE'],
      ['DESCRIBE on columns', onColumns('amount'), 'DESCRIBE'],
      ['INSERT on all columns', onAllColumnsBut(), 'INSERT'],
    ] as const)('%s', async (_, resource, permission) => {
      const { lakeFormation } = (await startTestEmulator()).asAdmin;
      expect(
        await refusalOf(
          grant(lakeFormation, 'Analyst', resource, [permission]),
        ),
      ).toEqual(INVALID_MODIFICATION);
    });

    it('grant options beyond what is granted, and catalogs that are not there', async () => {
      const { lakeFormation } = (await startTestEmulator()).asAdmin;
      expect(
        (
          await refusalOf(
            grant(lakeFormation, 'Analyst', onTable(), ['SELECT'], ['DROP']),
          )
        ).code,
      ).toBe('InvalidInputException');
      const nested = `${ACCOUNT}:s3tablescatalog/bucket`;
      expect(
        await refusalOf(
          grant(
            lakeFormation,
            'Analyst',
            { Database: { Name: 'sales', CatalogId: nested } },
            ['DESCRIBE'],
          ),
        ),
      ).toMatchObject({ message: 'Catalog not found.' });
    });

    it('all that is missing, at once, as the service validates', async () => {
      const emulator = await startTestEmulator();
      const { lakeFormation } = emulator.asAdmin;
      const command = new GrantPermissionsCommand({
        Principal: undefined,
        Resource: {
          TableWithColumns: { DatabaseName: undefined, Name: 'orders' },
        },
        Permissions: undefined,
      });
      expect(await refusalOf(lakeFormation.send(command))).toEqual({
        code: 'ValidationException',
        message:
          "3 validation errors detected: Value null at 'principal' failed to satisfy constraint: Member must not be null; Value null at 'resource.tableWithColumns.databaseName' failed to satisfy constraint: Member must not be null; Value null at 'permissions' failed to satisfy constraint: Member must not be null",
        status: 400,
      });
    });
  });

  it('leaves nothing behind when it refuses', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await refusalOf(
      grant(lakeFormation, 'Analyst', onColumns('amount', 'nope'), ['SELECT']),
    );
    expect(await listed(lakeFormation)).toEqual([]);
  });
});
