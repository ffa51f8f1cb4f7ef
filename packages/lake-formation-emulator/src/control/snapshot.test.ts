import { CreateDatabaseCommand, GetTableCommand } from '@aws-sdk/client-glue';
import {
  grant,
  listed,
  onColumns,
  onTable,
} from '../__testUtils__/permissions';
import { ACCOUNT, aDatabase, aTable, roleArn } from '../__testUtils__/seeds';
import { startTestEmulator } from '../__testUtils__/startTestEmulator';
import { EmulatorSnapshot } from './snapshot';

describe('snapshots', () => {
  it('hold the whole state, also after a way through JSON', async () => {
    const emulator = await startTestEmulator({
      locations: [{ arn: 'arn:aws:s3:::lake' }],
    });
    const { lakeFormation, glue } = emulator.asAdmin;
    await grant(
      lakeFormation,
      'Analyst',
      onColumns('amount'),
      ['SELECT'],
      ['SELECT'],
    );
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    const before = await listed(lakeFormation);
    await grant(lakeFormation, 'Engineer', onTable(), ['DROP']);
    await glue.send(
      new CreateDatabaseCommand({ DatabaseInput: { Name: 'new' } }),
    );

    emulator.restore(saved);
    expect(emulator.snapshot()).toEqual(saved);
    expect(await listed(lakeFormation)).toEqual(before);
    await grant(lakeFormation, 'Engineer', onTable(), ['DROP']);
    expect(await listed(lakeFormation)).toHaveLength(2);
    const { Table } = await emulator
      .asRole('Analyst')
      .glue.send(
        new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
      );
    expect(Table).toMatchObject({
      StorageDescriptor: { Columns: [{ Name: 'amount' }] },
      IsRegisteredWithLakeFormation: true,
    });
  });

  it('are not changed by what happens later', async () => {
    const emulator = await startTestEmulator();
    const saved = emulator.snapshot();
    const text = JSON.stringify(saved);
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']);
    expect(JSON.stringify(saved)).toBe(text);
  });

  it('are refused when they are none', async () => {
    const emulator = await startTestEmulator();
    expect(() => emulator.restore({} as EmulatorSnapshot)).toThrow(
      'Not a snapshot of the emulator',
    );
  });

  it('carry filters, LF-Tags, expressions, opt-ins and conditions', async () => {
    const emulator = await startTestEmulator({
      lfTags: [{ key: 'team', values: ['a', 'b'] }],
      lfTagExpressions: [{ name: 'ours', expression: { team: ['a'] } }],
      databases: [
        aDatabase({
          lfTags: { team: 'a' },
          tables: [
            aTable({
              columns: [
                { name: 'order_id', type: 'bigint', lfTags: { team: 'b' } },
                { name: 'email', type: 'string' },
              ],
              dataCellsFilters: [
                { name: 'some', rowFilter: 'order_id > 5', columns: ['email'] },
              ],
            }),
          ],
        }),
      ],
      grants: [
        {
          principal: roleArn('Analyst'),
          resource: { lfTagPolicy: 'TABLE', expressionName: 'ours' },
          permissions: ['SELECT'],
        },
        {
          principal: roleArn('Engineer'),
          resource: { database: 'sales', table: 'orders', filter: 'some' },
          permissions: ['SELECT'],
        },
        {
          principal: `${ACCOUNT}:IAMPrincipals`,
          resource: { database: 'sales' },
          permissions: ['DESCRIBE'],
          condition: 'true',
        },
        {
          principal: roleArn('Steward'),
          resource: { lfTag: 'team', values: ['a'] },
          permissions: ['ASSOCIATE'],
        },
      ],
      optIns: [
        { principal: roleArn('Analyst'), resource: { database: 'sales' } },
      ],
    });
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    const other = await startTestEmulator();
    other.restore(saved);
    expect(other.snapshot()).toEqual(emulator.snapshot());
    for (const role of ['Analyst', 'Engineer'] as const) {
      const { Table } = await other
        .asRole(role)
        .glue.send(
          new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
        );
      expect(Table?.StorageDescriptor?.Columns).toEqual([
        expect.objectContaining({ Name: 'email' }),
      ]);
    }
  });

  it.each([
    [
      'lfTags',
      [{ key: 'team', values: 'a', createdBy: 'x' }],
      'lfTags[0].values: expected a list, found "a"',
    ],
    [
      'tagExpressions',
      [{ name: 'e' }],
      'tagExpressions[0].createdBy: expected a text, found nothing',
    ],
    [
      'grants',
      [
        {
          principal: 'x',
          permissions: [],
          grantable: [],
          sequence: 1,
          resource: { kind: 'view' },
        },
      ],
      'grants[0].resource.kind: expected one of catalog, database',
    ],
    [
      'dataCellsFilters',
      [
        {
          database: 'd',
          table: 't',
          name: 'f',
          versionId: '1',
          createdBy: 'x',
          columns: { exclude: [] },
          rowFilter: 'a >',
        },
      ],
      'dataCellsFilters[0].rowFilter: expected an expression (Row filter expression is invalid',
    ],
    [
      'optIns',
      [{ principal: 'x', sequence: 1, condition: '&&', resource: {} }],
      'optIns[0].condition: expected an expression (Condition expression is invalid',
    ],
  ])(
    'are refused with the place where %s are wrong',
    async (name, wrong, problem) => {
      const emulator = await startTestEmulator();
      const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
      saved.accounts[0].catalogs[0][name] = wrong;
      expect(() => emulator.restore(saved)).toThrow(
        `The snapshot is wrong at accounts[0].catalogs[0].${problem}`,
      );
    },
  );

  it('reset to the seed, without faults and with an empty log', async () => {
    const emulator = await startTestEmulator();
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']);
    emulator.faults.add({ kind: 'internal' });
    emulator.reset();

    expect(emulator.calls.list()).toEqual([]);
    expect(emulator.faults.list()).toEqual([]);
    expect(await listed(emulator.asAdmin.lakeFormation)).toEqual([]);
  });
});
