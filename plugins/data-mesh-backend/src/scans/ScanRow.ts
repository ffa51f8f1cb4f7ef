import type {
  Scan,
  ScanTarget,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A row of the table `scan_targets`. */
export interface ScanTargetRow {
  id: string;
  port_type: string;
  title: string;
  account_id: string | null;
  data: string;
  grants: number;
  seen_at: string | null;
  known_since: string | null;
  requested_at: string | null;
  requested_by: string | null;
  lease_owner: string | null;
  lease_until: string | null;
  retired_at: string | null;
}

/** A row of the table `scans`. */
export interface ScanRow {
  id: string;
  target_id: string;
  state: Scan['state'];
  claim: string;
  actor_ref: string;
  started_at: string;
  finished_at: string | null;
  grants: number;
  added: number;
  changed: number;
  removed: number;
  calls: number;
  error: string | null;
  released_by: string | null;
  released_reason: string | null;
}

/** The right to scan a target, until the lease ends. */
export interface ScanClaim {
  /** Proof of the lease; new for each claim. */
  token: string;
  scanId: string;
  portType: string;
  target: ScanTarget;
  actorRef: string;
  startedAt: string;
  /** When what is stored of the target was seen; undefined before the first. */
  seenAt: string | undefined;
}

/** The target as its provisioner named it. */
export function targetOf(
  row: Pick<ScanTargetRow, 'data' | 'port_type'>,
): ScanTarget {
  return { ...(JSON.parse(row.data) as ScanTarget), portType: row.port_type };
}

/** As the API answers it. */
export function toScan(row: ScanRow): Scan {
  return {
    id: row.id,
    state: row.state,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    grants: row.grants,
    added: row.added,
    changed: row.changed,
    removed: row.removed,
    calls: row.calls,
    error: row.error ?? undefined,
  };
}
