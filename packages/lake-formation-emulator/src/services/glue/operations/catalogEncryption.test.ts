import {
  DataCatalogEncryptionSettings,
  GetDataCatalogEncryptionSettingsCommand,
  PutDataCatalogEncryptionSettingsCommand,
} from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import { ACCOUNT, OTHER_ACCOUNT } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Keys`;

const get = async ({ glue }: TestClients, CatalogId?: string) =>
  (await glue.send(new GetDataCatalogEncryptionSettingsCommand({ CatalogId })))
    .DataCatalogEncryptionSettings;

const put = (
  { glue }: TestClients,
  settings: DataCatalogEncryptionSettings,
  CatalogId?: string,
) =>
  glue.send(
    new PutDataCatalogEncryptionSettingsCommand({
      CatalogId,
      DataCatalogEncryptionSettings: settings,
    }),
  );

const NOT_ENCRYPTED = {
  EncryptionAtRest: { CatalogEncryptionMode: 'DISABLED' },
  ConnectionPasswordEncryption: { ReturnConnectionPasswordEncrypted: false },
};

const NOT_SET: DataCatalogEncryptionSettings = {
  EncryptionAtRest: { CatalogEncryptionMode: 'DISABLED' },
};

describe('the encryption of a Data Catalog', () => {
  it('is off where nobody has set it', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(await get(asAdmin)).toEqual(NOT_ENCRYPTED);
    expect(await get(asAdmin, ACCOUNT)).toEqual(NOT_ENCRYPTED);
  });

  it('is set as a whole', async () => {
    const { asAdmin } = await startTestEmulator();
    const settings: DataCatalogEncryptionSettings = {
      EncryptionAtRest: {
        CatalogEncryptionMode: 'SSE-KMS-WITH-SERVICE-ROLE',
        SseAwsKmsKeyId: KEY,
        CatalogEncryptionServiceRole: ROLE,
      },
      ConnectionPasswordEncryption: {
        ReturnConnectionPasswordEncrypted: true,
        AwsKmsKeyId: 'alias/passwords',
      },
    };
    await put(asAdmin, settings);
    expect(await get(asAdmin)).toEqual(settings);
    await put(asAdmin, {
      EncryptionAtRest: { CatalogEncryptionMode: 'SSE-KMS' },
    });
    expect(await get(asAdmin)).toEqual({
      ...NOT_ENCRYPTED,
      EncryptionAtRest: { CatalogEncryptionMode: 'SSE-KMS' },
    });
  });

  it('is of one account in one region', async () => {
    const emulator = await startTestEmulator();
    await put(emulator.asAdmin, {
      EncryptionAtRest: { CatalogEncryptionMode: 'SSE-KMS' },
    });
    const other = emulator.as(OTHER_ACCOUNT);
    expect(await get(other)).toEqual(NOT_ENCRYPTED);
    expect(await refusalOf(get(other, ACCOUNT))).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining(
        'is not authorized to perform: glue:GetDataCatalogEncryptionSettings',
      ),
    });
    expect(await refusalOf(put(other, NOT_SET, ACCOUNT))).toMatchObject({
      code: 'AccessDeniedException',
    });
    expect(await get(emulator.asAdmin)).toMatchObject({
      EncryptionAtRest: { CatalogEncryptionMode: 'SSE-KMS' },
    });
  });

  it.each<[DataCatalogEncryptionSettings['EncryptionAtRest'], string]>([
    [
      { CatalogEncryptionMode: 'ROT13' as 'DISABLED' },
      'CatalogEncryptionMode must be one of DISABLED, SSE-KMS, SSE-KMS-WITH-SERVICE-ROLE, found ROT13.',
    ],
    [
      { CatalogEncryptionMode: 'SSE-KMS', SseAwsKmsKeyId: 'no key' },
      'SseAwsKmsKeyId must be a key of AWS KMS, found no key.',
    ],
    [
      { CatalogEncryptionMode: 'SSE-KMS-WITH-SERVICE-ROLE' },
      'CatalogEncryptionServiceRole is required for SSE-KMS-WITH-SERVICE-ROLE.',
    ],
    [
      {
        CatalogEncryptionMode: 'SSE-KMS-WITH-SERVICE-ROLE',
        CatalogEncryptionServiceRole: 'Keys',
      },
      "CatalogEncryptionServiceRole must be a role's ARN, found Keys.",
    ],
  ])('%j is refused', async (EncryptionAtRest, message) => {
    const { asAdmin } = await startTestEmulator();
    expect(await refusalOf(put(asAdmin, { EncryptionAtRest }))).toMatchObject({
      code: 'InvalidInputException',
      message,
    });
    expect(await get(asAdmin)).toEqual(NOT_ENCRYPTED);
  });

  it('is not set for a catalog that is nested in it', async () => {
    const { asAdmin } = await startTestEmulator({
      catalogs: [{ path: 's3tablescatalog/lake' }],
    });
    const nested = `${ACCOUNT}:s3tablescatalog/lake`;
    expect(await refusalOf(get(asAdmin, nested))).toMatchObject({
      code: 'InvalidInputException',
      message: expect.stringContaining(`found ${nested}`),
    });
    expect(await refusalOf(get(asAdmin, `${ACCOUNT}:gone`))).toMatchObject({
      code: 'EntityNotFoundException',
    });
  });

  it('comes with the seed, which refuses what Glue would', async () => {
    const { asAdmin } = await startTestEmulator({
      encryption: { mode: 'SSE-KMS', keyId: KEY },
    });
    expect(await get(asAdmin)).toMatchObject({
      EncryptionAtRest: {
        CatalogEncryptionMode: 'SSE-KMS',
        SseAwsKmsKeyId: KEY,
      },
    });
    await expect(
      startTestEmulator({ encryption: { mode: 'SSE-KMS-WITH-SERVICE-ROLE' } }),
    ).rejects.toThrow(
      "The emulator's seed has an encryption that Glue would refuse, account 111111111111: CatalogEncryptionServiceRole is required",
    );
    await expect(
      startTestEmulator({ encryption: { mode: 'on' as 'SSE-KMS' } }),
    ).rejects.toThrow(
      'accounts[0].encryption.mode: expected one of DISABLED, SSE-KMS, SSE-KMS-WITH-SERVICE-ROLE, found "on"',
    );
  });

  it('stays with a snapshot', async () => {
    const emulator = await startTestEmulator({
      encryption: { mode: 'SSE-KMS', keyId: KEY },
    });
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    await put(emulator.asAdmin, NOT_SET);
    expect(await get(emulator.asAdmin)).toEqual(NOT_ENCRYPTED);
    emulator.restore(saved);
    expect(await get(emulator.asAdmin)).toMatchObject({
      EncryptionAtRest: { SseAwsKmsKeyId: KEY },
    });
  });

  it('is looked at and set by those whom IAM lets', async () => {
    const emulator = await startTestEmulator({
      policies: [
        {
          name: 'Look',
          roles: ['Analyst'],
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'glue:GetDataCatalogEncryptionSettings',
                Resource: `arn:aws:glue:eu-west-1:${ACCOUNT}:catalog`,
              },
            ],
          },
        },
      ],
    });
    emulator.behaviour.set({ enforceIam: true });
    const analyst = emulator.asRole('Analyst');
    expect(await get(analyst)).toEqual(NOT_ENCRYPTED);
    expect(await refusalOf(put(analyst, NOT_SET))).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining('glue:PutDataCatalogEncryptionSettings'),
    });
  });
});
