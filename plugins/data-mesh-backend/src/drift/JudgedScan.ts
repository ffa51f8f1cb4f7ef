import type {
  GrantScanner,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import type { TargetLease } from '../store/scans/ScanRow';

/**
 * What judging entitlements takes: whether all of each active one is there,
 * whether it is still given for the same thing, and whether what could not be
 * taken back is gone.
 */
export interface JudgeDeps {
  knex: Knex;
  store: EntitlementStore;
  clock: () => Date;
  checksPerScan: number;
  logger: LoggerService;
  healthChanged(entitlementId: string): void;
  /** Nothing is left of what could not be taken back. */
  residueIsGone(entitlementId: string): Promise<void>;
}

/** What judging needs of a scan, or of a look at a part of its target. */
export interface JudgedScan {
  claim: TargetLease;
  provisioner: Provisioner;
  scanner: GrantScanner;
  /**
   * Whether this process has read it just now: what scanners remember beside
   * the grants is of this scan then.
   */
  isFresh: boolean;
  signal?: AbortSignal;
  /** Called now and then: to keep the lease. */
  onBatch(): Promise<void>;
}
