import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

describe('GetCallerIdentity', () => {
  it.each([
    ['222222222222', '222222222222', 'arn:aws:iam::222222222222:root'],
    ['key-user', '111111111111', 'arn:aws:iam::111111111111:user/ann'],
    [
      'key-session',
      '111111111111',
      'arn:aws:sts::111111111111:assumed-role/Analyst/ann',
    ],
    [
      'key-role',
      '111111111111',
      'arn:aws:sts::111111111111:assumed-role/Loader/emulator',
    ],
    ['key-root', '111111111111', 'arn:aws:iam::111111111111:root'],
  ])('answers who the key %s acts as', async (key, Account, Arn) => {
    const emulator = await startTestEmulator({
      keys: [
        {
          accessKeyId: 'key-user',
          principal: 'arn:aws:iam::111111111111:user/ann',
        },
        {
          accessKeyId: 'key-session',
          principal: 'arn:aws:sts::111111111111:assumed-role/Analyst/ann',
        },
        {
          accessKeyId: 'key-role',
          principal: 'arn:aws:iam::111111111111:role/etl/Loader',
        },
        {
          accessKeyId: 'key-root',
          principal: 'arn:aws:iam::111111111111:root',
        },
      ],
    });
    expect(
      await emulator.as(key).sts.send(new GetCallerIdentityCommand({})),
    ).toMatchObject({ Account, Arn, UserId: expect.any(String) });
  });
});
