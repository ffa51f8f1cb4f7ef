import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import { readIfMatch } from '../http/ifMatch';
import type { CallerResolver } from '../identity/CallerResolver';
import type { ClaimDeps } from './ClaimDeps';
import { decideClaim } from './decideClaim';
import { createClaim, reviseClaim, withdrawClaim } from './makeClaims';
import { giveBackPlace, handOverPlace } from './movePlaces';
import { claimDetail, listClaims, previewClaim } from './readClaims';

/** Routes under `/v1/claims`, and those that change places. */
export function registerClaimRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    claims: ClaimDeps;
    auditor: AuditorService;
  },
): void {
  const { callers, claims, auditor } = deps;

  router.get('/v1/claims', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await listClaims(claims, req.query, caller));
  });

  router.post('/v1/claims', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { domainRef } = req.body;
    const id = await audited(
      auditor,
      { eventId: 'claim-create', request: req, meta: { domainRef } },
      () =>
        createClaim(claims, req.body, caller, req.header('idempotency-key')),
    );
    res.status(201).json(await claimDetail(claims, id, caller));
  });

  router.post('/v1/claims/preview', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await previewClaim(claims, req.body, caller));
  });

  router.get('/v1/claims/:id', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await claimDetail(claims, req.params.id, caller));
  });

  router.post('/v1/claims/:id/decisions', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const { decision } = req.body;
    await audited(
      auditor,
      { eventId: 'claim-decide', request: req, meta: { id, decision } },
      async () => decideClaim(claims, id, readIfMatch(req), req.body, caller),
    );
    res.json(await claimDetail(claims, id, caller));
  });

  router.post('/v1/claims/:id/revisions', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'claim-revise', request: req, meta: { id } },
      async () => reviseClaim(claims, id, readIfMatch(req), req.body, caller),
    );
    res.json(await claimDetail(claims, id, caller));
  });

  router.post('/v1/claims/:id/withdraw', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'claim-withdraw', request: req, meta: { id } },
      async () =>
        withdrawClaim(claims, id, readIfMatch(req), req.body.reason, caller),
    );
    res.json(await claimDetail(claims, id, caller));
  });

  router.post('/v1/places/:id/hand-over', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const { toDomainRef, dryRun = false } = req.body;
    const change = await audited(
      auditor,
      {
        eventId: 'place-hand-over',
        request: req,
        meta: { id, toDomainRef, dryRun },
      },
      () => handOverPlace(claims, id, req.body, caller),
    );
    res.json(change);
  });

  router.post('/v1/places/:id/give-back', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const { dryRun = false } = req.body;
    const change = await audited(
      auditor,
      { eventId: 'place-give-back', request: req, meta: { id, dryRun } },
      () => giveBackPlace(claims, id, req.body, caller),
    );
    res.json(change);
  });
}
