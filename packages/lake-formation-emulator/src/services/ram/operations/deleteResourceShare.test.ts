import { DeleteResourceShareCommand } from '@aws-sdk/client-ram';
import {
  READER,
  acceptAll,
  columnsSeen,
} from '../../../__testUtils__/crossAccount';
import { grant, listed, onTable } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { sharesOf, startShared } from '../../../__testUtils__/shares';

const remove = (
  { ram }: Awaited<ReturnType<typeof startShared>>['owner'],
  resourceShareArn: string,
) => ram.send(new DeleteResourceShareCommand({ resourceShareArn }));

describe('DeleteResourceShare', () => {
  it('leaves grants without effect, until they are granted anew', async () => {
    const { owner, consumer, reader, shareArn } = await startShared();
    const before = await listed(owner.lakeFormation);
    expect(await remove(owner, shareArn)).toMatchObject({ returnValue: true });
    expect(await listed(owner.lakeFormation)).toEqual(before);
    expect(await refusalOf(columnsSeen(reader))).toMatchObject({
      code: 'AccessDeniedException',
    });
    expect(await sharesOf(consumer.ram, 'OTHER-ACCOUNTS')).toEqual([]);

    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await acceptAll(consumer.ram);
    expect(await columnsSeen(reader)).toHaveLength(3);
  });

  it('is for the owner', async () => {
    const { consumer, shareArn } = await startShared();
    expect(await refusalOf(remove(consumer, shareArn))).toEqual({
      code: 'UnknownResourceException',
      message: `ResourceShare ${shareArn} could not be found.`,
      status: 400,
    });
    expect(await refusalOf(remove(consumer, 'orders'))).toMatchObject({
      code: 'MalformedArnException',
    });
  });
});
