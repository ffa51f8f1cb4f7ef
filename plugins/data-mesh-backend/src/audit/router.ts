import {
  CHECKPOINT_ACTION,
  readCheckpoint,
  type AuditQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { ApiRouter } from '../http/apiRouter';
import { sendStream } from '../http/sendStream';
import type { CallerResolver } from '../identity/CallerResolver';
import type { AuditFilter } from './auditEvents';
import type { AuditReaders } from './AuditReaders';
import type { Auditing } from './createAuditing';
import { exportTrail } from './exportTrail';

/** Routes under `/v1/audit`. */
export function registerAuditRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    knex: Knex;
    auditing: Pick<Auditing, 'log' | 'keys'>;
    auditReaders: AuditReaders;
  },
): void {
  const { callers, knex, auditing, auditReaders } = deps;
  const reader = async (req: unknown) => {
    const caller = await callers.callerOf(req);
    await auditReaders.require(caller);
    return caller;
  };

  router.get('/v1/audit', async (req, res) => {
    await reader(req);
    const { limit = 50, cursor, ...query } = req.query;
    res.json(await auditing.log.list({ ...filterOf(query), limit, cursor }));
  });

  router.get('/v1/audit/export', async (req, res) => {
    const { userRef } = await reader(req);
    const { format = 'ndjson', ...query } = req.query;
    const chunks = await exportTrail(
      { knex, audit: auditing.log },
      { actorRef: userRef, format, filter: filterOf(query) },
    );
    await sendStream(res, {
      name: `audit.${format}`,
      type:
        format === 'csv'
          ? 'text/csv; charset=utf-8; header=present'
          : 'application/x-ndjson; charset=utf-8',
      chunks,
    });
  });

  router.get('/v1/audit/verification', async (req, res) => {
    await reader(req);
    res.json(await auditing.log.verify(auditing.keys));
  });

  router.get('/v1/audit/checkpoints', async (req, res) => {
    await reader(req);
    const { limit = 50, cursor } = req.query;
    const page = await auditing.log.list({
      action: CHECKPOINT_ACTION,
      limit,
      cursor,
    });
    res.json({
      ...page,
      items: page.items.flatMap(({ after }) => readCheckpoint(after) ?? []),
    });
  });
}

function filterOf({
  from,
  to,
  ...filter
}: Omit<AuditQuery, 'limit' | 'cursor'>): AuditFilter {
  return {
    ...filter,
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
}
