/**
 * The first place where an audit trail does not hold together.
 *
 * @public
 */
export interface TrailBreak {
  /** Of the event that is wrong or missing. */
  sequence: number;
  reason: string;
  found: string;
  expected: string;
}

/**
 * Checkpoints that the trail itself tells of, by what their signature is worth.
 *
 * @public
 */
export interface CheckpointCounts {
  taken: number;
  /** Signed with a key that is known here. */
  signed: number;
  unsigned: number;
  /** Signed with a key that is not known here. */
  otherKey: number;
  /** Last event that a checkpoint vouches for. */
  lastSequence?: number;
  /** Last event that a checkpoint signed with a known key vouches for. */
  lastSignedSequence?: number;
}

/**
 * What checking a trail has found.
 *
 * @public
 */
export interface TrailReport {
  whole: boolean;
  /** Events that were checked. */
  events: number;
  first?: number;
  last?: { sequence: number; hash: string; at: string };
  broken?: TrailBreak;
  checkpoints: CheckpointCounts;
  /** Checkpoints kept elsewhere. */
  outside: {
    /** Those that the trail agrees with. */
    matched: number;
    /** Those about events before the first one of the trail. */
    before: number;
    lastSequence?: number;
  };
}
