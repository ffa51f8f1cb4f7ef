import {
  GetTableVersionCommand,
  GetTableVersionsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { grant, onColumns } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const ORDERS = { DatabaseName: 'sales', TableName: 'orders' };

const update = (
  { glue }: TestClients,
  Description: string,
  SkipArchive?: boolean,
) =>
  glue.send(
    new UpdateTableCommand({
      DatabaseName: 'sales',
      SkipArchive,
      TableInput: {
        Name: 'orders',
        Description,
        StorageDescriptor: {
          Columns: [
            { Name: 'order_id', Type: 'int' },
            { Name: Description, Type: 'int' },
          ],
        },
      },
    }),
  );

const versions = async ({ glue }: TestClients, MaxResults?: number) => {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await glue.send(
      new GetTableVersionsCommand({ ...ORDERS, MaxResults, NextToken }),
    );
    found.push(
      ...(page.TableVersions ?? []).map(
        ({ VersionId, Table }) =>
          `${VersionId} ${
            Table?.Description
          } ${Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name)}`,
      ),
    );
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
};

/** With three versions, the second of which was not kept. */
async function started() {
  const emulator = await startTestEmulator({
    grants: [
      {
        principal: roleArn('Engineer'),
        resource: { database: 'sales', table: 'orders' },
        permissions: ['ALTER'],
      },
    ],
  });
  const engineer = emulator.asRole('Engineer');
  await update(engineer, 'a');
  await update(engineer, 'b');
  await update(engineer, 'c', true);
  return emulator;
}

describe('the versions of a table', () => {
  it('are kept by every update that does not skip it', async () => {
    const { asAdmin } = await started();
    const all = [
      '3 c order_id,c',
      '1 a order_id,a',
      '0 undefined order_id,email,amount',
    ];
    expect(await versions(asAdmin)).toEqual(all);
    expect(await versions(asAdmin, 1)).toEqual(all);
  });

  it('are shown one by one, by default the current one', async () => {
    const { asAdmin } = await started();
    const one = async (VersionId?: string) =>
      (
        await asAdmin.glue.send(
          new GetTableVersionCommand({ ...ORDERS, VersionId }),
        )
      ).TableVersion;
    expect(await one('1')).toMatchObject({
      VersionId: '1',
      Table: { Description: 'a', VersionId: '1' },
    });
    expect(await one()).toMatchObject({ VersionId: '3' });
    expect(await refusalOf(one('2'))).toMatchObject({
      code: 'EntityNotFoundException',
      message: 'Version 2 not found.',
    });
  });

  it('have the columns that the caller sees', async () => {
    const emulator = await started();
    const analyst = emulator.asRole('Analyst');
    expect((await refusalOf(versions(analyst))).code).toBe(
      'AccessDeniedException',
    );
    await grant(
      emulator.asAdmin.lakeFormation,
      'Analyst',
      onColumns('order_id'),
      ['SELECT'],
    );
    expect(await versions(analyst)).toEqual([
      '3 c order_id',
      '1 a order_id',
      '0 undefined order_id',
    ]);
  });

  it('stay with a snapshot', async () => {
    const emulator = await started();
    const before = await versions(emulator.asAdmin);
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    emulator.reset();
    emulator.restore(saved);
    expect(await versions(emulator.asAdmin)).toEqual(before);
  });
});
