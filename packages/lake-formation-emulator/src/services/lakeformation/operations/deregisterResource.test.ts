import {
  DeregisterResourceCommand,
  ListResourcesCommand,
} from '@aws-sdk/client-lakeformation';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  refusalOf,
} from '../../../__testUtils__/refusal';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const deregister = ({ lakeFormation }: TestClients) =>
  lakeFormation.send(
    new DeregisterResourceCommand({ ResourceArn: 'arn:aws:s3:::lake' }),
  );

describe('DeregisterResource', () => {
  it('takes a location away from Lake Formation', async () => {
    const emulator = await startTestEmulator({
      locations: [{ arn: 'arn:aws:s3:::lake' }],
    });
    expect(await refusalOf(deregister(emulator.asRole('Analyst')))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    await deregister(emulator.asAdmin);

    expect(
      await emulator.asAdmin.lakeFormation.send(new ListResourcesCommand({})),
    ).toMatchObject({ ResourceInfoList: [] });
    expect((await refusalOf(deregister(emulator.asAdmin))).code).toBe(
      'EntityNotFoundException',
    );
  });
});
