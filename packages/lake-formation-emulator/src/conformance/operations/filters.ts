import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';
import { World } from '../World';

const namesOf = ({ account, database }: World, Name = 'cheap') => ({
  TableCatalogId: account,
  DatabaseName: database,
  TableName: 'orders',
  Name,
});

async function aFilter(world: World, Name = 'cheap') {
  const { lakeFormation } = world.admin;
  const names = namesOf(world, Name);
  await lakeFormation.createDataCellsFilter({
    TableData: {
      ...names,
      RowFilter: { FilterExpression: 'amount < 10' },
      ColumnNames: ['order_id', 'amount'],
    },
  });
  world.undo(() => lakeFormation.deleteDataCellsFilter(names));
  return names;
}

export const filterOperations = [
  conformance('lakeformation:CreateDataCellsFilter', {
    'shows its columns to who is granted it': async world => {
      const { admin, analyst, database } = world;
      const DataCellsFilter = await aFilter(world);
      const change = {
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: { DataCellsFilter },
        Permissions: ['SELECT' as const],
      };
      await admin.lakeFormation.grantPermissions(change);
      world.undo(() => admin.lakeFormation.revokePermissions(change));
      const { glue } = await world.assume(analyst);
      const { Table } = await glue.getTable({
        DatabaseName: database,
        Name: 'orders',
      });
      expect(
        Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name),
      ).toEqual(['order_id', 'amount']);
    },
    'is one of its name': async world => {
      await aFilter(world);
      await refused(aFilter(world), 'AlreadyExistsException');
    },
    'refuses both choices of columns': async world => {
      const message = await refused(
        world.admin.lakeFormation.createDataCellsFilter({
          TableData: {
            ...namesOf(world),
            RowFilter: { AllRowsWildcard: {} },
            ColumnNames: ['order_id'],
            ColumnWildcard: {},
          },
        }),
        'InvalidInputException',
      );
      expect(message).toContain(
        'Data cells filter cannot have both column wildcard expression and column names.',
      );
    },
    'refuses an expression on a column that is not there': async world => {
      await refused(
        world.admin.lakeFormation.createDataCellsFilter({
          TableData: {
            ...namesOf(world),
            RowFilter: { FilterExpression: 'missing = 1' },
            ColumnWildcard: {},
          },
        }),
        'InvalidInputException',
      );
    },
  }),
  conformance('lakeformation:GetDataCellsFilter', {
    'shows what was created': async world => {
      const names = await aFilter(world);
      const { DataCellsFilter } =
        await world.admin.lakeFormation.getDataCellsFilter(names);
      expect(DataCellsFilter).toMatchObject({
        ...names,
        RowFilter: { FilterExpression: 'amount < 10' },
        ColumnNames: ['order_id', 'amount'],
        VersionId: expect.any(String),
      });
    },
  }),
  conformance('lakeformation:UpdateDataCellsFilter', {
    'refuses an old version': async world => {
      const names = await aFilter(world);
      const { lakeFormation } = world.admin;
      const { DataCellsFilter } = await lakeFormation.getDataCellsFilter(names);
      const update = (VersionId: string | undefined) =>
        lakeFormation.updateDataCellsFilter({
          TableData: {
            ...names,
            VersionId,
            RowFilter: { AllRowsWildcard: {} },
            ColumnNames: ['order_id'],
          },
        });
      await update(DataCellsFilter?.VersionId);
      await refused(
        update(DataCellsFilter?.VersionId),
        'ConcurrentModificationException',
      );
      const after = await lakeFormation.getDataCellsFilter(names);
      expect(after.DataCellsFilter?.ColumnNames).toEqual(['order_id']);
    },
  }),
  conformance('lakeformation:DeleteDataCellsFilter', {
    'takes it away': async world => {
      const names = await aFilter(world);
      const { lakeFormation } = world.admin;
      await lakeFormation.deleteDataCellsFilter(names);
      await refused(
        lakeFormation.getDataCellsFilter(names),
        'EntityNotFoundException',
      );
    },
  }),
  conformance('lakeformation:ListDataCellsFilter', {
    'lists the filters of a table': async world => {
      await aFilter(world, 'a');
      await aFilter(world, 'b');
      const { DataCellsFilters } =
        await world.admin.lakeFormation.listDataCellsFilter({
          Table: {
            CatalogId: world.account,
            DatabaseName: world.database,
            Name: 'orders',
          },
        });
      expect(DataCellsFilters?.map(({ Name }) => Name).sort()).toEqual([
        'a',
        'b',
      ]);
    },
  }),
];
