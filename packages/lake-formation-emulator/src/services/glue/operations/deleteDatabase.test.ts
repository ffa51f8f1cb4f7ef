import {
  DeleteDatabaseCommand,
  GetDatabaseCommand,
} from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const deleteSales = ({ glue }: TestClients) =>
  glue.send(new DeleteDatabaseCommand({ Name: 'sales' }));

describe('DeleteDatabase', () => {
  it('needs DROP, which administrators do not have by themselves', async () => {
    const emulator = await startTestEmulator({
      grants: [
        {
          principal: roleArn('Engineer'),
          resource: { database: 'sales' },
          permissions: ['DROP'],
        },
      ],
    });
    expect(await refusalOf(deleteSales(emulator.asAdmin))).toMatchObject({
      code: 'AccessDeniedException',
      message:
        'Insufficient Lake Formation permission(s): Required Drop on sales',
    });
    await deleteSales(emulator.asRole('Engineer'));
    expect(
      await refusalOf(
        emulator.asAdmin.glue.send(new GetDatabaseCommand({ Name: 'sales' })),
      ),
    ).toMatchObject({ code: 'EntityNotFoundException' });
    expect(await refusalOf(deleteSales(emulator.asAdmin))).toMatchObject({
      code: 'EntityNotFoundException',
    });
  });
});
