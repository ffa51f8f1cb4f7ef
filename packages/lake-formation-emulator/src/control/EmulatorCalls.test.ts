import { GetDatabaseCommand, GetDatabasesCommand } from '@aws-sdk/client-glue';
import { grant, onTable } from '../__testUtils__/permissions';
import { refusalOf } from '../__testUtils__/refusal';
import { roleArn } from '../__testUtils__/seeds';
import { startTestEmulator } from '../__testUtils__/startTestEmulator';
import { CallLog, EmulatorCallFilter } from './EmulatorCalls';

describe('the log of calls', () => {
  it('tells who called what with which input, and how it ended', async () => {
    const emulator = await startTestEmulator();
    emulator.clock.freeze();
    emulator.clock.set(new Date('2026-03-01T10:00:00Z'));
    await refusalOf(
      grant(emulator.asRole('Analyst').lakeFormation, 'Engineer', onTable(), [
        'SELECT',
      ]),
    );

    expect(emulator.calls.list()).toEqual([
      {
        id: 1,
        time: '2026-03-01T10:00:00.000Z',
        service: 'lakeformation',
        operation: 'GrantPermissions',
        account: '111111111111',
        region: 'eu-west-1',
        principal: roleArn('Analyst'),
        accessKeyId: 'Analyst',
        input: {
          Principal: { DataLakePrincipalIdentifier: roleArn('Engineer') },
          Resource: { Table: { DatabaseName: 'sales', Name: 'orders' } },
          Permissions: ['SELECT'],
          PermissionsWithGrantOption: [],
        },
        status: 400,
        errorCode: 'AccessDeniedException',
        errorMessage: expect.stringContaining('Resource does not exist'),
        applied: false,
        faults: [],
      },
    ]);
  });

  it('filters by service, operation, account and time', async () => {
    const { asAdmin, as, calls, clock } = await startTestEmulator();
    clock.freeze();
    await asAdmin.glue.send(new GetDatabasesCommand({}));
    await as('222222222222').glue.send(new GetDatabasesCommand({}));
    const { id } = calls.list()[1];
    clock.advance(1000);
    await asAdmin.glue.send(new GetDatabaseCommand({ Name: 'sales' }));
    await grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']);
    const operations = (filter: Parameters<typeof calls.list>[0]) =>
      calls.list(filter).map(({ operation }) => operation);

    expect(operations({ service: 'glue' })).toHaveLength(3);
    expect(operations({ operation: 'GetDatabases' })).toHaveLength(2);
    expect(operations({ account: '222222222222' })).toEqual(['GetDatabases']);
    expect(operations({ since: clock.now().toISOString() })).toEqual([
      'GetDatabase',
      'GrantPermissions',
    ]);
    expect(operations({ since: id, service: 'glue' })).toEqual(['GetDatabase']);
    calls.clear();
    expect(operations({})).toEqual([]);
  });

  it('forgets the oldest calls before it grows too large', () => {
    const log = new CallLog(100);
    for (let i = 0; i < 1000; i++) log.begin(new Date(0), 'glue');
    expect(log.list().length).toBeLessThanOrEqual(110);
    expect(log.list().at(-1)?.id).toBe(1000);
  });

  it('finds calls by what they were about and how they ended', async () => {
    const emulator = await startTestEmulator();
    const { lakeFormation } = emulator.asAdmin;
    const analyst = emulator.asRole('Analyst');
    await grant(lakeFormation, 'Analyst', onTable(), ['DESCRIBE']);
    await grant(lakeFormation, 'Engineer', onTable(), ['DROP']);
    await refusalOf(
      grant(analyst.lakeFormation, 'Engineer', onTable(), ['DROP']),
    );
    await analyst.glue.send(new GetDatabasesCommand({}));
    const { calls } = emulator;
    const ids = (filter: EmulatorCallFilter) =>
      calls.list(filter).map(({ id }) => id);

    expect(ids({ principal: roleArn('Analyst') })).toEqual([3, 4]);
    expect(ids({ errorCode: 'AccessDeniedException' })).toEqual([3]);
    expect(ids({ outcome: 'ok' })).toEqual([1, 2, 4]);
    expect(ids({ outcome: 'error' })).toEqual([3]);
    expect(ids({ region: 'us-east-1' })).toEqual([]);
    expect(ids({ resource: 'sales.orders' })).toEqual([1, 2, 3]);
    expect(ids({ resource: 'sales.orders', limit: 2 })).toEqual([2, 3]);
    expect(calls.counts()).toEqual([
      {
        service: 'lakeformation',
        operation: 'GrantPermissions',
        calls: 3,
        errors: 1,
      },
      { service: 'glue', operation: 'GetDatabases', calls: 1, errors: 0 },
    ]);
  });

  it('shows calls that are not answered yet', async () => {
    const emulator = await startTestEmulator();
    const hold = emulator.faults.add({ kind: 'hold' });
    const call = emulator.asAdmin.glue.send(new GetDatabasesCommand({}));
    await hold.reached();
    expect(emulator.calls.list({ outcome: 'open' })).toHaveLength(1);
    hold.release();
    await call;
    expect(emulator.calls.list({ outcome: 'open' })).toEqual([]);
  });
});
