import { grant } from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';
import { createTag, tagsSeenBy } from '../../../__testUtils__/tags';

describe('CreateLFTag', () => {
  it('keeps key and values in lower case, each value once', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await createTag(lakeFormation, 'Sensitivity', 'Public', 'public', 'PII');
    expect(await tagsSeenBy(lakeFormation)).toEqual([
      'sensitivity: public, pii',
    ]);
    expect(
      await refusalOf(createTag(lakeFormation, 'SENSITIVITY', 'x')),
    ).toEqual(invalidInputWith('Tag key already exists: sensitivity.'));
  });

  it('is for administrators and holders of CREATE_LF_TAG', async () => {
    const emulator = await startTestEmulator();
    const { lakeFormation } = emulator.asRole('Steward');
    expect(await refusalOf(createTag(lakeFormation, 'team', 'a'))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    await grant(emulator.asAdmin.lakeFormation, 'Steward', { Catalog: {} }, [
      'CREATE_LF_TAG',
    ]);
    await createTag(lakeFormation, 'team', 'a');
    expect(await tagsSeenBy(lakeFormation)).toEqual(['team: a']);
    expect(await tagsSeenBy(emulator.asRole('Analyst').lakeFormation)).toEqual(
      [],
    );
  });

  it.each<[string, string, string[], string]>([
    ['no values', 'team', [], 'An LF-Tag must have at least one value.'],
    [
      'too many values',
      'team',
      [...Array(51).keys()].map(String),
      'Up to 50 values of an LF-Tag are taken in a call, found 51.',
    ],
    [
      'a key of other characters',
      'team!',
      ['a'],
      "The key of an LF-Tag has 1 to 128 letters, digits, spaces or _ . : / = + - @ %, found 'team!'.",
    ],
    [
      'an empty value',
      'team',
      [''],
      "A value of an LF-Tag has 1 to 256 letters, digits, spaces or _ . : / = + - @ %, found ''.",
    ],
  ])('refuses %s', async (_, key, values, message) => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    expect(await refusalOf(createTag(lakeFormation, key, ...values))).toEqual(
      invalidInputWith(message),
    );
  });
});
