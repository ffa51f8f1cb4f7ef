import {
  GetDatabasesCommand,
  GetDatabasesCommandInput,
} from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

async function databases(
  { glue }: TestClients,
  input: GetDatabasesCommandInput = {},
) {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await glue.send(
      new GetDatabasesCommand({ ...input, NextToken }),
    );
    found.push(...(page.DatabaseList ?? []).map(({ Name }) => Name ?? ''));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

const threeDatabases = () =>
  startTestEmulator({
    databases: ['sales', 'people', 'finance'].map(name => aDatabase({ name })),
    grants: [
      {
        principal: roleArn('Analyst'),
        resource: { database: 'people', table: 'orders' },
        permissions: ['SELECT'],
      },
    ],
  });

describe('GetDatabases', () => {
  it('lists only what the caller sees, by name', async () => {
    const emulator = await threeDatabases();
    expect(await databases(emulator.asAdmin)).toEqual([
      'finance',
      'people',
      'sales',
    ]);
    expect(await databases(emulator.asRole('Analyst'))).toEqual(['people']);
    expect(await databases(emulator.asRole('Engineer'))).toEqual([]);
  });

  it('gives every database once, whatever the page size', async () => {
    const { asAdmin } = await threeDatabases();
    for (const MaxResults of [1, 2, 3]) {
      expect(await databases(asAdmin, { MaxResults })).toHaveLength(3);
    }
    expect(
      (await refusalOf(databases(asAdmin, { MaxResults: 101 }))).code,
    ).toBe('ValidationException');
  });

  it('keeps what is foreign apart from what is own', async () => {
    const { asAdmin } = await threeDatabases();
    expect(await databases(asAdmin, { ResourceShareType: 'FOREIGN' })).toEqual(
      [],
    );
    expect(await databases(asAdmin, { ResourceShareType: 'ALL' })).toHaveLength(
      3,
    );
  });
});
