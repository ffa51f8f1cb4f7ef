import type { AuditCheckpoint, AuditEvent } from '../client';
import { CHECKPOINT_ACTION, readCheckpoint } from './checkpoint';
import {
  signatureState,
  type CheckpointKey,
  type SignatureState,
} from './checkpointKey';
import { hashOfEvent, type Sha256 } from './eventHash';
import type { CheckpointCounts, TrailBreak, TrailReport } from './TrailReport';

/**
 * How a trail is checked.
 *
 * @public
 */
export interface TrailCheckerOptions {
  sha256: Sha256;
  /** Keys that checkpoints may be signed with. */
  keys?: readonly CheckpointKey[];
  /** Checkpoints kept elsewhere than the trail. */
  outside?: readonly AuditCheckpoint[];
  /** The trail may begin later than at its first event. */
  mayBeginLater?: boolean;
  /**
   * At least one checkpoint must be signed with one of the keys, every one after
   * it as well, and all those kept elsewhere.
   */
  requireSignatures?: boolean;
}

/**
 * Checks an audit trail, event after event, in the order of their sequence: its
 * chain of hashes, the checkpoints in it, and those kept elsewhere. It keeps
 * nothing of the events, so a trail may have any length.
 *
 * @public
 */
export class TrailChecker {
  readonly #options: TrailCheckerOptions;
  readonly #outside = new Map<number, AuditCheckpoint[]>();
  readonly #checkpoints: CheckpointCounts = {
    taken: 0,
    signed: 0,
    unsigned: 0,
    otherKey: 0,
  };
  #first: number | undefined;
  #last: TrailReport['last'];
  #events = 0;
  #broken: TrailBreak | undefined;
  #matched = 0;
  #lastMatched: number | undefined;

  constructor(options: TrailCheckerOptions) {
    this.#options = options;
    for (const checkpoint of options.outside ?? []) {
      const { sequence } = checkpoint;
      const others = this.#outside.get(sequence) ?? [];
      this.#outside.set(sequence, [...others, checkpoint]);
      this.#broken ??= this.#signatureBreak(
        checkpoint,
        sequence,
        signatureState(checkpoint, options.keys ?? []),
      );
    }
  }

  /**
   * Checks the next event. After the first break nothing more is looked at.
   *
   * @returns the first break
   */
  check(event: AuditEvent): TrailBreak | undefined {
    if (this.#broken) return this.#broken;
    this.#broken =
      this.#order(event) ??
      this.#hash(event) ??
      this.#against(event) ??
      this.#told(event);
    if (!this.#broken) {
      this.#first ??= event.sequence;
      this.#events += 1;
      this.#last = {
        sequence: event.sequence,
        hash: event.hash,
        at: event.at,
      };
    }
    return this.#broken;
  }

  /**
   * To be called after the last event.
   *
   * @param head - what is known of the end of the trail from elsewhere
   */
  finish(head?: { sequence: number; hash: string }): TrailReport {
    this.#broken ??=
      (head && this.#end(head)) ?? this.#missed() ?? this.#vouched();
    const first = this.#first;
    return {
      whole: !this.#broken,
      events: this.#events,
      ...(first !== undefined && { first }),
      ...(this.#last && { last: this.#last }),
      ...(this.#broken && { broken: this.#broken }),
      checkpoints: { ...this.#checkpoints },
      outside: {
        matched: this.#matched,
        before: [...this.#outside]
          .filter(([sequence]) => first !== undefined && sequence < first)
          .reduce((count, [, checkpoints]) => count + checkpoints.length, 0),
        ...(this.#lastMatched !== undefined && {
          lastSequence: this.#lastMatched,
        }),
      },
    };
  }

  #order({ sequence, previousHash }: AuditEvent): TrailBreak | undefined {
    const last = this.#last;
    if (!last && this.#options.mayBeginLater && sequence > 1) return undefined;
    const next = (last?.sequence ?? 0) + 1;
    if (sequence !== next) {
      return {
        sequence: next,
        reason: `event ${next} is missing`,
        found: `event ${sequence}`,
        expected: `event ${next}`,
      };
    }
    const before = last?.hash ?? '';
    if (previousHash === before) return undefined;
    return {
      sequence,
      reason: `event ${sequence} does not follow the one before`,
      found: `previous hash ${previousHash || 'none'}`,
      expected: `previous hash ${before || 'none'}`,
    };
  }

  #hash(event: AuditEvent): TrailBreak | undefined {
    const hash = hashOfEvent(event, this.#options.sha256);
    if (hash === event.hash) return undefined;
    return {
      sequence: event.sequence,
      reason: `event ${event.sequence} was changed after it was written`,
      found: `hash ${event.hash}`,
      expected: `hash ${hash}, which is that of what the event says`,
    };
  }

  /** What checkpoints kept elsewhere say about the event. */
  #against({ sequence, hash }: AuditEvent): TrailBreak | undefined {
    const checkpoints = this.#outside.get(sequence) ?? [];
    const other = checkpoints.find(checkpoint => checkpoint.hash !== hash);
    if (other) {
      return {
        sequence,
        reason: `the trail up to event ${sequence} is not the one that the checkpoint of ${other.at} has seen: it was rewritten`,
        found: `hash ${hash}`,
        expected: `hash ${other.hash}`,
      };
    }
    const miscounted = checkpoints.find(({ count }) => count !== sequence);
    if (miscounted) return countOf(miscounted, sequence);
    if (checkpoints.length > 0) {
      this.#matched += checkpoints.length;
      this.#lastMatched = sequence;
    }
    return undefined;
  }

  /** What the event tells of the trail before it, where it is a checkpoint. */
  #told(event: AuditEvent): TrailBreak | undefined {
    if (event.action !== CHECKPOINT_ACTION) return undefined;
    const { sequence, previousHash } = event;
    const checkpoint = readCheckpoint(event.after);
    if (!checkpoint) {
      return {
        sequence,
        reason: `event ${sequence} tells of a checkpoint that cannot be read`,
        found: JSON.stringify(event.after ?? null).slice(0, 200),
        expected: 'a checkpoint with sequence, hash, count and time',
      };
    }
    if (
      checkpoint.sequence !== sequence - 1 ||
      checkpoint.hash !== previousHash
    ) {
      return {
        sequence,
        reason: `the trail before event ${sequence} is not the one that its checkpoint has seen: it was rewritten`,
        found: `event ${sequence - 1} with hash ${previousHash || 'none'}`,
        expected: `event ${checkpoint.sequence} with hash ${
          checkpoint.hash || 'none'
        }`,
      };
    }
    if (checkpoint.count !== checkpoint.sequence) {
      return countOf(checkpoint, sequence);
    }
    const state = signatureState(checkpoint, this.#options.keys ?? []);
    const counts = this.#checkpoints;
    const mayLackSignature = state === 'unsigned' && counts.signed === 0;
    const broken = mayLackSignature
      ? undefined
      : this.#signatureBreak(checkpoint, sequence, state);
    if (broken) return broken;
    counts.taken += 1;
    counts.lastSequence = checkpoint.sequence;
    if (state === 'unsigned') counts.unsigned += 1;
    if (state === 'other-key') counts.otherKey += 1;
    if (state === 'signed') {
      counts.signed += 1;
      counts.lastSignedSequence = checkpoint.sequence;
    }
    return undefined;
  }

  #signatureBreak(
    checkpoint: AuditCheckpoint,
    sequence: number,
    state: SignatureState,
  ): TrailBreak | undefined {
    const about = `the checkpoint of ${checkpoint.at} about event ${checkpoint.sequence}`;
    if (state === 'forged') {
      return {
        sequence,
        reason: `${about} was not signed with the key that it names`,
        found: `a signature that does not fit key ${checkpoint.keyId}`,
        expected: `a signature with key ${checkpoint.keyId}`,
      };
    }
    if (state === 'signed' || !this.#options.requireSignatures) {
      return undefined;
    }
    return {
      sequence,
      reason:
        state === 'unsigned'
          ? `${about} is not signed`
          : `${about} is signed with another key`,
      found: state === 'unsigned' ? 'no signature' : `key ${checkpoint.keyId}`,
      expected: `a signature with ${this.#knownKeys()}`,
    };
  }

  #knownKeys(): string {
    return `key ${(this.#options.keys ?? []).map(({ id }) => id).join(' or ')}`;
  }

  #end(head: { sequence: number; hash: string }): TrailBreak | undefined {
    const { sequence = 0, hash = '' } = this.#last ?? {};
    if (sequence < head.sequence) {
      return {
        sequence: sequence + 1,
        reason: `the trail ends at ${sequence}, but ${head.sequence} events were written`,
        found: `${sequence} events`,
        expected: `${head.sequence} events`,
      };
    }
    if (hash === head.hash) return undefined;
    return {
      sequence: sequence + 1,
      reason: 'the last event is not the one that was written last',
      found: `hash ${hash || 'none'}`,
      expected: `hash ${head.hash || 'none'}`,
    };
  }

  /** Checkpoints about events after the last one. */
  #missed(): TrailBreak | undefined {
    const last = this.#last?.sequence ?? 0;
    const beyond = [...this.#outside.values()]
      .flat()
      .filter(checkpoint => checkpoint.sequence > last)
      .sort((a, b) => a.sequence - b.sequence);
    const seen = beyond[beyond.length - 1];
    if (!seen) return undefined;
    return {
      sequence: last + 1,
      reason: `the trail ends at ${last}, but the checkpoint of ${seen.at} has seen ${seen.sequence} events: its end was cut off, or an older database was restored`,
      found: `${last} events`,
      expected: `at least ${seen.sequence} events`,
    };
  }

  #vouched(): TrailBreak | undefined {
    if (
      !this.#options.requireSignatures ||
      this.#checkpoints.signed + this.#matched > 0
    ) {
      return undefined;
    }
    const last = this.#last?.sequence ?? 0;
    return {
      sequence: this.#first ?? 1,
      reason: `no checkpoint of the events up to ${last} is signed: nothing shows that they are those that were written`,
      found: 'no signed checkpoint',
      expected: `a checkpoint signed with ${this.#knownKeys()}`,
    };
  }
}

function countOf(checkpoint: AuditCheckpoint, sequence: number): TrailBreak {
  return {
    sequence,
    reason: `the checkpoint of ${checkpoint.at} counts other events than there are up to event ${checkpoint.sequence}`,
    found: `a count of ${checkpoint.count}`,
    expected: `a count of ${checkpoint.sequence}`,
  };
}
