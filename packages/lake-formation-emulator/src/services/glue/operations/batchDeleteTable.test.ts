import {
  BatchDeleteTableCommand,
  GetTablesCommand,
} from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, aTable, roleArn } from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

describe('BatchDeleteTable', () => {
  it('deletes what the caller may drop, and reports the rest', async () => {
    const emulator = await startTestEmulator({
      databases: [
        aDatabase({
          tables: ['a', 'b', 'c'].map(name => aTable({ name })),
        }),
      ],
      grants: ['a', 'b'].map(table => ({
        principal: roleArn('Engineer'),
        resource: { database: 'sales', table },
        permissions: ['DROP'],
      })),
    });
    const { Errors } = await emulator.asRole('Engineer').glue.send(
      new BatchDeleteTableCommand({
        DatabaseName: 'sales',
        TablesToDelete: ['a', 'c', 'd', 'b'],
      }),
    );
    expect(Errors).toEqual([
      {
        TableName: 'c',
        ErrorDetail: {
          ErrorCode: 'AccessDeniedException',
          ErrorMessage:
            'Insufficient Lake Formation permission(s): Required Drop on c',
        },
      },
      {
        TableName: 'd',
        ErrorDetail: {
          ErrorCode: 'AccessDeniedException',
          ErrorMessage:
            'Insufficient Lake Formation permission(s): Required Drop on d',
        },
      },
    ]);
    const { TableList } = await emulator.asAdmin.glue.send(
      new GetTablesCommand({ DatabaseName: 'sales' }),
    );
    expect(TableList?.map(({ Name }) => Name)).toEqual(['c']);
  });

  it('takes up to a hundred', async () => {
    const { asAdmin } = await startTestEmulator();
    const call = asAdmin.glue.send(
      new BatchDeleteTableCommand({
        DatabaseName: 'sales',
        TablesToDelete: Array(101).fill('a'),
      }),
    );
    expect(await refusalOf(call)).toMatchObject({
      code: 'InvalidInputException',
      message: 'A batch may have up to 100 entries, found 101.',
    });
  });
});
