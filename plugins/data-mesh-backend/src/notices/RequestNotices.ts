import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  productInWords,
  principalInWords,
  isolatedText,
  scopeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { SYSTEM_ACTOR } from '../identity/Caller';
import { mayNotDecide } from '../policy/mayNotDecide';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import { sendOrWarn } from './sendOrWarn';
import type { TellPeople } from './tellPeople';
import type { RequestNotice } from '../events';

/** Either is told to somebody, or asks those whose turn it is. */
interface Message {
  to?: string[];
  asks?: string[];
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

/** What the system asks about suspended access reads otherwise. */
function resumptionMessage(notice: RequestNotice): Message | undefined {
  const { record, happening, actorRef, comment } = notice;
  const product = productInWords(record);
  const approvers = record.policy.stages[record.stage]?.approvers ?? [];
  const requester = [record.requesterRef];
  switch (happening) {
    case 'created':
    case 'stage-approved':
      return record.state === 'pending'
        ? {
            to: approvers,
            title: `Access to ${product} is suspended until you decide`,
            description:
              comment ??
              `${scopeInWords(record.scope)} for ${principalInWords(
                record.principal,
              )} newly reaches what nobody has approved`,
          }
        : undefined;
    case 'approved':
      return {
        to: requester,
        title: `Your suspended access to ${product} goes on`,
        description: `${nameOf(actorRef)} approved it`,
      };
    case 'rejected':
      return {
        to: requester,
        title: `Your suspended access to ${product} has ended`,
        description: comment && `${nameOf(actorRef)}: ${isolatedText(comment)}`,
      };
    case 'lapsed':
      return {
        to: requester,
        title: `What was asked about your suspended access to ${product} has lapsed`,
        description:
          comment ?? 'Nobody decided in time, so the access has ended.',
      };
    case 'judged-again':
      return {
        to: approvers,
        title: `What is asked about suspended access to ${product} has changed`,
        description: comment,
      };
    default:
      return undefined;
  }
}

/** Who is told what. Pure. */
export function messageOf(notice: RequestNotice): Message | undefined {
  const { record, happening, actorRef, comment } = notice;
  if (record.kind === 'resume' && happening !== 'commented') {
    return resumptionMessage(notice);
  }
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
            asks: approvers,
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
        asks: approvers,
        title: `${nameOf(
          record.requesterRef,
        )}’s request for ${product} has changed`,
        description: comment,
      };
    case 'commented':
      return {
        ...(actorRef === record.requesterRef
          ? { asks: approvers }
          : { to: requester }),
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
  readonly #tellPeople: TellPeople;
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #principals: Pick<PrincipalDirectory, 'usersBehind'>;
  readonly #fallbackApprovers: readonly string[];

  constructor(options: {
    signals: SignalsService;
    tellPeople: TellPeople;
    events: EventsService;
    logger: LoggerService;
    principals: Pick<PrincipalDirectory, 'usersBehind'>;
    /** `dataMesh.policy.fallbackApprovers`. */
    fallbackApprovers: readonly string[];
  }) {
    this.#signals = options.signals;
    this.#tellPeople = options.tellPeople;
    this.#events = options.events;
    this.#logger = options.logger;
    this.#principals = options.principals;
    this.#fallbackApprovers = options.fallbackApprovers;
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
    if (!message) return;
    const { to, asks, title, description } = message;
    sendOrWarn(this.#logger, 'notification about a request', async () =>
      this.#tellPeople({
        to,
        ...(asks && {
          inCharge: asks,
          fallbackApprovers: this.#fallbackApprovers,
          mayNotDecide: await mayNotDecide(this.#principals, record),
        }),
        actorRef,
        payload: {
          title,
          description,
          link: `/data-mesh/requests/${record.id}`,
          topic: 'data-mesh-requests',
          scope: `request:${record.id}`,
          severity: 'normal',
        },
      }),
    );
  }
}
