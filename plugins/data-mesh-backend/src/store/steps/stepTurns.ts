import type { StepRow } from '../tables';

const afresh: Partial<StepRow> = {
  state: 'pending',
  attempts: 0,
  outcome: null,
  last_error: null,
  next_attempt_at: null,
  lease_owner: null,
  lease_until: null,
  finished_at: null,
};

/** A step that is to be undone from now on. */
export function turnedStep(): Partial<StepRow> {
  return { ...afresh, direction: 'undo', started_at: null };
}

/** A step that is to be looked at again; its baseline stays as it was. */
export function reappliedStep(): Partial<StepRow> {
  return { ...afresh, direction: 'apply', started_at: null };
}

/** A step that failed or waits, to be tried again as if for the first time. */
export function retriedStep(): Partial<StepRow> {
  return {
    state: 'pending',
    attempts: 0,
    next_attempt_at: null,
    finished_at: null,
  };
}

/** A step that needs not be undone: nothing of it was ever written. */
export function skippedStep(now: Date): Partial<StepRow> {
  return {
    state: 'skipped',
    outcome: 'was never begun',
    next_attempt_at: null,
    lease_owner: null,
    lease_until: null,
    finished_at: now.toISOString(),
  };
}
