import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/**
 * Reports a write to Backstage's auditor: that it was tried, and how it went.
 *
 * @param options.request - the HTTP request; its type by route is of no use here
 */
export async function audited<T>(
  auditor: AuditorService,
  options: { eventId: string; request: unknown; meta?: JsonObject },
  write: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId: options.eventId,
    severityLevel: 'medium',
    request: options.request as Request,
    meta: options.meta,
  });
  try {
    const result = await write();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    throw error;
  }
}
