import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { ErrorRequestHandler, Request } from 'express';

const reported = new WeakSet<object>();

async function report(
  auditor: AuditorService,
  attempt: { eventId: string; request: Request; meta?: JsonObject },
  failure: unknown,
): Promise<void> {
  const error = failure instanceof Error ? failure : new Error(String(failure));
  reported.add(error);
  const { eventId, request, meta } = attempt;
  const common = { eventId, severityLevel: 'medium' as const };
  try {
    const entry = await auditor.createEvent({ ...common, request, meta });
    await entry.fail({ error });
  } catch {
    // The auditor asks who calls, and nobody may.
    const { method, originalUrl: url } = request;
    const entry = await auditor.createEvent({
      ...common,
      meta: { ...meta, method, url },
    });
    await entry.fail({ error });
  }
}

/**
 * Reports to Backstage's auditor that a write was tried and failed or was
 * refused. One that succeeds is on the audit trail, which the auditor gets as
 * well.
 *
 * @param options.request - the HTTP request; its type by route is of no use here
 */
export async function audited<T>(
  auditor: AuditorService,
  options: { eventId: string; request: unknown; meta?: JsonObject },
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    await report(
      auditor,
      { ...options, request: options.request as Request },
      error,
      // What went wrong with the write is what the caller must hear.
    ).catch(() => {});
    throw error;
  }
}

/**
 * Reports every other write that is answered with an error, and every refused
 * look at the audit trail: what does not follow the contract, and what is
 * refused before `audited` has it.
 */
export function reportRefusals(auditor: AuditorService): ErrorRequestHandler {
  return (error, req, _res, next) => {
    const isRead = req.method === 'GET' || req.method === 'HEAD';
    const isAboutTrail = req.path.startsWith('/v1/audit');
    const isKnown = typeof error === 'object' && reported.has(error);
    if (isKnown || (isRead && !isAboutTrail)) {
      next(error);
      return;
    }
    report(
      auditor,
      { eventId: isRead ? 'audit-read' : 'write-attempt', request: req },
      error,
    ).then(
      () => next(error),
      () => next(error),
    );
  };
}
