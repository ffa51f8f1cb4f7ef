import { GetResourceShareInvitationsCommand } from '@aws-sdk/client-ram';
import {
  READER,
  WRITER,
  acceptAll,
  invitationsOf,
  startCrossAccount,
} from '../../../__testUtils__/crossAccount';
import { grant, onTable, revoke } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { startShared } from '../../../__testUtils__/shares';

const DAY_MS = 24 * 3_600_000;

describe('GetResourceShareInvitations', () => {
  it('shows what was received, page by page, and by share', async () => {
    const { owner, consumer } = await startCrossAccount();
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await grant(owner.lakeFormation, WRITER, onTable(), ['SELECT']);
    const all = await invitationsOf(consumer.ram);
    expect(all.map(({ receiverArn }) => receiverArn)).toEqual([READER, WRITER]);
    expect(await invitationsOf(owner.ram)).toEqual([]);

    const first = await consumer.ram.send(
      new GetResourceShareInvitationsCommand({ maxResults: 1 }),
    );
    const second = await consumer.ram.send(
      new GetResourceShareInvitationsCommand({
        maxResults: 1,
        nextToken: first.nextToken,
      }),
    );
    expect([
      ...(first.resourceShareInvitations ?? []),
      ...(second.resourceShareInvitations ?? []),
    ]).toEqual(all);
    expect(second.nextToken).toBeUndefined();

    const { resourceShareInvitations } = await consumer.ram.send(
      new GetResourceShareInvitationsCommand({
        resourceShareArns: [all[1].resourceShareArn ?? ''],
      }),
    );
    expect(resourceShareInvitations).toEqual([all[1]]);
  });

  it('forgets those of shares that ended before they were answered', async () => {
    const { owner, consumer } = await startShared({ accepted: false });
    await revoke(owner.lakeFormation, READER, onTable(), ['SELECT']);
    expect(await invitationsOf(consumer.ram)).toEqual([]);
  });

  it('shows answered ones, and pending ones as expired only after a week', async () => {
    const { owner, consumer, clock } = await startShared();
    await grant(owner.lakeFormation, WRITER, onTable(), ['SELECT']);
    const statuses = async () =>
      (await invitationsOf(consumer.ram)).map(({ status }) => status);
    clock.advance(6 * DAY_MS);
    expect(await statuses()).toEqual(['ACCEPTED', 'PENDING']);
    clock.advance(2 * DAY_MS);
    expect(await statuses()).toEqual(['ACCEPTED', 'EXPIRED']);
    expect(await acceptAll(consumer.ram)).toEqual([]);
  });

  it.each([
    [{ maxResults: 501 }, 'InvalidMaxResultsException'],
    [{ nextToken: 'nonsense' }, 'InvalidNextTokenException'],
    [{ resourceShareArns: ['orders'] }, 'MalformedArnException'],
    [
      { resourceShareInvitationArns: ['arn:aws:ram:eu-west-1:1:x/y'] },
      'ResourceShareInvitationArnNotFoundException',
    ],
  ])('refuses %j with %s', async (input, code) => {
    const { consumer } = await startCrossAccount();
    expect(
      await refusalOf(
        consumer.ram.send(new GetResourceShareInvitationsCommand(input)),
      ),
    ).toMatchObject({ code, status: 400 });
  });
});
