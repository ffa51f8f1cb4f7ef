import { ListPrincipalsCommand } from '@aws-sdk/client-ram';
import { READER } from '../../../__testUtils__/crossAccount';
import { ACCOUNT } from '../../../__testUtils__/seeds';
import { startShared } from '../../../__testUtils__/shares';

describe('ListPrincipals', () => {
  it('shows the owner whom it shares with, and the others who shares', async () => {
    const { owner, consumer, shareArn } = await startShared();
    const list = async (
      clients: typeof owner,
      resourceOwner: 'SELF' | 'OTHER-ACCOUNTS',
      input: object = {},
    ) =>
      (
        await clients.ram.send(
          new ListPrincipalsCommand({ resourceOwner, ...input }),
        )
      ).principals;
    expect(await list(owner, 'SELF')).toMatchObject([
      { id: READER, resourceShareArn: shareArn, external: true },
    ]);
    expect(await list(consumer, 'OTHER-ACCOUNTS')).toMatchObject([
      { id: ACCOUNT, resourceShareArn: shareArn },
    ]);
    expect(await list(owner, 'SELF', { principals: ['333333333333'] })).toEqual(
      [],
    );
  });
});
