import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type { DriftService } from './DriftService';
import type { Reconciler } from './Reconciler';

/** Routes under `/v1/drift`, and reconciling. */
export function registerDriftRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    drift: DriftService;
    reconciler: Reconciler;
    auditor: AuditorService;
  },
): void {
  const { callers, drift, reconciler, auditor } = deps;

  router.get('/v1/drift', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await drift.list(caller, req.query));
  });

  router.post('/v1/drift/resolutions', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { action, ids, dryRun = false } = req.body;
    res.json(
      await audited(
        auditor,
        {
          eventId: 'drift-resolve',
          request: req,
          meta: { action, ids, dryRun },
        },
        () => drift.resolve(caller, req.body),
      ),
    );
  });

  router.post('/v1/reconciliations', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(
      await audited(
        auditor,
        { eventId: 'reconcile', request: req, meta: { ...req.body } },
        () => reconciler.reconcile(caller, req.body),
      ),
    );
  });
}
