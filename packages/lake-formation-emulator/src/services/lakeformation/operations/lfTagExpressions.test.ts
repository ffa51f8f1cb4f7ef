import { GetTableCommand } from '@aws-sdk/client-glue';
import {
  CreateLFTagExpressionCommand,
  DeleteLFTagExpressionCommand,
  GetLFTagExpressionCommand,
  LakeFormationClient,
  ListLFTagExpressionsCommand,
  UpdateLFTagExpressionCommand,
} from '@aws-sdk/client-lakeformation';
import {
  grant,
  listed,
  onPolicy,
  onTag,
  wireTags,
} from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { aDatabase } from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

const start = () =>
  startTestEmulator({
    lfTags: [{ key: 'team', values: ['a', 'b'] }],
    databases: [aDatabase({ lfTags: { team: 'a' } })],
  });

const create = (
  client: LakeFormationClient,
  Name: string,
  tags: Record<string, string[]>,
) =>
  client.send(
    new CreateLFTagExpressionCommand({
      Name,
      Description: 'Of a team',
      Expression: wireTags(tags),
    }),
  );

const update = (
  client: LakeFormationClient,
  Name: string,
  tags: Record<string, string[]>,
) =>
  client.send(
    new UpdateLFTagExpressionCommand({ Name, Expression: wireTags(tags) }),
  );

const remove = (client: LakeFormationClient, Name: string) =>
  client.send(new DeleteLFTagExpressionCommand({ Name }));

const get = async (client: LakeFormationClient, Name: string) => {
  const { $metadata, ...found } = await client.send(
    new GetLFTagExpressionCommand({ Name }),
  );
  return found;
};

async function names(client: LakeFormationClient, MaxResults?: number) {
  const found: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListLFTagExpressionsCommand({ MaxResults, NextToken }),
    );
    found.push(...(page.LFTagExpressions ?? []).map(({ Name }) => Name));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

describe('saved LF-Tag expressions', () => {
  it('are created, read, listed, replaced and deleted', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    await create(lakeFormation, 'one', { Team: ['B', 'a'] });
    await create(lakeFormation, 'another', { team: ['a'] });
    expect(await get(lakeFormation, 'one')).toEqual({
      Name: 'one',
      Description: 'Of a team',
      CatalogId: '111111111111',
      Expression: [{ TagKey: 'team', TagValues: ['a', 'b'] }],
    });
    expect(await names(lakeFormation, 1)).toEqual(['another', 'one']);
    await update(lakeFormation, 'one', { team: ['b'] });
    expect(await get(lakeFormation, 'one')).toEqual({
      Name: 'one',
      CatalogId: '111111111111',
      Expression: [{ TagKey: 'team', TagValues: ['b'] }],
    });
    await remove(lakeFormation, 'one');
    expect(await names(lakeFormation)).toEqual(['another']);
    expect((await refusalOf(get(lakeFormation, 'one'))).code).toBe(
      'EntityNotFoundException',
    );
  });

  it('decide what their grants reach at once, and take the grants along', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    await create(lakeFormation, 'ours', { team: ['b'] });
    await grant(lakeFormation, 'Analyst', onPolicy('TABLE', 'ours'), [
      'SELECT',
    ]);
    await grant(
      lakeFormation,
      'Engineer',
      { LFTagExpression: { Name: 'ours' } },
      ['DESCRIBE'],
    );
    const read = () =>
      emulator
        .asRole('Analyst')
        .glue.send(
          new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
        );
    expect((await refusalOf(read())).code).toBe('AccessDeniedException');
    await update(lakeFormation, 'ours', { team: ['a'] });
    expect((await read()).Table?.Name).toBe('orders');
    expect(await names(emulator.asRole('Engineer').lakeFormation)).toEqual([
      'ours',
    ]);
    await remove(lakeFormation, 'ours');
    expect((await refusalOf(read())).code).toBe('AccessDeniedException');
    expect(await listed(lakeFormation)).toEqual([]);
  });

  it('need CREATE_LF_TAG_EXPRESSION, and the right to grant with each tag', async () => {
    const emulator = await start();
    const admin = emulator.asAdmin.lakeFormation;
    const { lakeFormation } = emulator.asRole('Steward');
    const attempt = () => create(lakeFormation, 'mine', { team: ['a'] });
    await grant(admin, 'Steward', onTag('team', 'a'), [
      'GRANT_WITH_LF_TAG_EXPRESSION',
    ]);
    expect(await refusalOf(attempt())).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await grant(admin, 'Steward', { Catalog: {} }, [
      'CREATE_LF_TAG_EXPRESSION',
    ]);
    await attempt();
    expect(
      await refusalOf(update(lakeFormation, 'mine', { team: ['b'] })),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await grant(lakeFormation, 'Analyst', onPolicy('TABLE', 'mine'), [
      'SELECT',
    ]);
    expect(
      await refusalOf(
        grant(
          emulator.asRole('Engineer').lakeFormation,
          'Analyst',
          onPolicy('TABLE', 'mine'),
          ['SELECT'],
        ),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await remove(lakeFormation, 'mine');
  });

  it('refuse names twice, odd names, unknown tags and what is not there', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    await create(lakeFormation, 'one', { team: ['a'] });
    expect(
      await refusalOf(create(lakeFormation, 'one', { team: ['a'] })),
    ).toEqual(invalidInputWith('LF-Tag expression already exists: one.'));
    expect(
      (await refusalOf(create(lakeFormation, 'a;b', { team: ['a'] }))).message,
    ).toContain("found 'a;b'");
    expect(
      (await refusalOf(create(lakeFormation, 'two', { team: ['z'] }))).code,
    ).toBe('EntityNotFoundException');
    expect(
      (await refusalOf(update(lakeFormation, 'two', { team: ['a'] }))).code,
    ).toBe('EntityNotFoundException');
    expect((await refusalOf(remove(lakeFormation, 'two'))).code).toBe(
      'EntityNotFoundException',
    );
  });
});
