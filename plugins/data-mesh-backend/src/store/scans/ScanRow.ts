import type {
  Scan,
  ScanTarget,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ScanRow, ScanTargetRow } from '../tables';

/** The right to write what is seen of a target, until it ends. */
export interface TargetLease {
  /** Proof of the lease; new for each. */
  token: string;
  portType: string;
  target: ScanTarget;
  startedAt: string;
  /** When what is stored of the target was seen; undefined before the first. */
  seenAt: string | undefined;
}

/** The right to scan a target. */
export interface ScanClaim extends TargetLease {
  scanId: string;
  actorRef: string;
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
