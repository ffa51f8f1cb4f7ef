import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import { grantsOfProduct, type ProductGrantsDeps } from './grantsOfProduct';

/** Routes that show what is held on products now. */
export function registerProductGrantRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    productGrants: ProductGrantsDeps;
  },
): void {
  router.get('/v1/products/:namespace/:name/grants', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    const { namespace, name } = req.params;
    res.json(
      await grantsOfProduct(
        deps.productGrants,
        caller,
        `dataproduct:${namespace}/${name}`,
      ),
    );
  });
}
