import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { TrailDestination } from './TrailForwarder';

/** Action of the event that tells that the trail does not hold together. */
export const BROKEN_ACTION = 'audit.broken';

/**
 * Backstage's auditor. Each entry is named after the action and carries the
 * whole event, hashes included, so that what the auditor keeps can be verified
 * by itself.
 */
export function auditorDestination(auditor: AuditorService): TrailDestination {
  return {
    name: 'auditor',
    async send(event) {
      const entry = await auditor.createEvent({
        eventId: event.action.replace(/\./g, '-'),
        // Backstage does not log what is low by default.
        severityLevel: event.action === BROKEN_ACTION ? 'critical' : 'medium',
        meta: { ...event } as JsonObject,
      });
      await entry.success();
    },
  };
}
