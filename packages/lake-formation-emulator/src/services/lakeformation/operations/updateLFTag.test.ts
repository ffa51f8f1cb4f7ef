import {
  UpdateLFTagCommand,
  UpdateLFTagCommandInput,
} from '@aws-sdk/client-lakeformation';
import { grant, onColumns, onTag } from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../../__testUtils__/refusal';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';
import { assignTags, tagsSeenBy } from '../../../__testUtils__/tags';

const start = () =>
  startTestEmulator({ lfTags: [{ key: 'team', values: ['a', 'b'] }] });

const update = (
  { lakeFormation }: TestClients,
  fields: Partial<UpdateLFTagCommandInput>,
) => lakeFormation.send(new UpdateLFTagCommand({ TagKey: 'Team', ...fields }));

describe('UpdateLFTag', () => {
  it('adds and takes values', async () => {
    const { asAdmin } = await start();
    await update(asAdmin, { TagValuesToAdd: ['C'], TagValuesToDelete: ['a'] });
    expect(await tagsSeenBy(asAdmin.lakeFormation)).toEqual(['team: b, c']);
  });

  it('does not take a value that a resource carries', async () => {
    const { asAdmin } = await start();
    await assignTags(asAdmin.lakeFormation, onColumns('email'), { team: 'a' });
    expect(
      await refusalOf(update(asAdmin, { TagValuesToDelete: ['a'] })),
    ).toEqual(invalidInputWith('Update not allowed'));
  });

  it('refuses what leaves no value, names no change, or is not there', async () => {
    const { asAdmin } = await start();
    expect(
      await refusalOf(update(asAdmin, { TagValuesToDelete: ['a', 'b'] })),
    ).toEqual(invalidInputWith('An LF-Tag must have at least one value.'));
    expect(await refusalOf(update(asAdmin, {}))).toEqual(
      invalidInputWith('TagValuesToAdd or TagValuesToDelete must be given.'),
    );
    for (const fields of [
      { TagValuesToDelete: ['z'] },
      { TagKey: 'nope', TagValuesToAdd: ['z'] },
    ]) {
      expect(await refusalOf(update(asAdmin, fields))).toEqual({
        code: 'EntityNotFoundException',
        message: 'Tag or tag value does not exist.',
        status: 400,
      });
    }
  });

  it('needs ALTER on the key', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    const change = { TagValuesToAdd: ['c'] };
    await grant(lakeFormation, 'Engineer', onTag('team', '*'), ['ASSOCIATE']);
    expect(
      await refusalOf(update(emulator.asRole('Engineer'), change)),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await grant(lakeFormation, 'Engineer', onTag('team', '*'), ['ALTER']);
    await update(emulator.asRole('Engineer'), change);
  });
});
