import {
  CreateLakeFormationIdentityCenterConfigurationCommand,
  CreateLakeFormationIdentityCenterConfigurationCommandInput,
  DeleteLakeFormationIdentityCenterConfigurationCommand,
  DescribeLakeFormationIdentityCenterConfigurationCommand,
  UpdateLakeFormationIdentityCenterConfigurationCommand,
  UpdateLakeFormationIdentityCenterConfigurationCommandInput,
} from '@aws-sdk/client-lakeformation';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  notEmulated,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const INSTANCE = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';

const connect = (
  { lakeFormation }: TestClients,
  fields: CreateLakeFormationIdentityCenterConfigurationCommandInput = {},
) =>
  lakeFormation.send(
    new CreateLakeFormationIdentityCenterConfigurationCommand({
      InstanceArn: INSTANCE,
      ...fields,
    }),
  );

const describeIt = async ({ lakeFormation }: TestClients) => {
  const { $metadata, ...found } = await lakeFormation.send(
    new DescribeLakeFormationIdentityCenterConfigurationCommand({}),
  );
  return found;
};

const update = (
  { lakeFormation }: TestClients,
  fields: UpdateLakeFormationIdentityCenterConfigurationCommandInput,
) =>
  lakeFormation.send(
    new UpdateLakeFormationIdentityCenterConfigurationCommand(fields),
  );

const remove = ({ lakeFormation }: TestClients) =>
  lakeFormation.send(
    new DeleteLakeFormationIdentityCenterConfigurationCommand({}),
  );

const ABSENT = {
  code: 'EntityNotFoundException',
  message: 'Lake Formation is not integrated with IAM Identity Center.',
};

describe('the connection with IAM Identity Center', () => {
  it('is made, described, changed and ended', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(await refusalOf(describeIt(asAdmin))).toMatchObject(ABSENT);
    const { ApplicationArn } = await connect(asAdmin, {
      ServiceIntegrations: [
        { Redshift: [{ RedshiftConnect: { Authorization: 'ENABLED' } }] },
      ],
    });
    expect(ApplicationArn).toMatch(
      /^arn:aws:sso::111111111111:application\/ssoins-0123456789abcdef\/apl-[0-9a-f]{16}$/,
    );
    const before = {
      CatalogId: '111111111111',
      InstanceArn: INSTANCE,
      ApplicationArn,
      ShareRecipients: [],
      ServiceIntegrations: [
        { Redshift: [{ RedshiftConnect: { Authorization: 'ENABLED' } }] },
      ],
    };
    expect(await describeIt(asAdmin)).toEqual(before);
    const ExternalFiltering = {
      Status: 'ENABLED' as const,
      AuthorizedTargets: ['arn:aws:sso::111111111111:application/a'],
    };
    await update(asAdmin, { ExternalFiltering });
    await update(asAdmin, { ApplicationStatus: 'DISABLED' });
    expect(await describeIt(asAdmin)).toEqual({ ...before, ExternalFiltering });
    await remove(asAdmin);
    expect(await refusalOf(describeIt(asAdmin))).toMatchObject(ABSENT);
    expect(await refusalOf(remove(asAdmin))).toMatchObject(ABSENT);
    expect(await refusalOf(update(asAdmin, {}))).toMatchObject(ABSENT);
  });

  it('is one, and of one account', async () => {
    const emulator = await startTestEmulator();
    await connect(emulator.asAdmin);
    expect(await refusalOf(connect(emulator.asAdmin))).toMatchObject({
      code: 'AlreadyExistsException',
    });
    await connect(emulator.as('222222222222'));
  });

  it('is for administrators; read-only ones may see it', async () => {
    const emulator = await startTestEmulator({
      readOnlyAdministrators: [roleArn('Steward')],
    });
    await connect(emulator.asAdmin);
    for (const who of ['Analyst', 'Steward'] as const) {
      const clients = emulator.asRole(who);
      expect(await refusalOf(remove(clients))).toEqual(
        NOT_THERE_OR_NOT_ALLOWED,
      );
      expect(await refusalOf(connect(clients))).toEqual(
        NOT_THERE_OR_NOT_ALLOWED,
      );
    }
    expect(await refusalOf(describeIt(emulator.asRole('Analyst')))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    expect(await describeIt(emulator.asRole('Steward'))).toMatchObject({
      InstanceArn: INSTANCE,
    });
  });

  it('stays with a snapshot', async () => {
    const emulator = await startTestEmulator();
    await connect(emulator.asAdmin);
    const before = await describeIt(emulator.asAdmin);
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    emulator.reset();
    emulator.restore(saved);
    expect(await describeIt(emulator.asAdmin)).toEqual(before);
  });

  it('comes with the seed', async () => {
    const { asAdmin } = await startTestEmulator({
      identityCenterInstance: INSTANCE,
    });
    expect(await describeIt(asAdmin)).toMatchObject({ InstanceArn: INSTANCE });
    await expect(
      startTestEmulator({ identityCenterInstance: 'sso' }),
    ).rejects.toThrow('InstanceArn must be the ARN of an instance');
  });

  it('refuses what is wrong, and what the emulator lacks', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(
      await refusalOf(connect(asAdmin, { InstanceArn: undefined })),
    ).toMatchObject({
      code: 'InvalidInputException',
      message:
        "InstanceArn must be the ARN of an instance of IAM Identity Center, found ''.",
    });
    expect(
      await refusalOf(
        connect(asAdmin, {
          ShareRecipients: [{ DataLakePrincipalIdentifier: '222222222222' }],
        }),
      ),
    ).toEqual(notEmulated('ShareRecipients of IAM Identity Center yet'));
    await connect(asAdmin);
    expect(
      await refusalOf(
        update(asAdmin, { ApplicationStatus: 'PAUSED' as never }),
      ),
    ).toMatchObject({
      message: 'ApplicationStatus must be ENABLED or DISABLED, found PAUSED.',
    });
  });
});
