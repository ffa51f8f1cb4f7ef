export { readAuditConfig, type AuditConfig } from './auditConfig';
export type { AuditLog, NewAuditEvent } from './AuditLog';
export { AuditReaders } from './AuditReaders';
export {
  createAuditing,
  scheduleAuditing,
  type Auditing,
} from './createAuditing';
export { DatabaseAuditLog } from './DatabaseAuditLog';
export { registerAuditRoutes } from './router';
