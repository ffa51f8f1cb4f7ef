import { AcceptResourceShareInvitationCommand } from '@aws-sdk/client-ram';
import {
  columnsSeen,
  invitationsOf,
} from '../../../__testUtils__/crossAccount';
import { refusalOf } from '../../../__testUtils__/refusal';
import { startShared } from '../../../__testUtils__/shares';
import { TestClients } from '../../../__testUtils__/startTestEmulator';

const HOUR_MS = 3_600_000;

const accept = ({ ram }: TestClients, resourceShareInvitationArn?: string) =>
  ram.send(
    new AcceptResourceShareInvitationCommand({ resourceShareInvitationArn }),
  );

describe('AcceptResourceShareInvitation', () => {
  it('lets the share arrive, once', async () => {
    const { consumer, reader } = await startShared({ accepted: false });
    const [{ resourceShareInvitationArn: arn }] = await invitationsOf(
      consumer.ram,
    );
    const { resourceShareInvitation } = await accept(consumer, arn);
    expect(resourceShareInvitation).toMatchObject({
      resourceShareInvitationArn: arn,
      status: 'ACCEPTED',
    });
    expect(await columnsSeen(reader)).toHaveLength(3);
    expect(await refusalOf(accept(consumer, arn))).toEqual({
      code: 'ResourceShareInvitationAlreadyAcceptedException',
      message: `ResourceShareInvitation ${arn} was already accepted.`,
      status: 400,
    });
  });

  it('is for the receiver only', async () => {
    const { owner, consumer } = await startShared({ accepted: false });
    const [{ resourceShareInvitationArn: arn }] = await invitationsOf(
      consumer.ram,
    );
    expect(await refusalOf(accept(owner, arn))).toMatchObject({
      code: 'ResourceShareInvitationArnNotFoundException',
    });
  });

  it.each([
    [11, undefined],
    [12, 'ResourceShareInvitationExpiredException'],
  ])('after %d hours ends with %s', async (hours, code) => {
    const { consumer, clock } = await startShared({ accepted: false });
    clock.freeze();
    const [invitation] = await invitationsOf(consumer.ram);
    const created = invitation.invitationTimestamp?.getTime() ?? 0;
    clock.set(new Date(created + hours * HOUR_MS));
    const outcome = await accept(
      consumer,
      invitation.resourceShareInvitationArn,
    ).then(
      () => undefined,
      (error: Error) => error.name,
    );
    expect(outcome).toBe(code);
  });
});
