import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { DatabaseAuditLog } from '../../audit/DatabaseAuditLog';
import { nextTurn } from '../../turns';
import type { Tell } from '../../events';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';
import {
  toUndoable,
  type StoredDecision,
  type UndoableDecisionStore,
} from '../../store/requests/UndoableDecisionStore';
import { droppedEvent, tellDropped } from './droppedDecision';
import { decidingInWords } from './standing';

/** A change of one request, as it goes to the audit trail. */
export interface RequestChange {
  seen: RequestRecord;
  next: RequestRecord;
  actorRef: string;
  /** Like `request.approved`. */
  action: string;
  /** Said beside the change, like a reason. */
  note?: JsonObject;
  /** Why, for somebody whose decision falls away by it. */
  because?: string;
  /**
   * Present where the change is a decision, with the stored one that it carries
   * out. Any other change makes a stored decision fall away.
   */
  decides?: { stored?: StoredDecision };
}

class LostRaceError extends Error {}

/** What of a request the audit trail keeps. */
export function auditedState(record: RequestRecord): JsonObject {
  return {
    state: record.state,
    version: record.version,
    stage: record.stage,
    purpose: record.purpose,
    durationDays: record.durationDays,
    scope: JSON.parse(JSON.stringify(record.scope)),
  };
}

/**
 * Writes changes of requests: where two want to change the same version, one
 * wins and the other is told who it was.
 */
export class RequestWriter {
  readonly #store: RequestStore;
  readonly #undoables: UndoableDecisionStore;
  readonly #audit: DatabaseAuditLog;
  readonly #events: Tell;

  constructor(options: {
    store: RequestStore;
    undoables: UndoableDecisionStore;
    audit: DatabaseAuditLog;
    events: Tell;
  }) {
    this.#store = options.store;
    this.#undoables = options.undoables;
    this.#audit = options.audit;
    this.#events = options.events;
  }

  /**
   * @param work - what else belongs to the change; it runs after the request's
   *   row was won and before the audit trail is locked
   * @throws ConflictError where the request is not at the version seen any more,
   *   or the change is a decision and somebody has made another
   */
  async commit(
    change: RequestChange,
    work: (tx: Knex.Transaction, version: number) => Promise<void> = async () =>
      undefined,
  ): Promise<RequestRecord> {
    const { seen } = change;
    const next = { ...change.next, version: seen.version + 1 };
    const reason = changedInWords({
      seenVersion: seen.version,
      current: next,
      actorRef: change.actorRef,
      because: change.because,
    });
    let dropped: StoredDecision | undefined;
    try {
      dropped = await this.#store.transaction(async tx => {
        if (!(await this.#store.replace(tx, next, seen.version))) {
          throw new LostRaceError();
        }
        const fallen = await this.#settle(tx, change);
        // Each writes the whole scope.
        await nextTurn();
        await work(tx, next.version);
        await nextTurn();
        if (fallen) await this.#audit.append(tx, droppedEvent(fallen, reason));
        await this.#audit.append(tx, {
          actorRef: change.actorRef,
          action: change.action,
          subject: `request:${seen.id}`,
          before: auditedState(seen),
          after: { ...auditedState(next), ...change.note },
          correlationId: seen.id,
        });
        return fallen;
      });
    } catch (error) {
      if (error instanceof LostRaceError) {
        throw await this.conflict(seen.id, seen.version);
      }
      throw error;
    }
    if (dropped) {
      tellDropped(this.#events, next, dropped, {
        reason,
        actorRef: change.actorRef,
      });
    }
    return next;
  }

  /**
   * Takes out the stored decision on the request: the one that is carried out,
   * or one that falls away.
   *
   * @returns the one that falls away
   */
  async #settle(
    tx: Knex.Transaction,
    { seen, decides, actorRef }: RequestChange,
  ): Promise<StoredDecision | undefined> {
    const found = await this.#undoables.take(tx, seen.id);
    if (!decides) return found;
    const { stored } = decides;
    if (found && found.id !== stored?.id) {
      throw new ConflictError(decidingInWords(toUndoable(found), actorRef));
    }
    // Undone, or taken up by another replica.
    if (found?.attempts !== stored?.attempts) throw new LostRaceError();
    return undefined;
  }

  /** @throws ConflictError where the caller has seen another version */
  async requireVersion(
    record: RequestRecord,
    seenVersion: number,
  ): Promise<void> {
    if (record.version !== seenVersion) {
      throw await this.conflict(record.id, seenVersion);
    }
  }

  /** Says who changed the request to what since the version was seen. */
  async conflict(id: string, seenVersion: number): Promise<ConflictError> {
    const current = await this.#store.get(id);
    if (current.version < seenVersion) {
      return new ConflictError(
        `The request is at version ${current.version}; there is no version ${seenVersion}`,
      );
    }
    const { items } = await this.#audit.list({
      subject: `request:${id}`,
      limit: 1,
    });
    return new ConflictError(
      changedInWords({ seenVersion, current, actorRef: items[0]?.actorRef }),
    );
  }
}

/** Who changed a request to what since a version was seen. */
function changedInWords({
  seenVersion,
  current,
  actorRef,
  because,
}: {
  seenVersion: number;
  current: RequestRecord;
  actorRef?: string;
  because?: string;
}): string {
  const who = actorRef ? ` by ${actorRef}` : '';
  const why = because ? `. ${because}` : '';
  return `The request was changed${who} after you saw version ${seenVersion}: it is ${current.state} now, at version ${current.version}${why}`;
}
