import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';
import { World, ordersTable } from '../World';

const ABSENT = 'EntityNotFoundException';
const NOT_ALLOWED = 'AccessDeniedException';

const giveColumns = (world: World, ...names: string[]) =>
  world.admin.lakeFormation.grantPermissions({
    Principal: { DataLakePrincipalIdentifier: world.analyst },
    Resource: world.columns(...names),
    Permissions: ['SELECT'],
  });

const aTable = ({ admin, database, location }: World, name: string) =>
  admin.glue.createTable({
    DatabaseName: database,
    TableInput: ordersTable(location, name),
  });

const namesOf = (tables: { Name?: string }[] | undefined) =>
  (tables ?? []).map(({ Name }) => Name);

export const tableOperations = [
  conformance('glue:CreateTable', {
    'gives its creator everything on it': async world => {
      const { admin, analyst, database, location } = world;
      await admin.lakeFormation.grantPermissions({
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: { Database: { Name: database } },
        Permissions: ['CREATE_TABLE'],
      });
      const { glue } = await world.assume(analyst);
      await glue.createTable({
        DatabaseName: database,
        TableInput: ordersTable(location, 'mine'),
      });
      const [line] = await world.grantsOn(
        { Table: { DatabaseName: database, Name: 'mine' } },
        analyst,
      );
      expect(line.PermissionsWithGrantOption).toEqual(
        expect.arrayContaining(['ALTER', 'DROP']),
      );
      await refused(
        glue.getTable({ DatabaseName: database, Name: 'orders' }),
        NOT_ALLOWED,
      );
    },
    'is one of its name': async world => {
      await refused(aTable(world, 'ORDERS'), 'AlreadyExistsException');
    },
    'makes a link that leads to its target': async world => {
      const { admin, account, database } = world;
      await admin.glue.createTable({
        DatabaseName: database,
        TableInput: {
          Name: 'link',
          TargetTable: {
            CatalogId: account,
            DatabaseName: database,
            Name: 'orders',
          },
        },
      });
      const { Table } = await admin.glue.getTable({
        DatabaseName: database,
        Name: 'link',
      });
      expect(Table).toMatchObject({
        Name: 'link',
        TargetTable: { Name: 'orders' },
      });
      expect(Table?.StorageDescriptor?.Columns).toHaveLength(3);
    },
  }),
  conformance('glue:GetTable', {
    'shows the granted columns, and partition keys always': async world => {
      await giveColumns(world, 'order_id', 'amount');
      const { glue } = await world.assume(world.analyst);
      const { Table } = await glue.getTable({
        DatabaseName: world.database,
        Name: 'orders',
      });
      expect(namesOf(Table?.StorageDescriptor?.Columns)).toEqual([
        'order_id',
        'amount',
      ]);
      expect(namesOf(Table?.PartitionKeys)).toEqual(['day']);
    },
    'refuses who has nothing on it': async world => {
      const { glue } = await world.assume(world.analyst);
      const message = await refused(
        glue.getTable({ DatabaseName: world.database, Name: 'orders' }),
        NOT_ALLOWED,
      );
      expect(message).toBe(
        'Insufficient Lake Formation permission(s): Required Describe on orders',
      );
    },
    'is not found by an administrator where it is not': async world => {
      await refused(
        world.admin.glue.getTable({
          DatabaseName: world.database,
          Name: 'missing',
        }),
        ABSENT,
      );
    },
  }),
  conformance('glue:GetTables', {
    'lists what the caller sees, by expression': async world => {
      await aTable(world, 'other');
      await giveColumns(world, 'order_id');
      const { glue } = await world.assume(world.analyst);
      const { TableList } = await glue.getTables({
        DatabaseName: world.database,
      });
      expect(namesOf(TableList)).toEqual(['orders']);
      expect(namesOf(TableList?.[0].StorageDescriptor?.Columns)).toEqual([
        'order_id',
      ]);
      const byExpression = await world.admin.glue.getTables({
        DatabaseName: world.database,
        Expression: 'oth.*',
      });
      expect(namesOf(byExpression.TableList)).toEqual(['other']);
    },
  }),
  conformance('glue:UpdateTable', {
    'replaces the definition and counts versions': async world => {
      const { glue } = world.admin;
      const names = { DatabaseName: world.database, Name: 'orders' };
      const before = await glue.getTable(names);
      await glue.updateTable({
        DatabaseName: world.database,
        TableInput: {
          Name: 'orders',
          StorageDescriptor: { Columns: [{ Name: 'a', Type: 'int' }] },
        },
      });
      const { Table } = await glue.getTable(names);
      expect(namesOf(Table?.StorageDescriptor?.Columns)).toEqual(['a']);
      expect(Table?.StorageDescriptor?.Location).toBeUndefined();
      expect(Number(Table?.VersionId)).toBe(
        Number(before.Table?.VersionId) + 1,
      );
    },
    'needs ALTER': async world => {
      await giveColumns(world, 'order_id');
      const { glue } = await world.assume(world.analyst);
      await refused(
        glue.updateTable({
          DatabaseName: world.database,
          TableInput: { Name: 'orders' },
        }),
        NOT_ALLOWED,
      );
    },
  }),
  conformance('glue:GetTableVersions', {
    'lists the newest first': async world => {
      const { glue } = world.admin;
      const names = { DatabaseName: world.database, TableName: 'orders' };
      await glue.updateTable({
        DatabaseName: world.database,
        TableInput: { Name: 'orders', Description: 'changed' },
      });
      const { TableVersions = [] } = await glue.getTableVersions(names);
      expect(TableVersions.map(({ Table }) => Table?.Description)).toEqual([
        'changed',
        undefined,
      ]);
    },
  }),
  conformance('glue:GetTableVersion', {
    'refuses one that is not there': async world => {
      await refused(
        world.admin.glue.getTableVersion({
          DatabaseName: world.database,
          TableName: 'orders',
          VersionId: '99',
        }),
        ABSENT,
      );
    },
  }),
  conformance('glue:DeleteTable', {
    'leaves the grants to a new table of its name': async world => {
      await giveColumns(world, 'order_id');
      const { glue } = world.admin;
      await glue.deleteTable({
        DatabaseName: world.database,
        Name: 'orders',
      });
      await aTable(world, 'orders');
      const analyst = await world.assume(world.analyst);
      const { Table } = await analyst.glue.getTable({
        DatabaseName: world.database,
        Name: 'orders',
      });
      expect(namesOf(Table?.StorageDescriptor?.Columns)).toEqual(['order_id']);
    },
  }),
  conformance('glue:BatchDeleteTable', {
    'reports what is not there': async world => {
      const { Errors } = await world.admin.glue.batchDeleteTable({
        DatabaseName: world.database,
        TablesToDelete: ['orders', 'missing'],
      });
      expect(Errors).toMatchObject([
        { TableName: 'missing', ErrorDetail: { ErrorCode: ABSENT } },
      ]);
    },
  }),
  conformance('glue:SearchTables', {
    'finds by a token of the name what the caller sees': async world => {
      const name = world.unique('customer').replace('_', '-');
      await aTable(world, name);
      const input = { Filters: [{ Key: 'Name', Value: name.split('-')[1] }] };
      const { TableList } = await world.admin.glue.searchTables(input);
      expect(namesOf(TableList)).toContain(name);
      const { glue } = await world.assume(world.analyst);
      expect((await glue.searchTables(input)).TableList).toEqual([]);
    },
  }),
];
