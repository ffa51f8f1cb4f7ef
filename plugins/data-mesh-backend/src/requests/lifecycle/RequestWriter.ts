import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { DatabaseAuditLog } from '../../audit/DatabaseAuditLog';
import { nextTurn } from '../../turns';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';

/** A change of one request, as it goes to the audit trail. */
export interface RequestChange {
  seen: RequestRecord;
  next: RequestRecord;
  actorRef: string;
  /** Like `request.approved`. */
  action: string;
  /** Said beside the change, like a reason. */
  note?: JsonObject;
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
  readonly #audit: DatabaseAuditLog;

  constructor(options: { store: RequestStore; audit: DatabaseAuditLog }) {
    this.#store = options.store;
    this.#audit = options.audit;
  }

  /**
   * @param work - what else belongs to the change; it runs after the request's
   *   row was won and before the audit trail is locked
   * @throws ConflictError where the request is not at the version seen any more
   */
  async commit(
    change: RequestChange,
    work: (tx: Knex.Transaction, version: number) => Promise<void> = async () =>
      undefined,
  ): Promise<RequestRecord> {
    const { seen } = change;
    const next = { ...change.next, version: seen.version + 1 };
    try {
      await this.#store.transaction(async tx => {
        if (!(await this.#store.replace(tx, next, seen.version))) {
          throw new LostRaceError();
        }
        // Each writes the whole scope.
        await nextTurn();
        await work(tx, next.version);
        await nextTurn();
        await this.#audit.append(tx, {
          actorRef: change.actorRef,
          action: change.action,
          subject: `request:${seen.id}`,
          before: auditedState(seen),
          after: { ...auditedState(next), ...change.note },
          correlationId: seen.id,
        });
      });
    } catch (error) {
      if (error instanceof LostRaceError) {
        throw await this.conflict(seen.id, seen.version);
      }
      throw error;
    }
    return next;
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
    const who = items[0] ? ` by ${items[0].actorRef}` : '';
    return new ConflictError(
      `The request was changed${who} after you saw version ${seenVersion}: it is ${current.state} now, at version ${current.version}`,
    );
  }
}
