import { CreateDatabaseCommand, GetTableCommand } from '@aws-sdk/client-glue';
import {
  grant,
  listed,
  onColumns,
  onTable,
} from '../__testUtils__/permissions';
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
