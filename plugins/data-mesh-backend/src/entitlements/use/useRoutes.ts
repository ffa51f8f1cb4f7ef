import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../../http/apiRouter';
import { audited } from '../../http/audited';
import type { CallerResolver } from '../../identity/CallerResolver';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { ReadinessChecks } from './ReadinessChecks';
import { usageOf } from './usageOf';
import { vendCredentials } from './credentials';

/** Routes about using an entitlement. */
export function registerUseRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    readiness: ReadinessChecks;
    entitlements: EntitlementDeps;
    auditor: AuditorService;
  },
): void {
  const { callers, readiness, entitlements, auditor } = deps;

  router.get('/v1/entitlements/:id/readiness', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await readiness.check(caller, req.params.id));
  });

  router.get('/v1/entitlements/:id/usage', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await usageOf(entitlements, caller, req.params.id));
  });

  router.post('/v1/entitlements/:id/credentials', async (req, res) => {
    // Set first: not even a refusal is to be kept by anyone on the way.
    res.set('cache-control', 'no-store');
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const { table } = req.body;
    const given = await audited(
      auditor,
      { eventId: 'credentials-vend', request: req, meta: { id, table } },
      () => vendCredentials(entitlements, caller, id, req.body),
    );
    res.json(given);
  });
}
