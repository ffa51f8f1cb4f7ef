import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';
import { Clients, World } from '../World';

const TAG = 'LakeFormationAuthorizedCaller';
const NOT_ALLOWED = 'AccessDeniedException';

const tableArn = ({ region, account, database }: World) =>
  `arn:aws:glue:${region}:${account}:table/${database}/orders`;

/** Lets engines in, and registers the location of the data. */
async function lettingEnginesIn(world: World, fields: object = {}) {
  const { admin, account, location, undo } = world;
  const { DataLakeSettings: before = {} } =
    await admin.lakeFormation.getDataLakeSettings({});
  undo(() =>
    admin.lakeFormation.putDataLakeSettings({ DataLakeSettings: before }),
  );
  const tag = world.unique('engine');
  await admin.lakeFormation.putDataLakeSettings({
    DataLakeSettings: {
      ...before,
      AllowExternalDataFiltering: true,
      ExternalDataFilteringAllowList: [
        { DataLakePrincipalIdentifier: account },
      ],
      AuthorizedSessionTagValueList: [tag],
      ...fields,
    },
  });
  const ResourceArn = location.replace('s3://', 'arn:aws:s3:::');
  await admin.lakeFormation.registerResource({
    ResourceArn,
    UseServiceLinkedRole: true,
  });
  undo(() => admin.lakeFormation.deregisterResource({ ResourceArn }));
  return world.assume(world.analyst, { [TAG]: tag });
}

const give = ({ admin, analyst }: World, Resource: object) =>
  admin.lakeFormation.grantPermissions({
    Principal: { DataLakePrincipalIdentifier: analyst },
    Resource,
    Permissions: ['SELECT'],
  });

const metadata = (world: World, { glue }: Clients) =>
  glue.getUnfilteredTableMetadata({
    CatalogId: world.account,
    DatabaseName: world.database,
    Name: 'orders',
    SupportedPermissionTypes: ['COLUMN_PERMISSION'],
  });

const aPartition = (world: World) =>
  world.admin.glue.createPartition({
    DatabaseName: world.database,
    TableName: 'orders',
    PartitionInput: {
      Values: ['2026-01-01'],
      StorageDescriptor: {
        Location: `${world.location}/orders/day=2026-01-01`,
      },
    },
  });

const partitionNames = (world: World) => ({
  CatalogId: world.account,
  DatabaseName: world.database,
  TableName: 'orders',
  SupportedPermissionTypes: ['COLUMN_PERMISSION' as const],
});

export const vendingOperations = [
  conformance('lakeformation:GetTemporaryGlueTableCredentials', {
    'vends to an engine that enforces the columns, and to no other':
      async world => {
        const engine = await lettingEnginesIn(world);
        await give(world, world.columns('order_id'));
        const vend = (types: 'COLUMN_PERMISSION'[], clients = engine) =>
          clients.lakeFormation.getTemporaryGlueTableCredentials({
            TableArn: tableArn(world),
            Permissions: ['SELECT'],
            DurationSeconds: 900,
            SupportedPermissionTypes: types,
          });
        expect(await vend(['COLUMN_PERMISSION'])).toMatchObject({
          AccessKeyId: expect.any(String),
          SecretAccessKey: expect.any(String),
          SessionToken: expect.any(String),
          Expiration: expect.any(Date),
        });
        await refused(vend([]), 'PermissionTypeMismatchException');
        const untagged = await world.assume(world.analyst);
        await refused(vend(['COLUMN_PERMISSION'], untagged), NOT_ALLOWED);
      },
  }),
  conformance('lakeformation:GetTemporaryGluePartitionCredentials', {
    'vends for one partition': async world => {
      const { lakeFormation } = await lettingEnginesIn(world);
      await give(world, world.orders);
      await aPartition(world);
      const vend = (day: string) =>
        lakeFormation.getTemporaryGluePartitionCredentials({
          TableArn: tableArn(world),
          Partition: { Values: [day] },
          Permissions: ['SELECT'],
          SupportedPermissionTypes: ['COLUMN_PERMISSION'],
        });
      expect((await vend('2026-01-01')).AccessKeyId).toBeDefined();
      await refused(vend('1999-01-01'), 'EntityNotFoundException');
    },
  }),
  conformance('lakeformation:GetTemporaryDataLocationCredentials', {
    'vends where whole tables are vended': async world => {
      const { lakeFormation } = await lettingEnginesIn(world, {
        AllowFullTableExternalDataAccess: true,
      });
      await give(world, world.orders);
      const location = `${world.location}/orders`;
      const { AccessibleDataLocations, Credentials } =
        await lakeFormation.getTemporaryDataLocationCredentials({
          DataLocations: [location],
        });
      expect(AccessibleDataLocations).toEqual([location]);
      expect(Credentials?.AccessKeyId).toBeDefined();
    },
  }),
  conformance('glue:GetUnfilteredTableMetadata', {
    'gives an engine the whole schema and the authorized columns':
      async world => {
        const engine = await lettingEnginesIn(world);
        await give(world, world.columns('order_id'));
        const found = await metadata(world, engine);
        expect(found.Table?.StorageDescriptor?.Columns).toHaveLength(3);
        expect(found.AuthorizedColumns).toContain('order_id');
        expect(found.AuthorizedColumns).not.toContain('email');
        expect(found.IsRegisteredWithLakeFormation).toBe(true);
      },
    'is for engines only': async world => {
      await give(world, world.orders);
      await refused(
        metadata(world, await world.assume(world.analyst)),
        NOT_ALLOWED,
      );
    },
  }),
  conformance('glue:GetUnfilteredPartitionMetadata', {
    'tells the authorized columns': async world => {
      const { glue } = await lettingEnginesIn(world);
      await give(world, world.columns('order_id'));
      await aPartition(world);
      const { AuthorizedColumns, Partition } =
        await glue.getUnfilteredPartitionMetadata({
          ...partitionNames(world),
          PartitionValues: ['2026-01-01'],
        });
      expect(AuthorizedColumns).toContain('order_id');
      expect(Partition?.Values).toEqual(['2026-01-01']);
    },
  }),
  conformance('glue:GetUnfilteredPartitionsMetadata', {
    'lists the partitions': async world => {
      const { glue } = await lettingEnginesIn(world);
      await give(world, world.columns('order_id'));
      await aPartition(world);
      const { UnfilteredPartitions } =
        await glue.getUnfilteredPartitionsMetadata(partitionNames(world));
      expect(UnfilteredPartitions).toMatchObject([
        {
          Partition: { Values: ['2026-01-01'] },
          IsRegisteredWithLakeFormation: true,
        },
      ]);
    },
  }),
];
