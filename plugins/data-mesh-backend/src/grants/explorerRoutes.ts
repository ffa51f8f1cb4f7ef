import type { Grant } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ApiRouter } from '../http/apiRouter';
import { sendStream } from '../http/sendStream';
import type { CallerResolver } from '../identity/CallerResolver';
import { grantsCsvHeader, grantsCsvLines } from './grantsCsv';
import type { GrantsExplorer } from './GrantsExplorer';

/** Routes under `/v1/grants`. */
export function registerExplorerRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    explorer: GrantsExplorer;
  },
): void {
  const { callers, explorer } = deps;

  router.get('/v1/grants', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await explorer.list(caller, req.query));
  });

  router.get('/v1/grants/export', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { format = 'csv', ...filter } = req.query;
    const batches = await explorer.export(caller, filter);
    await sendStream(res, {
      name: `grants.${format}`,
      type:
        format === 'csv'
          ? 'text/csv; charset=utf-8; header=present'
          : 'application/json; charset=utf-8',
      chunks: format === 'csv' ? asCsv(batches) : asJson(batches),
    });
  });

  router.get('/v1/grants/summary', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await explorer.summarize(caller, req.query));
  });

  router.get('/v1/grants/:id/explanation', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await explorer.explain(caller, req.params.id));
  });
}

const LINES_AT_ONCE = 200;
const COLUMNS_AT_ONCE = 10_000;

async function* asCsv(batches: AsyncIterable<Grant[]>): AsyncGenerator<string> {
  yield grantsCsvHeader();
  for await (const grants of batches) {
    for (const part of inParts(grants)) yield grantsCsvLines(part);
  }
}

/** Grants of which each may name thousands of columns, some at a time. */
function* inParts(grants: readonly Grant[]): Generator<Grant[]> {
  let part: Grant[] = [];
  let columns = 0;
  for (const one of grants) {
    const { resource } = one.grant;
    part.push(one);
    columns += resource.columns?.length ?? 0;
    columns += resource.excludedColumns?.length ?? 0;
    if (columns >= COLUMNS_AT_ONCE || part.length >= LINES_AT_ONCE) {
      yield part;
      part = [];
      columns = 0;
    }
  }
  if (part.length > 0) yield part;
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
