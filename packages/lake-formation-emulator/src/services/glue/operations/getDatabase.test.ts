import { GetDatabaseCommand } from '@aws-sdk/client-glue';
import { SeedGrant } from '../../../seed/SeedGrant';
import { refusalOf } from '../../../__testUtils__/refusal';
import { ACCOUNT, aDatabase, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const getDatabase = async ({ glue }: TestClients, Name = 'sales') =>
  (await glue.send(new GetDatabaseCommand({ Name }))).Database;

const forAnalyst = (resource: SeedGrant['resource'], permission: string) => ({
  principal: roleArn('Analyst'),
  resource,
  permissions: [permission],
});

describe('GetDatabase', () => {
  it('shows administrators the database', async () => {
    const { asAdmin } = await startTestEmulator({
      databases: [
        aDatabase({
          description: 'Everything sold',
          parameters: { team: 'sales' },
        }),
      ],
    });
    expect(await getDatabase(asAdmin, 'SALES')).toEqual({
      Name: 'sales',
      Description: 'Everything sold',
      Parameters: { team: 'sales' },
      CreateTime: expect.any(Date),
      CreateTableDefaultPermissions: [],
      CatalogId: ACCOUNT,
    });
  });

  it.each([
    ['any permission on it', { database: 'sales' }, 'ALTER'],
    ['a permission on all tables', { database: 'sales', table: '*' }, 'DROP'],
    [
      'some columns of one of its tables',
      { database: 'sales', table: 'orders', columns: ['email'] },
      'SELECT',
    ],
  ])('shows it to whoever has %s', async (_, resource, permission) => {
    const emulator = await startTestEmulator({
      grants: [forAnalyst(resource, permission)],
    });
    expect(await getDatabase(emulator.asRole('Analyst'))).toMatchObject({
      Name: 'sales',
    });
  });

  it('hides it from others, as what does not exist', async () => {
    const emulator = await startTestEmulator();
    for (const name of ['sales', 'nope']) {
      expect(
        await refusalOf(getDatabase(emulator.asRole('Analyst'), name)),
      ).toEqual({
        code: 'AccessDeniedException',
        message: `Insufficient Lake Formation permission(s): Required Describe on ${name}`,
        status: 400,
      });
    }
    expect(await refusalOf(getDatabase(emulator.asAdmin, 'nope'))).toEqual({
      code: 'EntityNotFoundException',
      message: 'Database nope not found.',
      status: 400,
    });
  });
});
