import * as crypto from 'node:crypto';
import type { AuditCheckpoint, AuditEvent } from '../client';
import { CHECKPOINT_ACTION, checkpointMessage } from './checkpoint';
import { readCheckpointKey } from './checkpointKey';
import { hashOfEvent, type Sha256 } from './eventHash';
import { TrailChecker, type TrailCheckerOptions } from './TrailChecker';

const sha256: Sha256 = data =>
  crypto.createHash('sha256').update(data).digest('hex');

const newKey = () => crypto.generateKeyPairSync('ed25519').privateKey;

const pemOf = (key: crypto.KeyObject) =>
  crypto
    .createPublicKey(key)
    .export({ type: 'spki', format: 'pem' })
    .toString();

const publicOf = (key: crypto.KeyObject) =>
  readCheckpointKey<crypto.KeyObject>(crypto, pemOf(key), 'the key');

type Said = Pick<AuditEvent, 'action' | 'after'>;

/** A chain of events that say this. */
function chainOf(said: readonly Said[]): AuditEvent[] {
  const events: AuditEvent[] = [];
  for (const what of said) {
    const event: AuditEvent = {
      sequence: events.length + 1,
      id: `id-${events.length + 1}`,
      at: '2026-11-23T08:00:00.000Z',
      actorRef: 'user:default/ana',
      subject: 'request:1',
      previousHash: events[events.length - 1]?.hash ?? '',
      hash: '',
      ...what,
    };
    events.push({ ...event, hash: hashOfEvent(event, sha256) });
  }
  return events;
}

const saidBy = (events: readonly AuditEvent[]): Said[] =>
  events.map(({ action, after }) => ({ action, ...(after && { after }) }));

/** A checkpoint of the events, signed where there is a key. */
function checkpointOf(
  events: readonly AuditEvent[],
  key?: crypto.KeyObject,
): AuditCheckpoint {
  const last = events[events.length - 1];
  const said: AuditCheckpoint = {
    sequence: last.sequence,
    hash: last.hash,
    count: events.length,
    at: '2026-11-23T09:00:00.000Z',
    ...(key && { keyId: publicOf(key).id }),
  };
  return key
    ? {
        ...said,
        signature: crypto
          .sign(null, Buffer.from(checkpointMessage(said)), key)
          .toString('base64'),
      }
    : said;
}

/** The events, with one more that tells of a checkpoint of them. */
function withCheckpoint(
  events: readonly AuditEvent[],
  key?: crypto.KeyObject,
): AuditEvent[] {
  return chainOf([
    ...saidBy(events),
    { action: CHECKPOINT_ACTION, after: { ...checkpointOf(events, key) } },
  ]);
}

function check(
  events: readonly AuditEvent[],
  options: Partial<TrailCheckerOptions> = {},
) {
  const checker = new TrailChecker({ sha256, ...options });
  events.forEach(event => checker.check(event));
  return checker.finish();
}

const three = chainOf([
  { action: 'one' },
  { action: 'two' },
  { action: 'three' },
]);
/** The same, but for the second event, and with all hashes made anew. */
const rewritten = chainOf([
  { action: 'one' },
  { action: 'nothing' },
  { action: 'three' },
]);

describe('a trail', () => {
  it('is whole where each event follows the one before', () => {
    expect(check(three)).toMatchObject({
      whole: true,
      events: 3,
      first: 1,
      last: { sequence: 3, hash: three[2].hash },
    });
  });

  it.each<[string, AuditEvent[], object]>([
    [
      'changed',
      [three[0], { ...three[1], action: 'nothing' }, three[2]],
      { sequence: 2, reason: expect.stringMatching(/was changed/) },
    ],
    [
      'replaced with a hash of its own',
      [three[0], rewritten[1], three[2]],
      { sequence: 3, reason: expect.stringMatching(/does not follow/) },
    ],
    [
      'taken out',
      [three[0], three[2]],
      { sequence: 2, found: 'event 3', expected: 'event 2' },
    ],
    [
      'added in a field that is not hashed elsewhere',
      [{ ...three[0], before: { state: 'x' } }, three[1], three[2]],
      { sequence: 1 },
    ],
  ])('names the first event that was %s', (_, events, broken) => {
    expect(check(events)).toMatchObject({ whole: false, broken });
  });

  it('must begin at its first event, unless a part of it will do', () => {
    const part = three.slice(1);
    expect(check(part).broken).toMatchObject({ sequence: 1 });
    expect(check(part, { mayBeginLater: true })).toMatchObject({
      whole: true,
      first: 2,
    });
  });
});

describe('a checkpoint kept elsewhere', () => {
  it('shows that a trail was rewritten, though its hashes are right', () => {
    expect(check(rewritten).whole).toBe(true);
    expect(
      check(rewritten, { outside: [checkpointOf(three)] }).broken,
    ).toMatchObject({
      sequence: 3,
      reason: expect.stringMatching(/was rewritten/),
      found: `hash ${rewritten[2].hash}`,
      expected: `hash ${three[2].hash}`,
    });
  });

  it('names the first checkpoint that disagrees', () => {
    const outside = [checkpointOf(three), checkpointOf(three.slice(0, 2))];
    expect(check(rewritten, { outside }).broken?.sequence).toBe(2);
  });

  it('shows that the end was cut off, or an older database restored', () => {
    expect(
      check(three.slice(0, 2), { outside: [checkpointOf(three)] }).broken,
    ).toMatchObject({
      sequence: 3,
      reason: expect.stringMatching(/older database was restored/),
      found: '2 events',
      expected: 'at least 3 events',
    });
  });

  it('is said to be of no use where it is about what is not there', () => {
    expect(
      check(three.slice(2), {
        mayBeginLater: true,
        outside: [checkpointOf(three.slice(0, 1))],
      }),
    ).toMatchObject({ whole: true, outside: { matched: 0, before: 1 } });
  });
});

describe('a checkpoint in the trail', () => {
  const key = newKey();

  it('agrees with the events before it', () => {
    expect(
      check(withCheckpoint(three, key), { keys: [publicOf(key)] }),
    ).toMatchObject({
      whole: true,
      checkpoints: {
        taken: 1,
        signed: 1,
        unsigned: 0,
        otherKey: 0,
        lastSignedSequence: 3,
      },
    });
  });

  it('shows a rewrite that left it as it was', () => {
    const told = saidBy(withCheckpoint(three))[3];
    expect(check(chainOf([...saidBy(rewritten), told])).broken).toMatchObject({
      sequence: 4,
      reason: expect.stringMatching(/was rewritten/),
    });
  });

  it('cannot be made for a rewritten trail without the key', () => {
    const genuine = checkpointOf(three, key);
    const forged = { ...genuine, hash: rewritten[2].hash };
    const events = chainOf([
      ...saidBy(rewritten),
      { action: CHECKPOINT_ACTION, after: forged },
    ]);
    expect(check(events, { keys: [publicOf(key)] }).broken).toMatchObject({
      sequence: 4,
      reason: expect.stringMatching(/not signed with the key that it names/),
    });
  });

  it.each<[string, AuditEvent[], RegExp]>([
    ['another key', withCheckpoint(three, newKey()), /another key/],
    ['no signature at all', three, /no checkpoint .* is signed/],
    [
      'a signature that was taken off later',
      withCheckpoint(withCheckpoint(three, key)),
      /is not signed/,
    ],
  ])(
    'is not enough with %s where signatures are required',
    (_, events, reason) => {
      const keys = [publicOf(key)];
      expect(check(events, { keys }).whole).toBe(true);
      expect(
        check(events, { keys, requireSignatures: true }).broken?.reason,
      ).toMatch(reason);
    },
  );

  it('must be signed where it is kept elsewhere and signatures are required', () => {
    const keys = [publicOf(key)];
    const outside = [checkpointOf(three)];
    expect(
      check(three, { keys, outside, requireSignatures: true }).broken?.reason,
    ).toMatch(/is not signed/);
    expect(
      check(three, {
        keys,
        outside: [{ ...checkpointOf(three, key), count: 4 }],
      }).broken?.reason,
    ).toMatch(/not signed with the key/);
    expect(
      check(three, {
        keys,
        outside: [checkpointOf(three, key)],
        requireSignatures: true,
      }),
    ).toMatchObject({ whole: true, outside: { matched: 1 } });
  });
});

describe('a key', () => {
  it('must be an Ed25519 key, and is never quoted', () => {
    const read = (pem: string) => () =>
      readCheckpointKey<crypto.KeyObject>(crypto, pem, 'key.pem');
    expect(read('secret nonsense')).toThrow(
      'key.pem is not a key, expected an Ed25519 key in PEM',
    );
    const { publicKey } = crypto.generateKeyPairSync('ec', {
      namedCurve: 'P-256',
    });
    expect(
      read(publicKey.export({ type: 'spki', format: 'pem' }).toString()),
    ).toThrow('key.pem is a key of type ec, expected an Ed25519 key');
  });

  it('is read from its private part as well', () => {
    const key = newKey();
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(readCheckpointKey<crypto.KeyObject>(crypto, pem, 'key').id).toBe(
      publicOf(key).id,
    );
  });
});
