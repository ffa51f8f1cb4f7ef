import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Successions } from '../successions';
import type { ProductUsageReader } from './ProductUsageReader';

/** Routes about the use of all products, and what has become of one. */
export function registerProductRoutes(
  router: ApiRouter,
  deps: {
    callers: CallerResolver;
    usage: ProductUsageReader;
    successions: Successions;
  },
): void {
  router.get('/v1/products', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    res.json({ items: await deps.usage.list(caller) });
  });

  router.get('/v1/products/:namespace/:name/successors', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    const { namespace, name } = req.params;
    const productRef = `dataproduct:${namespace}/${name}`;
    res.json(
      await deps.successions.toldOf(
        productRef.toLocaleLowerCase('en-US'),
        caller,
      ),
    );
  });
}
