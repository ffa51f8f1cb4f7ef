import { mockServices } from '@backstage/backend-test-utils';
import type { AuditEvent } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { testDatabases } from '../testing/databases';
import { migrationsDirectory } from '../testing/MigratedCopies';
import { ANA, OMAR, aRequest } from '../testing/meshFixture';
import { ManualClock } from '../testing/provisioningFixture';
import { asked, decided, startMesh, type Mesh } from '../testing/startMesh';
import { DatabaseAuditLog } from './DatabaseAuditLog';
import { TrailForwarder } from './TrailForwarder';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('forwarding on %s', id => {
  const clock = new ManualClock();
  const logger = mockServices.logger.mock();
  let knex: Knex;
  let audit: DatabaseAuditLog;
  let ids = 0;

  beforeEach(async () => {
    knex = await databases.migrated(id);
    audit = new DatabaseAuditLog({ db: knex, now: clock.now });
  });

  const append = (action: string) =>
    knex.transaction(tx =>
      audit.append(tx, { actorRef: ANA, action, subject: 'request:1' }),
    );

  function replica(
    send: (event: AuditEvent) => Promise<void>,
    action?: string,
  ) {
    return new TrailForwarder({
      knex,
      destination: { name: action ?? 'auditor', action, send },
      logger,
      clock: clock.now,
      newId: () => `replica-${(ids += 1)}`,
    });
  }

  async function lots(count: number) {
    await knex.transaction(async tx => {
      for (let index = 0; index < count; index += 1) {
        await audit.append(tx, {
          actorRef: ANA,
          action: index % 50 === 0 ? 'rare' : 'often',
          subject: 'request:1',
        });
      }
    });
  }

  it('passes each event on once and in order, whoever is called how often', async () => {
    await lots(250);
    const got: number[] = [];
    const send = async ({ sequence }: AuditEvent) => {
      got.push(sequence);
    };
    const [one, two] = [replica(send), replica(send)];
    await Promise.all([one.forward(), two.forward(), one.forward()]);
    await two.forward();
    expect(got).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
    await append('more');
    await two.forward();
    expect(got.slice(250)).toEqual([251]);
  });

  it('goes on after the event that the destination took last', async () => {
    await lots(5);
    const got: number[] = [];
    let isDown = true;
    const one = replica(async ({ sequence }) => {
      if (isDown && sequence === 3) throw new Error('The auditor is down');
      got.push(sequence);
    });
    await one.forward();
    expect(got).toEqual([1, 2]);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(/could not be passed on to auditor/),
      expect.objectContaining({ message: 'The auditor is down' }),
    );
    isDown = false;
    await one.forward();
    expect(got).toEqual([1, 2, 3, 4, 5]);
  });

  it('is taken over from a replica that died, once its lease has ended', async () => {
    await lots(3);
    const got: string[] = [];
    // Dies in the middle of an event: it never comes back.
    const reached = new Promise<void>(resolve => {
      void replica(event => {
        got.push(`one ${event.sequence}`);
        if (event.sequence < 2) return Promise.resolve();
        resolve();
        return new Promise(() => {});
      }).forward();
    });
    await reached;
    const two = replica(async ({ sequence }) => {
      got.push(`two ${sequence}`);
    });
    await two.forward();
    expect(got).toEqual(['one 1', 'one 2']);
    clock.advance({ seconds: 61 });
    await two.forward();
    // At least once: what the first one could not note down comes again.
    expect(got).toEqual(['one 1', 'one 2', 'two 1', 'two 2', 'two 3']);
  });

  it('hands a destination only what is for it, from the beginning', async () => {
    await lots(120);
    const got: number[] = [];
    const one = replica(async ({ sequence }) => {
      got.push(sequence);
    }, 'rare');
    await one.forward();
    await one.forward();
    expect(got).toEqual([1, 51, 101]);
  });

  it('does not send the past of an older database as if it happened now', async () => {
    await knex.migrate.down({ directory: migrationsDirectory });
    while (await knex.schema.hasTable('audit_forwarding')) {
      await knex.migrate.down({ directory: migrationsDirectory });
    }
    const old = await databases.migrated(id);
    await old.destroy();
    expect(await knex.schema.hasColumn('audit_events', 'product_ref')).toBe(
      false,
    );
    await knex('audit_events').insert({
      sequence: 1,
      id: '1',
      at: '2026-11-01T00:00:00.000Z',
      actor_ref: ANA,
      action: 'tags.begun',
      subject: 'dataproduct:default/orders',
      previous_hash: '',
      hash: 'old',
    });
    await knex('audit_head').update({ sequence: 1, hash: 'old' });
    await knex.migrate.latest({ directory: migrationsDirectory });
    await append('new');
    const got: string[] = [];
    await replica(async ({ action }) => {
      got.push(action);
    }).forward();
    expect(got).toEqual(['new']);
    expect(
      await knex('audit_events').orderBy('sequence').pluck('product_ref'),
    ).toEqual(['dataproduct:default/orders', null]);
  });
});

describe.each(databases.eachSupportedId())('the auditor on %s', id => {
  let mesh: Mesh;
  afterEach(() => mesh.stop());

  it('has everything that happened, the system included, with sequence and hash', async () => {
    mesh = await startMesh({ knex: await databases.migrated(id) });
    const request = await asked(mesh, ANA, aRequest());
    await decided(mesh, OMAR, request, { decision: 'approve' });
    await mesh.runTask('data-mesh-audit-checkpoint');
    const trail = await mesh.trail();
    const stored = await mesh.knex('audit_events').orderBy('sequence');
    expect(
      trail.map(({ eventId, meta }) => [eventId, meta.sequence, meta.hash]),
    ).toEqual(
      stored
        .slice(0, trail.length)
        .map(({ action, sequence, hash }) => [
          action.replace(/\./g, '-'),
          sequence,
          hash,
        ]),
    );
    expect(trail.map(({ eventId }) => eventId)).toEqual(
      expect.arrayContaining([
        'request-created',
        'request-approved',
        'entitlement-provisioning',
        'audit-checkpoint',
      ]),
    );
    expect(mesh.audits).toEqual([]);
  });

  it('knows of attempts that fail, and of those that break the contract', async () => {
    mesh = await startMesh({ knex: await databases.migrated(id) });
    const request = await asked(mesh, ANA, aRequest());
    await decided(mesh, ANA, request, { decision: 'approve' });
    await mesh.as(ANA).post('/v1/requests', { nonsense: true });
    await mesh.service().post('/v1/requests', aRequest());
    expect(mesh.audits).toEqual([
      { eventId: 'request-decide', outcome: 'fail' },
      { eventId: 'write-attempt', outcome: 'fail' },
      { eventId: 'write-attempt', outcome: 'fail' },
    ]);
  });
});
