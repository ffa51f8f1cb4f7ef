import { CreateDatabaseCommand, GetTableCommand } from '@aws-sdk/client-glue';
import {
  BatchGrantPermissionsCommand,
  GetTemporaryGlueTableCredentialsCommand,
} from '@aws-sdk/client-lakeformation';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { assumedRole, credentialsOf } from '../__testUtils__/assumedRole';
import {
  change,
  grant,
  listed,
  onDatabase,
  onTable,
  revoke,
} from '../__testUtils__/permissions';
import { refusalOf } from '../__testUtils__/refusal';
import { aDatabase, aTable } from '../__testUtils__/seeds';
import { startTestEmulator } from '../__testUtils__/startTestEmulator';
import { SeedAccount } from '../seed/SeedAccount';

async function delayed(ms: number, account: Partial<SeedAccount> = {}) {
  const emulator = await startTestEmulator(account);
  emulator.clock.freeze();
  emulator.behaviour.set({ consistencyDelayMs: ms });
  return emulator;
}

describe('eventual consistency', () => {
  it('shows a write in reads when its time has come', async () => {
    const { asAdmin, clock } = await delayed(1000);
    await grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['SELECT']);
    expect(await listed(asAdmin.lakeFormation)).toEqual([]);
    clock.advance(999);
    expect(await listed(asAdmin.lakeFormation)).toEqual([]);
    clock.advance(1);
    expect(await listed(asAdmin.lakeFormation)).toHaveLength(1);
  });

  it('shows writes one after the other', async () => {
    const { asAdmin, clock } = await delayed(1000);
    const { lakeFormation } = asAdmin;
    await grant(lakeFormation, 'Analyst', onTable(), ['SELECT']);
    clock.advance(400);
    await grant(lakeFormation, 'Engineer', onTable(), ['SELECT']);
    clock.advance(400);
    await revoke(lakeFormation, 'Analyst', onTable(), ['SELECT']);
    const names = async () =>
      (await listed(lakeFormation)).map(line => line.split(':')[0]);
    expect(await names()).toEqual([]);
    clock.advance(200);
    expect(await names()).toEqual(['Analyst']);
    clock.advance(400);
    expect(await names()).toEqual(['Analyst', 'Engineer']);
    clock.advance(400);
    expect(await names()).toEqual(['Engineer']);
  });

  it('shows many writes in a moment when the first is due, give or take', async () => {
    const { asAdmin, clock } = await delayed(1000);
    const { lakeFormation } = asAdmin;
    for (const name of ['Analyst', 'Engineer', 'Steward']) {
      await grant(lakeFormation, name, onTable(), ['SELECT']);
      clock.advance(10);
    }
    clock.advance(969);
    expect(await listed(lakeFormation)).toEqual([]);
    clock.advance(1);
    expect(await listed(lakeFormation)).toHaveLength(3);
  });

  it('lets writes see what was written before', async () => {
    const { asAdmin } = await delayed(1000);
    await asAdmin.glue.send(
      new CreateDatabaseCommand({ DatabaseInput: { Name: 'new' } }),
    );
    await grant(asAdmin.lakeFormation, 'Analyst', onDatabase('new'), ['DROP']);
    await revoke(asAdmin.lakeFormation, 'Analyst', onDatabase('new'), ['DROP']);
    expect(await listed(asAdmin.lakeFormation)).toEqual([]);
  });

  it('keeps a new permission from its holder for a while', async () => {
    const emulator = await delayed(1000);
    const { lakeFormation } = emulator.asAdmin;
    const { glue } = emulator.asRole('Analyst');
    const read = () =>
      glue.send(new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }));
    await grant(lakeFormation, 'Analyst', onTable(), ['SELECT']);
    expect((await refusalOf(read())).code).toBe('AccessDeniedException');
    emulator.clock.advance(1000);
    await read();
    await revoke(lakeFormation, 'Analyst', onTable(), ['SELECT']);
    await read();
    emulator.clock.advance(1000);
    expect((await refusalOf(read())).code).toBe('AccessDeniedException');
  });

  it('vends keys that work at once', async () => {
    const emulator = await delayed(1000, {
      settings: { allowFullTableExternalDataAccess: true },
      locations: [{ arn: 'arn:aws:s3:::lake' }],
      databases: [
        aDatabase({ tables: [aTable({ iamAllowedPrincipals: true })] }),
      ],
    });
    await grant(emulator.asAdmin.lakeFormation, 'Engineer', onTable(), [
      'DROP',
    ]);
    const { lakeFormation } = await assumedRole(emulator, 'Analyst');
    const keys = await lakeFormation.send(
      new GetTemporaryGlueTableCredentialsCommand({
        TableArn: 'arn:aws:glue:eu-west-1:111111111111:table/sales/orders',
      }),
    );
    const vended = emulator.withCredentials(credentialsOf(keys));
    const { Account } = await vended.sts.send(new GetCallerIdentityCommand({}));
    expect(Account).toBe('111111111111');
  });

  it('ends when it is switched off, with a reset and with a snapshot', async () => {
    const emulator = await delayed(1000);
    const { lakeFormation } = emulator.asAdmin;
    await grant(lakeFormation, 'Analyst', onTable(), ['SELECT']);
    const saved = emulator.snapshot();
    emulator.restore(saved);
    expect(await listed(lakeFormation)).toHaveLength(1);
    await grant(lakeFormation, 'Engineer', onTable(), ['SELECT']);
    expect(await listed(lakeFormation)).toHaveLength(1);
    emulator.behaviour.set({ consistencyDelayMs: 0 });
    expect(await listed(lakeFormation)).toHaveLength(2);
    emulator.reset();
    expect(await listed(lakeFormation)).toEqual([]);
  });
});

describe('overlapping writes', () => {
  async function overlapping() {
    const emulator = await startTestEmulator();
    emulator.behaviour.set({ refuseOverlappingWrites: true });
    const hold = emulator.faults.add({
      operation: 'GrantPermissions',
      kind: 'hold',
      when: 'after',
    });
    const { lakeFormation } = emulator.asAdmin;
    const first = grant(lakeFormation, 'Analyst', onTable(), ['SELECT']);
    await hold.reached();
    return { emulator, lakeFormation, first, hold };
  }

  const refused = {
    code: 'ConcurrentModificationException',
    message:
      'Permission update/Delete failed for Resource: Please retry in a short while.',
    status: 400,
  };

  it('are refused on one table, on one principal, and not otherwise', async () => {
    const { lakeFormation, first, hold } = await overlapping();
    expect(
      await refusalOf(grant(lakeFormation, 'Engineer', onTable(), ['DROP'])),
    ).toEqual(refused);
    expect(
      await refusalOf(
        grant(lakeFormation, 'Analyst', onDatabase(), ['DESCRIBE']),
      ),
    ).toEqual(refused);
    await grant(lakeFormation, 'Engineer', onDatabase(), ['DESCRIBE']);
    expect(await listed(lakeFormation)).toHaveLength(2);
    hold.release();
    await first;
    await grant(lakeFormation, 'Engineer', onTable(), ['DROP']);
  });

  it('are refused entry by entry in a batch', async () => {
    const { lakeFormation, first, hold } = await overlapping();
    const { Failures } = await lakeFormation.send(
      new BatchGrantPermissionsCommand({
        Entries: [
          { Id: 'a', ...change('Engineer', onTable(), ['DROP']) },
          { Id: 'b', ...change('Engineer', onDatabase(), ['DROP']) },
        ],
      }),
    );
    expect(Failures).toMatchObject([
      { RequestEntry: { Id: 'a' }, Error: { ErrorCode: refused.code } },
    ]);
    hold.release();
    await first;
  });

  it('do not refuse reads, nor anything where they are let through', async () => {
    const { emulator, lakeFormation, first, hold } = await overlapping();
    expect(await listed(lakeFormation)).toHaveLength(1);
    emulator.behaviour.set({ refuseOverlappingWrites: false });
    await grant(lakeFormation, 'Engineer', onTable(), ['DROP']);
    hold.release();
    await first;
    expect(await listed(lakeFormation)).toHaveLength(2);
  });

  it('come of themselves where writes take time', async () => {
    const emulator = await startTestEmulator();
    emulator.behaviour.set({ refuseOverlappingWrites: true, writeMs: 500 });
    const { lakeFormation } = emulator.asAdmin;
    const outcomes = await Promise.allSettled(
      ['Analyst', 'Engineer', 'Steward'].map(name =>
        grant(lakeFormation, name, onTable(), ['SELECT']),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    await grant(lakeFormation, 'Analyst', onTable(), ['DROP']);
  });

  it('are over when a write fails or its connection is cut', async () => {
    const emulator = await startTestEmulator();
    emulator.behaviour.set({ refuseOverlappingWrites: true });
    const { lakeFormation } = emulator.asAdmin;
    emulator.faults.add({ kind: 'reset' });
    await refusalOf(grant(lakeFormation, 'Analyst', onTable(), ['DROP']));
    await refusalOf(grant(lakeFormation, 'Analyst', onTable('x'), ['DROP']));
    await grant(lakeFormation, 'Analyst', onTable(), ['DROP']);
    expect(await listed(lakeFormation)).toHaveLength(1);
  });
});
