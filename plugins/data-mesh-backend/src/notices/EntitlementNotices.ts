import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  productInWords,
  principalInWords,
  isolatedText,
  scopeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementNotice } from '../events';
import type { TellPeople } from './tellPeople';

/** Who is told what about an entitlement. Pure. */
export function entitlementMessage({
  kind,
  entitlement,
  actorRef,
  readiness,
}: EntitlementNotice): {
  to?: string[];
  /** The owner of the product, where it is theirs to know. */
  inCharge?: string[];
  title: string;
  description: string;
} {
  const { requesterRef, productOwnerRef, principal } = entitlement;
  const productTitle = productInWords(entitlement);
  const what = `${scopeInWords(entitlement.scope)} for ${principalInWords(
    principal,
  )}`;
  const until = entitlement.expiresAt
    ? `${what}, until ${entitlement.expiresAt.slice(0, 10)}`
    : what;
  const because = entitlement.endReason
    ? `: ${isolatedText(entitlement.endReason)}`
    : '';
  const by = actorRef ? `${what}, by ${actorRef}` : what;
  const both = { to: [requesterRef], inCharge: [productOwnerRef] };
  switch (kind) {
    case 'activated':
      return {
        to: [requesterRef],
        title: `Your access to ${productTitle} is active`,
        description: until,
      };
    case 'reapplied':
      return {
        ...both,
        title: `Access to ${productTitle} is being re-applied`,
        description: by,
      };
    case 'restored':
      return {
        to: [requesterRef],
        title: `Your access to ${productTitle} was re-applied`,
        description: until,
      };
    case 'amended':
      return {
        to: [requesterRef],
        title: `Your access to ${productTitle} was changed`,
        description: until,
      };
    case 'narrowed':
      return {
        ...both,
        title: `Access to ${productTitle} was narrowed`,
        description: until,
      };
    case 'change-failed':
      return {
        ...both,
        title: `Access to ${productTitle} could not be changed`,
        description: `${what} stays in force${
          entitlement.change?.error
            ? `: ${entitlement.change.error.message}`
            : ''
        }`,
      };
    case 'not-ready': {
      const failed = readiness?.checks.find(one => one.state === 'failed');
      return {
        to: [requesterRef],
        title: `Your access to ${productTitle} is active, but queries would fail`,
        description: failed
          ? [`${failed.title}: ${failed.words}`, failed.fix]
              .filter(Boolean)
              .join('. ')
          : what,
      };
    }
    case 'moved':
      return {
        ...both,
        title: `Access was moved to ${productTitle}`,
        description: `${until}: its product is not in the catalog any more, and ${productTitle} publishes the tables now`,
      };
    case 'closed-with-residue':
      return {
        inCharge: [productOwnerRef],
        title: `Access to ${productTitle} was closed with something left`,
        description: `${by}${
          entitlement.residue ? `: ${entitlement.residue.reason}` : ''
        }`,
      };
    case 'failed':
      return {
        ...both,
        title:
          entitlement.failedFrom === 'revoking'
            ? `Access to ${productTitle} could not be taken away`
            : `Access to ${productTitle} could not be set up`,
        description: `${what}${
          entitlement.error ? `: ${entitlement.error.message}` : ''
        }`,
      };
    case 'relinquished':
      return {
        inCharge: [productOwnerRef],
        title: `Access to ${productTitle} was handed back`,
        description: `${what}${because}`,
      };
    case 'suspended':
      return {
        ...both,
        title: `Access to ${productTitle} is suspended`,
        description: `${what}. ${
          entitlement.suspension?.reason ?? 'Somebody has to decide about it'
        }; its approvers decide whether it goes on`,
      };
    case 'expired':
      return {
        to: [requesterRef],
        title: `Your access to ${productTitle} has ended`,
        description: what,
      };
    case 'revoked':
    default:
      return {
        to: [requesterRef],
        title: `Your access to ${productTitle} was revoked`,
        description: `${what}${because}`,
      };
  }
}

/** Tells others what became of entitlements. */
export class EntitlementNotices {
  readonly #signals: SignalsService;
  readonly #tellPeople: TellPeople;
  readonly #events: EventsService;
  readonly #logger: LoggerService;

  constructor(options: {
    signals: SignalsService;
    tellPeople: TellPeople;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#tellPeople = options.tellPeople;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  async onChange(id: string): Promise<void> {
    await this.#signals.publish({
      recipients: { type: 'broadcast' },
      channel: 'data-mesh',
      message: { type: 'entitlement', id },
    });
  }

  async notify(notice: EntitlementNotice): Promise<void> {
    const { kind, entitlement, actorRef } = notice;
    const { title, description, ...whom } = entitlementMessage(notice);
    const told = await Promise.allSettled([
      this.#events.publish({
        topic: 'data-mesh.entitlement',
        eventPayload: {
          happening: kind,
          entitlementId: entitlement.id,
          requestId: entitlement.requestId,
          state: entitlement.state,
          productRef: entitlement.productRef,
          port: entitlement.port,
          principal: entitlement.principal.id,
        },
      }),
      this.#tellPeople({
        ...whom,
        actorRef,
        payload: {
          title,
          description,
          link: `/data-mesh/requests/${entitlement.requestId}`,
          topic: 'data-mesh-entitlements',
          scope: `entitlement:${entitlement.id}`,
          severity: ['failed', 'change-failed', 'not-ready'].includes(kind)
            ? 'high'
            : 'normal',
        },
      }),
    ]);
    for (const one of told) {
      if (one.status === 'rejected') {
        this.#logger.warn('News of an entitlement could not be sent', {
          reason: String(one.reason),
        });
      }
    }
  }
}
