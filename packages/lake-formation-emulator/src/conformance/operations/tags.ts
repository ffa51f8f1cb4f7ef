import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';
import { World } from '../World';

const ABSENT = 'EntityNotFoundException';

/** A tag of the case's own, with the values `a` and `b`. */
async function aTag({ admin, unique, undo }: World, prefix = 'tag') {
  const TagKey = unique(prefix);
  await admin.lakeFormation.createLFTag({ TagKey, TagValues: ['a', 'b'] });
  undo(() => admin.lakeFormation.deleteLFTag({ TagKey }));
  return TagKey;
}

const inDatabase = ({ database }: World) => ({ Database: { Name: database } });

async function assign(
  { admin, account, analyst }: World,
  Resource: object,
  TagKey: string,
  value: string,
) {
  const { Failures } = await admin.lakeFormation.addLFTagsToResource({
    Resource,
    LFTags: [{ TagKey, TagValues: [value] }],
  });
  expect(Failures ?? []).toEqual([]);
  return { account, analyst };
}

async function anExpression(world: World, TagKey: string) {
  const Name = world.unique('expression');
  await world.admin.lakeFormation.createLFTagExpression({
    Name,
    Expression: [{ TagKey, TagValues: ['a'] }],
  });
  world.undo(() => world.admin.lakeFormation.deleteLFTagExpression({ Name }));
  return Name;
}

export const tagOperations = [
  conformance('lakeformation:CreateLFTag', {
    'keeps keys and values in lower case': async ({ admin, unique, undo }) => {
      const TagKey = unique('Stage').toLocaleUpperCase('en-US');
      await admin.lakeFormation.createLFTag({ TagKey, TagValues: ['Prod'] });
      undo(() => admin.lakeFormation.deleteLFTag({ TagKey }));
      expect(await admin.lakeFormation.getLFTag({ TagKey })).toMatchObject({
        TagKey: TagKey.toLocaleLowerCase('en-US'),
        TagValues: ['prod'],
      });
    },
    'needs a right of its own': async world => {
      const { lakeFormation } = await world.assume(world.analyst);
      await refused(
        lakeFormation.createLFTag({
          TagKey: world.unique('tag'),
          TagValues: ['a'],
        }),
        'AccessDeniedException',
      );
    },
  }),
  conformance('lakeformation:GetLFTag', {
    'refuses one that is not there': async ({ admin, unique }) => {
      await refused(
        admin.lakeFormation.getLFTag({ TagKey: unique('missing') }),
        ABSENT,
      );
    },
  }),
  conformance('lakeformation:UpdateLFTag', {
    'adds and takes values': async world => {
      const TagKey = await aTag(world);
      const { lakeFormation } = world.admin;
      await lakeFormation.updateLFTag({
        TagKey,
        TagValuesToAdd: ['c'],
        TagValuesToDelete: ['a'],
      });
      const { TagValues } = await lakeFormation.getLFTag({ TagKey });
      expect([...(TagValues ?? [])].sort()).toEqual(['b', 'c']);
    },
  }),
  conformance('lakeformation:DeleteLFTag', {
    'takes the tag from where it was assigned': async world => {
      const TagKey = await aTag(world);
      await assign(world, inDatabase(world), TagKey, 'a');
      await world.admin.lakeFormation.deleteLFTag({ TagKey });
      const { LFTagOnDatabase } =
        await world.admin.lakeFormation.getResourceLFTags({
          Resource: inDatabase(world),
        });
      expect(LFTagOnDatabase ?? []).toEqual([]);
    },
  }),
  conformance('lakeformation:ListLFTags', {
    'lists a tag with its values': async world => {
      const TagKey = await aTag(world);
      const found: object[] = [];
      let NextToken: string | undefined;
      do {
        const page = await world.admin.lakeFormation.listLFTags({ NextToken });
        found.push(...(page.LFTags ?? []));
        NextToken = page.NextToken;
      } while (NextToken);
      expect(found).toContainEqual(
        expect.objectContaining({ TagKey, TagValues: ['a', 'b'] }),
      );
    },
  }),
  conformance('lakeformation:AddLFTagsToResource', {
    'reports a value that the tag does not have': async world => {
      const TagKey = await aTag(world);
      const add = world.admin.lakeFormation.addLFTagsToResource({
        Resource: inDatabase(world),
        LFTags: [{ TagKey, TagValues: ['missing'] }],
      });
      // As a failure of the entry, or of the whole call.
      const outcome = await add.then(
        ({ Failures = [] }) => Failures[0]?.Error?.ErrorCode,
        error => (error as Error).name,
      );
      expect(outcome).toBe(ABSENT);
    },
  }),
  conformance('lakeformation:RemoveLFTagsFromResource', {
    'takes the columns from who was granted by them': async world => {
      const { admin, analyst, database } = world;
      const TagKey = await aTag(world);
      await assign(world, world.columns('order_id', 'amount'), TagKey, 'a');
      const change = {
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: {
          LFTagPolicy: {
            ResourceType: 'TABLE' as const,
            Expression: [{ TagKey, TagValues: ['a'] }],
          },
        },
        Permissions: ['SELECT' as const],
      };
      await admin.lakeFormation.grantPermissions(change);
      world.undo(() => admin.lakeFormation.revokePermissions(change));
      const { glue } = await world.assume(analyst);
      const columns = async () =>
        (
          await glue.getTable({ DatabaseName: database, Name: 'orders' })
        ).Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name);
      expect(await columns()).toEqual(['order_id', 'amount']);
      await admin.lakeFormation.removeLFTagsFromResource({
        Resource: world.columns('amount'),
        LFTags: [{ TagKey, TagValues: ['a'] }],
      });
      expect(await columns()).toEqual(['order_id']);
    },
    'takes a tag from a database': async world => {
      const TagKey = await aTag(world);
      await assign(world, inDatabase(world), TagKey, 'a');
      const { lakeFormation } = world.admin;
      const { Failures } = await lakeFormation.removeLFTagsFromResource({
        Resource: inDatabase(world),
        LFTags: [{ TagKey, TagValues: ['a'] }],
      });
      expect(Failures ?? []).toEqual([]);
      const { LFTagOnDatabase } = await lakeFormation.getResourceLFTags({
        Resource: inDatabase(world),
      });
      expect(LFTagOnDatabase ?? []).toEqual([]);
    },
  }),
  conformance('lakeformation:GetResourceLFTags', {
    'inherits from the database, and a table overrides': async world => {
      const { admin, orders } = world;
      const [own, inherited] = [
        await aTag(world, 'own'),
        await aTag(world, 'inherited'),
      ];
      await assign(world, inDatabase(world), own, 'a');
      await assign(world, inDatabase(world), inherited, 'a');
      await assign(world, orders, own, 'b');
      const effective = await admin.lakeFormation.getResourceLFTags({
        Resource: orders,
        ShowAssignedLFTags: false,
      });
      expect(
        (effective.LFTagsOnTable ?? [])
          .map(({ TagKey, TagValues }) => `${TagKey}=${TagValues}`)
          .sort(),
      ).toEqual([`${inherited}=a`, `${own}=b`].sort());
      const assigned = await admin.lakeFormation.getResourceLFTags({
        Resource: orders,
        ShowAssignedLFTags: true,
      });
      expect(assigned.LFTagsOnTable).toMatchObject([
        { TagKey: own, TagValues: ['b'] },
      ]);
    },
  }),
  conformance('lakeformation:SearchDatabasesByLFTags', {
    'finds a database by its tag': async world => {
      const TagKey = await aTag(world);
      await assign(world, inDatabase(world), TagKey, 'a');
      const find = async (value: string) =>
        (
          await world.admin.lakeFormation.searchDatabasesByLFTags({
            Expression: [{ TagKey, TagValues: [value] }],
          })
        ).DatabaseList?.map(({ Database }) => Database?.Name);
      expect(await find('a')).toEqual([world.database]);
      expect(await find('b')).toEqual([]);
    },
  }),
  conformance('lakeformation:SearchTablesByLFTags', {
    'finds a table by what it inherits': async world => {
      const TagKey = await aTag(world);
      await assign(world, inDatabase(world), TagKey, 'a');
      const { TableList } =
        await world.admin.lakeFormation.searchTablesByLFTags({
          Expression: [{ TagKey, TagValues: ['a'] }],
        });
      expect(TableList?.map(({ Table }) => Table?.Name)).toEqual(['orders']);
    },
  }),
  conformance('lakeformation:CreateLFTagExpression', {
    'is granted by its name': async world => {
      const { admin, analyst, database } = world;
      const TagKey = await aTag(world);
      const ExpressionName = await anExpression(world, TagKey);
      await assign(world, inDatabase(world), TagKey, 'a');
      const change = {
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: {
          LFTagPolicy: { ResourceType: 'TABLE' as const, ExpressionName },
        },
        Permissions: ['SELECT' as const],
      };
      await admin.lakeFormation.grantPermissions(change);
      world.undo(() => admin.lakeFormation.revokePermissions(change));
      const { glue } = await world.assume(analyst);
      const { Table } = await glue.getTable({
        DatabaseName: database,
        Name: 'orders',
      });
      expect(Table?.Name).toBe('orders');
    },
  }),
  conformance('lakeformation:GetLFTagExpression', {
    'shows what was saved': async world => {
      const TagKey = await aTag(world);
      const Name = await anExpression(world, TagKey);
      expect(
        await world.admin.lakeFormation.getLFTagExpression({ Name }),
      ).toMatchObject({ Name, Expression: [{ TagKey, TagValues: ['a'] }] });
    },
  }),
  conformance('lakeformation:UpdateLFTagExpression', {
    'replaces the expression': async world => {
      const TagKey = await aTag(world);
      const Name = await anExpression(world, TagKey);
      const { lakeFormation } = world.admin;
      await lakeFormation.updateLFTagExpression({
        Name,
        Expression: [{ TagKey, TagValues: ['b'] }],
      });
      expect(await lakeFormation.getLFTagExpression({ Name })).toMatchObject({
        Expression: [{ TagKey, TagValues: ['b'] }],
      });
    },
  }),
  conformance('lakeformation:DeleteLFTagExpression', {
    'takes it away': async world => {
      const Name = await anExpression(world, await aTag(world));
      const { lakeFormation } = world.admin;
      await lakeFormation.deleteLFTagExpression({ Name });
      await refused(lakeFormation.getLFTagExpression({ Name }), ABSENT);
    },
  }),
  conformance('lakeformation:ListLFTagExpressions', {
    'lists what was saved': async world => {
      const Name = await anExpression(world, await aTag(world));
      const { LFTagExpressions } =
        await world.admin.lakeFormation.listLFTagExpressions({});
      expect(LFTagExpressions).toContainEqual(
        expect.objectContaining({ Name }),
      );
    },
  }),
];
