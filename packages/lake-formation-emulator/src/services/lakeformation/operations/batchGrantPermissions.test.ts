import { BatchGrantPermissionsCommand } from '@aws-sdk/client-lakeformation';
import {
  change,
  listed,
  onColumns,
  onTable,
} from '../../../__testUtils__/permissions';
import { invalidInputWith, refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, aTable } from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

const manyTables = (count: number) =>
  aDatabase({
    tables: [...Array(count).keys()].map(i => aTable({ name: `t${i}` })),
  });

const entries = (count: number) =>
  [...Array(count).keys()].map(i => ({
    Id: String(i),
    ...change('Analyst', onTable(`t${i}`), ['SELECT']),
  }));

describe('BatchGrantPermissions', () => {
  it('grants up to 20 entries in one call', async () => {
    const { asAdmin, calls } = await startTestEmulator({
      databases: [manyTables(20)],
    });
    const { lakeFormation } = asAdmin;

    const { Failures } = await lakeFormation.send(
      new BatchGrantPermissionsCommand({ Entries: entries(20) }),
    );
    expect(Failures).toEqual([]);
    expect(await listed(lakeFormation)).toHaveLength(20);
    expect(calls.list({ operation: 'BatchGrantPermissions' })).toHaveLength(1);
  });

  it('refuses a larger batch as a whole', async () => {
    const { lakeFormation } = (
      await startTestEmulator({ databases: [manyTables(21)] })
    ).asAdmin;

    expect(
      await refusalOf(
        lakeFormation.send(
          new BatchGrantPermissionsCommand({ Entries: entries(21) }),
        ),
      ),
    ).toEqual(invalidInputWith('A batch may have up to 20 entries, found 21.'));
    expect(await listed(lakeFormation)).toEqual([]);
  });

  it('reports each entry that fails with its request, and does the others', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    const missing = {
      Id: 'missing',
      ...change('Analyst', onTable('nope'), ['SELECT']),
    };
    const mixed = {
      Id: 'mixed',
      ...change('Engineer', onTable(), ['DESCRIBE']),
    };
    const { Failures } = await lakeFormation.send(
      new BatchGrantPermissionsCommand({
        Entries: [
          missing,
          {
            Id: 'columns',
            ...change('Engineer', onColumns('email'), ['SELECT']),
          },
          mixed,
          { Id: 'good', ...change('Analyst', onTable(), ['SELECT']) },
          { Id: 'empty' },
        ],
      }),
    );

    expect(
      Failures?.map(({ RequestEntry, Error }) => [
        RequestEntry?.Id,
        Error?.ErrorCode,
        Error?.ErrorMessage,
      ]),
    ).toEqual([
      ['missing', 'EntityNotFoundException', 'Table not found.'],
      [
        'mixed',
        'InvalidInputException',
        'Permissions modification is invalid.',
      ],
      ['empty', 'InvalidInputException', "Invalid principal, ''."],
    ]);
    expect(Failures?.[0].RequestEntry).toEqual(missing);
    expect(await listed(lakeFormation)).toEqual([
      'Engineer: SELECT on columns of sales.orders: email',
      'Analyst: SELECT on all columns of sales.orders',
    ]);
  });

  it('fails single entries where a test asks for it', async () => {
    const { asAdmin, faults } = await startTestEmulator({
      databases: [manyTables(3)],
    });
    faults.add({
      operation: 'BatchGrantPermissions',
      resource: 'sales.t1',
      scope: 'entry',
      kind: 'error',
      error: {
        code: 'ConcurrentModificationException',
        message: 'Please retry in a short while',
      },
    });
    const send = () =>
      asAdmin.lakeFormation.send(
        new BatchGrantPermissionsCommand({ Entries: entries(3) }),
      );

    expect((await send()).Failures).toEqual([
      {
        RequestEntry: entries(3)[1],
        Error: {
          ErrorCode: 'ConcurrentModificationException',
          ErrorMessage: 'Please retry in a short while',
        },
      },
    ]);
    expect((await send()).Failures).toEqual([]);
  });
});
