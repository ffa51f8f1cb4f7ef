import { BatchRevokePermissionsCommand } from '@aws-sdk/client-lakeformation';
import {
  change,
  grant,
  listed,
  onDatabase,
  onTable,
} from '../../../__testUtils__/permissions';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

describe('BatchRevokePermissions', () => {
  it('revokes what is held and reports what is not', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onTable(), ['SELECT', 'DESCRIBE']);
    await grant(lakeFormation, 'Engineer', onDatabase(), ['DESCRIBE']);

    const { Failures } = await lakeFormation.send(
      new BatchRevokePermissionsCommand({
        Entries: [
          {
            Id: 'held',
            ...change('Analyst', onTable(), ['SELECT', 'DESCRIBE']),
          },
          { Id: 'not held', ...change('Engineer', onTable(), ['ALL']) },
        ],
      }),
    );

    expect(Failures).toEqual([
      {
        RequestEntry: {
          Id: 'not held',
          ...change('Engineer', onTable(), ['ALL']),
        },
        Error: {
          ErrorCode: 'InvalidInputException',
          ErrorMessage:
            'No permissions revoked. Grantee does not does not have:[ALL]',
        },
      },
    ]);
    expect(await listed(lakeFormation)).toEqual([
      'Engineer: DESCRIBE on database sales',
    ]);
  });
});
