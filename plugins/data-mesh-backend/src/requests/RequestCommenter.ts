import type { DatabaseAuditLog } from '../audit/DatabaseAuditLog';
import { ProblemsError } from '../errors/ProblemsError';
import type { Caller } from '../identity/Caller';
import type { Tell } from '../events';
import type { HistoryStore } from '../store/requests/HistoryStore';
import type { RequestReader } from './reading/RequestReader';
import type { RequestStore } from '../store/requests/RequestStore';

/** Lets whoever may read a request say something about it. */
export class RequestCommenter {
  readonly #deps: {
    store: RequestStore;
    history: HistoryStore;
    reader: RequestReader;
    audit: DatabaseAuditLog;
    events: Tell;
    now: () => Date;
    newId: () => string;
  };

  constructor(deps: {
    store: RequestStore;
    history: HistoryStore;
    reader: RequestReader;
    audit: DatabaseAuditLog;
    events: Tell;
    now: () => Date;
    newId: () => string;
  }) {
    this.#deps = deps;
  }

  /** A comment changes no version: nobody has to look again because of it. */
  async comment(id: string, text: string, caller: Caller): Promise<void> {
    const { store, history, reader, audit, events, newId } = this.#deps;
    const record = await reader.record(id, caller);
    const said = text.trim();
    if (!said) {
      throw new ProblemsError([{ field: 'text', reason: 'is empty' }]);
    }
    const comment = {
      id: newId(),
      authorRef: caller.userRef,
      text: said,
      at: this.#deps.now().toISOString(),
    };
    await store.transaction(async tx => {
      await history.addComment(tx, id, comment);
      await audit.append(tx, {
        actorRef: caller.userRef,
        action: 'request.commented',
        subject: `request:${id}`,
        after: { commentId: comment.id, text: said },
        correlationId: id,
      });
    });
    events.emit('request', {
      record,
      happening: 'commented',
      actorRef: caller.userRef,
      comment: said,
    });
  }
}
