import { GetDataLakePrincipalCommand } from '@aws-sdk/client-lakeformation';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

describe('GetDataLakePrincipal', () => {
  it.each([
    ['111111111111', 'arn:aws:iam::111111111111:root'],
    ['Analyst', 'arn:aws:sts::111111111111:assumed-role/Analyst/emulator'],
  ])('answers who the key %s acts as', async (key, Identity) => {
    const emulator = await startTestEmulator();
    expect(
      await emulator
        .as(key)
        .lakeFormation.send(new GetDataLakePrincipalCommand({})),
    ).toMatchObject({ Identity });
  });
});
