import type { PermissionsService } from '@backstage/backend-plugin-api';
import { auditReadPermission } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import { requirePermission } from '../permissions';
import type { DatabaseAuditLog } from './DatabaseAuditLog';

/** Routes to read and verify the audit trail. */
export function registerAuditRoutes(
  router: ApiRouter,
  deps: {
    callers: CallerResolver;
    permissions: PermissionsService;
    audit: DatabaseAuditLog;
  },
): void {
  const { callers, permissions, audit } = deps;

  router.get('/v1/audit', async (req, res) => {
    const caller = await callers.callerOf(req);
    await requirePermission(permissions, auditReadPermission, caller);
    const { limit = 50, ...query } = req.query;
    res.json(await audit.list({ ...query, limit }));
  });

  router.get('/v1/audit/verification', async (req, res) => {
    const caller = await callers.callerOf(req);
    await requirePermission(permissions, auditReadPermission, caller);
    res.json(await audit.verify());
  });
}
