import {
  isolatedText,
  principalInWords,
  productInWords,
  scopeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementNotice } from '../events';
import { dayInWords } from './dayInWords';
import { links } from './links';
import type { Message } from './requestMessages';
import type { Say } from './say';

/** Who is told what about an entitlement. */
export interface EntitlementMessage extends Message {
  to?: string[];
  /** The owner of the product, where it is theirs to know. */
  inCharge?: string[];
}

/** Bad news that somebody has to do something about. */
const HIGH = new Set<EntitlementNotice['kind']>([
  'failed',
  'change-failed',
  'not-ready',
  'suspended',
  'closed-with-residue',
]);

/** News that nobody needs to be glad or worried about. */
const LOW = new Set<EntitlementNotice['kind']>([
  'reapplied',
  'narrowed',
  'relinquished',
  'expired',
  'revoked',
]);

function severityOf(kind: EntitlementNotice['kind']): Message['severity'] {
  if (HIGH.has(kind)) return 'high';
  return LOW.has(kind) ? 'low' : 'normal';
}

/** Who is told what about an entitlement. */
export function entitlementMessage(
  notice: EntitlementNotice,
  say: Say,
): EntitlementMessage {
  const { kind, entitlement } = notice;
  return {
    ...wordsOf(notice, say),
    link: links.access(entitlement.id),
    severity: severityOf(kind),
  };
}

function wordsOf(
  { kind, entitlement, actorRef, readiness }: EntitlementNotice,
  say: Say,
): Omit<EntitlementMessage, 'link' | 'severity'> {
  const { requesterRef, productOwnerRef, principal } = entitlement;
  const productTitle = productInWords(entitlement);
  const what = `${scopeInWords(entitlement.scope)} for ${principalInWords(
    principal,
  )}`;
  const until = entitlement.expiresAt
    ? `${what}, until ${dayInWords(entitlement.expiresAt)}`
    : what;
  const because = entitlement.endReason
    ? `: ${isolatedText(entitlement.endReason)}`
    : '';
  const by = actorRef ? `${what}, by ${say.name(actorRef)}` : what;
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
