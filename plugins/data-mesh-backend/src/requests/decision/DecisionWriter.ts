import { ConflictError } from '@backstage/errors';
import {
  requestTransitions,
  transition,
  type Decision,
  type NewDecision,
  type RequestEvent,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementIntake } from '../../entitlements/lifecycle/EntitlementIntake';
import type { RequestHappening, Tell } from '../../events';
import type { HistoryStore } from '../../store/requests/HistoryStore';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';
import type { StoredDecision } from '../../store/requests/UndoableDecisionStore';
import { beforeOf } from '../lifecycle/beforeOf';
import type { RequestWriter } from '../lifecycle/RequestWriter';
import type { JudgedDecision } from './DecisionJudge';
import { handOver } from './entitlementOf';

const happenings: { [E in RequestEvent]?: RequestHappening } = {
  'approve-stage': 'stage-approved',
  approve: 'approved',
  reject: 'rejected',
  'request-changes': 'changes-requested',
};

/** What was decided, and by whom. */
export interface MadeDecision {
  decision: NewDecision;
  actorRef: string;
  /** The undoable decision that takes effect by this. */
  stored?: StoredDecision;
}

interface DecisionWriterDeps {
  store: RequestStore;
  history: HistoryStore;
  writer: RequestWriter;
  intake: EntitlementIntake;
  events: Tell;
  now: () => Date;
  newId: () => string;
}

/** Lets decisions that were judged take effect. */
export class DecisionWriter {
  readonly #deps: DecisionWriterDeps;

  constructor(deps: DecisionWriterDeps) {
    this.#deps = deps;
  }

  /**
   * @throws ConflictError where the request was changed meanwhile, or somebody
   *   else is deciding it
   */
  async write(
    seen: RequestRecord,
    { event, changed }: JudgedDecision,
    { decision, actorRef, stored }: MadeDecision,
  ): Promise<void> {
    const { writer, history, events, intake, newId } = this.#deps;
    const moved = transition(requestTransitions, seen.state, event);
    if (!moved.ok) throw new ConflictError(moved.reason);
    const at = this.#deps.now().toISOString();
    const isFinal = event === 'approve' || event === 'reject';
    const made: Decision = {
      id: stored?.id ?? newId(),
      actorRef,
      decision: decision.decision,
      stage: seen.stage,
      ...(decision.comment?.trim() && { comment: decision.comment.trim() }),
      ...(decision.narrowedScope && { narrowedScope: decision.narrowedScope }),
      ...(decision.narrowedDurationDays !== undefined && {
        narrowedDurationDays: decision.narrowedDurationDays,
      }),
      at,
    };
    const record = await writer.commit(
      {
        seen,
        next: {
          ...changed,
          state: moved.state,
          updatedAt: at,
          ...(isFinal && { decidedAt: at }),
        },
        actorRef,
        action: `request.${happenings[event] ?? event}`,
        note: {
          ...(made.comment && { comment: made.comment }),
          ...(stored && { decidedAt: stored.decidedAt }),
        },
        decides: { stored },
      },
      async (tx, version) => {
        await history.addDecision(tx, seen.id, version, made);
        if (
          decision.narrowedScope ||
          decision.narrowedDurationDays !== undefined
        ) {
          await history.addRevision(tx, seen.id, {
            authorRef: actorRef,
            at,
            ...(made.comment && { comment: made.comment }),
            before: beforeOf(seen),
          });
        }
        if (event === 'approve') {
          await this.#handOver(tx, changed);
        }
        if (event === 'reject' && isAboutSuspended(seen)) {
          await intake.endSuspended(tx, {
            entitlementId: seen.amendsEntitlementId,
            productRef: seen.productRef,
            kind: 'revoked',
            reason: made.comment,
            actorRef,
          });
        }
      },
    );
    if (event === 'approve' || (event === 'reject' && isAboutSuspended(seen))) {
      intake.wake(record.amendsEntitlementId);
    }
    events.emit('request', {
      record,
      happening: happenings[event] ?? 'stage-approved',
      actorRef,
      comment: made.comment,
    });
  }

  async #handOver(
    tx: Parameters<EntitlementIntake['create']>[0],
    record: RequestRecord,
  ): Promise<void> {
    const { store, intake } = this.#deps;
    const approvals = record.judged?.approvals ?? [];
    const entitlementId = await handOver(intake, tx, record, [
      ...new Set(approvals.map(({ actorRef }) => actorRef)),
    ]);
    await store.setEntitlement(tx, record.id, entitlementId);
  }
}

/** Access is suspended until this is decided. */
function isAboutSuspended(
  record: RequestRecord,
): record is RequestRecord & { amendsEntitlementId: string } {
  return record.kind === 'resume' && record.amendsEntitlementId !== undefined;
}
