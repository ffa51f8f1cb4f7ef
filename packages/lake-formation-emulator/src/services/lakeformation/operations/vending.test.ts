import { GetTableCommand } from '@aws-sdk/client-glue';
import {
  CreateDataCellsFilterCommand,
  GetTemporaryDataLocationCredentialsCommand,
  GetTemporaryDataLocationCredentialsCommandInput,
  GetTemporaryGluePartitionCredentialsCommand,
  GetTemporaryGlueTableCredentialsCommand,
  GetTemporaryGlueTableCredentialsCommandInput,
  Permission,
  PermissionType,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { assumedRole, credentialsOf } from '../../../__testUtils__/assumedRole';
import { grant, onColumns, onTable } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, aTable, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  TestEmulator,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';
import { SeedAccount } from '../../../seed/SeedAccount';

const ORDERS = 'arn:aws:glue:eu-west-1:111111111111:table/sales/orders';
const ENGINE = { LakeFormationAuthorizedCaller: 'engine-1' };
const NOT_ALLOWED = {
  code: 'AccessDeniedException',
  message: 'Access is not allowed.',
};

/** Where engines with the tag `engine-1` are let in. */
const forEngines: Partial<SeedAccount> = {
  settings: {
    allowExternalDataFiltering: true,
    externalDataFilteringAllowList: ['111111111111'],
    authorizedSessionTagValues: ['engine-1'],
  },
};

/** Where whoever may read a whole table gets it without an engine's tag. */
const forFullTables: Partial<SeedAccount> = {
  settings: { allowFullTableExternalDataAccess: true },
};

const started = (account: Partial<SeedAccount> = {}) =>
  startTestEmulator({
    locations: [
      { arn: 'arn:aws:s3:::lake/sales', roleArn: roleArn('LakeData') },
    ],
    ...account,
  });

const give = (
  emulator: TestEmulator,
  resource: Resource,
  permissions: Permission[] = ['SELECT'],
) => grant(emulator.asAdmin.lakeFormation, 'Analyst', resource, permissions);

async function giveFiltered(emulator: TestEmulator) {
  const names = { DatabaseName: 'sales', TableName: 'orders', Name: 'cheap' };
  await emulator.asAdmin.lakeFormation.send(
    new CreateDataCellsFilterCommand({
      TableData: {
        TableCatalogId: '111111111111',
        ...names,
        RowFilter: { FilterExpression: 'amount < 10' },
        ColumnWildcard: {},
      },
    }),
  );
  await give(emulator, {
    DataCellsFilter: { TableCatalogId: '111111111111', ...names },
  });
}

const vend = (
  { lakeFormation }: TestClients,
  fields: Partial<GetTemporaryGlueTableCredentialsCommandInput> = {},
) =>
  lakeFormation.send(
    new GetTemporaryGlueTableCredentialsCommand({
      TableArn: ORDERS,
      ...fields,
    }),
  );

const asEngine = (emulator: TestEmulator) =>
  assumedRole(emulator, 'Analyst', ENGINE);

describe('GetTemporaryGlueTableCredentials', () => {
  it('vends keys that expire, to an engine whose user may read', async () => {
    const emulator = await started(forEngines);
    emulator.clock.freeze();
    await give(emulator, onTable());
    const engine = await asEngine(emulator);
    expect(await vend(engine, { DurationSeconds: 900 })).toMatchObject({
      AccessKeyId: expect.stringMatching(/^ASIA[0-9A-F]{16}$/),
      SecretAccessKey: expect.any(String),
      SessionToken: expect.any(String),
      VendedS3Path: ['s3://lake/sales/orders'],
    });
    const { Expiration } = await vend(engine, { DurationSeconds: 21600 });
    expect(Expiration).toEqual(
      new Date(Math.floor(emulator.clock.now().getTime()) + 21_600_000),
    );
  });

  it('vends for a path below the table, and for no other', async () => {
    const emulator = await started(forEngines);
    await give(emulator, onTable());
    const engine = await asEngine(emulator);
    const S3Path = 's3://lake/sales/orders/day=2026-01-01';
    expect(await vend(engine, { S3Path })).toMatchObject({
      VendedS3Path: [S3Path],
    });
    expect(
      await refusalOf(vend(engine, { S3Path: 's3://lake/sales/ordersold' })),
    ).toMatchObject({ code: 'InvalidInputException' });
  });

  it('vends keys that act as the role of the location, and reach nothing but S3', async () => {
    const emulator = await started(forEngines);
    await give(emulator, onTable());
    const keys = await vend(await asEngine(emulator));
    const vended = emulator.withCredentials(credentialsOf(keys));
    const { Arn } = await vended.sts.send(new GetCallerIdentityCommand({}));
    expect(Arn).toMatch(
      /^arn:aws:sts::111111111111:assumed-role\/LakeData\/AWSLF-/,
    );
    const refused = await refusalOf(
      vended.glue.send(
        new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
      ),
    );
    expect(refused).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining(
        'because no session policy allows the glue:GetTable action',
      ),
    });
    emulator.clock.advance(3_600_001);
    expect(
      await refusalOf(vended.sts.send(new GetCallerIdentityCommand({}))),
    ).toMatchObject({ code: 'ExpiredTokenException' });
  });

  it.each<[string, Partial<SeedAccount>, Record<string, string>]>([
    ['without the tag', forEngines, {}],
    [
      'with an unknown tag',
      forEngines,
      { LakeFormationAuthorizedCaller: 'engine-2' },
    ],
    [
      'where engines are not let in',
      {
        settings: { ...forEngines.settings, allowExternalDataFiltering: false },
      },
      ENGINE,
    ],
    [
      'of an account that is not on the list',
      {
        settings: {
          ...forEngines.settings,
          externalDataFilteringAllowList: ['222222222222'],
        },
      },
      ENGINE,
    ],
    [
      'for a location that is not registered',
      { ...forEngines, locations: [] },
      ENGINE,
    ],
  ])('refuses a session %s', async (_, account, tags) => {
    const emulator = await started(account);
    await give(emulator, onTable());
    const session = await assumedRole(emulator, 'Analyst', tags);
    expect(await refusalOf(vend(session))).toMatchObject(NOT_ALLOWED);
  });

  it('refuses who may not read, and tells them nothing of what is there', async () => {
    const emulator = await started(forEngines);
    const engine = await asEngine(emulator);
    await give(emulator, onTable(), ['DESCRIBE']);
    expect(await refusalOf(vend(engine))).toMatchObject(NOT_ALLOWED);
    expect(
      await refusalOf(vend(engine, { TableArn: `${ORDERS}s` })),
    ).toMatchObject(NOT_ALLOWED);
    expect(
      await refusalOf(vend(emulator.asAdmin, { TableArn: `${ORDERS}s` })),
    ).toMatchObject({ code: 'EntityNotFoundException' });
  });

  it('asks for all the permissions that are wanted', async () => {
    const emulator = await started(forEngines);
    const engine = await asEngine(emulator);
    await give(emulator, onTable(), ['SELECT', 'DESCRIBE']);
    const Permissions: Permission[] = ['SELECT', 'INSERT'];
    expect(await refusalOf(vend(engine, { Permissions }))).toMatchObject(
      NOT_ALLOWED,
    );
    await give(emulator, onTable(), ['INSERT']);
    await vend(engine, { Permissions });
  });

  describe('on some columns only', () => {
    const vendOnColumns = async (
      SupportedPermissionTypes: PermissionType[],
    ) => {
      const emulator = await started(forEngines);
      await give(emulator, onColumns('order_id'));
      return vend(await asEngine(emulator), { SupportedPermissionTypes });
    };

    it.each<PermissionType>([
      'COLUMN_PERMISSION',
      'CELL_FILTER_PERMISSION',
      'NESTED_CELL_PERMISSION',
    ])('vends to an engine that enforces %s', async type => {
      expect((await vendOnColumns([type])).AccessKeyId).toBeDefined();
    });

    it('refuses an engine that enforces nothing', async () => {
      expect(await refusalOf(vendOnColumns([]))).toMatchObject({
        code: 'PermissionTypeMismatchException',
        message: expect.stringContaining('supports COLUMN_PERMISSION'),
      });
    });
  });

  describe('through a filter of rows', () => {
    const vendFiltered = async (SupportedPermissionTypes: PermissionType[]) => {
      const emulator = await started(forEngines);
      await giveFiltered(emulator);
      return vend(await asEngine(emulator), { SupportedPermissionTypes });
    };

    it.each<PermissionType[]>([
      ['COLUMN_PERMISSION', 'CELL_FILTER_PERMISSION'],
      ['NESTED_PERMISSION'],
    ])('vends to an engine that enforces %s', async (...types) => {
      expect((await vendFiltered(types)).AccessKeyId).toBeDefined();
    });

    it('refuses an engine that enforces columns only', async () => {
      expect(
        await refusalOf(vendFiltered(['COLUMN_PERMISSION'])),
      ).toMatchObject({
        code: 'PermissionTypeMismatchException',
        message: expect.stringContaining('supports CELL_FILTER_PERMISSION'),
      });
    });
  });

  it('with full-table access needs no tag, but the whole table', async () => {
    const emulator = await started(forFullTables);
    const analyst = await assumedRole(emulator, 'Analyst');
    await give(emulator, onColumns('order_id'));
    const SupportedPermissionTypes: PermissionType[] = ['COLUMN_PERMISSION'];
    expect(
      await refusalOf(vend(analyst, { SupportedPermissionTypes })),
    ).toMatchObject(NOT_ALLOWED);
    await give(emulator, onTable());
    await vend(analyst);
  });

  it('leaves it to IAM in hybrid access mode, and not otherwise', async () => {
    const open = {
      databases: [
        aDatabase({ tables: [aTable({ iamAllowedPrincipals: true })] }),
      ],
    };
    const managed = await started({ ...forFullTables, ...open });
    await vend(await assumedRole(managed, 'Analyst'));
    const hybrid = await startTestEmulator({
      ...forFullTables,
      ...open,
      locations: [{ arn: 'arn:aws:s3:::lake', hybridAccessEnabled: true }],
    });
    expect(
      await refusalOf(vend(await assumedRole(hybrid, 'Analyst'))),
    ).toMatchObject(NOT_ALLOWED);
  });

  it.each<
    [
      string,
      Partial<GetTemporaryGlueTableCredentialsCommandInput>,
      string,
      string,
    ]
  >([
    [
      'seconds',
      { DurationSeconds: 899 },
      'ValidationException',
      'greater than or equal to 900',
    ],
    [
      'hours',
      { DurationSeconds: 21601 },
      'InvalidInputException',
      'DurationSeconds must be from 900 to 21600, found 21601.',
    ],
    [
      'days',
      { DurationSeconds: 43201 },
      'ValidationException',
      'less than or equal to 43200',
    ],
    [
      'an ARN',
      { TableArn: 'orders' },
      'InvalidInputException',
      'must be the ARN of a table, found orders',
    ],
    [
      'another region',
      { TableArn: ORDERS.replace('eu-west-1', 'us-east-1') },
      'InvalidInputException',
      'in the region eu-west-1',
    ],
    [
      'a type',
      { SupportedPermissionTypes: ['ROW' as PermissionType] },
      'ValidationException',
      "at 'supportedPermissionTypes'",
    ],
    [
      'a permission',
      { Permissions: ['READ' as Permission] },
      'ValidationException',
      "at 'permissions'",
    ],
  ])('refuses wrong %s', async (_, fields, code, message) => {
    const emulator = await started(forEngines);
    expect(await refusalOf(vend(emulator.asAdmin, fields))).toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('asks IAM for GetDataAccess, where IAM is enforced', async () => {
    const emulator = await started({
      ...forFullTables,
      policies: [
        {
          name: 'by-operation',
          roles: ['Analyst'],
          document: {
            Statement: {
              Effect: 'Allow',
              Action: 'lakeformation:GetTemporary*',
              Resource: '*',
            },
          },
        },
      ],
    });
    await give(emulator, onTable());
    const analyst = await assumedRole(emulator, 'Analyst');
    emulator.behaviour.set({ enforceIam: true });
    expect((await refusalOf(vend(analyst))).message).toContain(
      'not authorized to perform: lakeformation:GetDataAccess on resource',
    );
  });
});

describe('GetTemporaryGluePartitionCredentials', () => {
  const vendPartition = ({ lakeFormation }: TestClients, ...Values: string[]) =>
    lakeFormation.send(
      new GetTemporaryGluePartitionCredentialsCommand({
        TableArn: ORDERS,
        Partition: { Values },
      }),
    );

  it('vends for the partition, wherever it is registered', async () => {
    const emulator = await started({
      ...forEngines,
      locations: [
        { arn: 'arn:aws:s3:::lake/sales', roleArn: roleArn('LakeData') },
        { arn: 'arn:aws:s3:::archive', roleArn: roleArn('Archive') },
      ],
      databases: [
        aDatabase({
          tables: [
            aTable({
              partitions: [
                { values: ['2026-01-01'] },
                { values: ['2020-01-01'], location: 's3://archive/2020' },
                { values: ['2010-01-01'], location: 's3://attic/2010' },
              ],
            }),
          ],
        }),
      ],
    });
    const engine = await asEngine(emulator);
    expect(await refusalOf(vendPartition(engine, '2026-01-01'))).toMatchObject(
      NOT_ALLOWED,
    );
    await give(emulator, onTable());
    await vendPartition(engine, '2026-01-01');
    const keys = await vendPartition(engine, '2020-01-01');
    const { Arn } = await emulator
      .withCredentials(credentialsOf(keys))
      .sts.send(new GetCallerIdentityCommand({}));
    expect(Arn).toContain('assumed-role/Archive/');
    expect(await refusalOf(vendPartition(engine, '2010-01-01'))).toMatchObject(
      NOT_ALLOWED,
    );
    expect(await refusalOf(vendPartition(engine, '1999-01-01'))).toMatchObject({
      code: 'EntityNotFoundException',
    });
    expect(await refusalOf(vendPartition(engine, 'a', 'b'))).toMatchObject({
      code: 'InvalidInputException',
    });
  });
});

describe('GetTemporaryDataLocationCredentials', () => {
  const vendLocation = (
    { lakeFormation }: TestClients,
    fields: GetTemporaryDataLocationCredentialsCommandInput = {},
  ) =>
    lakeFormation.send(
      new GetTemporaryDataLocationCredentialsCommand({
        DataLocations: ['s3://lake/sales/orders'],
        ...fields,
      }),
    );

  it('vends by the table whose data is there', async () => {
    const emulator = await started(forFullTables);
    const analyst = await assumedRole(emulator, 'Analyst');
    await give(emulator, onTable());
    expect(
      await vendLocation(analyst, { DurationSeconds: 43_200 }),
    ).toMatchObject({
      Credentials: {
        AccessKeyId: expect.stringMatching(/^ASIA/),
        Expiration: expect.any(Date),
      },
      AccessibleDataLocations: ['s3://lake/sales/orders'],
      CredentialsScope: 'READ',
    });
    expect(
      await refusalOf(vendLocation(analyst, { CredentialsScope: 'READWRITE' })),
    ).toMatchObject(NOT_ALLOWED);
    await give(emulator, onTable(), ['INSERT', 'DELETE']);
    expect(
      await vendLocation(analyst, { CredentialsScope: 'READWRITE' }),
    ).toMatchObject({ CredentialsScope: 'READWRITE' });
  });

  it('vends whole tables only', async () => {
    const emulator = await started(forFullTables);
    const analyst = await assumedRole(emulator, 'Analyst');
    await give(emulator, onColumns('order_id'));
    expect(await refusalOf(vendLocation(analyst))).toMatchObject(NOT_ALLOWED);
  });

  it.each<
    [string, GetTemporaryDataLocationCredentialsCommandInput, string, string]
  >([
    [
      'that is not registered',
      { DataLocations: ['s3://attic'] },
      'EntityNotFoundException',
      'is not registered',
    ],
    [
      'without a table',
      { DataLocations: ['s3://lake/sales'] },
      'EntityNotFoundException',
      'No table is associated',
    ],
    [
      'of several tables',
      { DataLocations: ['s3://lake/sales/twice'] },
      'ConflictException',
      'Multiple resources exist',
    ],
    [
      'that is missing',
      { DataLocations: [] },
      'InvalidInputException',
      'must have one location, found 0',
    ],
  ])('refuses a location %s', async (_, fields, code, message) => {
    const location = 's3://lake/sales/twice';
    const emulator = await started({
      ...forFullTables,
      databases: [
        aDatabase({
          tables: [
            aTable({ name: 'a', location }),
            aTable({ name: 'b', location }),
          ],
        }),
      ],
    });
    expect(
      await refusalOf(vendLocation(emulator.asRole('Analyst'), fields)),
    ).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
