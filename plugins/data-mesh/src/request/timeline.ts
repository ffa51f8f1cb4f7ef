import type {
  AccessScope,
  Decision,
  EntitlementDetail,
  RequestDetail,
  Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { diffRequests, diffScopes, RequestChange } from '../scope/requestDiff';

/** One thing that happened to a request. */
export type TimelineEntry = { id: string; at: string } & (
  | {
      kind: 'created';
      actorRef: string;
      scope: AccessScope;
      durationDays: number;
      text?: string;
    }
  | { kind: 'commented'; actorRef: string; text: string }
  | {
      kind: 'revised';
      actorRef: string;
      changes: RequestChange[];
      text?: string;
    }
  | {
      kind: 'decided';
      actorRef: string;
      decision: Decision['decision'];
      /** Whether less was approved than was asked for. */
      narrowed: boolean;
      changes: RequestChange[];
      text?: string;
    }
  | { kind: 'byRule'; because?: Sentence }
  | { kind: 'withdrawn'; actorRef: string }
  | { kind: 'lapsed' | 'closed' }
  | { kind: 'entitled' | 'activated' | 'ending' }
  | { kind: 'failed'; text: string }
  | { kind: 'ended'; actorRef?: string; text?: string }
);

/** What a request said at first: before its first change, if it was changed. */
function firstContent(request: RequestDetail) {
  const [first] = [...request.revisions].sort((a, b) => a.number - b.number);
  return first?.before ?? request;
}

function revisionEntries(request: RequestDetail): TimelineEntry[] {
  const revisions = [...request.revisions].sort((a, b) => a.number - b.number);
  return revisions.map((revision, index) => ({
    id: `revision ${revision.number}`,
    at: revision.at,
    kind: 'revised',
    actorRef: revision.authorRef,
    changes: diffRequests(
      revision.before,
      revisions[index + 1]?.before ?? request,
    ),
    text: revision.comment,
  }));
}

/** What the request said when a decision narrowed it. */
function contentAt(request: RequestDetail, at: string) {
  const later = request.revisions
    .filter(revision => revision.at > at)
    .sort((a, b) => a.number - b.number);
  return later[0]?.before ?? request;
}

function decisionEntries(request: RequestDetail): TimelineEntry[] {
  // What a rule decided is told as such below, with the rule.
  const byPeople = request.decisions.filter(
    ({ actorRef }) => !actorRef.startsWith('plugin:'),
  );
  return byPeople.map(decision => {
    const { scope, durationDays } = contentAt(request, decision.at);
    const changes = decision.narrowedScope
      ? diffScopes(scope, decision.narrowedScope)
      : [];
    const { narrowedDurationDays: days } = decision;
    if (days !== undefined && days !== durationDays) {
      changes.push({ kind: 'duration', from: durationDays, to: days });
    }
    return {
      id: `decision ${decision.id}`,
      at: decision.at,
      kind: 'decided',
      actorRef: decision.actorRef,
      decision: decision.decision,
      narrowed: Boolean(decision.narrowedScope) || days !== undefined,
      changes,
      text: decision.comment,
    };
  });
}

function entitlementEntries(entitlement: EntitlementDetail): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    { id: 'entitled', at: entitlement.createdAt, kind: 'entitled' },
  ];
  if (entitlement.activatedAt) {
    entries.push({
      id: 'activated',
      at: entitlement.activatedAt,
      kind: 'activated',
    });
  }
  if (entitlement.state === 'failed' && entitlement.error) {
    const { code, message, at } = entitlement.error;
    entries.push({
      id: 'failed',
      at,
      kind: 'failed',
      text: `${code}: ${message}`,
    });
  }
  if (entitlement.state === 'revoking') {
    entries.push({ id: 'ending', at: entitlement.updatedAt, kind: 'ending' });
  }
  if (entitlement.endedAt) {
    entries.push({
      id: 'ended',
      at: entitlement.endedAt,
      kind: 'ended',
      actorRef: entitlement.endedBy,
      text: entitlement.endReason,
    });
  }
  return entries;
}

/** All that happened to a request and to what came of it, oldest first. */
export function timelineOf(
  request: RequestDetail,
  entitlement?: EntitlementDetail,
): TimelineEntry[] {
  const first = firstContent(request);
  const entries: TimelineEntry[] = [
    {
      id: 'created',
      at: request.createdAt,
      kind: 'created',
      actorRef: request.requesterRef,
      scope: first.scope,
      durationDays: first.durationDays,
      text: first.justification,
    },
    ...revisionEntries(request),
    ...decisionEntries(request),
    ...request.comments.map(
      (comment): TimelineEntry => ({
        id: `comment ${comment.id}`,
        at: comment.at,
        kind: 'commented',
        actorRef: comment.authorRef,
        text: comment.text,
      }),
    ),
  ];
  if (request.policy.autoApproved) {
    entries.push({
      id: 'rule',
      at: request.decidedAt ?? request.createdAt,
      kind: 'byRule',
      because: request.policy.autoApprovedBecause,
    });
  }
  const closedAt = request.decidedAt ?? request.updatedAt;
  if (request.state === 'withdrawn') {
    entries.push({
      id: 'withdrawn',
      at: closedAt,
      kind: 'withdrawn',
      // Nobody else can.
      actorRef: request.requesterRef,
    });
  }
  if (request.state === 'lapsed') {
    // Where another reason than time ended it, the system has written which.
    const hasReason = request.comments.some(
      ({ authorRef, at }) => authorRef.startsWith('plugin:') && at === closedAt,
    );
    entries.push({
      id: 'lapsed',
      at: closedAt,
      kind: hasReason ? 'closed' : 'lapsed',
    });
  }
  if (entitlement) {
    const isAboutHeld = request.amendsEntitlementId !== undefined;
    entries.push(
      ...entitlementEntries(entitlement).filter(
        // What was before a renewal or change is told by the first request.
        ({ at }) =>
          !isAboutHeld || Date.parse(at) >= Date.parse(request.createdAt),
      ),
    );
  }
  // Sorting is stable: what happened at the same moment keeps its order above.
  return entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/**
 * What people said last about a request, so that it is read before all else:
 * why it came to nothing, what was asked for, what earlier stages decided.
 */
export function lastWordsOf(request: RequestDetail): TimelineEntry[] {
  const entries = timelineOf(request);
  const { state } = request;
  if (state === 'withdrawn' || state === 'lapsed') {
    // The reason is a comment of the same moment.
    const end = entries.find(({ kind }) =>
      ['withdrawn', 'lapsed', 'closed'].includes(kind),
    );
    return entries.filter(
      entry =>
        entry === end || (entry.kind === 'commented' && entry.at === end?.at),
    );
  }
  const decided = entries.filter(({ kind }) => kind === 'decided');
  if (state === 'rejected' || state === 'changes-requested') {
    return decided.slice(-1);
  }
  if (state !== 'pending') return [];
  const revised = entries.findLast(({ kind }) => kind === 'revised');
  return decided.filter(
    entry => !revised || Date.parse(entry.at) >= Date.parse(revised.at),
  );
}
