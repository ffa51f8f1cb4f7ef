import {
  AcceptResourceShareInvitationCommand,
  RejectResourceShareInvitationCommand,
} from '@aws-sdk/client-ram';
import {
  READER,
  acceptAll,
  columnsSeen,
  invitationsOf,
} from '../../../__testUtils__/crossAccount';
import { grant, onTable, revoke } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { startShared } from '../../../__testUtils__/shares';

describe('RejectResourceShareInvitation', () => {
  it('keeps the share away, until it is revoked and granted again', async () => {
    const { owner, consumer, reader } = await startShared({ accepted: false });
    const [{ resourceShareInvitationArn }] = await invitationsOf(consumer.ram);
    await consumer.ram.send(
      new RejectResourceShareInvitationCommand({ resourceShareInvitationArn }),
    );
    expect(await refusalOf(columnsSeen(reader))).toMatchObject({
      code: 'AccessDeniedException',
    });
    expect(
      await refusalOf(
        consumer.ram.send(
          new AcceptResourceShareInvitationCommand({
            resourceShareInvitationArn,
          }),
        ),
      ),
    ).toMatchObject({
      code: 'ResourceShareInvitationAlreadyRejectedException',
    });

    // What is granted already does not invite anew.
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    expect(await acceptAll(consumer.ram)).toEqual([]);
    await revoke(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    expect(await acceptAll(consumer.ram)).toHaveLength(1);
    expect(await columnsSeen(reader)).toHaveLength(3);
  });

  it('invites anew with another grant to the same principal', async () => {
    const { owner, consumer, reader } = await startShared({ accepted: false });
    const [{ resourceShareInvitationArn }] = await invitationsOf(consumer.ram);
    await consumer.ram.send(
      new RejectResourceShareInvitationCommand({ resourceShareInvitationArn }),
    );
    await grant(owner.lakeFormation, READER, { Database: { Name: 'sales' } }, [
      'DESCRIBE',
    ]);
    expect(await acceptAll(consumer.ram)).toHaveLength(1);
    expect(await columnsSeen(reader)).toHaveLength(3);
  });
});
