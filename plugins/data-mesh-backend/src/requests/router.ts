import type { AuditorService } from '@backstage/backend-plugin-api';
import type { RequestCounts } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ApiRouter } from '../http/apiRouter';
import { audited } from '../http/audited';
import { readIfMatch } from '../http/ifMatch';
import type { Caller } from '../identity/Caller';
import type { CallerResolver } from '../identity/CallerResolver';
import type { JudgeAgain } from './judge/JudgeAgain';
import type { RequestCloser } from './RequestCloser';
import type { RequestCommenter } from './RequestCommenter';
import type { RequestDecider } from './decision/RequestDecider';
import type { UndoableDecisions } from './decision/UndoableDecisions';
import type { RequestPreviewer } from './submission/RequestPreviewer';
import type { RequestReader } from './reading/RequestReader';
import type { RequestReviser } from './submission/RequestReviser';
import type { ResumptionAsker } from './submission/ResumptionAsker';
import type { RequestSubmitter } from './submission/RequestSubmitter';

/** What people do with requests. */
export interface Requests {
  reader: RequestReader;
  previewer: RequestPreviewer;
  submitter: RequestSubmitter;
  decider: RequestDecider;
  undoable: UndoableDecisions;
  reviser: RequestReviser;
  closer: RequestCloser;
  commenter: RequestCommenter;
  again: JudgeAgain;
  resumptions: ResumptionAsker;
}

/** Routes under `/v1/requests`. */
export function registerRequestRoutes(
  router: ApiRouter,
  deps: {
    callers: CallerResolver;
    requests: Requests;
    /** What else waits for a caller, to be counted beside requests. */
    otherCounts: (caller: Caller) => Promise<Partial<RequestCounts>>;
    auditor: AuditorService;
  },
): void {
  const { callers, requests, otherCounts, auditor } = deps;

  router.get('/v1/requests', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await requests.reader.list(req.query, caller));
  });

  router.post('/v1/requests', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { productRef, port, principals } = req.body;
    const created = await audited(
      auditor,
      {
        eventId: 'request-create',
        request: req,
        meta: { productRef, port, principals },
      },
      () =>
        requests.submitter.submit(
          req.body,
          caller,
          req.header('idempotency-key'),
        ),
    );
    res.status(201).json(created);
  });

  router.post('/v1/requests/preview', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await requests.previewer.preview(req.body, caller));
  });

  router.get('/v1/requests/counts', async (req, res) => {
    const caller = await callers.callerOf(req);
    const [counts, others] = await Promise.all([
      requests.reader.counts(caller),
      otherCounts(caller),
    ]);
    res.json({ ...counts, ...others });
  });

  router.get('/v1/requests/:id', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await requests.reader.detail(req.params.id, caller));
  });

  router.post('/v1/requests/:id/decisions', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      {
        eventId: 'request-decide',
        request: req,
        meta: { id, decision: req.body.decision },
      },
      async () =>
        requests.decider.decide(id, readIfMatch(req), req.body, caller),
    );
    res.json(await requests.reader.detail(id, caller));
  });

  router.post('/v1/requests/:id/decisions/undo', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'request-undo-decision', request: req, meta: { id } },
      () => requests.undoable.undo(id, caller),
    );
    res.json(await requests.reader.detail(id, caller));
  });

  router.post('/v1/requests/:id/revisions', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'request-revise', request: req, meta: { id } },
      async () =>
        requests.reviser.revise(id, readIfMatch(req), req.body, caller),
    );
    res.json(await requests.reader.detail(id, caller));
  });

  router.post('/v1/requests/:id/comments', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'request-comment', request: req, meta: { id } },
      () => requests.commenter.comment(id, req.body.text, caller),
    );
    res.status(201).json(await requests.reader.detail(id, caller));
  });

  router.post('/v1/requests/:id/withdraw', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { id } = req.params;
    await audited(
      auditor,
      { eventId: 'request-withdraw', request: req, meta: { id } },
      async () =>
        requests.closer.withdraw(id, readIfMatch(req), req.body.reason, caller),
    );
    res.json(await requests.reader.detail(id, caller));
  });
}
