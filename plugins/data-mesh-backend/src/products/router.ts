import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import type { ProductUsageReader } from './ProductUsageReader';

/** Route about the use of all products. */
export function registerProductRoutes(
  router: ApiRouter,
  deps: { callers: CallerResolver; usage: ProductUsageReader },
): void {
  router.get('/v1/products', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    res.json({ items: await deps.usage.list(caller) });
  });
}
