import {
  CreateDatabaseCommand,
  CreateTableCommand,
  DatabaseInput,
  GetDatabaseCommand,
} from '@aws-sdk/client-glue';
import { listed } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const create = ({ glue }: TestClients, input: Partial<DatabaseInput> = {}) =>
  glue.send(
    new CreateDatabaseCommand({ DatabaseInput: { Name: 'Mart', ...input } }),
  );

const mayCreate = {
  principal: roleArn('Engineer'),
  resource: { catalog: true as const },
  permissions: ['CREATE_DATABASE'],
};

const TO_IAM = { principal: 'IAM_ALLOWED_PRINCIPALS', permissions: ['ALL'] };

describe('CreateDatabase', () => {
  it('creates in lower case and gives the creator everything on it', async () => {
    const emulator = await startTestEmulator({ grants: [mayCreate] });
    await create(emulator.asRole('Engineer'), { Description: 'A mart' });

    expect(
      await emulator.asAdmin.glue.send(
        new GetDatabaseCommand({ Name: 'mart' }),
      ),
    ).toMatchObject({ Database: { Name: 'mart', Description: 'A mart' } });
    expect(
      await listed(emulator.asAdmin.lakeFormation, {
        ResourceType: 'DATABASE',
      }),
    ).toEqual([
      'Engineer: ALL ALTER CREATE_TABLE DESCRIBE DROP on database mart, may grant ALL ALTER CREATE_TABLE DESCRIBE DROP',
    ]);
  });

  it('refuses whoever may not', async () => {
    const emulator = await startTestEmulator();
    expect(await refusalOf(create(emulator.asRole('Engineer')))).toEqual({
      code: 'AccessDeniedException',
      message:
        'Insufficient Lake Formation permission(s): Required Create Database on Catalog',
      status: 400,
    });
  });

  it('leaves databases and their tables to IAM where the settings say so', async () => {
    const emulator = await startTestEmulator({
      settings: {
        createDatabaseDefaultPermissions: [TO_IAM],
        createTableDefaultPermissions: [TO_IAM],
      },
    });
    await create(emulator.asAdmin);
    const analyst = emulator.asRole('Analyst');
    await analyst.glue.send(
      new CreateTableCommand({
        DatabaseName: 'mart',
        TableInput: { Name: 'facts' },
      }),
    );

    expect(await listed(emulator.asAdmin.lakeFormation)).toEqual(
      expect.arrayContaining([
        'IAM_ALLOWED_PRINCIPALS: ALL on database mart',
        'IAM_ALLOWED_PRINCIPALS: ALL on table mart.facts',
      ]),
    );
  });

  it("takes the database's own default for tables before the account's", async () => {
    const { asAdmin } = await startTestEmulator({
      settings: { createTableDefaultPermissions: [TO_IAM] },
    });
    await create(asAdmin, { CreateTableDefaultPermissions: [] });
    await asAdmin.glue.send(
      new CreateTableCommand({
        DatabaseName: 'mart',
        TableInput: { Name: 'facts' },
      }),
    );

    expect(
      (await listed(asAdmin.lakeFormation)).filter(line =>
        line.startsWith('IAM_ALLOWED_PRINCIPALS'),
      ),
    ).toEqual([]);
  });

  it('asks for data location access where the location is registered', async () => {
    const emulator = await startTestEmulator({
      locations: [{ arn: 'arn:aws:s3:::lake/mart' }],
      grants: [mayCreate],
    });
    const attempt = () =>
      create(emulator.asRole('Engineer'), { LocationUri: 's3://lake/mart/a' });

    expect(await refusalOf(attempt())).toMatchObject({
      code: 'AccessDeniedException',
      message: 'Insufficient Lake Formation permission(s) on s3://lake/mart/a',
    });
    await create(emulator.asRole('Engineer'), { LocationUri: 's3://other' });
    await create(emulator.asAdmin, {
      Name: 'mart_a',
      LocationUri: 's3://lake/mart/a',
    });
  });

  it('refuses a name twice', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(await refusalOf(create(asAdmin, { Name: 'SALES' }))).toEqual({
      code: 'AlreadyExistsException',
      message: 'Database already exists.',
      status: 400,
    });
  });
});
