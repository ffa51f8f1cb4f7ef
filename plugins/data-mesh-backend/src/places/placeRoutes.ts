import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import type { PlaceReader } from './PlaceReader';

/** Routes under `/v1/places`. */
export function registerPlaceRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    placeReader: PlaceReader;
  },
): void {
  const { callers, placeReader } = deps;

  router.get('/v1/places', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await placeReader.list(req.query, caller));
  });
}
