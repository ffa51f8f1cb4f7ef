import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';
import { World } from '../World';

const registered = async (world: World) => {
  const { admin, location } = world;
  const ResourceArn = location.replace('s3://', 'arn:aws:s3:::');
  const RoleArn = `${world.analyst}Data`;
  await admin.lakeFormation.registerResource({ ResourceArn, RoleArn });
  world.undo(() => admin.lakeFormation.deregisterResource({ ResourceArn }));
  return { ResourceArn, RoleArn };
};

/** With the instance, as long as the case goes on. */
const connected = async ({ admin, undo }: World) => {
  const { ApplicationArn } =
    await admin.lakeFormation.createLakeFormationIdentityCenterConfiguration({
      InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
    });
  undo(() =>
    admin.lakeFormation.deleteLakeFormationIdentityCenterConfiguration({}),
  );
  return ApplicationArn;
};

const ABSENT = 'EntityNotFoundException';

export const lakeOperations = [
  conformance('lakeformation:GetDataLakeSettings', {
    'has administrators, defaults and the cross-account version': async ({
      admin,
    }) => {
      const { DataLakeSettings } =
        await admin.lakeFormation.getDataLakeSettings({});
      expect(DataLakeSettings).toMatchObject({
        DataLakeAdmins: expect.any(Array),
        CreateDatabaseDefaultPermissions: expect.any(Array),
        CreateTableDefaultPermissions: expect.any(Array),
      });
      expect(DataLakeSettings?.Parameters?.CROSS_ACCOUNT_VERSION).toMatch(
        /^[1-5]$/,
      );
    },
  }),
  conformance('lakeformation:PutDataLakeSettings', {
    'replaces what is there': async ({ admin, analyst, undo }) => {
      const { DataLakeSettings: before = {} } =
        await admin.lakeFormation.getDataLakeSettings({});
      undo(() =>
        admin.lakeFormation.putDataLakeSettings({ DataLakeSettings: before }),
      );
      await admin.lakeFormation.putDataLakeSettings({
        DataLakeSettings: {
          ...before,
          ReadOnlyAdmins: [{ DataLakePrincipalIdentifier: analyst }],
        },
      });
      const { DataLakeSettings } =
        await admin.lakeFormation.getDataLakeSettings({});
      expect(DataLakeSettings).toEqual({
        ...before,
        ReadOnlyAdmins: [{ DataLakePrincipalIdentifier: analyst }],
      });
    },
    'is for administrators': async world => {
      const { lakeFormation } = await world.assume(world.analyst);
      await refused(
        lakeFormation.putDataLakeSettings({ DataLakeSettings: {} }),
        'AccessDeniedException',
      );
    },
  }),
  conformance('lakeformation:RegisterResource', {
    'registers a location once': async world => {
      const { ResourceArn } = await registered(world);
      await refused(
        world.admin.lakeFormation.registerResource({
          ResourceArn,
          UseServiceLinkedRole: true,
        }),
        'AlreadyExistsException',
      );
    },
    'shows in GetTable': async world => {
      const { admin, database } = world;
      const isRegistered = async () =>
        (await admin.glue.getTable({ DatabaseName: database, Name: 'orders' }))
          .Table?.IsRegisteredWithLakeFormation;
      expect(await isRegistered()).toBe(false);
      await registered(world);
      expect(await isRegistered()).toBe(true);
    },
  }),
  conformance('lakeformation:DeregisterResource', {
    'takes a location away': async world => {
      const { ResourceArn } = await registered(world);
      await world.admin.lakeFormation.deregisterResource({ ResourceArn });
      await refused(
        world.admin.lakeFormation.describeResource({ ResourceArn }),
        ABSENT,
      );
    },
  }),
  conformance('lakeformation:DescribeResource', {
    'tells the role': async world => {
      const { ResourceArn, RoleArn } = await registered(world);
      const { ResourceInfo } = await world.admin.lakeFormation.describeResource(
        { ResourceArn },
      );
      expect(ResourceInfo).toMatchObject({ ResourceArn, RoleArn });
    },
  }),
  conformance('lakeformation:UpdateResource', {
    'changes the role and the mode': async world => {
      const { ResourceArn, RoleArn } = await registered(world);
      const { lakeFormation } = world.admin;
      await lakeFormation.updateResource({
        ResourceArn,
        RoleArn: `${RoleArn}2`,
        HybridAccessEnabled: true,
      });
      const { ResourceInfo } = await lakeFormation.describeResource({
        ResourceArn,
      });
      expect(ResourceInfo).toMatchObject({
        RoleArn: `${RoleArn}2`,
        HybridAccessEnabled: true,
      });
    },
  }),
  conformance('lakeformation:ListResources', {
    'finds a location by its ARN': async world => {
      const { ResourceArn } = await registered(world);
      const { ResourceInfoList } =
        await world.admin.lakeFormation.listResources({
          FilterConditionList: [
            {
              Field: 'RESOURCE_ARN',
              ComparisonOperator: 'EQ',
              StringValueList: [ResourceArn],
            },
          ],
        });
      expect(ResourceInfoList).toMatchObject([{ ResourceArn }]);
    },
  }),
  conformance('lakeformation:CreateLakeFormationOptIn', {
    'is listed': async ({ admin, analyst, orders, undo }) => {
      const optIn = {
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: orders,
      };
      await admin.lakeFormation.createLakeFormationOptIn(optIn);
      undo(() => admin.lakeFormation.deleteLakeFormationOptIn(optIn));
      const { LakeFormationOptInsInfoList } =
        await admin.lakeFormation.listLakeFormationOptIns(optIn);
      expect(LakeFormationOptInsInfoList).toMatchObject([
        { Principal: optIn.Principal },
      ]);
    },
  }),
  conformance('lakeformation:DeleteLakeFormationOptIn', {
    'ends it': async ({ admin, analyst, orders }) => {
      const optIn = {
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: orders,
      };
      await admin.lakeFormation.createLakeFormationOptIn(optIn);
      await admin.lakeFormation.deleteLakeFormationOptIn(optIn);
      const { LakeFormationOptInsInfoList } =
        await admin.lakeFormation.listLakeFormationOptIns(optIn);
      expect(LakeFormationOptInsInfoList).toEqual([]);
    },
  }),
  conformance('lakeformation:ListLakeFormationOptIns', {
    'is empty for who has not opted in': async ({ admin, analyst, orders }) => {
      const { LakeFormationOptInsInfoList } =
        await admin.lakeFormation.listLakeFormationOptIns({
          Principal: { DataLakePrincipalIdentifier: analyst },
          Resource: orders,
        });
      expect(LakeFormationOptInsInfoList).toEqual([]);
    },
  }),
  conformance('lakeformation:CreateLakeFormationIdentityCenterConfiguration', {
    'gives an application': async world => {
      expect(await connected(world)).toMatch(
        /^arn:aws:sso::\d{12}:application/,
      );
      await refused(connected(world), 'AlreadyExistsException');
    },
  }),
  conformance(
    'lakeformation:DescribeLakeFormationIdentityCenterConfiguration',
    {
      'shows the application': async world => {
        const ApplicationArn = await connected(world);
        expect(
          await world.admin.lakeFormation.describeLakeFormationIdentityCenterConfiguration(
            {},
          ),
        ).toMatchObject({ ApplicationArn, CatalogId: world.account });
      },
    },
  ),
  conformance('lakeformation:UpdateLakeFormationIdentityCenterConfiguration', {
    'sets who may filter': async world => {
      await connected(world);
      const { lakeFormation } = world.admin;
      const ExternalFiltering = {
        Status: 'ENABLED' as const,
        AuthorizedTargets: [],
      };
      await lakeFormation.updateLakeFormationIdentityCenterConfiguration({
        ExternalFiltering,
      });
      expect(
        await lakeFormation.describeLakeFormationIdentityCenterConfiguration(
          {},
        ),
      ).toMatchObject({ ExternalFiltering });
    },
  }),
  conformance('lakeformation:DeleteLakeFormationIdentityCenterConfiguration', {
    'needs one that is there': async ({ admin }) => {
      await refused(
        admin.lakeFormation.deleteLakeFormationIdentityCenterConfiguration({}),
        ABSENT,
      );
    },
  }),
];
