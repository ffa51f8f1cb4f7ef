import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import { sendTable } from '../http/sendTable';
import type { DriftService } from './DriftService';
import { driftTable } from './driftTable';
import type { Reconciler } from './Reconciler';

/** Routes under `/v1/drift`, and reconciling. */
export function registerDriftRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    drift: DriftService;
    reconciler: Reconciler;
    auditor: AuditorService;
    clock: () => Date;
  },
): void {
  const { callers, drift, reconciler, auditor, clock } = deps;

  router.get('/v1/drift', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await drift.list(caller, req.query));
  });

  router.get('/v1/drift/export', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { format = 'csv', ...filter } = req.query;
    const rows = await drift.all(caller, filter);
    const asked = { filter, by: caller.userRef, at: clock() };
    await sendTable(res, format, driftTable(rows, asked));
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
