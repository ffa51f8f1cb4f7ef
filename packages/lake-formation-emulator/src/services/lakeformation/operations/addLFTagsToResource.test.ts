import { AddLFTagsToResourceCommand } from '@aws-sdk/client-lakeformation';
import {
  grant,
  onAllColumnsBut,
  onAllTables,
  onColumns,
  onDatabase,
  onTable,
  onTag,
} from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { OTHER_ACCOUNT, roleArn } from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';
import { assignTags, removeTags, tagsOf } from '../../../__testUtils__/tags';

const start = () =>
  startTestEmulator({
    administrators: [roleArn('Steward')],
    lfTags: [
      { key: 'team', values: ['a', 'b'] },
      { key: 'sensitivity', values: ['public', 'pii'] },
    ],
  });

describe('AddLFTagsToResource and RemoveLFTagsFromResource', () => {
  it('assign one value a key, which children inherit and override', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    await assignTags(lakeFormation, onDatabase(), {
      Team: 'A',
      sensitivity: 'public',
    });
    await assignTags(lakeFormation, onTable(), { team: 'b' });
    await assignTags(lakeFormation, onColumns('email', 'amount'), {
      sensitivity: 'pii',
    });
    const inherited = { team: 'b', sensitivity: 'public' };
    expect(await tagsOf(lakeFormation, onTable())).toEqual({
      database: { team: 'a', sensitivity: 'public' },
      table: inherited,
      columns: {
        order_id: inherited,
        email: { team: 'b', sensitivity: 'pii' },
        amount: { team: 'b', sensitivity: 'pii' },
        day: inherited,
      },
    });
    expect(await tagsOf(lakeFormation, onTable(), true)).toEqual({
      table: { team: 'b' },
      columns: {
        email: { sensitivity: 'pii' },
        amount: { sensitivity: 'pii' },
      },
    });
    expect(await tagsOf(lakeFormation, onColumns('email'), true)).toEqual({
      columns: { email: { sensitivity: 'pii' } },
    });
    expect(await tagsOf(lakeFormation, onDatabase())).toEqual({
      database: { team: 'a', sensitivity: 'public' },
    });

    await assignTags(lakeFormation, onTable(), { team: 'a' });
    expect((await tagsOf(lakeFormation, onTable(), true)).table).toEqual({
      team: 'a',
    });
  });

  it('remove what is assigned itself, not what is inherited or is not there', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    await assignTags(lakeFormation, onDatabase(), { team: 'a' });
    await assignTags(lakeFormation, onColumns('email'), { team: 'b' });

    expect(
      await removeTags(lakeFormation, onTable(), {
        team: 'a',
        sensitivity: 'pii',
      }),
    ).toEqual([
      'team: The LF-Tag team is inherited: it can be overridden here, and removed only where it is assigned.',
      'sensitivity: The LF-Tag sensitivity=pii is not on the resource.',
    ]);
    expect(
      await removeTags(lakeFormation, onColumns('email'), { team: 'a' }),
    ).toEqual(['team: The LF-Tag team=a is not on the resource.']);
    expect(
      await removeTags(lakeFormation, onColumns('email'), { team: 'B' }),
    ).toEqual([]);
    expect(
      (await tagsOf(lakeFormation, onColumns('email'))).columns?.email,
    ).toEqual({ team: 'a' });
  });

  it('report the tags that fail and apply the others', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    expect(
      await assignTags(lakeFormation, onTable(), {
        team: 'z',
        nope: 'a',
        sensitivity: 'pii',
      }),
    ).toEqual([
      'team: EntityNotFoundException',
      'nope: EntityNotFoundException',
    ]);
    expect((await tagsOf(lakeFormation, onTable())).table).toEqual({
      sensitivity: 'pii',
    });
    const { Failures } = await lakeFormation.send(
      new AddLFTagsToResourceCommand({
        Resource: onTable(),
        LFTags: [
          { TagKey: 'team', TagValues: ['a', 'b'] },
          {
            TagKey: 'sensitivity',
            TagValues: ['public'],
            CatalogId: OTHER_ACCOUNT,
          },
        ],
      }),
    );
    expect(Failures?.map(({ Error }) => Error?.ErrorMessage)).toEqual([
      'A resource has one value for the LF-Tag team, found 2.',
      `An LF-Tag and the resource it is assigned to must be in the same account, found ${OTHER_ACCOUNT} and 111111111111.`,
    ]);
  });

  it('need ASSOCIATE on the value, of administrators too', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asRole('Steward');
    expect(await assignTags(lakeFormation, onTable(), { team: 'a' })).toEqual([
      'team: AccessDeniedException',
    ]);
    await grant(lakeFormation, 'Steward', onTag('team', 'a'), ['ASSOCIATE']);
    expect(await assignTags(lakeFormation, onTable(), { team: 'a' })).toEqual(
      [],
    );
    expect(await assignTags(lakeFormation, onTable(), { team: 'b' })).toEqual([
      'team: AccessDeniedException',
    ]);
  });

  it('need the resource itself: all of it with the grant option', async () => {
    const emulator = await start();
    const admin = emulator.asAdmin.lakeFormation;
    const { lakeFormation } = emulator.asRole('Engineer');
    await grant(admin, 'Engineer', onTag('team', '*'), ['ASSOCIATE']);
    const assign = () => assignTags(lakeFormation, onTable(), { team: 'a' });
    expect(await refusalOf(assign())).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await grant(
      admin,
      'Engineer',
      onTable(),
      ['ALTER', 'DELETE', 'DESCRIBE', 'DROP', 'INSERT', 'SELECT'],
      ['ALTER', 'DELETE', 'DESCRIBE', 'DROP', 'INSERT'],
    );
    expect(await refusalOf(assign())).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await grant(admin, 'Engineer', onTable(), ['SELECT'], ['SELECT']);
    expect(await assign()).toEqual([]);
  });

  it.each([
    [
      'no database, table or columns',
      onTag('team', 'a'),
      'LF-Tags are on databases, tables and columns, found LFTag.',
    ],
    [
      'all columns',
      onAllColumnsBut('email'),
      'Columns with LF-Tags must be named in ColumnNames of TableWithColumns.',
    ],
    [
      'all tables',
      onAllTables(),
      'LF-Tags are on single tables, not on all tables.',
    ],
  ])('refuse %s', async (_, resource, message) => {
    const { lakeFormation } = (await start()).asAdmin;
    expect(
      await refusalOf(assignTags(lakeFormation, resource, { team: 'a' })),
    ).toEqual(invalidInputWith(message));
  });

  it('refuse a key twice, no tags, and what is not there', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    expect(
      await refusalOf(
        assignTags(lakeFormation, onTable(), { team: 'a', TEAM: 'b' }),
      ),
    ).toEqual(invalidInputWith('The LF-Tag team stands twice in the call.'));
    expect(await refusalOf(assignTags(lakeFormation, onTable(), {}))).toEqual(
      invalidInputWith('A call takes 1 to 50 LF-Tags, found 0.'),
    );
    for (const resource of [
      onTable('nope'),
      onDatabase('nope'),
      onColumns('nope'),
    ]) {
      expect(
        (await refusalOf(assignTags(lakeFormation, resource, { team: 'a' })))
          .code,
      ).toBe('EntityNotFoundException');
    }
  });

  it('show others only the tags that they may see', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    await assignTags(lakeFormation, onTable(), {
      team: 'a',
      sensitivity: 'pii',
    });
    await grant(lakeFormation, 'Analyst', onTable(), ['DESCRIBE']);
    await grant(lakeFormation, 'Analyst', onTag('team', 'a'), ['DESCRIBE']);
    const { table } = await tagsOf(
      emulator.asRole('Analyst').lakeFormation,
      onTable(),
    );
    expect(table).toEqual({ team: 'a' });
    expect(
      await refusalOf(
        tagsOf(emulator.asRole('Engineer').lakeFormation, onTable()),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });
});
