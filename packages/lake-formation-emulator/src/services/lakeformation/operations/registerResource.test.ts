import { GetTableCommand } from '@aws-sdk/client-glue';
import {
  DescribeResourceCommand,
  RegisterResourceCommand,
  RegisterResourceCommandInput,
} from '@aws-sdk/client-lakeformation';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const register = (
  { lakeFormation }: TestClients,
  input: Partial<RegisterResourceCommandInput> = {},
) =>
  lakeFormation.send(
    new RegisterResourceCommand({
      ResourceArn: 'arn:aws:s3:::lake/sales',
      UseServiceLinkedRole: true,
      ...input,
    }),
  );

describe('RegisterResource', () => {
  it('puts tables below the location under Lake Formation', async () => {
    const { asAdmin } = await startTestEmulator();
    const isRegistered = async () =>
      (
        await asAdmin.glue.send(
          new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
        )
      ).Table?.IsRegisteredWithLakeFormation;

    expect(await isRegistered()).toBe(false);
    await register(asAdmin);
    expect(await isRegistered()).toBe(true);
  });

  it('takes the service-linked role or the one that is named', async () => {
    const { asAdmin } = await startTestEmulator();
    await register(asAdmin);
    await register(asAdmin, {
      ResourceArn: 'arn:aws:s3:::other',
      UseServiceLinkedRole: undefined,
      RoleArn: roleArn('Engineer'),
      HybridAccessEnabled: true,
    });
    const describeLocation = (ResourceArn: string) =>
      asAdmin.lakeFormation.send(new DescribeResourceCommand({ ResourceArn }));

    expect(
      (await describeLocation('arn:aws:s3:::lake/sales')).ResourceInfo?.RoleArn,
    ).toBe(
      'arn:aws:iam::111111111111:role/aws-service-role/lakeformation.amazonaws.com/AWSServiceRoleForLakeFormationDataAccess',
    );
    expect(
      (await describeLocation('arn:aws:s3:::other')).ResourceInfo,
    ).toMatchObject({
      RoleArn: roleArn('Engineer'),
      HybridAccessEnabled: true,
    });
  });

  it('refuses a location twice, one without a role, and what is not in S3', async () => {
    const { asAdmin } = await startTestEmulator();
    await register(asAdmin);

    expect((await refusalOf(register(asAdmin))).code).toBe(
      'AlreadyExistsException',
    );
    for (const input of [
      { UseServiceLinkedRole: false },
      { RoleArn: roleArn('Engineer') },
      { ResourceArn: 's3://lake' },
    ]) {
      expect((await refusalOf(register(asAdmin, input))).code).toBe(
        'InvalidInputException',
      );
    }
  });

  it('is for administrators only', async () => {
    const emulator = await startTestEmulator();
    expect(await refusalOf(register(emulator.asRole('Analyst')))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
  });
});
