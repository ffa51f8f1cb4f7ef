import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';
import { ordersTable } from '../World';

const NOT_ALLOWED = 'AccessDeniedException';
const INVALID = 'InvalidInputException';

export const grantOperations = [
  conformance('lakeformation:GrantPermissions', {
    'lists SELECT apart from the other permissions on a table': async world => {
      const { admin, analyst, orders } = world;
      await admin.lakeFormation.grantPermissions({
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: orders,
        Permissions: ['SELECT', 'DESCRIBE'],
      });
      const lines = await world.grantsOn(orders, analyst);
      expect(
        lines.map(({ Resource, Permissions }) => [
          Object.keys(Resource ?? {})[0],
          Permissions,
        ]),
      ).toEqual([
        ['Table', ['DESCRIBE']],
        ['TableWithColumns', ['SELECT']],
      ]);
      expect(lines[1].Resource?.TableWithColumns?.ColumnWildcard).toBeDefined();
    },
    'succeeds for what is held already, as one entry': async world => {
      const { admin, analyst, orders } = world;
      const grant = (Permissions: ('DROP' | 'ALTER')[]) =>
        admin.lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: analyst },
          Resource: orders,
          Permissions,
        });
      await grant(['DROP']);
      await grant(['DROP']);
      await grant(['ALTER']);
      expect(await world.grantsOn(orders, analyst)).toMatchObject([
        { Permissions: ['ALTER', 'DROP'], PermissionsWithGrantOption: [] },
      ]);
    },
    'keeps the columns that are granted': async world => {
      const { admin, analyst, orders } = world;
      await admin.lakeFormation.grantPermissions({
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: world.columns('order_id', 'amount'),
        Permissions: ['SELECT'],
        PermissionsWithGrantOption: ['SELECT'],
      });
      expect(await world.grantsOn(orders, analyst)).toMatchObject([
        {
          Resource: {
            TableWithColumns: { ColumnNames: ['order_id', 'amount'] },
          },
          PermissionsWithGrantOption: ['SELECT'],
        },
      ]);
    },
    'lets who holds the grant option pass on, and no more': async world => {
      const { admin, analyst, orders } = world;
      const engineer = `${analyst}Engineer`;
      await admin.lakeFormation.grantPermissions({
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: orders,
        Permissions: ['SELECT', 'ALTER'],
        PermissionsWithGrantOption: ['SELECT'],
      });
      const { lakeFormation } = await world.assume(analyst);
      const pass = (Permissions: ('SELECT' | 'ALTER')[]) =>
        lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: engineer },
          Resource: orders,
          Permissions,
        });
      await pass(['SELECT']);
      await refused(pass(['ALTER']), NOT_ALLOWED);
    },
    'tells who may not grant nothing of what is there': async world => {
      const { lakeFormation } = await world.assume(world.analyst);
      const grantOn = (Name: string) =>
        lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: world.analyst },
          Resource: { Table: { DatabaseName: world.database, Name } },
          Permissions: ['SELECT'],
        });
      const there = await refused(grantOn('orders'), NOT_ALLOWED);
      expect(await refused(grantOn('missing'), NOT_ALLOWED)).toBe(there);
      expect(there).toContain(
        'Resource does not exist or requester is not authorized to access requested permissions.',
      );
    },
    'refuses a resource without a kind': async world => {
      const message = await refused(
        world.admin.lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: world.analyst },
          Resource: {},
          Permissions: ['SELECT'],
        }),
        INVALID,
      );
      expect(message).toContain('Resource must have either');
    },
    'refuses to mix columns with other permissions on the table':
      async world => {
        const { admin, analyst } = world;
        const Principal = { DataLakePrincipalIdentifier: analyst };
        await admin.lakeFormation.grantPermissions({
          Principal,
          Resource: world.columns('order_id'),
          Permissions: ['SELECT'],
        });
        await refused(
          admin.lakeFormation.grantPermissions({
            Principal,
            Resource: world.orders,
            Permissions: ['DROP'],
          }),
          INVALID,
        );
      },
    'lists a grant on all tables as ALL_TABLES, and it reaches new ones':
      async world => {
        const { admin, analyst, database, location } = world;
        const Resource = {
          Table: { DatabaseName: database, TableWildcard: {} },
        };
        await admin.lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: analyst },
          Resource,
          Permissions: ['DESCRIBE'],
        });
        const [line] = await world.grantsOn(Resource, analyst);
        expect(line.Resource?.Table?.Name).toBe('ALL_TABLES');
        await admin.glue.createTable({
          DatabaseName: database,
          TableInput: ordersTable(location, 'later'),
        });
        const { glue } = await world.assume(analyst);
        const { Table } = await glue.getTable({
          DatabaseName: database,
          Name: 'later',
        });
        expect(Table?.Name).toBe('later');
      },
    'refuses to share what IAM_ALLOWED_PRINCIPALS holds': async world => {
      const { admin, foreigner, orders } = world;
      await admin.lakeFormation.grantPermissions({
        Principal: { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' },
        Resource: orders,
        Permissions: ['ALL'],
      });
      const message = await refused(
        admin.lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: foreigner },
          Resource: orders,
          Permissions: ['SELECT'],
        }),
        NOT_ALLOWED,
        INVALID,
      );
      expect(message).toContain('Illegal combination');
    },
    'refuses an excluded column for another account': async world => {
      await refused(
        world.admin.lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: world.consumer },
          Resource: {
            TableWithColumns: {
              DatabaseName: world.database,
              Name: 'orders',
              ColumnWildcard: { ExcludedColumnNames: ['email'] },
            },
          },
          Permissions: ['SELECT'],
        }),
        INVALID,
      );
    },
    'refuses the grant option for a role of another account': async world => {
      await refused(
        world.admin.lakeFormation.grantPermissions({
          Principal: { DataLakePrincipalIdentifier: world.foreigner },
          Resource: world.orders,
          Permissions: ['SELECT'],
          PermissionsWithGrantOption: ['SELECT'],
        }),
        INVALID,
      );
    },
  }),

  conformance('lakeformation:RevokePermissions', {
    'takes one permission and leaves the rest': async world => {
      const { admin, analyst, orders } = world;
      const Principal = { DataLakePrincipalIdentifier: analyst };
      await admin.lakeFormation.grantPermissions({
        Principal,
        Resource: orders,
        Permissions: ['DROP', 'ALTER'],
      });
      await admin.lakeFormation.revokePermissions({
        Principal,
        Resource: orders,
        Permissions: ['DROP'],
      });
      expect(await world.grantsOn(orders, analyst)).toMatchObject([
        { Permissions: ['ALTER'] },
      ]);
    },
    'refuses what is not held': async world => {
      const message = await refused(
        world.admin.lakeFormation.revokePermissions({
          Principal: { DataLakePrincipalIdentifier: world.analyst },
          Resource: world.orders,
          Permissions: ['DROP'],
        }),
        INVALID,
      );
      expect(message).toMatch(
        /^(No permissions revoked|Grantee has no permissions)|not found/,
      );
    },
    'ends what the holder sees': async world => {
      const { admin, analyst, database, orders } = world;
      const Principal = { DataLakePrincipalIdentifier: analyst };
      const { glue } = await world.assume(analyst);
      const read = () =>
        glue.getTable({ DatabaseName: database, Name: 'orders' });
      const change = {
        Principal,
        Resource: orders,
        Permissions: ['SELECT' as const],
      };
      await admin.lakeFormation.grantPermissions(change);
      await read();
      await admin.lakeFormation.revokePermissions(change);
      await refused(read(), NOT_ALLOWED);
    },
  }),

  conformance('lakeformation:BatchGrantPermissions', {
    'does what it can and reports the rest by entry': async world => {
      const { admin, analyst, database, orders } = world;
      const Principal = { DataLakePrincipalIdentifier: analyst };
      const { Failures } = await admin.lakeFormation.batchGrantPermissions({
        Entries: [
          { Id: 'good', Principal, Resource: orders, Permissions: ['DROP'] },
          {
            Id: 'bad',
            Principal,
            Resource: { Table: { DatabaseName: database, Name: 'missing' } },
            Permissions: ['DROP'],
          },
        ],
      });
      expect(Failures).toMatchObject([
        {
          RequestEntry: { Id: 'bad' },
          Error: { ErrorCode: expect.any(String) },
        },
      ]);
      expect(await world.grantsOn(orders, analyst)).toHaveLength(1);
    },
    'takes twenty entries and no more': async ({ admin, analyst, orders }) => {
      await refused(
        admin.lakeFormation.batchGrantPermissions({
          Entries: [...Array(21).keys()].map(i => ({
            Id: `${i}`,
            Principal: { DataLakePrincipalIdentifier: `${analyst}${i}` },
            Resource: orders,
            Permissions: ['DROP' as const],
          })),
        }),
        INVALID,
        'ValidationException',
      );
    },
  }),

  conformance('lakeformation:BatchRevokePermissions', {
    'reports what was not held': async ({ admin, analyst, orders }) => {
      const Principal = { DataLakePrincipalIdentifier: analyst };
      await admin.lakeFormation.grantPermissions({
        Principal,
        Resource: orders,
        Permissions: ['DROP'],
      });
      const { Failures } = await admin.lakeFormation.batchRevokePermissions({
        Entries: [
          { Id: 'a', Principal, Resource: orders, Permissions: ['DROP'] },
          { Id: 'b', Principal, Resource: orders, Permissions: ['ALTER'] },
        ],
      });
      expect(Failures).toMatchObject([
        {
          RequestEntry: { Id: 'b' },
          Error: { ErrorCode: 'InvalidInputException' },
        },
      ]);
    },
  }),
];
