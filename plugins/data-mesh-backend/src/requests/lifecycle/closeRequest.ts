import { ConflictError } from '@backstage/errors';
import {
  requestTransitions,
  transition,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementIntake } from '../../entitlements/lifecycle/EntitlementIntake';
import type { Tell } from '../../events';
import type { HistoryStore } from '../../store/requests/HistoryStore';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { RequestWriter } from './RequestWriter';

/** What closing a request takes. */
export interface CloseDeps {
  history: HistoryStore;
  writer: RequestWriter;
  intake: Pick<EntitlementIntake, 'endSuspended' | 'wake'>;
  events: Tell;
  newId: () => string;
  now: () => Date;
}

/**
 * Ends a request without a decision. Access that is suspended until it is
 * decided ends with it.
 *
 * @param comment - why; kept with the request
 * @throws ConflictError where it is closed already, or changed meanwhile
 */
export async function closeRequest(
  { history, writer, intake, events, newId, now }: CloseDeps,
  seen: RequestRecord,
  event: 'withdraw' | 'lapse',
  actorRef: string,
  comment?: string,
): Promise<RequestRecord> {
  const moved = transition(requestTransitions, seen.state, event);
  if (!moved.ok) {
    throw new ConflictError(`The request cannot end: ${moved.reason}`);
  }
  const happening = event === 'withdraw' ? 'withdrawn' : 'lapsed';
  const at = now().toISOString();
  const record = await writer.commit(
    {
      seen,
      next: { ...seen, state: moved.state, updatedAt: at },
      actorRef,
      action: `request.${happening}`,
      note: comment ? { reason: comment } : undefined,
      because: comment,
    },
    async tx => {
      if (seen.kind === 'resume' && seen.amendsEntitlementId) {
        await intake.endSuspended(tx, {
          entitlementId: seen.amendsEntitlementId,
          productRef: seen.productRef,
          kind: event === 'withdraw' ? 'relinquished' : 'revoked',
          reason: comment ?? 'Nobody decided in time whether it goes on',
          actorRef,
        });
      }
      // Whoever reads the request later reads why it ended.
      if (comment === undefined) return;
      await history.addComment(tx, seen.id, {
        id: newId(),
        authorRef: actorRef,
        text: comment,
        at,
      });
    },
  );
  if (seen.kind === 'resume') intake.wake(seen.amendsEntitlementId);
  events.emit('request', { record, happening, actorRef, comment });
  return record;
}
