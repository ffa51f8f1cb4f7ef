import { GetResourceSharesCommand } from '@aws-sdk/client-ram';
import {
  READER,
  acceptAll,
  startCrossAccount,
} from '../../../__testUtils__/crossAccount';
import { grant, onTable, revoke } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { ACCOUNT, aDatabase, aTable } from '../../../__testUtils__/seeds';
import { sharesOf, startShared } from '../../../__testUtils__/shares';

const HOUR_MS = 3_600_000;

describe('GetResourceShares', () => {
  it('shows own shares, and those of others once they have arrived', async () => {
    const { owner, consumer, shareArn } = await startShared({
      accepted: false,
    });
    expect(await sharesOf(owner.ram)).toMatchObject([
      {
        resourceShareArn: shareArn,
        name: expect.stringMatching(/^LakeFormation-V4-/),
        owningAccountId: ACCOUNT,
        status: 'ACTIVE',
      },
    ]);
    expect(await sharesOf(consumer.ram, 'OTHER-ACCOUNTS')).toEqual([]);
    await acceptAll(consumer.ram);
    expect(await sharesOf(consumer.ram, 'OTHER-ACCOUNTS')).toMatchObject([
      { resourceShareArn: shareArn },
    ]);
    expect(await sharesOf(consumer.ram)).toEqual([]);
    expect(await sharesOf(owner.ram, 'OTHER-ACCOUNTS')).toEqual([]);
  });

  it('shows a share for two hours after its last grant', async () => {
    const { owner, clock } = await startShared();
    await revoke(owner.lakeFormation, READER, onTable(), ['SELECT']);
    expect(await sharesOf(owner.ram)).toMatchObject([{ status: 'DELETED' }]);
    clock.advance(2 * HOUR_MS);
    expect(await sharesOf(owner.ram)).toEqual([]);
  });

  it.each([
    [1, 2, /^LakeFormation-[0-9A-F]{16}$/],
    [2, 1, /^LakeFormation-V2-[0-9A-F]{16}$/],
    [5, 1, /^LakeFormation-V5-[0-9A-F]{16}$/],
  ])(
    'by version %d has %d for two tables of an account',
    async (version, count, name) => {
      const { owner } = await startCrossAccount({
        owner: {
          settings: { crossAccountVersion: version },
          databases: [
            aDatabase({ tables: [aTable(), aTable({ name: 'refunds' })] }),
          ],
        },
        consumer: { settings: { crossAccountVersion: 2 } },
      });
      for (const table of ['orders', 'refunds']) {
        await grant(owner.lakeFormation, '222222222222', onTable(table), [
          'SELECT',
        ]);
      }
      const shares = await sharesOf(owner.ram);
      expect(shares).toHaveLength(count);
      for (const share of shares) expect(share.name).toMatch(name);
    },
  );

  it('is filtered by name, status and ARN', async () => {
    const { owner, shareArn } = await startShared();
    const ask = async (input: object) =>
      (
        await owner.ram.send(
          new GetResourceSharesCommand({ resourceOwner: 'SELF', ...input }),
        )
      ).resourceShares?.length;
    expect(await ask({ resourceShareArns: [shareArn] })).toBe(1);
    expect(await ask({ resourceShareStatus: 'ACTIVE' })).toBe(1);
    expect(await ask({ resourceShareStatus: 'DELETED' })).toBe(0);
    expect(await ask({ name: 'other' })).toBe(0);
    expect(
      await refusalOf(ask({ resourceShareArns: [`${shareArn}0`] })),
    ).toMatchObject({ code: 'UnknownResourceException' });
    expect(await refusalOf(ask({ resourceOwner: 'ME' }))).toMatchObject({
      code: 'InvalidParameterException',
      message:
        'The resourceOwner must be one of OTHER-ACCOUNTS, SELF, found ME.',
    });
  });
});
