import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type { ScanService } from './ScanService';

/** Routes under `/v1/scans`. */
export function registerScanRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    scans: ScanService;
    auditor: AuditorService;
  },
): void {
  const { callers, scans, auditor } = deps;

  router.get('/v1/scans', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await scans.status(caller));
  });

  router.post('/v1/scans', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { targetId } = req.body;
    const status = await audited(
      auditor,
      {
        eventId: 'scan-start',
        request: req,
        meta: { ...(targetId !== undefined && { targetId }) },
      },
      () => scans.start(caller, req.body),
    );
    res.status(202).json(status);
  });

  router.post('/v1/scans/:id/release', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    res.json(
      await audited(
        auditor,
        { eventId: 'scan-release', request: req, meta: { id } },
        () => scans.release(caller, id, req.body.reason),
      ),
    );
  });
}
