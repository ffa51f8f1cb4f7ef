import { GetDataLakeSettingsCommand } from '@aws-sdk/client-lakeformation';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { ACCOUNT, OTHER_ACCOUNT, roleArn } from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

describe('GetDataLakeSettings', () => {
  it('answers what the seed says, and closed defaults for the rest', async () => {
    const emulator = await startTestEmulator({
      administrators: [roleArn('Steward')],
      settings: {
        crossAccountVersion: 3,
        createTableDefaultPermissions: [
          { principal: 'IAM_ALLOWED_PRINCIPALS', permissions: ['ALL'] },
        ],
        authorizedSessionTagValues: ['engine'],
      },
    });
    const { DataLakeSettings } = await emulator
      .asRole('Analyst')
      .lakeFormation.send(new GetDataLakeSettingsCommand({}));

    expect(DataLakeSettings).toEqual({
      DataLakeAdmins: [{ DataLakePrincipalIdentifier: roleArn('Steward') }],
      ReadOnlyAdmins: [],
      CreateDatabaseDefaultPermissions: [],
      CreateTableDefaultPermissions: [
        {
          Principal: { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' },
          Permissions: ['ALL'],
        },
      ],
      Parameters: { CROSS_ACCOUNT_VERSION: '3', SET_CONTEXT: 'TRUE' },
      TrustedResourceOwners: [],
      AllowExternalDataFiltering: false,
      AllowFullTableExternalDataAccess: false,
      ExternalDataFilteringAllowList: [],
      AuthorizedSessionTagValueList: ['engine'],
    });
  });

  it("keeps another account's settings to itself", async () => {
    const emulator = await startTestEmulator();
    expect(
      await refusalOf(
        emulator
          .as(OTHER_ACCOUNT)
          .lakeFormation.send(
            new GetDataLakeSettingsCommand({ CatalogId: ACCOUNT }),
          ),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });
});
