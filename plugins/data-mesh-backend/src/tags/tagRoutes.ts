import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type { TagService } from './TagService';

/** Routes about the tags by which a product's tables are reached. */
export function registerTagRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    tags: TagService;
    auditor: AuditorService;
  },
): void {
  const { callers, tags, auditor } = deps;

  router.get('/v1/products/:namespace/:name/tags', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { namespace, name } = req.params;
    res.json(
      await tags.ofProduct(
        caller,
        `dataproduct:${namespace}/${name}`,
        req.query.maxAgeSeconds,
      ),
    );
  });

  router.post('/v1/products/:namespace/:name/tags', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { namespace, name } = req.params;
    const productRef = `dataproduct:${namespace}/${name}`;
    const { dryRun = false } = req.body;
    const tagging = await audited(
      auditor,
      { eventId: 'tags-apply', request: req, meta: { productRef, dryRun } },
      () => tags.apply(caller, productRef, { dryRun }),
    );
    res.json(tagging);
  });
}
