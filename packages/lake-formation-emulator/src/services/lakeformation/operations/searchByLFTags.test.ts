import {
  SearchDatabasesByLFTagsCommand,
  SearchTablesByLFTagsCommand,
} from '@aws-sdk/client-lakeformation';
import { grant, onTable, wireTags } from '../../../__testUtils__/permissions';
import { invalidInputWith, refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, aTable } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const start = () =>
  startTestEmulator({
    lfTags: [
      { key: 'team', values: ['a', 'b'] },
      { key: 'sensitivity', values: ['public', 'pii'] },
    ],
    databases: [
      aDatabase({
        lfTags: { team: 'a' },
        tables: [
          aTable({
            columns: [
              { name: 'order_id', type: 'bigint' },
              {
                name: 'email',
                type: 'string',
                lfTags: { sensitivity: 'pii' },
              },
            ],
            lfTags: { sensitivity: 'public' },
          }),
          aTable({ name: 'returns', lfTags: { team: 'b' } }),
        ],
      }),
      aDatabase({
        name: 'people',
        lfTags: { team: 'b', sensitivity: 'pii' },
        tables: [aTable({ name: 'staff' })],
      }),
      aDatabase({ name: 'plain' }),
    ],
  });

async function databases(
  { lakeFormation }: TestClients,
  tags: Record<string, string[]>,
) {
  const { DatabaseList } = await lakeFormation.send(
    new SearchDatabasesByLFTagsCommand({ Expression: wireTags(tags) }),
  );
  return DatabaseList?.map(({ Database }) => Database?.Name);
}

async function tables(
  { lakeFormation }: TestClients,
  tags: Record<string, string[]>,
  MaxResults?: number,
) {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await lakeFormation.send(
      new SearchTablesByLFTagsCommand({
        Expression: wireTags(tags),
        MaxResults,
        NextToken,
      }),
    );
    for (const { Table, LFTagsOnColumns } of page.TableList ?? []) {
      const columns = LFTagsOnColumns?.map(({ Name }) => Name).join(', ');
      found.push(`${Table?.DatabaseName}.${Table?.Name}: ${columns}`);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

describe('SearchDatabasesByLFTags', () => {
  it('finds databases: every key must match, any value of it', async () => {
    const { asAdmin } = await start();
    expect(await databases(asAdmin, { team: ['a', 'b'] })).toEqual([
      'people',
      'sales',
    ]);
    expect(
      await databases(asAdmin, { team: ['a', 'b'], sensitivity: ['pii'] }),
    ).toEqual(['people']);
    expect(
      await databases(asAdmin, { team: ['a'], sensitivity: ['pii'] }),
    ).toEqual([]);
  });

  it('shows the tags of what it finds', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    const { DatabaseList } = await lakeFormation.send(
      new SearchDatabasesByLFTagsCommand({
        Expression: wireTags({ team: ['A'] }),
      }),
    );
    expect(DatabaseList).toEqual([
      {
        Database: { CatalogId: '111111111111', Name: 'sales' },
        LFTags: [
          { CatalogId: '111111111111', TagKey: 'team', TagValues: ['a'] },
        ],
      },
    ]);
  });
});

describe('SearchTablesByLFTags', () => {
  it('finds tables with the columns that match, by inheritance too', async () => {
    const { asAdmin } = await start();
    expect(await tables(asAdmin, { sensitivity: ['pii'] })).toEqual([
      'people.staff: order_id, email, amount, day',
      'sales.orders: email',
    ]);
    expect(
      await tables(asAdmin, { team: ['a'], sensitivity: ['public'] }),
    ).toEqual(['sales.orders: order_id, day']);
    expect(await tables(asAdmin, { team: ['b'] }, 1)).toEqual([
      'people.staff: order_id, email, amount, day',
      'sales.returns: order_id, email, amount, day',
    ]);
  });

  it('finds only what the caller sees', async () => {
    const emulator = await start();
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', onTable('returns'), [
      'DESCRIBE',
    ]);
    expect(await tables(emulator.asRole('Analyst'), { team: ['b'] })).toEqual([
      'sales.returns: order_id, email, amount, day',
    ]);
  });

  it('refuses unknown tags, keys without values, keys that stand twice and large pages', async () => {
    const { asAdmin } = await start();
    expect(await refusalOf(tables(asAdmin, { team: ['z'] }))).toMatchObject({
      code: 'EntityNotFoundException',
      message: 'Tag or tag value does not exist.',
    });
    expect(await refusalOf(tables(asAdmin, {}))).toEqual(
      invalidInputWith('Expression must have at least one LF-Tag.'),
    );
    expect(await refusalOf(tables(asAdmin, { team: [] }))).toEqual(
      invalidInputWith('Expression has no values for the LF-Tag team.'),
    );
    expect(
      await refusalOf(tables(asAdmin, { team: ['a'], TEAM: ['b'] })),
    ).toEqual(invalidInputWith('Expression has the LF-Tag team twice.'));
    expect((await refusalOf(tables(asAdmin, { team: ['a'] }, 101))).code).toBe(
      'ValidationException',
    );
  });
});
