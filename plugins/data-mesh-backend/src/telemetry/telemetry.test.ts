import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { tracingServiceMock } from '@backstage/backend-test-utils/alpha';
import { testDatabases } from '../testing/databases';
import { FakeSystemError } from '../testing/FakeSystem';
import { MetricsReader } from '../testing/MetricsReader';
import { ANA, OMAR, aRequest } from '../testing/meshFixture';
import { ScanningWorld } from '../testing/scanningFixture';
import { asked, decided, inForce, startMesh } from '../testing/startMesh';
import { createTelemetry } from './createTelemetry';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('telemetry on %s', databaseId => {
  const newReplica = async () => {
    const world = await ScanningWorld.on(await databases.migrated(databaseId));
    const metrics = new MetricsReader();
    const tracing = tracingServiceMock.mock();
    let stop = () => {};
    const replica = world.replica({
      telemetry: events => {
        const telemetry = createTelemetry({
          metrics,
          tracing,
          knex: world.knex,
          events,
          requests: {
            summaries: async ids =>
              ids.map(id => ({ id, createdAt: '2026-11-21T08:00:00.000Z' })),
          },
          clock: world.clock.now,
        });
        stop = telemetry.stop;
        return telemetry;
      },
    });
    const spans = (name: string) =>
      tracing.startActiveSpan.mock.calls.flatMap(([one], i) =>
        one === name
          ? [Object.fromEntries(tracing.spans[i].setAttribute.mock.calls)]
          : [],
      );
    return { world, replica, metrics, tracing, spans, stop: () => stop() };
  };
  const grant = { kind: 'fakeGrant', direction: 'apply', port_type: 'fake' };

  it('measures each attempt at a step, with its end', async () => {
    const { world, replica, metrics, spans } = await newReplica();
    replica.provisioner.failNext('apply');
    await world.active(replica);
    world.clock.advance({ seconds: 600 });
    await world.work(replica);
    world.clock.advance({ days: 31 });
    await replica.replica.expire();
    await world.work(replica);

    expect(
      metrics
        .measured('data_mesh.step.duration')
        .map(({ attributes }) => attributes),
    ).toEqual([
      { ...grant, outcome: 'retrying' },
      { ...grant, outcome: 'applied' },
      { ...grant, direction: 'undo', outcome: 'undone' },
    ]);
    expect(metrics.units.get('data_mesh.step.duration')).toBe('seconds');
    expect(spans('data_mesh.step')).toEqual([
      { 'data_mesh.step.outcome': 'retrying' },
      { 'data_mesh.step.outcome': 'applied' },
      { 'data_mesh.step.outcome': 'undone' },
    ]);
  });

  it('measures how long an attempt takes', async () => {
    const { world, replica, metrics } = await newReplica();
    replica.provisioner.doNext('apply', async () => {
      world.clock.advance({ seconds: 7 });
    });
    await world.active(replica);
    expect(metrics.measured('data_mesh.step.duration')).toEqual([
      { value: 7, attributes: { ...grant, outcome: 'applied' } },
    ]);
  });

  it('marks the span of a step that failed', async () => {
    const { world, replica, metrics, tracing } = await newReplica();
    replica.provisioner.failNext(
      'apply',
      new FakeSystemError('Denied', 'permanent'),
    );
    await world.active(replica);
    expect(metrics.measured('data_mesh.step.duration')).toMatchObject([
      { attributes: { outcome: 'failed' } },
    ]);
    expect(tracing.spans[0].setStatus).toHaveBeenCalledWith({
      code: 'error',
      message: 'failed',
    });
    expect(metrics.measured('data_mesh.access.time')).toEqual([]);
  });

  it('measures the time from the request and the approval to access', async () => {
    const { world, replica, metrics } = await newReplica();
    replica.provisioner.doNext('apply', async () => {
      world.clock.advance({ seconds: 30 });
    });
    await world.active(replica);
    const attributes = { port_type: 'fake' };
    expect(metrics.measured('data_mesh.provisioning.time')).toEqual([
      { value: 30, attributes },
    ]);
    expect(metrics.measured('data_mesh.access.time')).toEqual([
      { value: 2 * 86_400 + 30, attributes },
    ]);
  });

  it('shows how much waits, and for how long', async () => {
    const { world, replica, metrics } = await newReplica();
    const length = () => metrics.read('data_mesh.steps.queue.length');
    const none = ['apply', 'undo'].flatMap(direction =>
      ['pending', 'waiting', 'running'].map(state => ({
        value: 0,
        attributes: { direction, state },
      })),
    );
    expect(await length()).toEqual(none);
    expect(await metrics.read('data_mesh.steps.queue.age')).toEqual([
      { value: 0, attributes: { direction: 'apply' } },
      { value: 0, attributes: { direction: 'undo' } },
    ]);

    replica.provisioner.failNext('apply', undefined, { times: 20 });
    await world.active(replica, { tables: { orders: 'all', returns: 'all' } });
    world.clock.advance({ seconds: 900 });

    expect(await length()).toContainEqual({
      value: 2,
      attributes: { direction: 'apply', state: 'waiting' },
    });
    expect(await metrics.read('data_mesh.steps.queue.age')).toEqual([
      { value: 900, attributes: { direction: 'apply' } },
      { value: 0, attributes: { direction: 'undo' } },
    ]);
  });

  it('reads the store once for all who ask at a time, and not after its end', async () => {
    const { world, metrics, stop } = await newReplica();
    const queries: string[] = [];
    world.knex.on('query', ({ sql }: { sql: string }) => queries.push(sql));
    await metrics.read('data_mesh.steps.queue.length');
    await metrics.read('data_mesh.steps.queue.age');
    expect(queries).toHaveLength(1);
    stop();
    expect(await metrics.read('data_mesh.drift.open')).toEqual([]);
  });

  it('measures scans, and shows open drift by kind', async () => {
    const { world, replica, metrics, spans } = await newReplica();
    world.system.give('fake:other', 'sales.returns', ['id']);
    replica.provisioner.doNext('scan', async () => {
      world.clock.advance({ seconds: 42 });
    });
    await world.scan(replica);

    expect(metrics.measured('data_mesh.scan.duration')).toEqual([
      {
        value: 42,
        attributes: { port_type: 'fake', account: '', state: 'done' },
      },
    ]);
    expect(spans('data_mesh.scan')).toEqual([
      { 'data_mesh.scan.state': 'done' },
    ]);
    expect(await metrics.read('data_mesh.drift.open')).toEqual([
      { value: 1, attributes: { kind: 'excess' } },
      { value: 0, attributes: { kind: 'missing' } },
      { value: 0, attributes: { kind: 'identity' } },
      { value: 0, attributes: { kind: 'residue' } },
    ]);
  });

  it('has the metrics that the documentation lists', async () => {
    const { metrics } = await newReplica();
    const docs = resolve(__dirname, '../../../../docs/operations.md');
    const listed = [
      ...(await readFile(docs, 'utf8')).matchAll(
        /^\| `(data_mesh\.[^`]+)` +\| [gch]/gm,
      ),
    ].map(([, name]) => name);
    expect([...metrics.units.keys()].sort()).toEqual(
      listed.filter(name => !name.startsWith('data_mesh.aws.')).sort(),
    );
  });

  it('counts scans that failed', async () => {
    const { world, replica, metrics } = await newReplica();
    replica.provisioner.failNext(
      'scan',
      new FakeSystemError('Denied', 'permanent'),
    );
    await world.scan(replica);
    expect(metrics.measured('data_mesh.scan.duration')).toMatchObject([
      { attributes: { state: 'failed' } },
    ]);
  });

  it('counts decisions of people and of the policy, in a running backend', async () => {
    let now = Date.parse('2026-11-23T08:00:00.000Z');
    const metrics = new MetricsReader();
    const mesh = await startMesh({
      knex: await databases.migrated(databaseId),
      metrics,
      now: () => new Date(now),
    });
    const body = aRequest();
    const refused = await asked(mesh, ANA, body);
    now += 3_600_000;
    await decided(mesh, OMAR, refused, {
      decision: 'reject',
      comment: 'Not for churn',
    });
    await inForce(mesh, { requester: ANA, approver: OMAR, body });
    await mesh.stop();

    expect(metrics.measured('data_mesh.decisions')).toEqual([
      { value: 1, attributes: { decision: 'rejected', by: 'person' } },
      { value: 1, attributes: { decision: 'approved', by: 'person' } },
    ]);
    expect(metrics.measured('data_mesh.decision.time')).toEqual([
      { value: 3600, attributes: { decision: 'rejected' } },
      { value: 0, attributes: { decision: 'approved' } },
    ]);
    expect(metrics.measured('data_mesh.step.duration')).not.toEqual([]);
  });
});
