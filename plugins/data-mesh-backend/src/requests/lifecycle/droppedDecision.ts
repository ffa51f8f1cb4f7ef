import type { NewAuditEvent } from '../../audit/AuditLog';
import type { Tell } from '../../events';
import { SYSTEM_ACTOR } from '../../identity/Caller';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { StoredDecision } from '../../store/requests/UndoableDecisionStore';

/** A stored decision that fell away, as it goes to the audit trail. */
export function droppedEvent(
  { requestId, actorRef, decision, decidedAt }: StoredDecision,
  reason: string,
): NewAuditEvent {
  return {
    actorRef: SYSTEM_ACTOR,
    action: 'request.decision-dropped',
    subject: `request:${requestId}`,
    before: { decision: decision.decision, decidedBy: actorRef, decidedAt },
    after: { reason },
    correlationId: requestId,
  };
}

/** Tells who made it why it did not take effect. */
export function tellDropped(
  events: Tell,
  record: RequestRecord,
  dropped: StoredDecision,
  { reason, actorRef }: { reason: string; actorRef: string },
): void {
  events.emit('request', {
    record,
    happening: 'decision-dropped',
    actorRef,
    comment: reason,
    dropped: {
      actorRef: dropped.actorRef,
      decision: dropped.decision.decision,
    },
  });
}
