import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import type { GrantsService } from './GrantsService';

/** Routes that show what the provisioner's system holds. */
export function registerGrantRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    grants: GrantsService;
  },
): void {
  router.get('/v1/products/:namespace/:name/grants', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    const { namespace, name } = req.params;
    res.json(
      await deps.grants.ofProduct(caller, `dataproduct:${namespace}/${name}`),
    );
  });
}
