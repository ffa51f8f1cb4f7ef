import {
  AssociateResourceShareCommand,
  DisassociateResourceShareCommand,
} from '@aws-sdk/client-ram';
import {
  READER,
  acceptAll,
  columnsSeen,
  startCrossAccount,
} from '../../../__testUtils__/crossAccount';
import { grant, onTable, revoke } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { ACCOUNT, OTHER_ACCOUNT } from '../../../__testUtils__/seeds';
import { sharesOf, startShared } from '../../../__testUtils__/shares';

const HIDDEN = { code: 'AccessDeniedException' };

describe('DisassociateResourceShare', () => {
  it('takes a principal out, which a new grant invites again', async () => {
    const { owner, consumer, reader, shareArn } = await startShared();
    const { resourceShareAssociations } = await owner.ram.send(
      new DisassociateResourceShareCommand({
        resourceShareArn: shareArn,
        principals: [READER],
      }),
    );
    expect(resourceShareAssociations).toMatchObject([
      { associatedEntity: READER, status: 'DISASSOCIATED' },
    ]);
    expect(await refusalOf(columnsSeen(reader))).toMatchObject(HIDDEN);
    await grant(owner.lakeFormation, READER, { Database: { Name: 'sales' } }, [
      'DESCRIBE',
    ]);
    expect(await acceptAll(consumer.ram)).toHaveLength(1);
    expect(await columnsSeen(reader)).toHaveLength(3);
  });

  it('takes a resource out', async () => {
    const { owner, reader, shareArn } = await startShared();
    await owner.ram.send(
      new DisassociateResourceShareCommand({
        resourceShareArn: shareArn,
        resourceArns: [`arn:aws:glue:eu-west-1:${ACCOUNT}:table/sales/orders`],
      }),
    );
    expect(await refusalOf(columnsSeen(reader))).toMatchObject(HIDDEN);

    // Put back by hand, it is a resource like before and goes with its grant.
    await owner.ram.send(
      new AssociateResourceShareCommand({
        resourceShareArn: shareArn,
        resourceArns: [`arn:aws:glue:eu-west-1:${ACCOUNT}:table/sales/orders`],
      }),
    );
    expect(await columnsSeen(reader)).toHaveLength(3);
    await revoke(owner.lakeFormation, READER, onTable(), ['SELECT']);
    expect((await sharesOf(owner.ram)).map(({ status }) => status)).toEqual([
      'DELETED',
    ]);
  });

  it('lets an account leave a share, and change nothing else of it', async () => {
    const { owner, consumer } = await startCrossAccount();
    await grant(owner.lakeFormation, OTHER_ACCOUNT, onTable(), ['SELECT']);
    await acceptAll(consumer.ram);
    expect(await columnsSeen(consumer)).toHaveLength(3);
    const [{ resourceShareArn }] = await sharesOf(
      consumer.ram,
      'OTHER-ACCOUNTS',
    );
    expect(
      await refusalOf(
        consumer.ram.send(
          new DisassociateResourceShareCommand({
            resourceShareArn,
            resourceArns: [`arn:aws:glue:eu-west-1:${ACCOUNT}:catalog`],
          }),
        ),
      ),
    ).toMatchObject({ code: 'OperationNotPermittedException' });
    await consumer.ram.send(
      new DisassociateResourceShareCommand({
        resourceShareArn,
        principals: [OTHER_ACCOUNT],
      }),
    );
    expect(await refusalOf(columnsSeen(consumer))).toMatchObject(HIDDEN);
  });

  it('refuses what is not in the share', async () => {
    const { owner, shareArn } = await startShared();
    expect(
      await refusalOf(
        owner.ram.send(
          new DisassociateResourceShareCommand({
            resourceShareArn: shareArn,
            principals: ['333333333333'],
          }),
        ),
      ),
    ).toMatchObject({ code: 'InvalidParameterException' });
  });
});
