import {
  CreateTableCommand,
  DeleteTableCommand,
  GetTableCommand,
} from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const deleteOrders = ({ glue }: TestClients) =>
  glue.send(new DeleteTableCommand({ DatabaseName: 'sales', Name: 'orders' }));

const getOrders = ({ glue }: TestClients) =>
  glue.send(new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }));

const withEngineer = () =>
  startTestEmulator({
    grants: [
      {
        principal: roleArn('Engineer'),
        resource: { database: 'sales', table: 'orders' },
        permissions: ['DROP'],
      },
      {
        principal: roleArn('Engineer'),
        resource: { database: 'sales' },
        permissions: ['CREATE_TABLE'],
      },
      {
        principal: roleArn('Analyst'),
        resource: { database: 'sales', table: 'orders', columns: ['amount'] },
        permissions: ['SELECT'],
      },
    ],
  });

describe('DeleteTable', () => {
  it('needs DROP', async () => {
    const emulator = await withEngineer();
    expect(
      await refusalOf(deleteOrders(emulator.asRole('Analyst'))),
    ).toMatchObject({
      message:
        'Insufficient Lake Formation permission(s): Required Drop on orders',
    });
    await deleteOrders(emulator.asRole('Engineer'));
    expect(await refusalOf(getOrders(emulator.asAdmin))).toMatchObject({
      code: 'EntityNotFoundException',
    });
    expect(await refusalOf(deleteOrders(emulator.asAdmin))).toMatchObject({
      code: 'EntityNotFoundException',
    });
  });

  it('leaves the grants, which apply to a new table of the name', async () => {
    const emulator = await withEngineer();
    const before = await getOrders(emulator.asAdmin);
    await deleteOrders(emulator.asRole('Engineer'));
    emulator.clock.advance(60_000);
    await emulator.asRole('Engineer').glue.send(
      new CreateTableCommand({
        DatabaseName: 'sales',
        TableInput: {
          Name: 'orders',
          StorageDescriptor: {
            Columns: [
              { Name: 'amount', Type: 'int' },
              { Name: 'secret', Type: 'string' },
            ],
          },
        },
      }),
    );

    const seen = await getOrders(emulator.asRole('Analyst'));
    expect(seen.Table?.StorageDescriptor?.Columns).toEqual([
      { Name: 'amount', Type: 'int' },
    ]);
    expect(seen.Table?.CreateTime).not.toEqual(before.Table?.CreateTime);
  });
});
