import { once } from 'node:events';
import type { Grant } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ApiRouter } from '../http/apiRouter';
import type { CallerResolver } from '../identity/CallerResolver';
import type { AccessQuestions } from './AccessQuestions';
import { csvHeader, csvLines } from './grantsCsv';
import type { GrantsExplorer } from './GrantsExplorer';

/** Routes under `/v1/grants` and `/v1/access`. */
export function registerExplorerRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    explorer: GrantsExplorer;
    questions: AccessQuestions;
  },
): void {
  const { callers, explorer, questions } = deps;

  router.get('/v1/grants', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await explorer.list(caller, req.query));
  });

  router.get('/v1/grants/export', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { format = 'csv', ...filter } = req.query;
    const batches = await explorer.export(caller, filter);
    res.setHeader(
      'content-type',
      format === 'csv'
        ? 'text/csv; charset=utf-8; header=present'
        : 'application/json; charset=utf-8',
    );
    res.setHeader(
      'content-disposition',
      `attachment; filename="grants.${format}"`,
    );
    try {
      for await (const text of format === 'csv'
        ? asCsv(batches)
        : asJson(batches)) {
        if (res.destroyed) return;
        // Not faster than it is read: the file may be larger than memory.
        if (!res.write(text))
          await Promise.race([once(res, 'drain'), once(res, 'close')]);
      }
      res.end();
    } catch (error) {
      // The status is sent: only a broken download tells that it is not whole.
      if (!res.headersSent) throw error;
      res.destroy(error instanceof Error ? error : undefined);
    }
  });

  router.get('/v1/grants/summary', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await explorer.summarize(caller, req.query));
  });

  router.get('/v1/grants/:id/explanation', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await explorer.explain(caller, req.params.id));
  });

  router.get('/v1/access/who', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await questions.who(caller, req.query));
  });

  router.get('/v1/access/what', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await questions.what(caller, req.query));
  });
}

async function* asCsv(batches: AsyncIterable<Grant[]>): AsyncGenerator<string> {
  yield csvHeader();
  for await (const grants of batches) yield csvLines(grants);
}

async function* asJson(
  batches: AsyncIterable<Grant[]>,
): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const grants of batches) {
    for (const grant of grants) {
      yield `${separator}${JSON.stringify(grant)}`;
      separator = ',\n';
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}
