import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import { sendTable } from '../http/sendTable';
import type { DriftDeps } from './DriftDeps';
import { driftTable } from './driftTable';
import { reconcile } from './reconcile';
import { driftPage, exportDrift, resolveDrift } from './resolveDrift';

/** Routes under `/v1/drift`, and reconciling. */
export function registerDriftRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    drift: DriftDeps;
    auditor: AuditorService;
    clock: () => Date;
  },
): void {
  const { callers, drift, auditor, clock } = deps;

  router.get('/v1/drift', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await driftPage(drift, caller, req.query));
  });

  router.get('/v1/drift/export', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { format = 'csv', ...filter } = req.query;
    const rows = await exportDrift(drift, caller, filter);
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
        () => resolveDrift(drift, caller, req.body),
      ),
    );
  });

  router.post('/v1/reconciliations', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(
      await audited(
        auditor,
        { eventId: 'reconcile', request: req, meta: { ...req.body } },
        () => reconcile(drift, caller, req.body),
      ),
    );
  });
}
