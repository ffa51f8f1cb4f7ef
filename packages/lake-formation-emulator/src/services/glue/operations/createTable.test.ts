import {
  CreateTableCommand,
  CreateTableCommandInput,
  GetTableCommand,
  TableInput,
} from '@aws-sdk/client-glue';
import { grant, listed, onTable } from '../../../__testUtils__/permissions';
import { notEmulated, refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const create = (
  { glue }: TestClients,
  table: Partial<TableInput> = {},
  input: Partial<CreateTableCommandInput> = {},
) =>
  glue.send(
    new CreateTableCommand({
      DatabaseName: 'sales',
      TableInput: {
        Name: 'Refunds',
        StorageDescriptor: {
          Columns: [{ Name: 'id', Type: 'bigint' }],
          Location: 's3://lake/sales/refunds',
        },
        ...table,
      },
      ...input,
    }),
  );

const mayCreate = {
  principal: roleArn('Engineer'),
  resource: { database: 'sales' },
  permissions: ['CREATE_TABLE'],
};

describe('CreateTable', () => {
  it('creates a table whose creator may do everything with it, and grant it', async () => {
    const emulator = await startTestEmulator({ grants: [mayCreate] });
    const engineer = emulator.asRole('Engineer');
    const LastAccessTime = new Date('2026-01-02T03:04:05Z');
    await create(engineer, { LastAccessTime });

    expect(
      (
        await engineer.glue.send(
          new GetTableCommand({ DatabaseName: 'sales', Name: 'refunds' }),
        )
      ).Table,
    ).toMatchObject({
      Name: 'refunds',
      CreatedBy: 'arn:aws:sts::111111111111:assumed-role/Engineer/emulator',
      LastAccessTime,
      StorageDescriptor: { Columns: [{ Name: 'id', Type: 'bigint' }] },
    });
    await grant(engineer.lakeFormation, 'Analyst', onTable('refunds'), [
      'SELECT',
    ]);
    expect(
      await listed(emulator.asAdmin.lakeFormation, {
        Resource: onTable('refunds'),
      }),
    ).toEqual([
      'Engineer: ALL ALTER DELETE DESCRIBE DROP INSERT on table sales.refunds, may grant ALL ALTER DELETE DESCRIBE DROP INSERT',
      'Engineer: SELECT on all columns of sales.refunds, may grant SELECT',
      'Analyst: SELECT on all columns of sales.refunds',
    ]);
  });

  it('needs CREATE_TABLE, which administrators do not have by themselves', async () => {
    const emulator = await startTestEmulator();
    for (const clients of [emulator.asAdmin, emulator.asRole('Engineer')]) {
      expect(await refusalOf(create(clients))).toEqual({
        code: 'AccessDeniedException',
        message:
          'Insufficient Lake Formation permission(s): Required Create Table on sales',
        status: 400,
      });
    }
  });

  it('asks for data location access where the location is registered', async () => {
    const emulator = await startTestEmulator({
      locations: [{ arn: 'arn:aws:s3:::lake' }],
      grants: [mayCreate],
    });
    const engineer = emulator.asRole('Engineer');
    expect(await refusalOf(create(engineer))).toMatchObject({
      message:
        'Insufficient Lake Formation permission(s) on s3://lake/sales/refunds',
    });
    await grant(
      emulator.asAdmin.lakeFormation,
      'Engineer',
      { DataLocation: { ResourceArn: 'arn:aws:s3:::lake' } },
      ['DATA_LOCATION_ACCESS'],
    );
    await create(engineer);
  });

  it('leaves the table to IAM where the database says so', async () => {
    const emulator = await startTestEmulator({
      databases: [
        aDatabase({
          createTableDefaultPermissions: [
            { principal: 'IAM_ALLOWED_PRINCIPALS', permissions: ['ALL'] },
          ],
        }),
      ],
      grants: [mayCreate],
    });
    await create(emulator.asRole('Engineer'));
    expect(
      await listed(emulator.asAdmin.lakeFormation, {
        Resource: onTable('refunds'),
      }),
    ).toContain('IAM_ALLOWED_PRINCIPALS: ALL on table sales.refunds');
  });

  it('refuses a name twice and columns twice', async () => {
    const emulator = await startTestEmulator({ grants: [mayCreate] });
    const engineer = emulator.asRole('Engineer');
    expect(await refusalOf(create(engineer, { Name: 'orders' }))).toMatchObject(
      { code: 'AlreadyExistsException' },
    );
    expect(
      await refusalOf(
        create(engineer, { PartitionKeys: [{ Name: 'id', Type: 'date' }] }),
      ),
    ).toMatchObject({ message: 'Duplicate columns found.' });
  });

  it('refuses views and Iceberg input by name', async () => {
    const emulator = await startTestEmulator({ grants: [mayCreate] });
    const engineer = emulator.asRole('Engineer');
    expect(await refusalOf(create(engineer, { ViewDefinition: {} }))).toEqual(
      notEmulated('the parameter ViewDefinition yet'),
    );
    expect(
      await refusalOf(
        create(
          engineer,
          {},
          {
            OpenTableFormatInput: {
              IcebergInput: { MetadataOperation: 'CREATE' },
            },
          },
        ),
      ),
    ).toEqual(notEmulated('the parameter OpenTableFormatInput yet'));
  });
});
