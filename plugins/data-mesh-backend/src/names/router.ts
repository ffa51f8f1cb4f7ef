import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type { NameService } from './NameService';

/** Routes about names that the mesh trusts. */
export function registerNameRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    names: NameService;
    auditor: AuditorService;
  },
): void {
  const { callers, names, auditor } = deps;

  router.get('/v1/names', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await names.find(caller, req.query.ref));
  });

  router.post('/v1/names/accept', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { ref, reason } = req.body;
    const accepted = await audited(
      auditor,
      { eventId: 'name-accept', request: req, meta: { ref } },
      () => names.accept(caller, { ref, reason }),
    );
    res.json(accepted);
  });
}
