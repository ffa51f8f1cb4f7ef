import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import { doctorReport, type DoctorDeps } from './doctorReport';

/** Route of the doctor. */
export function registerDoctorRoutes(
  router: ApiRouter,
  deps: { callers: Pick<CallerResolver, 'callerOf'>; doctor: DoctorDeps },
): void {
  router.get('/v1/doctor', async (req, res) => {
    const caller = await deps.callers.callerOf(req);
    res.json(await doctorReport(deps.doctor, caller));
  });
}
