import * as crypto from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  hashOfEvent,
  type AuditCheckpoint,
  type AuditEvent,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { testDatabases } from '../testing/databases';
import { ANA, GIL, aRequest } from '../testing/meshFixture';
import { ManualClock } from '../testing/provisioningFixture';
import { asked, startMesh, type Mesh } from '../testing/startMesh';
import { readAuditConfig } from './auditConfig';
import { eventOf, type AuditEventRow } from './AuditEventRow';
import { checkpointBucket } from './checkpointBucket';
import { checkpointFile, lastCheckpointOf } from './checkpointFile';
import { Checkpointer } from './Checkpointer';
import { DatabaseAuditLog } from './DatabaseAuditLog';
import { sha256 } from './sha256';

const databases = testDatabases();

const signingKey = () =>
  crypto
    .generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

const configOf = (checkpoints: object) =>
  readAuditConfig(
    new ConfigReader({ dataMesh: { audit: { checkpoints } } } as object),
  );

/** Rewrites history: one event says something else, all hashes are made anew. */
async function rewrite(knex: Knex, sequence: number): Promise<void> {
  await knex('audit_events').where({ sequence }).update({ action: 'nothing' });
  let previousHash = '';
  for (const row of await knex<AuditEventRow>('audit_events').orderBy(
    'sequence',
  )) {
    const event: AuditEvent = { ...eventOf(row), previousHash };
    const hash = hashOfEvent(event, sha256);
    await knex('audit_events')
      .where({ sequence: row.sequence })
      .update({ previous_hash: previousHash, hash });
    previousHash = hash;
  }
  await knex('audit_head').update({ hash: previousHash });
}

/** Goes back to an older state, as a restored backup does. */
async function restore(knex: Knex, sequence: number): Promise<void> {
  await knex('audit_events').where('sequence', '>', sequence).delete();
  const { hash } = await knex('audit_events').where({ sequence }).first();
  await knex('audit_head').update({ sequence, hash });
}

describe.each(databases.eachSupportedId())('checkpoints on %s', id => {
  const clock = new ManualClock();
  const logger = mockServices.logger.mock();
  let knex: Knex;
  let audit: DatabaseAuditLog;

  beforeEach(async () => {
    knex = await databases.migrated(id);
    audit = new DatabaseAuditLog({ db: knex, now: clock.now });
  });

  const append = (action: string) =>
    knex.transaction(tx =>
      audit.append(tx, { actorRef: ANA, action, subject: 'request:1' }),
    );

  const replica = (
    options: Partial<ConstructorParameters<typeof Checkpointer>[0]> = {},
  ) => new Checkpointer({ knex, audit, clock: clock.now, logger, ...options });

  const actions = async (): Promise<string[]> =>
    knex('audit_events').orderBy('sequence').pluck('action');

  it('say where the trail is, and are part of it', async () => {
    const checkpointer = replica();
    expect(await checkpointer.take()).toBeUndefined();
    await append('one');
    await append('two');
    const { items } = await audit.list({ limit: 1 });
    expect(await checkpointer.take()).toEqual({
      sequence: 2,
      hash: items[0].hash,
      count: 2,
      at: clock.now().toISOString(),
    });
    // Nothing has happened since.
    expect(await checkpointer.take()).toBeUndefined();
    await append('three');
    expect(await replica().take()).toMatchObject({ sequence: 4, count: 4 });
    expect(await actions()).toEqual([
      'one',
      'two',
      'audit.checkpoint',
      'three',
      'audit.checkpoint',
    ]);
    expect(await audit.verify()).toMatchObject({
      whole: true,
      events: 5,
      checkpoints: { taken: 2, unsigned: 2, lastSequence: 4 },
      words: expect.stringMatching(/can rewrite both/),
    });
  });

  it('are signed with the key of the config', async () => {
    const { signingKey: key } = configOf({
      signingKey: signingKey(),
    }).checkpoints;
    await append('one');
    expect(await replica({ key }).take()).toMatchObject({
      keyId: key?.id,
      signature: expect.any(String),
    });
    expect(await audit.verify(key && [key])).toMatchObject({
      whole: true,
      checkpoints: { taken: 1, signed: 1, lastSignedSequence: 1 },
      words: expect.stringMatching(/cover events 1 to 1/),
    });
    // A key that is not known here proves nothing, and is said to.
    const { signingKey: other } = configOf({
      signingKey: signingKey(),
    }).checkpoints;
    expect(await audit.verify(other && [other])).toMatchObject({
      whole: true,
      checkpoints: { signed: 0, otherKey: 1 },
      words: expect.stringMatching(/could not be checked/),
    });
  });

  it('show a rewritten trail, and none is taken of it', async () => {
    for (const action of ['one', 'two', 'three']) await append(action);
    await replica().take();
    await append('four');
    await rewrite(knex, 2);
    expect(await audit.verify()).toMatchObject({
      whole: false,
      brokenAt: 4,
      reason: expect.stringMatching(/was rewritten/),
    });
    expect(await replica().take()).toBeUndefined();
    expect((await actions()).slice(-1)).toEqual(['audit.broken']);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(/does not hold together: .* was rewritten/),
    );
  });

  it('show in the running backend that an older database was restored', async () => {
    const checkpointer = replica();
    await append('one');
    await checkpointer.take();
    await append('two');
    await checkpointer.take();
    await restore(knex, 2);
    // What the database says of itself is without fault.
    expect(await audit.verify()).toMatchObject({ whole: true, events: 2 });
    expect(await checkpointer.take()).toBeUndefined();
    const { items } = await audit.list({ limit: 1 });
    expect(items[0]).toMatchObject({
      action: 'audit.broken',
      after: { reason: expect.stringMatching(/older database was restored/) },
    });
  });

  describe('in a file', () => {
    let directory: string;
    let path: string;
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'checkpoints-'));
      path = join(directory, 'checkpoints.ndjson');
    });
    afterEach(() => rm(directory, { recursive: true }));

    const kept = async (): Promise<AuditCheckpoint[]> =>
      (await readFile(path, 'utf8'))
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));

    it('outlive the database, and show after a restart that an older one was restored', async () => {
      const file = checkpointFile(path);
      const outside = () => lastCheckpointOf(path);
      const pass = async () => {
        const checkpoint = await replica({ outside }).take();
        const { items } = await audit.list({ limit: 1 });
        if (checkpoint) await file.send(items[0]);
        return checkpoint;
      };
      await append('one');
      await pass();
      await append('two');
      await pass();
      expect(await kept()).toMatchObject([{ sequence: 1 }, { sequence: 3 }]);
      await restore(knex, 2);
      expect(await pass()).toBeUndefined();
      expect((await actions()).slice(-1)).toEqual(['audit.broken']);
    });

    it('begin on a line of their own, also after a crash', async () => {
      await append('one');
      await replica().take();
      const { items } = await audit.list({ limit: 1 });
      await writeFile(path, '{"sequence":1,"ha');
      await checkpointFile(path).send(items[0]);
      const lines = (await readFile(path, 'utf8')).split('\n');
      expect(lines).toHaveLength(3);
      expect(JSON.parse(lines[1])).toEqual(items[0].after);
      expect(await lastCheckpointOf(path)).toEqual(items[0].after);
      expect(await lastCheckpointOf(join(directory, 'no'))).toBeUndefined();
    });
  });

  it('go to a bucket, where those of a rewritten trail replace none', async () => {
    const objects = new Map<string, string>();
    const bucket = checkpointBucket(
      { bucket: 'kept', prefix: 'mesh/' },
      async ({ Bucket, Key, Body }) => objects.set(`${Bucket}/${Key}`, Body),
    );
    await append('one');
    const checkpoint = await replica().take();
    const { items } = await audit.list({ limit: 1 });
    await bucket.send(items[0]);
    await bucket.send(items[0]);
    await bucket.send({
      ...items[0],
      after: { ...checkpoint, hash: 'f'.repeat(64) },
    });
    expect([...objects.keys()]).toEqual([
      `kept/mesh/000000000001-${checkpoint?.hash.slice(0, 16)}.json`,
      'kept/mesh/000000000001-ffffffffffffffff.json',
    ]);
    expect(JSON.parse([...objects.values()][0])).toEqual(checkpoint);
  });
});

describe('the config of the audit trail', () => {
  it('names what is wrong, and never the key', () => {
    const secret = signingKey().replace('MC4C', 'XXXX');
    const read = () => configOf({ signingKey: secret });
    expect(read).toThrow(
      /^dataMesh\.audit\.checkpoints\.signingKey is not an Ed25519 private key in PEM; make one with: openssl genpkey -algorithm ed25519$/,
    );
    expect(read).not.toThrow(/XXXX/);
    expect(() => configOf({ frequency: 'often' })).toThrow(/frequency/);
    expect(() => configOf({ s3: {} })).toThrow(/bucket/);
    expect(() =>
      readAuditConfig(new ConfigReader({ dataMesh: { auditors: ['group:'] } })),
    ).toThrow(/dataMesh\.auditors\[0\] is 'group:'/);
    expect(configOf({ s3: { bucket: 'b', prefix: 'p' } })).toMatchObject({
      auditorRefs: [],
      checkpoints: { frequency: { hours: 1 }, s3: { prefix: 'p/' } },
    });
  });
});

describe.each(databases.eachSupportedId())(
  'checkpoints over HTTP on %s',
  id => {
    let mesh: Mesh;
    let directory: string;
    afterEach(async () => {
      await mesh.stop();
      await rm(directory, { recursive: true });
    });

    it('are taken on schedule, listed, and kept in a file that verifies the trail', async () => {
      directory = await mkdtemp(join(tmpdir(), 'checkpoints-'));
      const path = join(directory, 'checkpoints.ndjson');
      mesh = await startMesh({
        knex: await databases.migrated(id),
        config: {
          audit: { checkpoints: { file: path, signingKey: signingKey() } },
        },
      });
      await asked(mesh, ANA, aRequest());
      await mesh.runTask('data-mesh-audit-checkpoint');
      await mesh.trail();
      const { body } = await mesh.as(GIL).get('/v1/audit/checkpoints');
      expect(body.items).toMatchObject([
        // The publication of the product's port, and the request.
        { sequence: 2, count: 2, signature: expect.any(String) },
      ]);
      const lines = (await readFile(path, 'utf8')).trim().split('\n');
      expect(lines.map(line => JSON.parse(line))).toEqual(body.items);
      const verified = await mesh.as(GIL).get('/v1/audit/verification');
      expect(verified.body).toMatchObject({
        whole: true,
        checkpoints: { taken: 1, signed: 1 },
      });
    });
  },
);
