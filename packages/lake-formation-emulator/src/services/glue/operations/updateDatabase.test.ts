import {
  DatabaseInput,
  GetDatabaseCommand,
  UpdateDatabaseCommand,
} from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const update = (
  { glue }: TestClients,
  input: Partial<DatabaseInput>,
  Name = 'sales',
) =>
  glue.send(
    new UpdateDatabaseCommand({
      Name,
      DatabaseInput: { Name, ...input },
    }),
  );

const withEngineer = () =>
  startTestEmulator({
    databases: [aDatabase({ description: 'Old', parameters: { a: '1' } })],
    grants: [
      {
        principal: roleArn('Engineer'),
        resource: { database: 'sales' },
        permissions: ['ALTER'],
      },
    ],
  });

describe('UpdateDatabase', () => {
  it('replaces the properties and keeps the tables', async () => {
    const emulator = await withEngineer();
    await update(emulator.asRole('Engineer'), { Description: 'New' });
    const { Database } = await emulator.asAdmin.glue.send(
      new GetDatabaseCommand({ Name: 'sales' }),
    );
    expect(Database?.Description).toBe('New');
    expect(Database?.Parameters).toBeUndefined();
  });

  it('needs ALTER, which administrators do not have by themselves', async () => {
    const emulator = await withEngineer();
    for (const clients of [emulator.asAdmin, emulator.asRole('Analyst')]) {
      expect(await refusalOf(update(clients, {}))).toMatchObject({
        message:
          'Insufficient Lake Formation permission(s): Required Alter on sales',
      });
    }
    expect(await refusalOf(update(emulator.asAdmin, {}, 'nope'))).toMatchObject(
      { code: 'EntityNotFoundException' },
    );
  });

  it('does not rename', async () => {
    const emulator = await withEngineer();
    expect(
      (await refusalOf(update(emulator.asRole('Engineer'), { Name: 'other' })))
        .code,
    ).toBe('InvalidInputException');
  });
});
