import type {
  GrantScanner,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { TargetLease } from '../store/ScanRow';

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
