import { GetDatabasesCommand } from '@aws-sdk/client-glue';
import { grant, listed, onTable } from '../__testUtils__/permissions';
import { refusalOf } from '../__testUtils__/refusal';
import { startTestEmulator } from '../__testUtils__/startTestEmulator';

async function started() {
  const emulator = await startTestEmulator();
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${emulator.url}/_emulator${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? JSON.parse(text) : undefined,
    };
  };
  return { emulator, control };
}

describe('/_emulator', () => {
  it('tells that it is up', async () => {
    const { control } = await started();
    expect(await control('GET', '/health')).toEqual({
      status: 200,
      body: { status: 'ok' },
    });
  });

  it('lists calls by filter, and clears them', async () => {
    const { emulator, control } = await started();
    await emulator.asAdmin.glue.send(new GetDatabasesCommand({}));
    await listed(emulator.asAdmin.lakeFormation);

    const { body } = await control('GET', '/calls?service=glue');
    expect(body.calls).toEqual([
      expect.objectContaining({
        id: 1,
        operation: 'GetDatabases',
        status: 200,
      }),
    ]);
    expect((await control('GET', '/calls?since=1')).body.calls).toHaveLength(1);
    expect((await control('GET', '/calls/counts?service=glue')).body).toEqual({
      counts: [
        { service: 'glue', operation: 'GetDatabases', calls: 1, errors: 0 },
      ],
    });
    expect((await control('DELETE', '/calls')).status).toBe(204);
    expect((await control('GET', '/calls')).body.calls).toEqual([]);
  });

  it('adds, shows, releases and removes faults', async () => {
    const { emulator, control } = await started();
    const added = await control('POST', '/faults', {
      operation: 'GetDatabases',
      kind: 'hold',
    });
    expect(added).toEqual({
      status: 201,
      body: {
        id: 'fault-1',
        rule: { operation: 'GetDatabases', kind: 'hold' },
        hits: 0,
        held: 0,
      },
    });
    const call = emulator.asAdmin.glue.send(new GetDatabasesCommand({}));
    await emulator.faults.get('fault-1')?.reached();
    expect((await control('GET', '/faults/fault-1')).body).toMatchObject({
      hits: 1,
      held: 1,
    });
    await control('POST', '/faults/fault-1/release');
    await call;

    await control('POST', '/faults', { kind: 'internal', times: 'always' });
    await refusalOf(emulator.asAdmin.glue.send(new GetDatabasesCommand({})));
    expect((await control('GET', '/faults')).body.faults).toHaveLength(2);
    expect((await control('DELETE', '/faults/fault-1')).status).toBe(204);
    expect((await control('GET', '/faults/fault-1')).status).toBe(404);
    await control('DELETE', '/faults');
    await emulator.asAdmin.glue.send(new GetDatabasesCommand({}));
  });

  it('shows and moves the clock', async () => {
    const { emulator, control } = await started();
    expect(
      (
        await control('POST', '/clock', {
          frozen: true,
          set: '2026-05-01T00:00:00Z',
        })
      ).body.frozen,
    ).toBe(true);
    emulator.clock.set(new Date('2026-05-01T00:00:00Z'));
    expect((await control('POST', '/clock', { advanceMs: 1000 })).body).toEqual(
      {
        now: '2026-05-01T00:00:01.000Z',
        frozen: true,
      },
    );
    expect(
      (await control('POST', '/clock', { frozen: false })).body.frozen,
    ).toBe(false);
  });

  it('shows and changes the behaviour', async () => {
    const { emulator, control } = await started();
    const limits = [{ service: 'glue', perSecond: 5, burst: 10 }];
    expect((await control('POST', '/behaviour', { limits })).body).toEqual({
      enforceIam: false,
      consistencyDelayMs: 0,
      writeMs: 0,
      refuseOverlappingWrites: false,
      limits,
    });
    expect((await control('GET', '/behaviour')).body.limits).toEqual(limits);
    await control('POST', '/behaviour', { enforceIam: true });
    expect(emulator.behaviour.get()).toMatchObject({
      enforceIam: true,
      limits,
    });
  });

  it('saves, restores and resets the state', async () => {
    const { emulator, control } = await started();
    const { lakeFormation } = emulator.asAdmin;
    const { body } = await control('GET', '/snapshot');
    await grant(lakeFormation, 'Analyst', onTable(), ['DROP']);
    const { body: granted } = await control('GET', '/snapshot');

    await control('PUT', '/snapshot', body);
    expect(await listed(lakeFormation)).toEqual([]);
    await control('PUT', '/snapshot', granted);
    expect(await listed(lakeFormation)).toHaveLength(1);
    expect((await control('POST', '/reset')).status).toBe(204);
    expect(await listed(lakeFormation)).toEqual([]);
  });

  it.each([
    ['POST', '/faults', { kind: 'x' }, 400, "The fault rule's kind must be"],
    ['POST', '/clock', { set: 'noon' }, 400, 'set must be an ISO 8601 time'],
    [
      'POST',
      '/clock',
      { at: 1 },
      400,
      'The clock takes set, advanceMs, frozen',
    ],
    [
      'POST',
      '/behaviour',
      { limits: [{ perSecond: -1, burst: 1 }] },
      400,
      'The behaviour is wrong at limits[0].perSecond: expected a number from 0 on, found -1',
    ],
    [
      'POST',
      '/behaviour',
      { iam: true },
      400,
      'The behaviour has the unknown field iam; known are enforceIam',
    ],
    [
      'GET',
      '/calls?user=ann',
      undefined,
      400,
      'Calls are filtered by service, operation, account, region, principal, errorCode, resource, since, outcome, limit, found user',
    ],
    [
      'GET',
      '/calls?limit=0',
      undefined,
      400,
      'limit must be a positive number',
    ],
    ['GET', '/calls?outcome=bad', undefined, 400, 'outcome must be one of ok'],
    ['GET', '/calls?since=noon', undefined, 400, 'since must be an ISO 8601'],
    ['PUT', '/snapshot', { version: 2 }, 400, 'found version 2'],
    ['GET', '/nothing', undefined, 404, 'There is no GET /_emulator/nothing'],
  ])('refuses %s %s %j', async (method, path, body, status, message) => {
    const { control } = await started();
    expect(await control(method, path, body)).toEqual({
      status,
      body: { error: expect.stringContaining(message) },
    });
  });
});
