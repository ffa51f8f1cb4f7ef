import {
  DescribeResourceCommand,
  UpdateResourceCommand,
  UpdateResourceCommandInput,
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

const ARN = 'arn:aws:s3:::lake';

const update = (
  { lakeFormation }: TestClients,
  fields: Partial<UpdateResourceCommandInput> = {},
) =>
  lakeFormation.send(
    new UpdateResourceCommand({
      ResourceArn: ARN,
      RoleArn: roleArn('Steward'),
      ...fields,
    }),
  );

describe('UpdateResource', () => {
  it('changes the role and the mode, and keeps what is not named', async () => {
    const emulator = await startTestEmulator({ locations: [{ arn: ARN }] });
    emulator.clock.freeze();
    emulator.clock.set(new Date('2026-05-01T00:00:00Z'));
    const { asAdmin } = emulator;
    await update(asAdmin, { HybridAccessEnabled: true });
    await update(asAdmin, { RoleArn: roleArn('Engineer') });
    const { ResourceInfo } = await asAdmin.lakeFormation.send(
      new DescribeResourceCommand({ ResourceArn: ARN }),
    );
    expect(ResourceInfo).toMatchObject({
      ResourceArn: ARN,
      RoleArn: roleArn('Engineer'),
      HybridAccessEnabled: true,
      WithFederation: false,
      LastModified: new Date('2026-05-01T00:00:00Z'),
    });
  });

  it('is for administrators, on what is registered', async () => {
    const emulator = await startTestEmulator({ locations: [{ arn: ARN }] });
    expect(await refusalOf(update(emulator.asRole('Steward')))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    expect(
      (
        await refusalOf(
          update(emulator.asAdmin, { ResourceArn: 'arn:aws:s3:::pond' }),
        )
      ).code,
    ).toBe('EntityNotFoundException');
  });
});
