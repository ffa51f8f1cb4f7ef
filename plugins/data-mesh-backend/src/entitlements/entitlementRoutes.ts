import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import { readIfMatch } from '../http/ifMatch';
import type { EntitlementDeps } from './EntitlementDeps';
import type { CallerResolver } from '../identity/CallerResolver';
import {
  closeResidue,
  relinquishEntitlement,
  revokeEntitlement,
} from './actions/ending';
import { entitlementDetail } from './reading/entitlementDetail';
import { entitlementPage } from './reading/entitlementPage';
import { moveToSuccessor } from './actions/moveToSuccessor';
import { narrowEntitlement } from './actions/narrowEntitlement';
import { previewRevocation } from './reading/previewRevocation';
import { reapplyEntitlement, retryEntitlement } from './actions/reapplying';

/** Routes under `/v1/entitlements`. */
export function registerEntitlementRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    entitlements: EntitlementDeps;
    auditor: AuditorService;
  },
): void {
  const { callers, entitlements, auditor } = deps;

  router.get('/v1/entitlements', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await entitlementPage(entitlements, caller, req.query));
  });

  router.get('/v1/entitlements/:id', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await entitlementDetail(entitlements, caller, req.params.id));
  });

  router.get('/v1/entitlements/:id/revocation', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await previewRevocation(entitlements, caller, req.params.id));
  });

  router.post('/v1/entitlements/:id/revoke', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const detail = await audited(
      auditor,
      { eventId: 'entitlement-revoke', request: req, meta: { id } },
      async () =>
        revokeEntitlement(entitlements, caller, id, {
          version: readIfMatch(req),
          reason: req.body.reason,
        }),
    );
    res.status(202).json(detail);
  });

  router.post('/v1/entitlements/:id/relinquish', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const detail = await audited(
      auditor,
      { eventId: 'entitlement-relinquish', request: req, meta: { id } },
      async () =>
        relinquishEntitlement(entitlements, caller, id, {
          version: readIfMatch(req),
          reason: req.body.reason,
        }),
    );
    res.status(202).json(detail);
  });

  router.post('/v1/entitlements/:id/retry', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const detail = await audited(
      auditor,
      { eventId: 'entitlement-retry', request: req, meta: { id } },
      async () =>
        retryEntitlement(entitlements, caller, id, {
          version: readIfMatch(req),
        }),
    );
    res.status(202).json(detail);
  });

  router.post('/v1/entitlements/:id/reapply', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const detail = await audited(
      auditor,
      { eventId: 'entitlement-reapply', request: req, meta: { id } },
      async () =>
        reapplyEntitlement(entitlements, caller, id, {
          version: readIfMatch(req),
        }),
    );
    res.status(202).json(detail);
  });

  router.post('/v1/entitlements/:id/narrow', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const detail = await audited(
      auditor,
      { eventId: 'entitlement-narrow', request: req, meta: { id } },
      async () =>
        narrowEntitlement(entitlements, caller, id, {
          version: readIfMatch(req),
          narrowing: req.body,
        }),
    );
    res.status(202).json(detail);
  });

  router.post('/v1/entitlements/:id/move', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const detail = await audited(
      auditor,
      {
        eventId: 'entitlement-move',
        request: req,
        meta: { id, productRef: req.body.productRef, port: req.body.port },
      },
      async () =>
        moveToSuccessor(entitlements, caller, id, {
          version: readIfMatch(req),
          to: req.body,
        }),
    );
    res.json(detail);
  });

  router.post('/v1/entitlements/:id/residue', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const detail = await audited(
      auditor,
      { eventId: 'entitlement-close-residue', request: req, meta: { id } },
      async () =>
        closeResidue(entitlements, caller, id, {
          version: readIfMatch(req),
          reason: req.body.reason,
        }),
    );
    res.json(detail);
  });
}
