import type { AuditState } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What is known of the chain: how its last check ended, and what came since. */
export type ChainState =
  | { kind: 'never' }
  | { kind: 'running'; checked: number; total: number }
  | { kind: 'failed'; error?: string }
  | { kind: 'whole' }
  | { kind: 'behind'; checked: number; added: number }
  | { kind: 'broken'; before: number; after: number };

/** Whether a checkpoint is overdue: entries came, and none was taken in time. */
export function isCheckpointLate(
  { events, lastCheckpoint, checkpointSeconds, since }: AuditState,
  now: Date,
): boolean {
  const covered = lastCheckpoint?.sequence ?? 0;
  // The checkpoint itself is an entry.
  if (events <= covered + 1) return false;
  const at = lastCheckpoint?.at ?? since;
  if (at === undefined) return false;
  // Twice the period: a run takes its time.
  return now.getTime() - Date.parse(at) > 2_000 * checkpointSeconds;
}

export function chainStateOf({ events, check }: AuditState): ChainState {
  if (!check) return { kind: 'never' };
  const { state, checked, total, result, error } = check;
  switch (state) {
    case 'running':
      return { kind: 'running', checked, total };
    case 'failed':
      return { kind: 'failed', error };
    case 'broken': {
      const at = result?.brokenAt ?? checked + 1;
      return { kind: 'broken', before: at - 1, after: at };
    }
    default:
      return checked < events
        ? { kind: 'behind', checked, added: events - checked }
        : { kind: 'whole' };
  }
}
