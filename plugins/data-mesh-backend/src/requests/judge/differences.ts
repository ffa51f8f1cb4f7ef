import type {
  PolicyStage,
  Problem,
  RequestDifference,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  quotedNames,
  sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What approvers were shown of a request, as far as decisions rest on it. */
export interface Shown {
  stages: readonly PolicyStage[];
  sensitiveColumns: readonly string[];
  problems: readonly Problem[];
  /** Why it is not known what is reached. */
  unknown?: string;
}

const listed = (refs: readonly string[]) =>
  quotedNames(refs.map(ref => ref.slice(ref.indexOf(':') + 1)));

const isSame = (one: PolicyStage, other: PolicyStage) =>
  one.approvers.length === other.approvers.length &&
  one.approvers.every(ref => other.approvers.includes(ref));

function ofPeople(before: Shown, now: Shown): RequestDifference[] {
  const missing = (from: Shown, other: Shown) =>
    from.stages.filter(stage => !other.stages.some(one => isSame(one, stage)));
  return [
    ...missing(now, before).map(({ approvers, because }) => ({
      kind: 'people' as const,
      words: sentence('difference.approves', {
        approvers: listed(approvers),
        because,
      }),
    })),
    ...missing(before, now).map(({ approvers }) => ({
      kind: 'people' as const,
      words: sentence('difference.decidesNoMore', {
        approvers: listed(approvers),
      }),
    })),
  ];
}

function kindOf({ field }: Problem): RequestDifference['kind'] {
  if (/duration/i.test(field)) return 'limit';
  if (field === 'productRef') return 'product';
  if (field.startsWith('principals')) return 'principal';
  return field.startsWith('scope') ? 'protection' : 'problem';
}

/**
 * What of a request got stricter, or differs from what was
 * shown. That less is wrong with it is no difference. Pure.
 */
export function differencesSince(
  before: Shown,
  now: Shown,
): RequestDifference[] {
  const known = new Set(
    before.problems.map(({ field, reason }) => `${field}\n${reason}`),
  );
  const sensitive = new Set(before.sensitiveColumns);
  const personal = now.sensitiveColumns.filter(name => !sensitive.has(name));
  return [
    ...ofPeople(before, now),
    ...(personal.length > 0
      ? [
          {
            kind: 'protection' as const,
            words: sentence('difference.personal', {
              count: personal.length,
              columns: quotedNames(personal),
            }),
          },
        ]
      : []),
    ...now.problems
      .filter(({ field, reason }) => !known.has(`${field}\n${reason}`))
      .map(problem => ({
        kind: kindOf(problem),
        words: sentence('difference.problem', problem),
      })),
    ...(now.unknown !== undefined && now.unknown !== before.unknown
      ? [
          {
            kind: 'reach' as const,
            words: sentence('difference.unknownReach', {
              reason: now.unknown,
            }),
          },
        ]
      : []),
  ];
}
