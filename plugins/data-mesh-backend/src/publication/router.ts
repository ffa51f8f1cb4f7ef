import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import { readIfMatch } from '../http/ifMatch';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Publications } from './createPublications';

/** Routes under `/v1/publications`. */
export function registerPublicationRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    publications: Publications;
    auditor: AuditorService;
  },
): void {
  const { callers, publications, auditor } = deps;

  router.get('/v1/publications', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await publications.reader.list(caller, req.query));
  });

  router.get('/v1/publications/:id', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await publications.reader.detail(caller, req.params.id));
  });

  router.post('/v1/publications/:id/decisions', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'publication-decide', request: req, meta: { id } },
      async () => publications.decide(caller, id, readIfMatch(req), req.body),
    );
    res.json(await publications.reader.detail(caller, id));
  });
}
