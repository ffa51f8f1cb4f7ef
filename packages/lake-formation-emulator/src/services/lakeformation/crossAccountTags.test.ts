import {
  ListLFTagsCommand,
  Resource,
  SearchTablesByLFTagsCommand,
} from '@aws-sdk/client-lakeformation';
import {
  CrossAccountEmulator,
  ORGANIZATION,
  READER,
  acceptAll,
  anOrganization,
  columnsSeen,
  startCrossAccount,
} from '../../__testUtils__/crossAccount';
import {
  grant,
  onPolicy,
  onTag,
  wireTags,
} from '../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  notEmulated,
  refusalOf,
} from '../../__testUtils__/refusal';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  aDatabase,
  aTable,
} from '../../__testUtils__/seeds';
import { TestClients } from '../../__testUtils__/startTestEmulator';
import { SeedAccount } from '../../seed/SeedAccount';

/** `sales.orders` is public but for `email`; everything is of the region EU. */
const TAGGED: Partial<SeedAccount> = {
  lfTags: [
    { key: 'level', values: ['public', 'secret'] },
    { key: 'region', values: ['eu', 'us'] },
  ],
  lfTagExpressions: [{ name: 'open', expression: { level: ['public'] } }],
  databases: [
    aDatabase({
      lfTags: { level: 'public', region: 'eu' },
      tables: [
        aTable({
          columns: [
            { name: 'order_id', type: 'bigint' },
            { name: 'email', type: 'string', lfTags: { level: 'secret' } },
            { name: 'amount', type: 'decimal(10,2)' },
          ],
        }),
      ],
    }),
  ],
};

/** The same policy or tag, named as the owner's from another account. */
function ofOwner({ LFTagPolicy, LFTag }: Resource): Resource {
  return {
    ...(LFTagPolicy && { LFTagPolicy: { ...LFTagPolicy, CatalogId: ACCOUNT } }),
    ...(LFTag && { LFTag: { ...LFTag, CatalogId: ACCOUNT } }),
  };
}

const PUBLIC_EU = { level: ['public'], region: ['eu'] };

async function startSharedByTags(
  recipient = OTHER_ACCOUNT,
): Promise<CrossAccountEmulator> {
  const emulator = await startCrossAccount({
    owner: TAGGED,
    organizations: recipient === OTHER_ACCOUNT ? [] : [anOrganization()],
  });
  const { owner, consumer } = emulator;
  await grant(
    owner.lakeFormation,
    recipient,
    onPolicy('TABLE', PUBLIC_EU),
    ['SELECT'],
    ['SELECT'],
  );
  await acceptAll(consumer.ram);
  return emulator;
}

const tagsListed = async (
  { lakeFormation }: TestClients,
  ResourceShareType?: 'ALL' | 'FOREIGN',
) =>
  (
    await lakeFormation.send(new ListLFTagsCommand({ ResourceShareType }))
  ).LFTags?.map(
    ({ CatalogId, TagKey, TagValues }) =>
      `${CatalogId} ${TagKey}=${TagValues?.join('|')}`,
  );

describe('a tag policy for another account', () => {
  it.each([
    ['an account', OTHER_ACCOUNT],
    ['an organization', ORGANIZATION],
  ])('reaches what matches, for %s', async (_, recipient) => {
    const { consumer, reader } = await startSharedByTags(recipient);
    expect(await columnsSeen(consumer)).toEqual(['order_id', 'amount']);
    expect(await refusalOf(columnsSeen(reader))).toMatchObject({
      code: 'AccessDeniedException',
    });
    await grant(
      consumer.lakeFormation,
      READER,
      ofOwner(onPolicy('TABLE', PUBLIC_EU)),
      ['SELECT'],
    );
    expect(await columnsSeen(reader)).toEqual(['order_id', 'amount']);
  });

  it('is passed on by some of its keys and values, within it', async () => {
    const { consumer, reader } = await startSharedByTags();
    await grant(
      consumer.lakeFormation,
      READER,
      ofOwner(onPolicy('TABLE', { region: ['eu'] })),
      ['SELECT'],
    );
    // Not email, which the account does not get by its own policy.
    expect(await columnsSeen(reader)).toEqual(['order_id', 'amount']);
  });

  it.each<[string, Resource]>([
    ['another value', onPolicy('TABLE', { region: ['us'] })],
    ['more values', onPolicy('TABLE', { level: ['public', 'secret'] })],
    ['databases', onPolicy('DATABASE', PUBLIC_EU)],
  ])('is not passed on by %s', async (_, resource) => {
    const { consumer } = await startSharedByTags();
    expect(
      await refusalOf(
        grant(consumer.lakeFormation, READER, ofOwner(resource), [
          resource.LFTagPolicy?.ResourceType === 'DATABASE'
            ? 'DESCRIBE'
            : 'SELECT',
        ]),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });

  it('is direct to a principal, without anything to pass on', async () => {
    const { owner, consumer, reader } = await startCrossAccount({
      owner: TAGGED,
    });
    await grant(owner.lakeFormation, READER, onPolicy('TABLE', PUBLIC_EU), [
      'SELECT',
    ]);
    await acceptAll(consumer.ram);
    expect(await columnsSeen(reader)).toEqual(['order_id', 'amount']);
  });

  it.each<[string, Resource, string]>([
    [
      'by the name of a saved expression',
      onPolicy('TABLE', 'open'),
      'Saved LF-Tag expressions cannot be used in grants to another account.',
    ],
    [
      'of the expression itself',
      { LFTagExpression: { Name: 'open' } },
      'LF-Tag expressions cannot be granted to another account.',
    ],
  ])('is refused %s', async (_, resource, message) => {
    const { owner } = await startCrossAccount({ owner: TAGGED });
    expect(
      await refusalOf(
        grant(owner.lakeFormation, OTHER_ACCOUNT, resource, ['DESCRIBE']),
      ),
    ).toEqual(invalidInputWith(message));
  });

  it('is refused where the consumer’s version is ahead, and below version 3', async () => {
    const attempt = async (consumerVersion: number) => {
      const { owner } = await startCrossAccount({
        owner: { ...TAGGED, settings: { crossAccountVersion: 2 } },
        consumer: { settings: { crossAccountVersion: consumerVersion } },
      });
      return refusalOf(
        grant(
          owner.lakeFormation,
          OTHER_ACCOUNT,
          onPolicy('TABLE', PUBLIC_EU),
          ['SELECT'],
        ),
      );
    };
    expect(await attempt(3)).toMatchObject({
      code: 'InvalidInputException',
      message: expect.stringMatching(
        /^Invalid cross account grant request\. Consumer account has opt-in to cross account version: v3\./,
      ),
    });
    expect(await attempt(2)).toEqual(
      notEmulated(
        'grants by LF-Tags to other accounts below cross account version 3 (found version 2)',
      ),
    );
  });
});

describe('an LF-Tag for another account', () => {
  it('is seen and passed on by its administrator', async () => {
    const { owner, consumer, reader } = await startCrossAccount({
      owner: TAGGED,
    });
    expect(await tagsListed(consumer, 'ALL')).toEqual([]);
    await grant(
      owner.lakeFormation,
      OTHER_ACCOUNT,
      onTag('level', 'public'),
      ['DESCRIBE'],
      ['DESCRIBE'],
    );
    await acceptAll(consumer.ram);
    expect(await tagsListed(consumer)).toEqual([]);
    expect(await tagsListed(consumer, 'FOREIGN')).toEqual([
      `${ACCOUNT} level=public`,
    ]);
    await grant(
      consumer.lakeFormation,
      READER,
      ofOwner(onTag('level', 'public')),
      ['DESCRIBE'],
    );
    expect(await tagsListed(reader, 'ALL')).toEqual([
      `${ACCOUNT} level=public`,
    ]);
    expect(
      await refusalOf(
        grant(
          consumer.lakeFormation,
          READER,
          ofOwner(onTag('level', 'secret')),
          ['DESCRIBE'],
        ),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });

  it('joins further values without another invitation', async () => {
    const { owner, consumer } = await startCrossAccount({ owner: TAGGED });
    for (const value of ['public', 'secret']) {
      await grant(owner.lakeFormation, OTHER_ACCOUNT, onTag('level', value), [
        'DESCRIBE',
      ]);
      expect(await acceptAll(consumer.ram)).toHaveLength(
        value === 'public' ? 1 : 0,
      );
    }
    expect(await tagsListed(consumer, 'FOREIGN')).toEqual([
      `${ACCOUNT} level=public|secret`,
    ]);
  });

  it.each(['ALTER', 'DROP', 'GRANT_WITH_LF_TAG_EXPRESSION'] as const)(
    'is not granted with %s',
    async permission => {
      const { owner } = await startCrossAccount({ owner: TAGGED });
      expect(
        await refusalOf(
          grant(owner.lakeFormation, OTHER_ACCOUNT, onTag('level', '*'), [
            permission,
          ]),
        ),
      ).toEqual(
        invalidInputWith(
          `${permission} on an LF-Tag cannot be granted to another account.`,
        ),
      );
    },
  );

  it('finds tables of the owner for who sees them', async () => {
    const { consumer, reader } = await startSharedByTags();
    const found = async ({ lakeFormation }: TestClients) =>
      (
        await lakeFormation.send(
          new SearchTablesByLFTagsCommand({
            CatalogId: ACCOUNT,
            Expression: wireTags({ region: ['eu'] }),
          }),
        )
      ).TableList?.map(({ Table }) => Table?.Name);
    expect(await found(consumer)).toEqual(['orders']);
    expect(await found(reader)).toEqual([]);
  });
});
