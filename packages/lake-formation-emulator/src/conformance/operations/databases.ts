import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';
import { World } from '../World';

const ABSENT = 'EntityNotFoundException';
const INVALID = 'InvalidInputException';

/** Another database of the case's own. */
async function aDatabase(world: World, fields: object = {}) {
  const { admin, unique, undo } = world;
  const Name = unique('other');
  await admin.glue.createDatabase({ DatabaseInput: { Name, ...fields } });
  undo(() => admin.glue.deleteDatabase({ Name }));
  return Name;
}

const arnOf = ({ region, account }: World, name: string) =>
  `arn:aws:glue:${region}:${account}:database/${name}`;

/** A nested catalog of the case's own. */
async function aCatalog({ admin, unique, undo, account }: World) {
  const Name = unique('catalog');
  await admin.glue.createCatalog({
    Name,
    CatalogInput: {
      FederatedCatalog: {
        Identifier: `arn:aws:s3tables:eu-west-1:${account}:bucket/*`,
        ConnectionName: 'aws:s3tables',
      },
    },
  });
  const CatalogId = `${account}:${Name}`;
  undo(() => admin.glue.deleteCatalog({ CatalogId }));
  return { Name, CatalogId };
}

export const databaseOperations = [
  conformance('glue:CreateDatabase', {
    'keeps the name in lower case, and is one of it': async world => {
      const { admin } = world;
      const Name = world.unique('Upper').toLocaleUpperCase('en-US');
      await admin.glue.createDatabase({ DatabaseInput: { Name } });
      world.undo(() => admin.glue.deleteDatabase({ Name }));
      const { Database } = await admin.glue.getDatabase({ Name });
      expect(Database?.Name).toBe(Name.toLocaleLowerCase('en-US'));
      await refused(
        admin.glue.createDatabase({ DatabaseInput: { Name } }),
        'AlreadyExistsException',
      );
    },
    'gives its creator everything on it': async world => {
      const { admin, database } = world;
      const lines = await world.grantsOn({ Database: { Name: database } });
      expect(
        lines.find(({ Principal }) =>
          Principal?.DataLakePrincipalIdentifier?.includes(world.account),
        )?.PermissionsWithGrantOption,
      ).toEqual(expect.arrayContaining(['CREATE_TABLE', 'DROP']));
      expect(admin).toBeDefined();
    },
    'makes a link that shows the tables of its target': async world => {
      const { admin, account, database } = world;
      const link = await aDatabase(world, {
        TargetDatabase: { CatalogId: account, DatabaseName: database },
      });
      const { TableList } = await admin.glue.getTables({ DatabaseName: link });
      expect(TableList?.map(({ Name }) => Name)).toEqual(['orders']);
      const { Table } = await admin.glue.getTable({
        DatabaseName: link,
        Name: 'orders',
      });
      expect(Table?.DatabaseName).toBe(database);
    },
    'needs a right of its own': async world => {
      const { glue } = await world.assume(world.analyst);
      const message = await refused(
        glue.createDatabase({ DatabaseInput: { Name: world.unique('mine') } }),
        'AccessDeniedException',
      );
      expect(message).toContain('Required Create Database on Catalog');
    },
  }),
  conformance('glue:GetDatabase', {
    'is hidden until something in it is granted': async world => {
      const { admin, analyst, database, orders } = world;
      const { glue } = await world.assume(analyst);
      await refused(
        glue.getDatabase({ Name: database }),
        'AccessDeniedException',
      );
      await admin.lakeFormation.grantPermissions({
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: orders,
        Permissions: ['SELECT'],
      });
      const { Database } = await glue.getDatabase({ Name: database });
      expect(Database).toMatchObject({
        Name: database,
        CatalogId: world.account,
        CreateTime: expect.any(Date),
      });
    },
    'is not found by an administrator where it is not': async world => {
      await refused(
        world.admin.glue.getDatabase({ Name: world.unique('missing') }),
        ABSENT,
      );
    },
  }),
  conformance('glue:GetDatabases', {
    'lists what the caller sees': async world => {
      const { analyst, database } = world;
      const names = async ({ glue }: Pick<World['admin'], 'glue'>) => {
        const found: (string | undefined)[] = [];
        let NextToken: string | undefined;
        do {
          const page = await glue.getDatabases({ MaxResults: 1, NextToken });
          found.push(...(page.DatabaseList ?? []).map(({ Name }) => Name));
          NextToken = page.NextToken;
        } while (NextToken);
        return found;
      };
      expect(await names(world.admin)).toContain(database);
      expect(await names(await world.assume(analyst))).not.toContain(database);
    },
  }),
  conformance('glue:UpdateDatabase', {
    'replaces the properties': async world => {
      const { admin, database: Name } = world;
      const update = (fields: object) =>
        admin.glue.updateDatabase({
          Name,
          DatabaseInput: { Name, ...fields },
        });
      await update({ Description: 'a', Parameters: { b: 'c' } });
      await update({ Description: 'd' });
      const { Database } = await admin.glue.getDatabase({ Name });
      expect(Database?.Description).toBe('d');
      expect(Database?.Parameters ?? {}).toEqual({});
    },
  }),
  conformance('glue:DeleteDatabase', {
    'takes it with its tables': async world => {
      const { admin, database: Name } = world;
      await admin.glue.deleteDatabase({ Name });
      await refused(
        admin.glue.getTable({ DatabaseName: Name, Name: 'orders' }),
        ABSENT,
      );
    },
  }),
  conformance('glue:TagResource', {
    'adds to the tags of a database': async world => {
      const { glue } = world.admin;
      const ResourceArn = arnOf(world, world.database);
      await glue.tagResource({ ResourceArn, TagsToAdd: { a: '1' } });
      await glue.tagResource({ ResourceArn, TagsToAdd: { b: '2' } });
      expect((await glue.getTags({ ResourceArn })).Tags).toEqual({
        a: '1',
        b: '2',
      });
    },
  }),
  conformance('glue:UntagResource', {
    'takes tags by their keys': async world => {
      const { glue } = world.admin;
      const ResourceArn = arnOf(world, world.database);
      await glue.tagResource({ ResourceArn, TagsToAdd: { a: '1', b: '2' } });
      await glue.untagResource({ ResourceArn, TagsToRemove: ['a'] });
      expect((await glue.getTags({ ResourceArn })).Tags).toEqual({ b: '2' });
    },
  }),
  conformance('glue:GetTags', {
    'refuses what is not there': async world => {
      await refused(
        world.admin.glue.getTags({
          ResourceArn: arnOf(world, world.unique('missing')),
        }),
        ABSENT,
      );
    },
  }),
  conformance('glue:PutResourcePolicy', {
    'refuses a hash that is not of the policy': async world => {
      const { glue } = world.admin;
      const { policy } = await aPolicy(world);
      await refused(
        glue.putResourcePolicy({
          PolicyInJson: policy,
          PolicyHashCondition: 'other',
        }),
        'ConditionCheckFailureException',
      );
    },
  }),
  conformance('glue:GetResourcePolicy', {
    'shows what was put': async world => {
      const { policy, PolicyHash } = await aPolicy(world);
      const found = await world.admin.glue.getResourcePolicy({});
      expect(JSON.parse(found.PolicyInJson ?? '')).toEqual(JSON.parse(policy));
      expect(found.PolicyHash).toBe(PolicyHash);
    },
  }),
  conformance('glue:DeleteResourcePolicy', {
    'takes it away': async world => {
      await aPolicy(world);
      const { glue } = world.admin;
      await glue.deleteResourcePolicy({});
      await refused(glue.getResourcePolicy({}), ABSENT);
    },
  }),
  conformance('glue:GetDataCatalogEncryptionSettings', {
    'says whether metadata is encrypted': async world => {
      const { DataCatalogEncryptionSettings: found } =
        await world.admin.glue.getDataCatalogEncryptionSettings({});
      expect(['DISABLED', 'SSE-KMS', 'SSE-KMS-WITH-SERVICE-ROLE']).toContain(
        found?.EncryptionAtRest?.CatalogEncryptionMode,
      );
    },
  }),
  conformance('glue:PutDataCatalogEncryptionSettings', {
    'puts what is shown': async world => {
      const { glue } = world.admin;
      const CatalogId = world.account;
      const before = await glue.getDataCatalogEncryptionSettings({ CatalogId });
      const DataCatalogEncryptionSettings = {
        ...before.DataCatalogEncryptionSettings,
        // Encrypts nothing, so that no other case is touched by it.
        EncryptionAtRest: { CatalogEncryptionMode: 'DISABLED' as const },
      };
      world.undo(() =>
        glue.putDataCatalogEncryptionSettings({
          CatalogId,
          DataCatalogEncryptionSettings: before.DataCatalogEncryptionSettings,
        }),
      );
      await glue.putDataCatalogEncryptionSettings({
        CatalogId,
        DataCatalogEncryptionSettings,
      });
      const after = await glue.getDataCatalogEncryptionSettings({ CatalogId });
      expect(after.DataCatalogEncryptionSettings).toMatchObject(
        DataCatalogEncryptionSettings,
      );
    },
    'refuses a mode that there is not': async world => {
      await refused(
        world.admin.glue.putDataCatalogEncryptionSettings({
          DataCatalogEncryptionSettings: {
            EncryptionAtRest: {
              CatalogEncryptionMode: 'ROT13' as 'DISABLED',
            },
          },
        }),
        INVALID,
      );
    },
  }),
  conformance('glue:CreateCatalog', {
    'holds databases of its own': async world => {
      const { glue } = world.admin;
      const { CatalogId } = await aCatalog(world);
      await glue.createDatabase({
        CatalogId,
        DatabaseInput: { Name: world.database },
      });
      world.undo(() =>
        glue.deleteDatabase({ CatalogId, Name: world.database }),
      );
      const { DatabaseList } = await glue.getDatabases({ CatalogId });
      expect(DatabaseList?.map(({ Name }) => Name)).toEqual([world.database]);
    },
  }),
  conformance('glue:GetCatalog', {
    'shows a nested catalog': async world => {
      const { Name, CatalogId } = await aCatalog(world);
      const { Catalog } = await world.admin.glue.getCatalog({ CatalogId });
      expect(Catalog).toMatchObject({ Name, CatalogId });
    },
  }),
  conformance('glue:GetCatalogs', {
    'lists nested catalogs': async world => {
      const { Name } = await aCatalog(world);
      const { CatalogList } = await world.admin.glue.getCatalogs({});
      expect(CatalogList?.map(catalog => catalog.Name)).toContain(Name);
    },
  }),
  conformance('glue:DeleteCatalog', {
    'takes it away': async world => {
      const { CatalogId } = await aCatalog(world);
      const { glue } = world.admin;
      await glue.deleteCatalog({ CatalogId });
      await refused(glue.getCatalog({ CatalogId }), ABSENT);
    },
  }),
];

/** A policy by which RAM may share the catalog, as long as the case goes on. */
async function aPolicy({ admin, region, account, undo }: World) {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'ram.amazonaws.com' },
        Action: 'glue:ShareResource',
        Resource: [`arn:aws:glue:${region}:${account}:catalog`],
      },
    ],
  });
  const { PolicyHash } = await admin.glue.putResourcePolicy({
    PolicyInJson: policy,
    EnableHybrid: 'TRUE',
  });
  undo(() => admin.glue.deleteResourcePolicy({}));
  return { policy, PolicyHash };
}
