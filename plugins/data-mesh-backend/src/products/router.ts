import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Successions } from '../successions';
import { productOverview, type ProductOverviewDeps } from './productOverview';
import type { ProductSearch } from './ProductSearch';
import type { ProductUsageReader } from './ProductUsageReader';

const refOf = ({ namespace, name }: { namespace: string; name: string }) =>
  `dataproduct:${namespace}/${name}`.toLocaleLowerCase('en-US');

/** Routes about finding products, the use of all, about one, and what has become of it. */
export function registerProductRoutes(
  router: ApiRouter,
  deps: {
    callers: CallerResolver;
    usage: ProductUsageReader;
    productSearch: Pick<ProductSearch, 'find'>;
    overview: ProductOverviewDeps;
    successions: Successions;
  },
): void {
  router.get('/v1/products', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    res.json({ items: await deps.usage.list(caller) });
  });

  router.get('/v1/products/search', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    res.json(await deps.productSearch.find(caller, req.query));
  });

  router.get('/v1/products/:namespace/:name', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    res.json(await productOverview(deps.overview, caller, refOf(req.params)));
  });

  router.get('/v1/products/:namespace/:name/successors', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    res.json(await deps.successions.toldOf(refOf(req.params), caller));
  });
}
