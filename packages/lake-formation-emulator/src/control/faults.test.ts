import { GetDatabasesCommand } from '@aws-sdk/client-glue';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import {
  grant,
  listed,
  onDatabase,
  onTable,
} from '../__testUtils__/permissions';
import { refusalOf } from '../__testUtils__/refusal';
import { startTestEmulator } from '../__testUtils__/startTestEmulator';
import { EmulatorFaultRule } from './EmulatorFaultRule';

const GRANTED = ['Analyst: DROP on table sales.orders'];

describe('faults', () => {
  it.each<[EmulatorFaultRule, object]>([
    [
      { kind: 'throttle' },
      { code: 'ThrottledException', message: 'Rate exceeded', status: 429 },
    ],
    [{ kind: 'internal' }, { code: 'InternalServiceException', status: 500 }],
    [
      {
        kind: 'error',
        error: { code: 'ConcurrentModificationException', message: 'Retry' },
      },
      {
        code: 'ConcurrentModificationException',
        message: 'Retry',
        status: 400,
      },
    ],
    [
      { kind: 'error', error: { code: 'Odd', message: 'm', status: 418 } },
      { code: 'Odd', status: 418 },
    ],
    [{ kind: 'reset' }, { code: 'Error' }],
    [{ kind: 'timeout', holdMs: 0 }, { code: 'Error' }],
  ])('%j hits once, before the call takes effect', async (rule, expected) => {
    const { asAdmin, faults } = await startTestEmulator();
    const fault = faults.add({ operation: 'GrantPermissions', ...rule });
    const attempt = () =>
      grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']);

    expect(await refusalOf(attempt())).toMatchObject(expected);
    expect(await listed(asAdmin.lakeFormation)).toEqual([]);
    await attempt();
    expect(await listed(asAdmin.lakeFormation)).toEqual(GRANTED);
    expect(fault.hits).toBe(1);
  });

  it.each<EmulatorFaultRule['kind']>([
    'throttle',
    'internal',
    'reset',
    'timeout',
  ])(
    '%s after the call leaves it done and the client without an answer',
    async kind => {
      const { asAdmin, faults, calls } = await startTestEmulator();
      faults.add({
        operation: 'GrantPermissions',
        kind,
        when: 'after',
        holdMs: 0,
      });

      await refusalOf(
        grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']),
      );
      expect(await listed(asAdmin.lakeFormation)).toEqual(GRANTED);
      expect(calls.list({ operation: 'GrantPermissions' })).toEqual([
        expect.objectContaining({ applied: true, faults: ['fault-1'] }),
      ]);
    },
  );

  it('throttles Glue and STS in their own words', async () => {
    const { asAdmin, faults } = await startTestEmulator();
    faults.add({ kind: 'throttle', times: 2 });
    expect(
      (await refusalOf(asAdmin.glue.send(new GetDatabasesCommand({})))).code,
    ).toBe('ThrottlingException');
    expect(
      (await refusalOf(asAdmin.sts.send(new GetCallerIdentityCommand({}))))
        .code,
    ).toBe('Throttling');
  });

  it('hits as often as asked, or always', async () => {
    const { asAdmin, faults } = await startTestEmulator();
    const attempt = () => asAdmin.glue.send(new GetDatabasesCommand({}));
    faults.add({ kind: 'internal', times: 2 });
    await refusalOf(attempt());
    await refusalOf(attempt());
    await attempt();

    const always = faults.add({ kind: 'internal', times: 'always' });
    for (const hits of [1, 2, 3]) {
      await refusalOf(attempt());
      expect(always.hits).toBe(hits);
    }
    always.remove();
    await attempt();
    expect(faults.get(always.id)).toBeUndefined();
  });

  it.each<[string, Partial<EmulatorFaultRule>, boolean]>([
    ['the service', { service: 'lakeformation' }, true],
    ['another service', { service: 'glue' }, false],
    ['another operation', { operation: 'RevokePermissions' }, false],
    ['the account', { account: '111111111111' }, true],
    ['another account', { account: '222222222222' }, false],
    ['the table', { resource: 'orders' }, true],
    ['the table in its database', { resource: 'sales.orders' }, true],
    ['the database', { resource: 'sales' }, true],
    ['another table', { resource: 'refunds' }, false],
  ])('matches on %s: %j → %s', async (_, conditions, hits) => {
    const { asAdmin, faults } = await startTestEmulator();
    const fault = faults.add({ kind: 'delay', delayMs: 0, ...conditions });
    await grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']);
    expect(fault.hits).toBe(hits ? 1 : 0);
  });

  it('holds a call before it takes effect, until it is released', async () => {
    const { asAdmin, faults, calls } = await startTestEmulator();
    const hold = faults.add({ operation: 'GrantPermissions', kind: 'hold' });
    const call = grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']);
    await hold.reached();

    expect(hold.held).toBe(1);
    expect(await listed(asAdmin.lakeFormation)).toEqual([]);
    expect(calls.list({ operation: 'GrantPermissions' })).toEqual([
      expect.objectContaining({ applied: false }),
    ]);
    expect(calls.list({ operation: 'GrantPermissions' })[0].status).toBe(
      undefined,
    );

    hold.release();
    await call;
    expect(hold.held).toBe(0);
    expect(await listed(asAdmin.lakeFormation)).toEqual(GRANTED);
  });

  it('holds the answer of a call that took effect', async () => {
    const { asAdmin, faults } = await startTestEmulator();
    const hold = faults.add({
      operation: 'GrantPermissions',
      kind: 'hold',
      when: 'after',
      times: 'always',
    });
    const both = Promise.all([
      grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']),
      grant(asAdmin.lakeFormation, 'Analyst', onDatabase(), ['DROP']),
    ]);
    await hold.reached(2);

    expect(await listed(asAdmin.lakeFormation)).toHaveLength(2);
    expect(hold.held).toBe(2);
    hold.release();
    await both;
    await grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['ALTER']);
  });

  it('lets a held client give up', async () => {
    const emulator = await startTestEmulator();
    const fault = emulator.faults.add({ kind: 'timeout' });
    const abort = new AbortController();
    const call = emulator.asAdmin.glue.send(new GetDatabasesCommand({}), {
      abortSignal: abort.signal,
    });
    await fault.reached();
    abort.abort();
    expect((await refusalOf(call)).code).toBe('AbortError');
  });

  it.each<[string, object, string]>([
    ['an unknown kind', { kind: 'earthquake' }, 'kind must be one of throttle'],
    [
      'an unknown field',
      { kind: 'reset', op: 'x' },
      'op must be one of service',
    ],
    [
      'an error without a code',
      { kind: 'error' },
      'error must be { code, message',
    ],
    ['no hits', { kind: 'reset', times: 0 }, 'times must be a positive number'],
    ['a delay of nothing', { kind: 'delay' }, 'delayMs must be a number'],
    [
      'a reset for an entry',
      { kind: 'reset', scope: 'entry' },
      'kind must be throttle, error or internal',
    ],
  ])('refuses a rule with %s', async (_, rule, message) => {
    const { faults } = await startTestEmulator();
    expect(() => faults.add(rule as EmulatorFaultRule)).toThrow(message);
    expect(faults.list()).toEqual([]);
  });
});
