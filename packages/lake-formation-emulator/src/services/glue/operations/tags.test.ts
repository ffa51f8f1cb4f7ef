import {
  CreateDatabaseCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const ARN = 'arn:aws:glue:eu-west-1:111111111111:database/';

const tag = (
  { glue }: TestClients,
  TagsToAdd: Record<string, string>,
  ResourceArn = `${ARN}sales`,
) => glue.send(new TagResourceCommand({ ResourceArn, TagsToAdd }));

const tagsOf = async ({ glue }: TestClients, name = 'sales') =>
  (await glue.send(new GetTagsCommand({ ResourceArn: `${ARN}${name}` }))).Tags;

describe("AWS's tags", () => {
  it('are added, overwritten and taken away', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(await tagsOf(asAdmin)).toEqual({});
    await tag(asAdmin, { team: 'sales', stage: 'dev' });
    await tag(asAdmin, { stage: 'prod' });
    expect(await tagsOf(asAdmin)).toEqual({ team: 'sales', stage: 'prod' });
    await asAdmin.glue.send(
      new UntagResourceCommand({
        ResourceArn: `${ARN}sales`,
        TagsToRemove: ['team', 'other'],
      }),
    );
    expect(await tagsOf(asAdmin)).toEqual({ stage: 'prod' });
  });

  it('come with the seed', async () => {
    const { asAdmin } = await startTestEmulator({
      databases: [{ name: 'sales', tags: { team: 'a' } }],
    });
    expect(await tagsOf(asAdmin)).toEqual({ team: 'a' });
  });

  it('come with a new database', async () => {
    const { asAdmin } = await startTestEmulator();
    await asAdmin.glue.send(
      new CreateDatabaseCommand({
        DatabaseInput: { Name: 'new' },
        Tags: { team: 'a' },
      }),
    );
    expect(await tagsOf(asAdmin, 'new')).toEqual({ team: 'a' });
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['a key of AWS', { 'aws:x': 'y' }, 'sales', 'not begin with aws:'],
    [
      'a value that is too long',
      { x: 'y'.repeat(257) },
      'sales',
      'up to 256 characters',
    ],
    [
      'too many',
      Object.fromEntries([...Array(51).keys()].map(i => [`k${i}`, ''])),
      'sales',
      'up to 50 tags, found 51',
    ],
    ['a database that is not there', {}, 'other', 'Database other not found.'],
  ])('are refused for %s', async (_, tags, name, message) => {
    const { asAdmin } = await startTestEmulator();
    expect(
      (await refusalOf(tag(asAdmin, tags, `${ARN}${name}`))).message,
    ).toContain(message);
  });

  it('are refused on what the emulator does not tag, and on what is of others', async () => {
    const { asAdmin } = await startTestEmulator();
    const table = 'arn:aws:glue:eu-west-1:111111111111:table/sales/orders';
    expect((await refusalOf(tag(asAdmin, {}, table))).message).toBe(
      'The Lake Formation emulator does not implement tags of the resource table.',
    );
    expect(
      await refusalOf(tag(asAdmin, {}, ARN.replace('1111111', '2222222'))),
    ).toMatchObject({ code: 'InvalidInputException' });
  });
});
