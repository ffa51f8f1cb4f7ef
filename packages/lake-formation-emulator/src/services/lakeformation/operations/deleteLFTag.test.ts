import { GetTableCommand } from '@aws-sdk/client-glue';
import { DeleteLFTagCommand } from '@aws-sdk/client-lakeformation';
import {
  grant,
  listed,
  onColumns,
  onDatabase,
  onPolicy,
  onTable,
  onTag,
} from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  refusalOf,
} from '../../../__testUtils__/refusal';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';
import { assignTags, createTag, tagsOf } from '../../../__testUtils__/tags';

const start = () =>
  startTestEmulator({ lfTags: [{ key: 'team', values: ['a', 'b'] }] });

const remove = ({ lakeFormation }: TestClients) =>
  lakeFormation.send(new DeleteLFTagCommand({ TagKey: 'TEAM' }));

describe('DeleteLFTag', () => {
  it('takes the tag from every resource, with the grants on it; policies stay and match nothing', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    await assignTags(lakeFormation, onDatabase(), { team: 'a' });
    await assignTags(lakeFormation, onTable(), { team: 'b' });
    await assignTags(lakeFormation, onColumns('email'), { team: 'a' });
    await grant(lakeFormation, 'Analyst', onTag('team', '*'), ['DESCRIBE']);
    await grant(lakeFormation, 'Analyst', onPolicy('TABLE', { team: ['a'] }), [
      'SELECT',
    ]);
    const read = () =>
      emulator
        .asRole('Analyst')
        .glue.send(
          new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
        );
    await read();
    await remove(emulator.asAdmin);

    expect((await refusalOf(read())).code).toBe('AccessDeniedException');
    expect(await listed(lakeFormation)).toEqual([
      'Analyst: SELECT on tables where team=a',
    ]);
    await createTag(lakeFormation, 'team', 'a');
    expect(await tagsOf(lakeFormation, onTable(), true)).toEqual({
      table: {},
      columns: {},
    });
  });

  it('needs DROP on the key', async () => {
    const emulator = await start();
    expect(await refusalOf(remove(emulator.asRole('Engineer')))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    await grant(
      emulator.asAdmin.lakeFormation,
      'Engineer',
      onTag('team', '*'),
      ['DROP'],
    );
    await remove(emulator.asRole('Engineer'));
    expect((await refusalOf(remove(emulator.asAdmin))).code).toBe(
      'EntityNotFoundException',
    );
  });
});
