import {
  DataLakeSettings,
  GetDataLakeSettingsCommand,
  PutDataLakeSettingsCommand,
} from '@aws-sdk/client-lakeformation';
import { grant, onTable, principal } from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { REGION, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const put = ({ lakeFormation }: TestClients, settings: DataLakeSettings) =>
  lakeFormation.send(
    new PutDataLakeSettingsCommand({ DataLakeSettings: settings }),
  );

const get = async ({ lakeFormation }: TestClients) =>
  (await lakeFormation.send(new GetDataLakeSettingsCommand({})))
    .DataLakeSettings;

describe('PutDataLakeSettings', () => {
  it('replaces everything: what is not named is reset', async () => {
    const { asAdmin } = await startTestEmulator({
      administrators: [roleArn('Steward')],
      settings: { crossAccountVersion: 4, allowExternalDataFiltering: true },
    });
    await put(asAdmin, { ReadOnlyAdmins: [principal('Analyst')] });

    expect(await get(asAdmin)).toMatchObject({
      DataLakeAdmins: [],
      ReadOnlyAdmins: [principal('Analyst')],
      Parameters: { CROSS_ACCOUNT_VERSION: '1' },
      AllowExternalDataFiltering: false,
    });
  });

  it('makes and unmakes administrators', async () => {
    const emulator = await startTestEmulator();
    const steward = emulator.asRole('Steward');
    const attempt = () =>
      grant(steward.lakeFormation, 'Analyst', onTable(), ['SELECT']);

    expect(await refusalOf(attempt())).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await put(emulator.asAdmin, { DataLakeAdmins: [principal('Steward')] });
    await attempt();
    await put(emulator.asAdmin, { DataLakeAdmins: [] });
    expect(await refusalOf(attempt())).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });

  it('is for administrators only', async () => {
    const emulator = await startTestEmulator({
      readOnlyAdministrators: [roleArn('Analyst')],
    });
    expect(await refusalOf(put(emulator.asRole('Analyst'), {}))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
  });

  it('holds for one region', async () => {
    const emulator = await startTestEmulator();
    const elsewhere = emulator.withCredentials(
      { accessKeyId: '111111111111', secretAccessKey: 'secret' },
      'us-east-1',
    );
    await put(elsewhere, { DataLakeAdmins: [principal('Steward')] });

    expect(await get(emulator.asAdmin)).toMatchObject({ DataLakeAdmins: [] });
    expect(REGION).not.toBe('us-east-1');
  });

  it('fails as a whole when an administrator no longer exists', async () => {
    const { asAdmin } = await startTestEmulator({ roles: ['Steward'] });
    expect(
      await refusalOf(
        put(asAdmin, {
          DataLakeAdmins: [principal('Steward'), principal('Gone')],
        }),
      ),
    ).toEqual(invalidInputWith(`Invalid principal, '${roleArn('Gone')}'.`));
    expect(await get(asAdmin)).toMatchObject({ DataLakeAdmins: [] });
  });

  it.each([
    [
      'an Identity Center group as administrator',
      {
        DataLakeAdmins: [principal('arn:aws:identitystore:::group/g-1')],
      },
      "Invalid principal, 'arn:aws:identitystore:::group/g-1'.",
    ],
    [
      'more than 30 administrators',
      { DataLakeAdmins: Array(31).fill(principal('Steward')) },
      'DataLakeAdmins may have up to 30 principals, found 31.',
    ],
    [
      'an unknown cross-account version',
      { Parameters: { CROSS_ACCOUNT_VERSION: '9' } },
      'CROSS_ACCOUNT_VERSION must be one of 1, 2, 3, 4, 5, found 9.',
    ],
  ])('refuses %s', async (_, settings, message) => {
    const { asAdmin } = await startTestEmulator();
    expect(await refusalOf(put(asAdmin, settings))).toEqual(
      invalidInputWith(message),
    );
  });

  it('knows no way back from cross-account version 5', async () => {
    const { asAdmin } = await startTestEmulator();
    await put(asAdmin, { Parameters: { CROSS_ACCOUNT_VERSION: '5' } });
    expect(await refusalOf(put(asAdmin, {}))).toEqual(
      invalidInputWith('CROSS_ACCOUNT_VERSION 5 cannot be changed back.'),
    );
  });
});
