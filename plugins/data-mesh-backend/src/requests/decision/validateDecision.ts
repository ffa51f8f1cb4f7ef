import {
  beyondScope,
  type NewDecision,
  type Problem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import { rowFilterProblems } from '../../scopes/rowFilterProblems';

/** Whether suspended access goes on is answered by yes or no. */
function resumptionProblems(decision: NewDecision): Problem[] {
  const reason =
    'suspended access goes on as it was, or ends; narrow it when it is active again';
  return [
    ...(decision.decision === 'request-changes'
      ? [{ field: 'decision', reason }]
      : []),
    ...(decision.narrowedScope ? [{ field: 'narrowedScope', reason }] : []),
    ...(decision.narrowedDurationDays !== undefined
      ? [{ field: 'narrowedDurationDays', reason }]
      : []),
  ];
}

/** What is wrong with a decision by itself. Pure. */
export function validateDecision(
  decision: NewDecision,
  record: Pick<
    RequestRecord,
    'kind' | 'scope' | 'durationDays' | 'portSnapshot'
  >,
): Problem[] {
  const { comment, narrowedScope, narrowedDurationDays } = decision;
  const problems: Problem[] = [];
  if (record.kind === 'resume') problems.push(...resumptionProblems(decision));
  if (decision.decision !== 'approve') {
    if (!comment?.trim()) {
      problems.push({
        field: 'comment',
        reason: `is required to ${
          decision.decision === 'reject' ? 'reject' : 'ask for changes'
        }: the requester must learn why`,
      });
    }
    if (narrowedScope || narrowedDurationDays !== undefined) {
      problems.push({
        field: narrowedScope ? 'narrowedScope' : 'narrowedDurationDays',
        reason: 'can only be given with an approval',
      });
    }
    return problems;
  }
  if (narrowedScope && record.kind === 'renew') {
    problems.push({
      field: 'narrowedScope',
      reason:
        'a renewal keeps what is held; narrow the access itself to take a part of it away',
    });
  } else if (narrowedScope) {
    problems.push(
      ...beyondScope(record.scope, narrowedScope),
      ...rowFilterProblems(narrowedScope, record.portSnapshot, 'narrowedScope'),
    );
  }
  if (narrowedDurationDays !== undefined && record.kind === 'amend') {
    return [
      ...problems,
      {
        field: 'narrowedDurationDays',
        reason:
          'an amendment keeps the end; narrow the access itself to let it end earlier',
      },
    ];
  }
  if (
    narrowedDurationDays !== undefined &&
    (narrowedDurationDays < 1 || narrowedDurationDays > record.durationDays)
  ) {
    problems.push({
      field: 'narrowedDurationDays',
      reason: `is ${narrowedDurationDays}, expected 1 to ${record.durationDays}, the days that were asked for`,
    });
  }
  return problems;
}
