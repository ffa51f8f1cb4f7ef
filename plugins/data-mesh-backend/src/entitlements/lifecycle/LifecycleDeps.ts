import type { AuditLog } from '../../audit/AuditLog';

/** What moving entitlements through their states takes. */
export interface LifecycleDeps {
  audit: AuditLog;
  clock: () => Date;
  newId: () => string;
}
