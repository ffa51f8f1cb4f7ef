import {
  isolatedText,
  principalInWords,
  productInWords,
  scopeInWords,
  type DecisionKind,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { RequestHappening } from '../events';
import type { RequestSummary } from '../store/requests/RequestRecord';
import { dayInWords } from './dayInWords';
import { links } from './links';
import type { Say } from './say';

/** What a notification says. */
export interface Message {
  title: string;
  description?: string;
  link: string;
  severity: 'low' | 'normal' | 'high';
}

/** What has happened to a request, as far as words need it. */
export interface Happened {
  record: RequestSummary;
  happening: RequestHappening;
  actorRef: string;
  comment?: string;
  /** The undoable decision that came to nothing, and whose it was. */
  dropped?: { decision: DecisionKind; actorRef: string };
}

const decisionNouns: { [D in DecisionKind]: string } = {
  approve: 'approval',
  reject: 'rejection',
  'request-changes': 'request for changes',
};

const either = new Intl.ListFormat('en');

/** What is asked for, of one submission: they differ in principals only. */
function whatOf(requests: readonly RequestSummary[]): string {
  const [{ scope }] = requests;
  return `${scopeInWords(scope)} for ${either.format(
    requests.map(({ principal }) => principalInWords(principal)).sort(),
  )}`;
}

const wishes = {
  new: 'asks for access to',
  renew: 'asks to renew access to',
  amend: 'asks to change access to',
};

const isChanged = (happened: Happened | undefined) =>
  happened?.happening === 'judged-again';

/**
 * Asks approvers to decide.
 *
 * @param requests - of one submission, those that wait for the same people
 * @param last - what happened last, where that is why they are asked
 */
export function askMessage(
  requests: readonly RequestSummary[],
  say: Say,
  last?: Happened,
): Message {
  const [first] = requests;
  const product = productInWords(first);
  const who = say.name(first.requesterRef);
  const common = {
    link:
      requests.length > 1
        ? links.requestsToDecide(first.id)
        : links.request(first.id),
    severity: 'normal' as const,
  };
  if (first.kind === 'resume') {
    return {
      ...common,
      title: isChanged(last)
        ? `What is asked about suspended access to ${product} has changed`
        : `Access to ${product} is suspended until you decide`,
      description:
        last?.comment ?? `${whatOf(requests)} reaches what nobody has approved`,
      severity: 'high',
    };
  }
  if (isChanged(last)) {
    return {
      ...common,
      title: `${who}’s request for ${product} has changed`,
      description: last?.comment,
    };
  }
  return {
    ...common,
    title: `${who} ${wishes[first.kind]} ${product}`,
    description: `${whatOf(requests)}, ${
      first.durationDays
    } days, purpose: ${say.purpose(first.purpose)}`,
  };
}

/** Reminds approvers of requests that wait for them. */
export function waitingMessage(
  requests: readonly RequestSummary[],
  say: Say,
): Message {
  const asked = askMessage(requests, say);
  const [{ kind, requesterRef, createdAt }] = requests;
  return kind === 'resume'
    ? asked
    : {
        ...asked,
        title: `${say.name(requesterRef)} waits for you since ${dayInWords(
          createdAt,
        )}: ${asked.title}`,
        severity: 'high',
      };
}

/** Tells approvers or requesters of a comment. */
function commentMessage(
  { record, actorRef, comment }: Happened,
  say: Say,
): Message {
  return {
    title: `${say.name(actorRef)} commented on the request for ${productInWords(
      record,
    )}`,
    description: comment && isolatedText(comment),
    link: links.request(record.id),
    severity: 'normal',
  };
}

/** Tells the requester how the system's question about suspended access ended. */
function resumptionMessage(
  { record, happening, actorRef, comment }: Happened,
  say: Say,
): Message | undefined {
  const product = productInWords(record);
  const link = links.request(record.id);
  const said = comment && `${say.name(actorRef)}: ${isolatedText(comment)}`;
  switch (happening) {
    case 'approved':
      return {
        title: `Your suspended access to ${product} goes on`,
        description: `${say.name(actorRef)} approved it`,
        link,
        severity: 'normal',
      };
    case 'rejected':
      return {
        title: `Your suspended access to ${product} has ended`,
        description: said,
        link,
        severity: 'low',
      };
    case 'lapsed':
      return {
        title: `What was asked about your suspended access to ${product} has lapsed`,
        description:
          comment ?? 'Nobody decided in time, so the access has ended.',
        link,
        severity: 'low',
      };
    default:
      return undefined;
  }
}

/** Tells the requester what others did with a request. */
export function requesterMessage(
  happened: Happened,
  say: Say,
): Message | undefined {
  const { record, happening, actorRef, comment } = happened;
  if (happening === 'commented') return commentMessage(happened, say);
  if (record.kind === 'resume') return resumptionMessage(happened, say);
  const actor = say.name(actorRef);
  const said = comment ? `${actor}: ${isolatedText(comment)}` : undefined;
  const yours = `Your request for ${productInWords(record)}`;
  const link = links.request(record.id);
  switch (happening) {
    case 'approved':
      return {
        title: `${yours} was approved`,
        description: said ?? `${actor} approved ${whatOf([record])}`,
        link,
        severity: 'normal',
      };
    case 'rejected':
      return {
        title: `${yours} was rejected`,
        description: said,
        link,
        severity: 'low',
      };
    case 'changes-requested':
      return {
        title: `${yours} needs changes`,
        description: said,
        link: links.revise(record),
        severity: 'high',
      };
    case 'lapsed':
      return {
        title: `${yours} has lapsed`,
        description: comment ?? 'Nobody decided it in time. You can ask again.',
        link,
        severity: 'low',
      };
    default:
      return undefined;
  }
}

const deeds: { [H in RequestHappening]?: string } = {
  approved: 'approved',
  'stage-approved': 'approved',
  rejected: 'rejected',
  'changes-requested': 'asked for changes to',
  revised: 'changed',
  withdrawn: 'withdrew',
};

/** Tells approvers what a comment on a request says. */
export const commentForApprovers = commentMessage;

function settledTitle(
  { record, happening, actorRef }: Happened,
  say: Say,
): string {
  const requester = say.name(record.requesterRef);
  const product = productInWords(record);
  const deed = deeds[happening];
  if (deed) {
    return actorRef === record.requesterRef
      ? `${requester} ${deed} the request for ${product}`
      : `${say.name(actorRef)} ${deed} ${requester}’s request for ${product}`;
  }
  return happening === 'lapsed'
    ? `${requester}’s request for ${product} has lapsed`
    : `${requester}’s request for ${product} does not wait for you any more`;
}

/** Tells those who were asked that they need not act any more. */
export function settledMessage(happened: Happened, say: Say): Message {
  const { record, comment } = happened;
  return {
    title: settledTitle(happened, say),
    description: comment && isolatedText(comment),
    link: links.request(record.id),
    severity: 'low',
  };
}

/** Who decided must learn that it came to nothing. */
export function droppedMessage({
  record,
  comment,
  dropped,
}: Happened): Message | undefined {
  return (
    dropped && {
      title: `Your ${decisionNouns[dropped.decision]} for ${productInWords(
        record,
      )} did not take effect`,
      description: comment && isolatedText(comment),
      link: links.request(record.id),
      severity: 'high',
    }
  );
}
