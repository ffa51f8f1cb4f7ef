import {
  CreateResourceShareCommand,
  GetResourceSharesCommand,
} from '@aws-sdk/client-ram';
import { authorization, rawRequest } from '../../__testUtils__/rawRequest';
import { refusalOf } from '../../__testUtils__/refusal';
import { startTestEmulator } from '../../__testUtils__/startTestEmulator';

describe('RAM', () => {
  it.each([
    ['throttle', 'ThrottlingException', 429],
    ['internal', 'ServerInternalException', 500],
  ] as const)(
    'strikes a %s fault in its own words',
    async (kind, code, status) => {
      const { faults, asAdmin } = await startTestEmulator();
      faults.add({ service: 'ram', operation: 'GetResourceShares', kind });
      const ask = () =>
        asAdmin.ram.send(
          new GetResourceSharesCommand({ resourceOwner: 'SELF' }),
        );
      expect(await refusalOf(ask())).toMatchObject({ code, status });
      expect((await ask()).resourceShares).toEqual([]);
    },
  );

  it('refuses what it does not have by name', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(
      await refusalOf(
        asAdmin.ram.send(new CreateResourceShareCommand({ name: 'mine' })),
      ),
    ).toEqual({
      code: 'NotImplementedException',
      message:
        'The Lake Formation emulator does not implement ram:CreateResourceShare yet.',
      status: 501,
    });
  });

  it('tells the log what was called', async () => {
    const { asAdmin, calls } = await startTestEmulator();
    await asAdmin.ram.send(
      new GetResourceSharesCommand({ resourceOwner: 'SELF' }),
    );
    expect(calls.list({ service: 'ram' })).toMatchObject([
      { operation: 'GetResourceShares', input: { resourceOwner: 'SELF' } },
    ]);
  });

  it('knows a deletion by its method', async () => {
    const { url } = await startTestEmulator();
    const answer = await rawRequest(url, {
      path: '/deleteresourceshare?resourceShareArn=arn',
      headers: { authorization: authorization('ram') },
    });
    expect(answer.status).toBe(404);
    expect(answer.header('x-amzn-errortype')).toBe('UnknownOperationException');
  });
});
