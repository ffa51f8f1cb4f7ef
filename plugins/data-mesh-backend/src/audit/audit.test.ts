import { setImmediate } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import {
  ANA,
  ANALYSTS_ROLE,
  ANA_ROLE,
  EVE,
  GIL,
  OMAR,
  ORDERS,
  STELLA,
  aRequest,
} from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import {
  asked,
  decided,
  deciding,
  startMesh,
  type Mesh,
} from '../testing/startMesh';
import { DatabaseAuditLog } from './DatabaseAuditLog';
import { TrailChecks } from './TrailChecks';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('the audit trail on %s', id => {
  let db: Knex;
  let audit: DatabaseAuditLog;
  const append = (action: string, subject = 'request:1') =>
    db.transaction(tx =>
      audit.append(tx, {
        actorRef: ANA,
        action,
        subject,
        after: { z: 1, a: { c: [1, 'ü'], b: null } },
        correlationId: '1',
      }),
    );
  beforeEach(async () => {
    db = await databases.migrated(id);
    audit = new DatabaseAuditLog({ db });
  });

  it('is whole while it is empty', async () => {
    expect(await audit.verify()).toMatchObject({ whole: true, events: 0 });
  });

  it('chains each event to the one before', async () => {
    await append('one');
    await append('two');
    const { items } = await audit.list({ limit: 10 });
    expect(items).toMatchObject([
      { sequence: 2, action: 'two', previousHash: items[1].hash },
      { sequence: 1, action: 'one', previousHash: '', actorRef: ANA },
    ]);
    expect(await audit.verify()).toMatchObject({ whole: true, events: 2 });
  });

  it('does not fork where many append at the same instant', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => append(`event ${index}`)),
    );
    expect(await audit.verify()).toMatchObject({ whole: true, events: 40 });
  });

  it('takes nothing of a transaction that fails', async () => {
    await append('one');
    await expect(
      db.transaction(async tx => {
        await audit.append(tx, { actorRef: ANA, action: 'two', subject: 'x' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await append('three');
    const { items } = await audit.list({ limit: 10 });
    expect(items.map(one => [one.sequence, one.action])).toEqual([
      [2, 'three'],
      [1, 'one'],
    ]);
    expect(await audit.verify()).toMatchObject({ whole: true, events: 2 });
  });

  it.each<[string, (knex: Knex) => Promise<unknown>, object]>([
    [
      'changed',
      knex =>
        knex('audit_events').where({ sequence: 2 }).update({ action: 'nice' }),
      { brokenAt: 2, reason: expect.stringMatching(/was changed/) },
    ],
    [
      'changed with a new hash of its own',
      knex =>
        knex('audit_events').where({ sequence: 2 }).update({ hash: 'abc' }),
      { brokenAt: 2 },
    ],
    [
      'taken out',
      knex => knex('audit_events').where({ sequence: 2 }).delete(),
      { brokenAt: 2, reason: 'event 2 is missing' },
    ],
    [
      'cut off at the end',
      knex => knex('audit_events').where('sequence', '>', 1).delete(),
      { brokenAt: 2, reason: expect.stringMatching(/ends at 1, but 3/) },
    ],
    [
      'cut off with its head set back',
      async knex => {
        await knex('audit_events').where('sequence', '>', 2).delete();
        await knex('audit_head').update({ sequence: 2 });
      },
      { reason: expect.stringMatching(/not the one that was written last/) },
    ],
  ])('notices an event that was %s', async (_, tamper, found) => {
    await append('one');
    await append('two');
    await append('three');
    await tamper(db);
    expect(await audit.verify()).toMatchObject({ whole: false, ...found });
  });

  it('verifies more events than fit into one batch', async () => {
    await db.transaction(async tx => {
      for (let index = 0; index < 1200; index += 1) {
        await audit.append(tx, {
          actorRef: ANA,
          action: 'step.applied',
          subject: 'entitlement:1',
        });
      }
    });
    expect(await audit.verify()).toMatchObject({ whole: true, events: 1200 });
  });
});

describe.each(databases.eachSupportedId())('audit over HTTP on %s', id => {
  let mesh: Mesh;
  afterEach(() => mesh.stop());

  it('tells the story of a request, page by page', async () => {
    mesh = await startMesh({ knex: await databases.migrated(id) });
    const request = await asked(mesh, ANA, aRequest());
    await decided(mesh, OMAR, request, { decision: 'reject', comment: 'No' });
    const subject = `subject=request:${request.id}`;
    const first = await mesh.as(GIL).get(`/v1/audit?${subject}&limit=1`);
    expect(first.body.items).toMatchObject([
      {
        actorRef: OMAR,
        action: 'request.rejected',
        before: { state: 'pending', version: 1 },
        after: { state: 'rejected', version: 2, comment: 'No' },
        correlationId: request.id,
      },
    ]);
    const second = await mesh
      .as(GIL)
      .get(`/v1/audit?${subject}&limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.items).toMatchObject([
      { actorRef: ANA, action: 'request.created' },
    ]);
    expect(second.body.nextCursor).toBeUndefined();
    const byActor = await mesh.as(GIL).get(`/v1/audit?actorRef=${OMAR}`);
    expect(byActor.body.items).toHaveLength(1);
    const verified = await mesh.as(GIL).get('/v1/audit/verification');
    expect(verified.body).toMatchObject({
      whole: true,
      // With the publication of the product, which nobody waited for.
      events: 3,
      checkpoints: { taken: 0 },
      words: expect.stringMatching(/can rewrite both/),
    });
  });

  it('finds events by product, principal and time, in any combination', async () => {
    let time = Date.parse('2026-11-23T08:00:00.000Z');
    mesh = await startMesh({
      knex: await databases.migrated(id),
      now: () => new Date(time),
    });
    const request = await asked(mesh, ANA, aRequest());
    time += 86_400_000;
    await decided(mesh, OMAR, request, { decision: 'reject', comment: 'No' });
    const actions = async (query: string) => {
      const { body, status } = await mesh.as(GIL).get(`/v1/audit?${query}`);
      expect(status).toBe(200);
      return body.items.map((item: { action: string }) => item.action);
    };
    const both = ['request.rejected', 'request.created'];
    const published = 'publication.accepted';
    expect(await actions(`productRef=${ORDERS}`)).toEqual([...both, published]);
    expect(await actions('productRef=dataproduct:default/x')).toEqual([]);
    expect(await actions('principal=fake:analysts')).toEqual(both);
    expect(await actions('principal=fake:nobody')).toEqual([]);
    expect(await actions('from=2026-11-24T08:00:00Z')).toEqual([both[0]]);
    expect(await actions('to=2026-11-24T08:00:00Z')).toEqual([
      both[1],
      published,
    ]);
    expect(
      await actions('from=2026-11-24T09:00:00%2B01:00&to=2026-11-24T08:00:01Z'),
    ).toEqual([both[0]]);
    expect(
      await actions(
        `productRef=${ORDERS}&actorRef=${ANA}&action=request.created&to=9999-12-31T23:59:59Z`,
      ),
    ).toEqual([both[1]]);
    expect(await actions(`productRef=${ORDERS}&actorRef=${EVE}`)).toEqual([]);
  });

  it.each(['from', 'to'])('names the field %s that is no time', async field => {
    mesh = await startMesh({ knex: await databases.migrated(id) });
    for (const time of ['2026-11-20T23:59:60Z', '9999-12-31T23:59:59-12:00']) {
      for (const path of ['/v1/audit', '/v1/audit/export']) {
        const { status, body } = await mesh
          .as(GIL)
          .get(`${path}?${field}=${time}`);
        expect(status).toBe(400);
        expect(body.error.message).toContain(field);
        expect(body.error.message).toContain('date-time');
      }
    }
  });

  it('is exported with what is asked for, and tells of the export', async () => {
    mesh = await startMesh({ knex: await databases.migrated(id) });
    await asked(mesh, ANA, aRequest({ justification: '=cmd|calc' }));
    const all = await mesh.as(GIL).get('/v1/audit/export');
    expect(all.headers['content-type']).toContain('application/x-ndjson');
    const lines = all.text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines).toMatchObject([
      { sequence: 1, action: 'publication.accepted' },
      { sequence: 2, action: 'request.created' },
      {
        sequence: 3,
        actorRef: GIL,
        action: 'audit.exported',
        after: { format: 'ndjson', filter: {} },
      },
    ]);
    const csv = await mesh
      .as(GIL)
      .get(`/v1/audit/export?format=csv&actorRef=${ANA}`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.trim().split('\r\n')).toEqual([
      expect.stringMatching(/^"sequence","at","actor"/),
      expect.stringContaining(`"${ANA}","request.created"`),
    ]);
    const { body } = await mesh.as(GIL).get('/v1/audit?limit=1');
    expect(body.items[0]).toMatchObject({
      action: 'audit.exported',
      after: { format: 'csv', filter: { actorRef: ANA } },
    });
  });

  it('finds events by kind and by words anywhere in them, and counts them', async () => {
    mesh = await startMesh({ knex: await databases.migrated(id) });
    await asked(mesh, ANA, aRequest({ principals: [ANA_ROLE] }));
    await asked(mesh, EVE, aRequest());
    const list = async (query: string) => {
      const { body } = await mesh.as(GIL).get(`/v1/audit?${query}`);
      expect(body.error).toBeUndefined();
      return body.items.map(
        (event: { action: string; actorRef: string }) =>
          `${event.action} ${event.actorRef}`,
      );
    };
    const count = async (query: string) =>
      (await mesh.as(GIL).get(`/v1/audit/counts?${query}`)).body;
    expect(await list('kind=request')).toEqual([
      `request.created ${EVE}`,
      `request.created ${ANA}`,
    ]);
    expect(await list(`kind=request&kind=audit&q=amount+${ANA}`)).toEqual([
      `request.created ${ANA}`,
    ]);
    // A column, and no wildcard.
    expect(await list('q=order_id')).toHaveLength(2);
    expect(await list('q=order%25id')).toEqual([]);
    expect(await count('')).toEqual({
      count: 3,
      isAtLeast: false,
      kinds: { publication: 1, request: 2 },
    });
    expect(await count(`q=${EVE}&kind=request`)).toEqual({
      count: 1,
      isAtLeast: false,
      kinds: { request: 1 },
    });
    const { body } = await mesh.as(GIL).get('/v1/audit?kind=request&limit=1');
    expect(body.about).toEqual([
      {
        sequence: body.items[0].sequence,
        productRef: ORDERS,
        principal: expect.objectContaining({ id: ANALYSTS_ROLE }),
      },
    ]);
    expect(body.items[0]).not.toHaveProperty('productRef');
  });

  it('is checked in the background, and tells how that went', async () => {
    const knex = await databases.migrated(id);
    mesh = await startMesh({ knex });
    await asked(mesh, ANA, aRequest());
    const state = async () => (await mesh.as(GIL).get('/v1/audit/state')).body;
    expect(await state()).toEqual({
      events: 2,
      since: expect.any(String),
      checkpoints: 0,
      checkpointSeconds: 3600,
      keptIn: [],
    });
    const checked = async () => {
      const started = await mesh.as(GIL).post('/v1/audit/checks', {});
      expect(started.status).toBe(202);
      for (;;) {
        const { check } = await state();
        if (check.state !== 'running') return check;
        await setImmediate();
      }
    };
    expect(await checked()).toMatchObject({
      state: 'whole',
      startedBy: GIL,
      finishedAt: expect.any(String),
      checked: 2,
      total: 2,
      result: { whole: true, events: 2 },
    });
    // A look is no entry: the trail stays as it was checked.
    expect((await state()).events).toBe(2);
    await knex('audit_events')
      .where({ sequence: 2 })
      .update({ actor_ref: EVE });
    expect(await checked()).toMatchObject({
      state: 'broken',
      checked: 1,
      result: { brokenAt: 2, reason: expect.stringMatching(/was changed/) },
    });
  });

  it('is checked once at a time, until who checked it is gone', async () => {
    const knex = await databases.migrated(id);
    let now = new Date('2026-11-30T10:00:00.000Z');
    const checks = new TrailChecks({
      knex,
      keys: [],
      clock: () => now,
      logger: mockServices.logger.mock(),
    });
    mesh = await startMesh({ knex });
    await checks.start(GIL);
    await checks.idle();
    await knex('audit_checks').update({ state: 'running', finished_at: null });
    expect(await checks.start(OMAR)).toMatchObject({ startedBy: GIL });
    now = new Date('2026-11-30T10:02:00.000Z');
    expect(await checks.last()).toMatchObject({
      state: 'failed',
      error: 'The process that made the check has ended',
    });
    // It may be through already when it is read.
    expect(await checks.start(OMAR)).toMatchObject({ startedBy: OMAR });
    await checks.idle();
    expect(await checks.last()).toMatchObject({
      state: 'whole',
      startedBy: OMAR,
    });
  });

  const paths = [
    '/v1/audit',
    '/v1/audit/export',
    '/v1/audit/verification',
    '/v1/audit/checkpoints',
    '/v1/audit/counts',
    '/v1/audit/state',
  ];

  it('needs the permission', async () => {
    mesh = await startMesh({
      knex: await databases.migrated(id),
      permissions: deciding(permission => ({
        result:
          permission.name === 'data-mesh.audit.read'
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    });
    for (const path of paths) {
      const { status, body } = await mesh.as(GIL).get(path);
      expect(status).toBe(403);
      expect(body.error.message).toMatch(/data-mesh\.audit\.read/);
    }
  });

  it('is only for governance and auditors, even where everything is allowed', async () => {
    mesh = await startMesh({
      knex: await databases.migrated(id),
      config: { auditors: ['group:default/stewards'] },
    });
    for (const path of paths) {
      for (const reader of [GIL, STELLA]) {
        expect((await mesh.as(reader).get(path)).status).toBe(200);
      }
      const { status, body } = await mesh.as(ANA).get(path);
      expect(status).toBe(403);
      expect(body.error.message).toMatch(/dataMesh\.auditors/);
    }
    // Who looked in vain is known to the auditor.
    expect(mesh.audits).toEqual(
      paths.map(() => ({ eventId: 'audit-read', outcome: 'fail' })),
    );
    expect(
      await mesh.knex('audit_events').whereNot('action', 'audit.exported'),
    ).toEqual([]);
  });
});
