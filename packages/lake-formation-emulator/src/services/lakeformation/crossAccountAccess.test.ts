import {
  CreateTableCommand,
  GetDatabaseCommand,
  GetTableCommand,
} from '@aws-sdk/client-glue';
import {
  GetTemporaryGlueTableCredentialsCommand,
  GrantPermissionsCommand,
  ListPermissionsCommand,
  PutDataLakeSettingsCommand,
} from '@aws-sdk/client-lakeformation';
import { assumedRole } from '../../__testUtils__/assumedRole';
import {
  READER,
  WRITER,
  acceptAll,
  columnsSeen,
  invitationsOf,
  ofOwner,
  startCrossAccount,
} from '../../__testUtils__/crossAccount';
import { createFilter } from '../../__testUtils__/filters';
import {
  grant,
  listed,
  onAllTables,
  onColumns,
  onDatabase,
  onFilter,
  onTable,
} from '../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../__testUtils__/refusal';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  aDatabase,
  roleArn,
} from '../../__testUtils__/seeds';
import { sharesOf } from '../../__testUtils__/shares';
import { TestClients } from '../../__testUtils__/startTestEmulator';

const DENIED = { code: 'AccessDeniedException' };
const AUDITOR = roleArn('Auditor', OTHER_ACCOUNT);

describe('a data cells filter for another account', () => {
  it('is direct to a principal', async () => {
    const { owner, consumer, reader } = await startCrossAccount();
    await createFilter(owner.lakeFormation, {
      ColumnWildcard: undefined,
      ColumnNames: ['amount'],
      RowFilter: { FilterExpression: 'amount < 10' },
    });
    await grant(owner.lakeFormation, READER, onFilter('large'), ['SELECT']);
    expect(await refusalOf(columnsSeen(reader))).toMatchObject(DENIED);
    await acceptAll(consumer.ram);
    expect(await columnsSeen(reader)).toEqual(['amount']);
    expect(await refusalOf(columnsSeen(consumer))).toMatchObject(DENIED);
  });

  it('is passed on as such, or as columns within it', async () => {
    const { owner, consumer, reader, writer } = await startCrossAccount();
    await createFilter(owner.lakeFormation, {
      ColumnWildcard: undefined,
      ColumnNames: ['order_id', 'amount'],
      RowFilter: { FilterExpression: 'amount < 10' },
    });
    await grant(
      owner.lakeFormation,
      OTHER_ACCOUNT,
      onFilter('large'),
      ['SELECT'],
      ['SELECT'],
    );
    await acceptAll(consumer.ram);
    expect(await columnsSeen(consumer)).toEqual(['order_id', 'amount']);
    await grant(consumer.lakeFormation, READER, ofOwner(onFilter('large')), [
      'SELECT',
    ]);
    expect(await columnsSeen(reader)).toEqual(['order_id', 'amount']);

    await grant(consumer.lakeFormation, WRITER, ofOwner(onColumns('amount')), [
      'SELECT',
    ]);
    expect(await columnsSeen(writer)).toEqual(['amount']);
    await writer.glue.send(
      new GetDatabaseCommand({ CatalogId: ACCOUNT, Name: 'sales' }),
    );
    expect(
      await refusalOf(
        grant(consumer.lakeFormation, WRITER, ofOwner(onColumns('email')), [
          'SELECT',
        ]),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });

  it('lets an engine that filters have the table, and no other', async () => {
    const emulator = await startCrossAccount({
      owner: {
        locations: [{ arn: 'arn:aws:s3:::lake' }],
        settings: {
          allowExternalDataFiltering: true,
          externalDataFilteringAllowList: [OTHER_ACCOUNT],
          authorizedSessionTagValues: ['engine'],
        },
      },
    });
    const { owner, consumer } = emulator;
    await createFilter(owner.lakeFormation, {
      RowFilter: { FilterExpression: 'amount < 10' },
    });
    await grant(owner.lakeFormation, READER, onFilter('large'), ['SELECT']);
    await acceptAll(consumer.ram);
    const engine = await assumedRole(
      emulator,
      'Reader',
      { LakeFormationAuthorizedCaller: 'engine' },
      OTHER_ACCOUNT,
    );
    const vend = (type: 'COLUMN_PERMISSION' | 'CELL_FILTER_PERMISSION') =>
      engine.lakeFormation.send(
        new GetTemporaryGlueTableCredentialsCommand({
          TableArn: `arn:aws:glue:eu-west-1:${ACCOUNT}:table/sales/orders`,
          SupportedPermissionTypes: [type],
        }),
      );
    expect(await vend('CELL_FILTER_PERMISSION')).toMatchObject({
      AccessKeyId: expect.any(String),
    });
    expect(await refusalOf(vend('COLUMN_PERMISSION'))).toMatchObject({
      code: 'PermissionTypeMismatchException',
    });
  });
});

describe('all IAM principals of another account', () => {
  it('read without their administrator, within a condition', async () => {
    const emulator = await startCrossAccount();
    const { owner, consumer } = emulator;
    await owner.lakeFormation.send(
      new GrantPermissionsCommand({
        Principal: {
          DataLakePrincipalIdentifier: `${OTHER_ACCOUNT}:IAMPrincipals`,
        },
        Resource: onTable(),
        Permissions: ['SELECT'],
        Condition: {
          Expression:
            'context.iam.principalTags.hasTag("team") && context.iam.principalTags.getTag("team") == "sales"',
        },
      }),
    );
    expect(await invitationsOf(consumer.ram)).toMatchObject([
      { receiverAccountId: OTHER_ACCOUNT, status: 'PENDING' },
    ]);
    await acceptAll(consumer.ram);
    const as = (team: string) =>
      assumedRole(emulator, 'Reader', { team }, OTHER_ACCOUNT);
    expect(await columnsSeen(await as('sales'))).toHaveLength(3);
    expect(await refusalOf(columnsSeen(await as('ops')))).toMatchObject(DENIED);
  });
});

describe('administrators of the consuming account', () => {
  const start = () =>
    startCrossAccount({
      consumer: {
        administrators: [READER],
        readOnlyAdministrators: [AUDITOR],
        keys: [
          { accessKeyId: 'Reader', principal: READER },
          { accessKeyId: 'Auditor', principal: AUDITOR },
        ],
      },
    });

  it('have what the account got; read-only ones see it', async () => {
    const emulator = await start();
    const { owner, consumer, reader } = emulator;
    await grant(
      owner.lakeFormation,
      OTHER_ACCOUNT,
      onColumns('amount'),
      ['SELECT'],
      ['SELECT'],
    );
    await acceptAll(consumer.ram);
    const auditor = emulator.as('Auditor');
    for (const administrator of [reader, auditor]) {
      expect(await columnsSeen(administrator)).toEqual(['amount']);
    }
    const passOn = ({ lakeFormation }: TestClients) =>
      grant(lakeFormation, WRITER, ofOwner(onColumns('amount')), ['SELECT']);
    expect(await refusalOf(passOn(auditor))).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await passOn(reader);
  });

  it('must exist, or nothing is there for anybody', async () => {
    const { owner, consumer, reader } = await startCrossAccount();
    await grant(owner.lakeFormation, OTHER_ACCOUNT, onTable(), ['SELECT']);
    await acceptAll(consumer.ram);
    expect(await refusalOf(columnsSeen(reader))).toMatchObject(DENIED);
    await consumer.lakeFormation.send(
      new PutDataLakeSettingsCommand({
        DataLakeSettings: {
          DataLakeAdmins: [{ DataLakePrincipalIdentifier: READER }],
        },
      }),
    );
    expect(await columnsSeen(reader)).toHaveLength(3);
  });
});

describe('writing to a database of another account', () => {
  it('needs CREATE_TABLE and, where it is registered, the location', async () => {
    const { owner, consumer, reader } = await startCrossAccount({
      owner: { locations: [{ arn: 'arn:aws:s3:::lake' }] },
    });
    const create = ({ glue } = consumer, Name = 'returns') =>
      glue.send(
        new CreateTableCommand({
          CatalogId: ACCOUNT,
          DatabaseName: 'sales',
          TableInput: {
            Name,
            StorageDescriptor: { Location: 's3://lake/sales/returns' },
          },
        }),
      );
    expect(await refusalOf(create())).toMatchObject({
      message:
        'Insufficient Lake Formation permission(s): Required Create Table on sales',
    });
    await grant(
      owner.lakeFormation,
      OTHER_ACCOUNT,
      onDatabase(),
      ['CREATE_TABLE'],
      ['CREATE_TABLE'],
    );
    await acceptAll(consumer.ram);
    expect(await refusalOf(create())).toMatchObject({
      message:
        'Insufficient Lake Formation permission(s) on s3://lake/sales/returns',
    });
    await grant(
      owner.lakeFormation,
      OTHER_ACCOUNT,
      { DataLocation: { ResourceArn: 'arn:aws:s3:::lake' } },
      ['DATA_LOCATION_ACCESS'],
      ['DATA_LOCATION_ACCESS'],
    );
    await create();

    // Passed on, both are needed as well.
    await grant(consumer.lakeFormation, READER, ofOwner(onDatabase()), [
      'CREATE_TABLE',
    ]);
    expect(await refusalOf(create(reader, 'more'))).toMatchObject(DENIED);
    await grant(
      consumer.lakeFormation,
      READER,
      {
        DataLocation: { CatalogId: ACCOUNT, ResourceArn: 'arn:aws:s3:::lake' },
      },
      ['DATA_LOCATION_ACCESS'],
    );
    await create(reader, 'more');
    // The table is the owner's; its maker holds what was shared, no more.
    const { Table } = await owner.glue.send(
      new GetTableCommand({ DatabaseName: 'sales', Name: 'returns' }),
    );
    expect(Table).toMatchObject({
      CreatedBy: `arn:aws:iam::${OTHER_ACCOUNT}:root`,
    });
    expect(
      await refusalOf(
        consumer.glue.send(
          new GetTableCommand({
            CatalogId: ACCOUNT,
            DatabaseName: 'sales',
            Name: 'returns',
          }),
        ),
      ),
    ).toMatchObject(DENIED);
  });
});

describe('the cross-account version', () => {
  const raise = ({ lakeFormation }: TestClients, version: string) =>
    lakeFormation.send(
      new PutDataLakeSettingsCommand({
        DataLakeSettings: { Parameters: { CROSS_ACCOUNT_VERSION: version } },
      }),
    );

  it('leaves what is shared as it is; new grants are in a new share', async () => {
    const { owner, consumer, reader } = await startCrossAccount({
      owner: { settings: { crossAccountVersion: 3 } },
    });
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await acceptAll(consumer.ram);
    await raise(owner, '5');
    expect(await columnsSeen(reader)).toHaveLength(3);
    await grant(owner.lakeFormation, READER, onTable(), ['INSERT']);
    expect(await acceptAll(consumer.ram)).toEqual([]);
    await grant(owner.lakeFormation, READER, onAllTables(), ['SELECT']);
    expect(await acceptAll(consumer.ram)).toEqual([
      expect.stringMatching(/^LakeFormation-V5-/),
    ]);
    expect(
      (await sharesOf(owner.ram)).map(({ name }) => name?.slice(0, 16)),
    ).toEqual(['LakeFormation-V3', 'LakeFormation-V5']);
    expect(await refusalOf(raise(owner, '4'))).toMatchObject({
      code: 'InvalidInputException',
    });
  });

  it('1 does not share with an account that is at 3', async () => {
    const { owner } = await startCrossAccount({
      owner: { settings: { crossAccountVersion: 1 } },
      consumer: { settings: { crossAccountVersion: 3 } },
    });
    expect(
      await refusalOf(
        grant(owner.lakeFormation, OTHER_ACCOUNT, onTable(), ['SELECT']),
      ),
    ).toMatchObject({
      code: 'InvalidInputException',
      message: expect.stringContaining(
        'Consumer account has opt-in to cross account version: v3.',
      ),
    });
  });
});

describe('listings of what is shared', () => {
  it('find nothing by a role of another account, but by the resource', async () => {
    const { owner } = await startCrossAccount();
    await grant(owner.lakeFormation, READER, onTable(), ['DESCRIBE']);
    const asked = await owner.lakeFormation.send(
      new ListPermissionsCommand({
        Principal: { DataLakePrincipalIdentifier: READER },
        Resource: onTable(),
      }),
    );
    expect(asked.PrincipalResourcePermissions).toEqual([]);
    expect(await listed(owner.lakeFormation, { Resource: onTable() })).toEqual([
      'Reader: DESCRIBE on table sales.orders',
    ]);
  });

  it('are refused to the consumer for what only its principal got', async () => {
    const { owner, consumer, reader } = await startCrossAccount();
    await grant(owner.lakeFormation, READER, onTable(), ['DESCRIBE']);
    await acceptAll(consumer.ram);
    const ask = ({ lakeFormation }: TestClients) =>
      listed(lakeFormation, { Resource: ofOwner(onTable()) });
    expect(await refusalOf(ask(consumer))).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    expect(await ask(reader)).toEqual([
      'Reader: DESCRIBE on table sales.orders',
    ]);
  });
});

it('Identity Center of another account is refused, of the own one is not', async () => {
  const instance = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
  const user = 'arn:aws:identitystore:::user/ann';
  const { owner, consumer } = await startCrossAccount({
    owner: { databases: [aDatabase()] },
    consumer: { identityCenterInstance: instance },
  });
  await grant(
    owner.lakeFormation,
    OTHER_ACCOUNT,
    onTable(),
    ['SELECT'],
    ['SELECT'],
  );
  await acceptAll(consumer.ram);
  expect(
    await refusalOf(grant(owner.lakeFormation, user, onTable(), ['SELECT'])),
  ).toEqual(
    invalidInputWith(
      'Cross-account grants are not supported for the principal.',
    ),
  );
  await grant(consumer.lakeFormation, user, ofOwner(onTable()), ['SELECT']);
});
