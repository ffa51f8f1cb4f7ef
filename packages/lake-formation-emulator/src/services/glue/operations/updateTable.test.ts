import {
  GetTableCommand,
  TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const update = ({ glue }: TestClients, table: Partial<TableInput> = {}) =>
  glue.send(
    new UpdateTableCommand({
      DatabaseName: 'sales',
      TableInput: {
        Name: 'orders',
        StorageDescriptor: {
          Columns: [{ Name: 'order_id', Type: 'bigint' }],
          Location: 's3://lake/sales/orders',
        },
        ...table,
      },
    }),
  );

const withEngineer = () =>
  startTestEmulator({
    locations: [{ arn: 'arn:aws:s3:::lake' }],
    grants: [
      {
        principal: roleArn('Engineer'),
        resource: { database: 'sales', table: 'orders' },
        permissions: ['ALTER'],
      },
    ],
  });

describe('UpdateTable', () => {
  it('replaces the definition, keeps the creation time and counts versions', async () => {
    const emulator = await withEngineer();
    const get = async () =>
      (
        await emulator.asAdmin.glue.send(
          new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
        )
      ).Table;
    const before = await get();
    emulator.clock.advance(5000);
    await update(emulator.asRole('Engineer'), { Description: 'New' });

    const after = await get();
    expect(after).toMatchObject({
      Description: 'New',
      CreateTime: before?.CreateTime,
      VersionId: '1',
      StorageDescriptor: { Columns: [{ Name: 'order_id', Type: 'bigint' }] },
    });
    expect(after?.PartitionKeys).toBeUndefined();
    expect(Number(after?.UpdateTime)).toBeGreaterThan(
      Number(before?.UpdateTime),
    );
  });

  it('needs ALTER', async () => {
    const emulator = await withEngineer();
    expect(await refusalOf(update(emulator.asRole('Analyst')))).toMatchObject({
      message:
        'Insufficient Lake Formation permission(s): Required Alter on orders',
    });
    expect(
      await refusalOf(update(emulator.asAdmin, { Name: 'nope' })),
    ).toMatchObject({ code: 'EntityNotFoundException' });
  });

  it('asks for data location access only where the location moves', async () => {
    const emulator = await withEngineer();
    expect(
      await refusalOf(
        update(emulator.asRole('Engineer'), {
          StorageDescriptor: { Location: 's3://lake/elsewhere' },
        }),
      ),
    ).toMatchObject({
      message:
        'Insufficient Lake Formation permission(s) on s3://lake/elsewhere',
    });
  });
});
