import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import { readIfMatch } from '../http/ifMatch';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Claims } from './createClaims';

/** Routes under `/v1/claims`, and those that change places. */
export function registerClaimRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    claims: Claims;
    auditor: AuditorService;
  },
): void {
  const { callers, claims, auditor } = deps;

  router.get('/v1/claims', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await claims.reader.list(req.query, caller));
  });

  router.post('/v1/claims', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { domainRef } = req.body;
    const id = await audited(
      auditor,
      { eventId: 'claim-create', request: req, meta: { domainRef } },
      () =>
        claims.maker.create(req.body, caller, req.header('idempotency-key')),
    );
    res.status(201).json(await claims.reader.detail(id, caller));
  });

  router.post('/v1/claims/preview', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await claims.reader.preview(req.body, caller));
  });

  router.get('/v1/claims/:id', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await claims.reader.detail(req.params.id, caller));
  });

  router.post('/v1/claims/:id/decisions', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    const { decision } = req.body;
    await audited(
      auditor,
      { eventId: 'claim-decide', request: req, meta: { id, decision } },
      async () => claims.decider.decide(id, readIfMatch(req), req.body, caller),
    );
    res.json(await claims.reader.detail(id, caller));
  });

  router.post('/v1/claims/:id/revisions', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'claim-revise', request: req, meta: { id } },
      async () => claims.maker.revise(id, readIfMatch(req), req.body, caller),
    );
    res.json(await claims.reader.detail(id, caller));
  });

  router.post('/v1/claims/:id/withdraw', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'claim-withdraw', request: req, meta: { id } },
      async () =>
        claims.maker.withdraw(id, readIfMatch(req), req.body.reason, caller),
    );
    res.json(await claims.reader.detail(id, caller));
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
      () => claims.mover.handOver(id, req.body, caller),
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
      () => claims.mover.giveBack(id, req.body, caller),
    );
    res.json(change);
  });
}
