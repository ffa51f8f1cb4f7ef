import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  productInWords,
  principalInWords,
  isolatedText,
  scopeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { RequestRecord } from '../requests/RequestRecord';
import { sendOrWarn } from './sendOrWarn';

/** What happened to a request. */
export type RequestHappening =
  | 'created'
  | 'stage-approved'
  | 'approved'
  | 'rejected'
  | 'changes-requested'
  | 'revised'
  | 'withdrawn'
  | 'lapsed'
  | 'commented'
  | 'judged-again';

/** Something that happened to a request. */
export interface RequestNotice {
  record: RequestRecord;
  happening: RequestHappening;
  actorRef: string;
  /** Why, in the words of who did it. */
  comment?: string;
}

interface Message {
  to: string[];
  title: string;
  description?: string;
}

function nameOf(ref: string): string {
  if (ref === SYSTEM_ACTOR) return 'Lakemesh';
  try {
    return parseEntityRef(ref).name;
  } catch {
    return ref;
  }
}

/** Who is told what. Pure. */
export function messageOf(notice: RequestNotice): Message | undefined {
  const { record, happening, actorRef, comment } = notice;
  const actor = nameOf(actorRef);
  const said = comment ? `${actor}: ${isolatedText(comment)}` : undefined;
  const product = productInWords(record);
  const yours = `Your request for ${product}`;
  const approvers = record.policy.stages[record.stage]?.approvers ?? [];
  const requester = [record.requesterRef];
  const what = `${scopeInWords(record.scope)} for ${principalInWords(
    record.principal,
  )}`;
  switch (happening) {
    case 'created':
    case 'revised':
    case 'stage-approved':
      return record.state === 'pending'
        ? {
            to: approvers,
            title: `${nameOf(
              record.requesterRef,
            )} asks for access to ${product}`,
            description: `${what}, ${
              record.durationDays
            } days, purpose: ${isolatedText(record.purpose)}`,
          }
        : undefined;
    case 'approved':
      return {
        to: requester,
        title: `${yours} was approved`,
        description: said ?? `${actor} approved ${what}`,
      };
    case 'rejected':
      return {
        to: requester,
        title: `${yours} was rejected`,
        description: said,
      };
    case 'changes-requested':
      return {
        to: requester,
        title: `${yours} needs changes`,
        description: said,
      };
    case 'lapsed':
      return {
        to: requester,
        title: `${yours} has lapsed`,
        description: comment ?? 'Nobody decided it in time. You can ask again.',
      };
    case 'judged-again':
      return {
        to: approvers,
        title: `${nameOf(
          record.requesterRef,
        )}’s request for ${product} has changed`,
        description: comment,
      };
    case 'commented':
      return {
        to: actorRef === record.requesterRef ? approvers : requester,
        title: `${actor} commented on the request for ${product}`,
        description: comment && isolatedText(comment),
      };
    default:
      return undefined;
  }
}

/**
 * Tells others what happened, after it was committed. What cannot be told is
 * logged: it never undoes what happened, and nobody waits for it.
 */
export class RequestNotices {
  readonly #signals: SignalsService;
  readonly #notifications: NotificationService;
  readonly #events: EventsService;
  readonly #logger: LoggerService;

  constructor(options: {
    signals: SignalsService;
    notifications: NotificationService;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#notifications = options.notifications;
    this.#events = options.events;
    this.#logger = options.logger;
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
    const message = messageOf(notice);
    if (!message || message.to.length === 0) return;
    sendOrWarn(this.#logger, 'notification about a request', () =>
      this.#notifications.send({
        recipients: {
          type: 'entity',
          entityRef: message.to,
          excludeEntityRef: actorRef.startsWith('user:')
            ? [actorRef]
            : undefined,
        },
        payload: {
          title: message.title,
          description: message.description,
          link: `/data-mesh/requests/${record.id}`,
          topic: 'data-mesh-requests',
          scope: `request:${record.id}`,
          severity: 'normal',
        },
      }),
    );
  }
}
