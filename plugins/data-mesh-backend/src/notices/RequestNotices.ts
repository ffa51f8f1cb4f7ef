import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { RequestNotice } from '../events';
import { sendOrWarn } from './sendOrWarn';
import type { SubmissionNotices } from './SubmissionNotices';

/**
 * Tells others what happened, after it was committed. What cannot be told is
 * logged: it never undoes what happened, and nobody waits for it.
 */
export class RequestNotices {
  readonly #signals: SignalsService;
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #submissions: Pick<SubmissionNotices, 'tell'>;

  constructor(options: {
    signals: SignalsService;
    events: EventsService;
    logger: LoggerService;
    submissions: Pick<SubmissionNotices, 'tell'>;
  }) {
    this.#signals = options.signals;
    this.#events = options.events;
    this.#logger = options.logger;
    this.#submissions = options.submissions;
  }

  tell(notice: RequestNotice): void {
    const { record, happening, actorRef } = notice;
    sendOrWarn(this.#logger, 'signal about a request', () =>
      this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel: 'data-mesh',
        // No data: who gets it may not be allowed to read the request.
        message: { type: 'request', id: record.id },
      }),
    );
    sendOrWarn(this.#logger, 'event about a request', () =>
      this.#events.publish({
        topic: 'data-mesh.request',
        eventPayload: {
          happening,
          actorRef,
          requestId: record.id,
          groupId: record.groupId,
          state: record.state,
          version: record.version,
          productRef: record.productRef,
          port: record.port,
          principal: record.principal.id,
          requesterRef: record.requesterRef,
        },
      }),
    );
    sendOrWarn(this.#logger, 'notification about a request', () =>
      this.#submissions.tell(notice),
    );
  }
}
