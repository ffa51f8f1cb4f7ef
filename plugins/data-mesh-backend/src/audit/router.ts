import {
  CHECKPOINT_ACTION,
  readCheckpoint,
  type AuditQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { ApiRouter } from '../http/apiRouter';
import { sendStream } from '../http/sendStream';
import type { CallerResolver } from '../identity/CallerResolver';
import { countEvents, type AuditFilter } from './auditEvents';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import type { AuditReaders } from './AuditReaders';
import type { Auditing } from './createAuditing';
import { exportTrail } from './exportTrail';

/** Routes under `/v1/audit`. */
export function registerAuditRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    knex: Knex;
    auditing: Pick<Auditing, 'log' | 'keys' | 'checks' | 'state'>;
    auditReaders: AuditReaders;
    principals: Pick<PrincipalDirectory, 'describe'>;
  },
): void {
  const { callers, knex, auditing, auditReaders, principals } = deps;
  const reader = async (req: unknown) => {
    const caller = await callers.callerOf(req);
    await auditReaders.require(caller);
    return caller;
  };

  router.get('/v1/audit', async (req, res) => {
    await reader(req);
    const { limit = 50, cursor, ...query } = req.query;
    const page = await auditing.log.list({
      ...filterOf(query),
      limit,
      cursor,
    });
    res.json({
      ...page,
      about: page.about.map(({ principal, ...about }) => ({
        ...about,
        ...(principal && { principal: principals.describe({ id: principal }) }),
      })),
    });
  });

  router.get('/v1/audit/counts', async (req, res) => {
    await reader(req);
    const { kinds, ...counted } = await countEvents(knex, filterOf(req.query));
    res.json({ ...counted, kinds: Object.fromEntries(kinds) });
  });

  router.get('/v1/audit/state', async (req, res) => {
    await reader(req);
    res.json(await auditing.state());
  });

  router.post('/v1/audit/checks', async (req, res) => {
    const { userRef } = await reader(req);
    res.status(202).json(await auditing.checks.start(userRef));
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
      items: page.items.flatMap(({ after }) => readCheckpoint(after) ?? []),
      ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
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
