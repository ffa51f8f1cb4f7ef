import type {
  RequestDetail,
  RequestState,
  Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What happened to a request between looking at it and pressing a button. */
export type ConflictChange =
  | { kind: 'state'; state: RequestState }
  | { kind: 'stage'; stage: number }
  | { kind: 'decision'; actorRef: string }
  | { kind: 'revised' }
  | { kind: 'comment'; count: number }
  | { kind: 'judged'; words: Sentence }
  | { kind: 'other' };

/** What is new in a request since it was last seen. */
export function conflictChanges(
  seen: RequestDetail,
  now: RequestDetail,
): ConflictChange[] {
  const changes: ConflictChange[] = [];
  const known = new Set(seen.decisions.map(decision => decision.id));
  for (const { id, actorRef } of now.decisions) {
    if (!known.has(id)) changes.push({ kind: 'decision', actorRef });
  }
  if (now.state !== seen.state) {
    changes.push({ kind: 'state', state: now.state });
  } else if (now.stage !== seen.stage) {
    changes.push({ kind: 'stage', stage: seen.stage + 1 });
  }
  if (now.revisions.length > seen.revisions.length) {
    changes.push({ kind: 'revised' });
  }
  const comments = now.comments.length - seen.comments.length;
  if (comments > 0) changes.push({ kind: 'comment', count: comments });
  const before = new Set(seen.differences?.map(({ words }) => words.text));
  for (const { words } of now.differences ?? []) {
    if (!before.has(words.text)) changes.push({ kind: 'judged', words });
  }
  return changes.length ? changes : [{ kind: 'other' }];
}
