import * as crypto from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CHECKPOINT_ACTION,
  checkpointMessage,
  hashOfEvent,
  type AuditCheckpoint,
  type AuditEvent,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import express from 'express';
import { runCaptured } from './__testUtils__/runCaptured';

const sha256 = (data: string | Uint8Array) =>
  crypto.createHash('sha256').update(data).digest('hex');

type Said = Pick<AuditEvent, 'action' | 'after'>;

function chainOf(said: readonly Said[]): AuditEvent[] {
  const events: AuditEvent[] = [];
  for (const what of said) {
    const event: AuditEvent = {
      sequence: events.length + 1,
      id: `id-${events.length + 1}`,
      at: '2026-11-23T08:00:00.000Z',
      actorRef: 'user:default/ana',
      // Ends a line for some readers, but not in JSON.
      subject: 'request:\u2028 1',
      previousHash: events[events.length - 1]?.hash ?? '',
      hash: '',
      ...what,
    };
    events.push({ ...event, hash: hashOfEvent(event, sha256) });
  }
  return events;
}

const key = crypto.generateKeyPairSync('ed25519').privateKey;
const publicKey = crypto.createPublicKey(key);

function signed(said: AuditCheckpoint): AuditCheckpoint {
  const named = {
    ...said,
    keyId: sha256(publicKey.export({ type: 'spki', format: 'der' })),
  };
  return {
    ...named,
    signature: crypto
      .sign(null, Buffer.from(checkpointMessage(named)), key)
      .toString('base64'),
  };
}

const checkpointOf = ({ sequence, hash }: AuditEvent): AuditCheckpoint => ({
  sequence,
  hash,
  count: sequence,
  at: '2026-11-23T09:00:00.000Z',
});

const linesOf = (values: readonly object[]) =>
  values.map(value => `${JSON.stringify(value)}\n`).join('');

const actions = (...names: string[]) => names.map(action => ({ action }));

const five = chainOf(actions('a', 'b', 'c', 'd', 'e'));
const rewritten = chainOf(actions('a', 'b', 'x', 'd', 'e'));

describe('lakemesh audit', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'audit-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function file(name: string, content: string): Promise<string> {
    const path = join(directory, name);
    await writeFile(path, content);
    return path;
  }

  async function run(argv: string[], env: Record<string, string> = {}) {
    return runCaptured(['audit', ...argv], env);
  }

  async function verify(events: readonly object[], ...options: string[]) {
    const path = await file('export.ndjson', linesOf(events));
    return run(['verify', '--export', path, ...options]);
  }

  it('finds a whole export whole, and says what that does not prove', async () => {
    const { code, out, err } = await verify(five);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('WHOLE: 5 events, 1 to 5');
    expect(out).toContain('would look the same');
    expect(out).toContain('give --checkpoint FILE');
  });

  it('catches a rewritten trail by a checkpoint kept elsewhere', async () => {
    expect((await verify(rewritten)).code).toBe(0);
    const checkpoints = await file(
      'checkpoints.ndjson',
      linesOf([checkpointOf(five[1]), checkpointOf(five[3])]),
    );
    const { code, out } = await verify(rewritten, '--checkpoint', checkpoints);
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'BROKEN at event 4: the trail up to event 4 is not the one that the checkpoint of 2026-11-23T09:00:00.000Z has seen: it was rewritten',
        `  found:    hash ${rewritten[3].hash}`,
        `  expected: hash ${five[3].hash}`,
        '',
      ].join('\n'),
    );
    const genuine = await verify(five, '--checkpoint', checkpoints);
    expect(genuine.code).toBe(0);
    expect(genuine.out).toContain('2 checkpoints given agree with it');
    expect(genuine.out).toContain('Events after 4 are covered by the chain');
  });

  it('catches an older database that was restored, and a trail cut off', async () => {
    const checkpoints = await file(
      'checkpoints.ndjson',
      linesOf([checkpointOf(five[4])]),
    );
    const { code, out } = await verify(
      five.slice(0, 3),
      '--checkpoint',
      checkpoints,
    );
    expect(code).toBe(1);
    expect(out).toContain('BROKEN at event 4: the trail ends at 3');
    expect(out).toContain('an older database was restored');
  });

  it.each<[string, object[], string]>([
    [
      'changed',
      [five[0], { ...five[1], actorRef: 'user:default/omar' }, five[2]],
      'BROKEN at event 2: event 2 was changed',
    ],
    ['left out', [five[0], five[2]], 'BROKEN at event 2: event 2 is missing'],
    ['missing at all', [], 'NOTHING TO VERIFY'],
  ])('names the first event that is %s', async (_, events, said) => {
    const { code, out } = await verify(events);
    expect(code).toBe(1);
    expect(out).toContain(said);
  });

  it('does not call a part of the trail the whole of it', async () => {
    const part = await verify(five.slice(2));
    expect(part.code).toBe(0);
    expect(part.out).toContain('Nothing is proven about events 1 to 2');
    const checkpoints = await file(
      'checkpoints.ndjson',
      linesOf([checkpointOf(five[0])]),
    );
    const compared = await verify(five.slice(2), '--checkpoint', checkpoints);
    expect(compared.code).toBe(1);
    expect(compared.out).toContain('NOT PROVEN');
  });

  describe('with a public key', () => {
    const told = (checkpoint: AuditCheckpoint) => ({
      action: CHECKPOINT_ACTION,
      after: { ...checkpoint },
    });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

    it('verifies the signatures of all checkpoints', async () => {
      const keyFile = await file('key.pem', pem);
      const events = chainOf([
        ...actions('a', 'b', 'c', 'd', 'e'),
        told(signed(checkpointOf(five[4]))),
      ]);
      const { code, out } = await verify(events, '--public-key', keyFile);
      expect(code).toBe(0);
      expect(out).toContain('1 signed with a key given, 0 unsigned');
      const unsigned = await file(
        'checkpoints.ndjson',
        linesOf([checkpointOf(five[4])]),
      );
      expect(
        (
          await verify(
            events,
            '--public-key',
            keyFile,
            '--checkpoint',
            unsigned,
          )
        ).out,
      ).toContain('is not signed');
    });

    it('catches a tampered checkpoint, a wrong key, and that none is signed', async () => {
      const keyFile = await file('key.pem', pem);
      const tampered = {
        ...signed(checkpointOf(five[4])),
        hash: rewritten[4].hash,
      };
      const checkpoints = await file('c.ndjson', linesOf([tampered]));
      const forged = await verify(
        rewritten,
        '--checkpoint',
        checkpoints,
        '--public-key',
        keyFile,
      );
      expect(forged.code).toBe(1);
      expect(forged.out).toContain('was not signed with the key');

      const other = crypto.generateKeyPairSync('ed25519').publicKey;
      const otherFile = await file(
        'other.pem',
        other.export({ type: 'spki', format: 'pem' }).toString(),
      );
      const events = chainOf([
        ...actions('a', 'b', 'c', 'd', 'e'),
        told(signed(checkpointOf(five[4]))),
      ]);
      const wrong = await verify(events, '--public-key', otherFile);
      expect(wrong.code).toBe(1);
      expect(wrong.out).toContain('is signed with another key');

      const none = await verify(five, '--public-key', keyFile);
      expect(none.code).toBe(1);
      expect(none.out).toContain('no checkpoint');
    });
  });

  it.each<[string, string, string]>([
    ['export.ndjson', linesOf(five).slice(0, -9), 'line 5, is not an audit'],
    ['export.ndjson', 'sequence,at\n1,2\n', 'line 1, is not an audit event'],
  ])(
    'says that %s cannot be read as an export',
    async (name, content, said) => {
      const path = await file(name, content);
      const { code, err } = await run(['verify', '--export', path]);
      expect(code).toBe(1);
      expect(err).toContain(said);
    },
  );

  it('says which file it cannot use', async () => {
    const path = await file('export.ndjson', linesOf(five));
    const nothing = await file('nothing.ndjson', '\n');
    const noise = await file('noise.ndjson', '{"sequence":1}\n');
    const given = (...options: string[]) =>
      run(['verify', '--export', path, ...options]);
    expect(await given('--checkpoint', nothing)).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing.ndjson holds no checkpoint'),
    });
    expect((await given('--checkpoint', noise)).err).toContain(
      'noise.ndjson, line 1, is not a checkpoint',
    );
    expect((await given('--public-key', noise)).err).toContain(
      'expected an Ed25519 key in PEM',
    );
    expect((await given('--checkpoint', `${path}.no`)).err).toContain(
      'cannot be read',
    );
  });

  describe('of a running backend', () => {
    let server: Server;
    let events = five;
    let env: Record<string, string>;

    beforeEach(async () => {
      const app = express();
      app.get('/api/data-mesh/v1/audit/export', (req, res) => {
        if (req.header('authorization') !== 'Bearer token-of-gil') {
          res.status(403).json({
            error: {
              name: 'NotAllowedError',
              message: 'The audit trail is for auditors',
            },
            response: { statusCode: 403 },
          });
          return;
        }
        res.setHeader('content-type', 'application/x-ndjson');
        res.end(linesOf(events));
      });
      server = await new Promise<Server>(resolve => {
        const started = app.listen(0, '127.0.0.1', () => resolve(started));
      });
      const { port } = server.address() as AddressInfo;
      env = {
        BACKSTAGE_URL: `http://127.0.0.1:${port}`,
        BACKSTAGE_TOKEN: 'token-of-gil',
      };
      events = five;
    });
    afterEach(() => new Promise(resolve => server.close(resolve)));

    it('verifies what the backend has', async () => {
      expect((await run(['verify'], env)).out).toContain('WHOLE: 5 events');
      events = [five[0], five[2], five[3]];
      expect((await run(['verify'], env)).code).toBe(1);
    });

    it('exports what can be verified later, and overwrites nothing', async () => {
      const out = join(directory, 'kept.ndjson');
      expect(await run(['export', '--out', out], env)).toMatchObject({
        code: 0,
        err: '',
      });
      expect(await readFile(out, 'utf8')).toBe(linesOf(five));
      expect((await run(['verify', '--export', out])).code).toBe(0);
      await appendFile(out, ' ');
      expect((await run(['export', '--out', out], env)).code).toBe(1);
      expect(await readFile(out, 'utf8')).toBe(`${linesOf(five)} `);
    });

    it('leaves no file where the backend refuses', async () => {
      const out = join(directory, 'kept.ndjson');
      const refused = await run(['export', '--out', out], {
        ...env,
        BACKSTAGE_TOKEN: 'other',
      });
      expect(refused).toMatchObject({
        code: 1,
        err: 'The audit trail is for auditors\n',
      });
      await expect(readFile(out)).rejects.toThrow('ENOENT');
    });
  });
});
