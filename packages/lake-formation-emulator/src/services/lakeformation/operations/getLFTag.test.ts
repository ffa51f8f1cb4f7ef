import { GetLFTagCommand } from '@aws-sdk/client-lakeformation';
import { grant, onTag } from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { ACCOUNT } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';
import { tagsSeenBy } from '../../../__testUtils__/tags';

const start = () =>
  startTestEmulator({
    lfTags: [
      { key: 'team', values: ['a', 'b'] },
      { key: 'area', values: ['x'] },
      { key: 'zone', values: ['1'] },
    ],
  });

const get = ({ lakeFormation }: TestClients, TagKey = 'team') =>
  lakeFormation.send(new GetLFTagCommand({ TagKey }));

describe('GetLFTag and ListLFTags', () => {
  it('show the values on which one holds something, administrators all', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    await grant(lakeFormation, 'Analyst', onTag('team', 'B'), ['ASSOCIATE']);
    await grant(lakeFormation, 'Analyst', onTag('zone', '*'), ['DESCRIBE']);
    const { CatalogId, TagKey, TagValues } = await get(
      emulator.asRole('Analyst'),
    );
    expect({ CatalogId, TagKey, TagValues }).toEqual({
      CatalogId: ACCOUNT,
      TagKey: 'team',
      TagValues: ['b'],
    });
    expect((await get(emulator.asAdmin)).TagValues).toEqual(['a', 'b']);
    expect(await tagsSeenBy(emulator.asRole('Analyst').lakeFormation)).toEqual([
      'team: b',
      'zone: 1',
    ]);
  });

  it('list in order of the keys, page by page', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    const all = ['area: x', 'team: a, b', 'zone: 1'];
    expect(await tagsSeenBy(lakeFormation)).toEqual(all);
    expect(await tagsSeenBy(lakeFormation, 1)).toEqual(all);
  });

  it('refuse what is hidden and what is missing alike', async () => {
    const emulator = await start();
    for (const key of ['team', 'nope']) {
      expect(await refusalOf(get(emulator.asRole('Analyst'), key))).toEqual(
        NOT_THERE_OR_NOT_ALLOWED,
      );
    }
    expect((await refusalOf(get(emulator.asAdmin, 'nope'))).code).toBe(
      'EntityNotFoundException',
    );
  });
});
