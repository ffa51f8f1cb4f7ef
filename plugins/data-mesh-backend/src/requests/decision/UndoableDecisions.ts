import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError, isError } from '@backstage/errors';
import type { NewDecision } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { DatabaseAuditLog } from '../../audit/DatabaseAuditLog';
import type { Tell } from '../../events';
import { isSpoken } from '../../http/concealFailures';
import type { Caller } from '../../identity/Caller';
import type { People } from '../../people';
import type { Timers } from '../../provisioning/Timers';
import type { HistoryStore } from '../../store/requests/HistoryStore';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';
import {
  toUndoable,
  type StoredDecision,
  type UndoableDecisionStore,
} from '../../store/requests/UndoableDecisionStore';
import { droppedEvent, tellDropped } from '../lifecycle/droppedDecision';
import type { RequestWriter } from '../lifecycle/RequestWriter';
import { decidingInWords } from '../lifecycle/standing';
import type { RequestReader } from '../reading/RequestReader';
import type { DecisionJudge } from './DecisionJudge';
import type { DecisionWriter } from './DecisionWriter';

/** How long others wait for a replica that has taken one up. */
const LEASE_MS = 60_000;

/** After as many failures that may pass, a decision falls away. */
const MAX_ATTEMPTS = 5;

const BATCH = 100;

/** Whether it may work a minute later. */
const isUnavailable = (error: unknown) =>
  isError(error) && error.name === 'ServiceUnavailableError';

interface UndoableDeps {
  store: RequestStore;
  undoables: UndoableDecisionStore;
  history: HistoryStore;
  reader: RequestReader;
  writer: RequestWriter;
  decisions: DecisionJudge;
  decided: DecisionWriter;
  people: Pick<People, 'refsOf'>;
  audit: DatabaseAuditLog;
  events: Tell;
  logger: LoggerService;
  timers: Timers;
  /** `dataMesh.policy.undoSeconds` */
  undoSeconds: number;
  now: () => Date;
  newId: () => string;
}

/**
 * Decisions that their authors can undo: stored at once, and carried out after a
 * while by this replica's timer, or by the pass of any where this one died.
 */
export class UndoableDecisions {
  readonly #deps: UndoableDeps;
  /** What calls off the timers, by the id of the decision. */
  readonly #timers = new Map<string, () => void>();
  readonly #running = new Set<Promise<void>>();

  constructor(deps: UndoableDeps) {
    this.#deps = deps;
  }

  /** Where it is not, undoable decisions take effect at once. */
  get isOffered(): boolean {
    return this.#deps.undoSeconds > 0;
  }

  /**
   * @param record - the request, which can be decided that way now
   * @throws ConflictError where it was changed or decided meanwhile
   */
  async store(
    record: RequestRecord,
    decision: NewDecision,
    caller: Caller,
  ): Promise<void> {
    const { undoables, writer, events, timers, now, newId } = this.#deps;
    const { id: requestId, version } = record;
    const undoMs = this.#deps.undoSeconds * 1000;
    const decidedAt = now();
    const takesEffectAt = new Date(decidedAt.getTime() + undoMs).toISOString();
    const stored: StoredDecision = {
      id: newId(),
      requestId,
      version,
      actorRef: caller.userRef,
      decision,
      decidedAt: decidedAt.toISOString(),
      takesEffectAt,
      dueAt: takesEffectAt,
      attempts: 0,
    };
    const outcome = await this.#insert(stored);
    if (outcome === 'changed') throw await writer.conflict(requestId, version);
    if (outcome === 'taken') {
      const other = await undoables.find(requestId);
      throw new ConflictError(
        other
          ? decidingInWords(toUndoable(other), caller.userRef)
          : 'Somebody else was deciding this request at the same time; try again',
      );
    }
    this.#timers.set(
      stored.id,
      timers.after(undoMs, () => this.#whenDue(stored)),
    );
    events.emit('request', {
      record,
      happening: 'decision-stored',
      actorRef: caller.userRef,
    });
  }

  #insert(stored: StoredDecision): Promise<'stored' | 'changed' | 'taken'> {
    const { store, undoables, audit } = this.#deps;
    const { requestId, actorRef, decision, takesEffectAt } = stored;
    return store.transaction(async tx => {
      if (!(await store.lock(tx, requestId, stored.version))) return 'changed';
      if (!(await undoables.insert(tx, stored))) return 'taken';
      await audit.append(tx, {
        actorRef,
        action: 'request.decision-stored',
        subject: `request:${requestId}`,
        after: { ...JSON.parse(JSON.stringify(decision)), takesEffectAt },
        correlationId: requestId,
      });
      return 'stored';
    });
  }

  /**
   * @throws NotAllowedError where somebody else has decided
   * @throws ConflictError where there is nothing to undo any more
   */
  async undo(requestId: string, caller: Caller): Promise<void> {
    const { store, undoables, reader, audit, events, now } = this.#deps;
    const record = await reader.record(requestId, caller);
    const stored = await undoables.find(requestId);
    if (!stored) throw await this.#nothingToUndo(requestId, caller);
    const { actorRef, decision, takesEffectAt, decidedAt } = stored;
    if (actorRef !== caller.userRef) {
      throw new NotAllowedError(
        `Only ${actorRef}, who has decided this request, can undo it`,
      );
    }
    const undone =
      stored.attempts === 0 &&
      now().toISOString() < takesEffectAt &&
      (await store.transaction(async tx => {
        if (!(await undoables.remove(tx, stored))) return false;
        await audit.append(tx, {
          actorRef,
          action: 'request.decision-undone',
          subject: `request:${requestId}`,
          before: { decision: decision.decision, decidedAt, takesEffectAt },
          correlationId: requestId,
        });
        return true;
      }));
    if (!undone) {
      throw new ConflictError(
        `Your decision could be undone until ${takesEffectAt}; it is taking effect now`,
      );
    }
    this.#callOff(stored);
    events.emit('request', {
      record,
      happening: 'decision-undone',
      actorRef,
    });
  }

  async #nothingToUndo(
    requestId: string,
    { userRef }: Caller,
  ): Promise<ConflictError> {
    const made = await this.#deps.history.decisionsOf(requestId);
    const last = made.filter(decision => decision.actorRef === userRef).pop();
    return new ConflictError(
      last
        ? `Your decision took effect at ${last.at} and cannot be undone any more`
        : 'There is no decision of yours to undo',
    );
  }

  /**
   * Carries out what the replica that stored it did not, because it has died or
   * was stopped.
   */
  async pass(signal?: AbortSignal): Promise<void> {
    const { undoables, now } = this.#deps;
    for (;;) {
      const due = await undoables.due(now().toISOString(), BATCH);
      for (const stored of due) {
        if (signal?.aborted) return;
        await this.#takeUp(stored);
      }
      if (due.length < BATCH) return;
    }
  }

  /** Leaves what is not due yet to other replicas, or to the next start. */
  async stop(): Promise<void> {
    for (const callOff of this.#timers.values()) callOff();
    this.#timers.clear();
    await Promise.all(this.#running);
  }

  #callOff({ id }: StoredDecision): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  #whenDue(stored: StoredDecision): void {
    this.#timers.delete(stored.id);
    const work: Promise<void> = this.#takeUp(stored)
      .catch(error =>
        this.#deps.logger.error(
          `The decision ${stored.id} could not be taken up; the next pass tries again`,
          error,
        ),
      )
      .finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  async #takeUp(stored: StoredDecision): Promise<void> {
    const { undoables, now } = this.#deps;
    const until = new Date(now().getTime() + LEASE_MS).toISOString();
    const claimed = await undoables.claim(stored, until);
    // It was undone, fell away, or another replica was faster.
    if (!claimed) return;
    try {
      await this.#carryOut(claimed);
    } catch (error) {
      await this.#failed(claimed, error);
    }
  }

  /**
   * Decides by the facts of now, but for the permission: the permission policy
   * answers only about somebody who is signed in, and has said yes already.
   */
  async #carryOut(stored: StoredDecision): Promise<void> {
    const { store, reader, people, decisions, decided } = this.#deps;
    const { requestId, version, decision, actorRef } = stored;
    const record = await store.get(requestId);
    const judged = await decisions.judge(record, version, decision, async () =>
      reader.standingInAbsence(
        record,
        { userRef: actorRef, ownershipRefs: await people.refsOf(actorRef) },
        { decide: true, withdraw: false },
      ),
    );
    await decided.write(record, judged, { decision, actorRef, stored });
  }

  async #failed(stored: StoredDecision, error: unknown): Promise<void> {
    const { logger } = this.#deps;
    const { id, requestId, attempts } = stored;
    const reason =
      isSpoken(error) && isError(error) ? error.message : undefined;
    const mayPass = reason === undefined || isUnavailable(error);
    if (mayPass) {
      logger.error(
        `The decision ${id} on request ${requestId} could not be carried out (attempt ${attempts} of ${MAX_ATTEMPTS})`,
        isError(error) ? error : new Error(String(error)),
      );
      if (attempts < MAX_ATTEMPTS) return;
    }
    await this.#drop(
      stored,
      reason ??
        'Something went wrong on our side; your platform team finds it in the log. Please decide again',
    );
  }

  /** The request waits for a decision again. */
  async #drop(stored: StoredDecision, reason: string): Promise<void> {
    const { store, undoables, audit, events } = this.#deps;
    const event = droppedEvent(stored, reason);
    const dropped = await store.transaction(async tx => {
      if (!(await undoables.remove(tx, stored))) return false;
      await audit.append(tx, event);
      return true;
    });
    if (!dropped) return;
    tellDropped(events, await store.get(stored.requestId), stored, {
      reason,
      actorRef: event.actorRef,
    });
  }
}
