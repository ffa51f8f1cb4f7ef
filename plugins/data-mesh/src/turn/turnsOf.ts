import type {
  AccessRequest,
  DriftPage,
  Entitlement,
  RequestCounts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  accessItems,
  groupByTurn,
  reasonOf,
  type AccessItem,
  type Reason,
} from '../entitlement/list/accessItems';

/** One kind of thing that waits for the caller. */
export type Turn =
  | { kind: 'decide'; count: number }
  | { kind: 'drift'; count: number; isMore: boolean }
  | { kind: Reason; count: number; first: AccessItem };

/**
 * What waits for the caller: what holds up others comes first, then what is
 * broken, what ends and what is asked.
 */
export function turnsOf(
  known: {
    counts?: RequestCounts;
    held?: readonly Entitlement[];
    requests?: readonly AccessRequest[];
    drift?: Pick<DriftPage, 'counts' | 'atLeast'>;
  },
  now: number,
): Turn[] {
  const { counts, held = [], requests = [], drift } = known;
  const decide = counts
    ? counts.toDecide +
      (counts.claimsToDecide ?? 0) +
      (counts.publicationsToDecide ?? 0)
    : 0;
  const driftCount = drift
    ? Object.values(drift.counts).reduce((sum, one) => sum + one, 0)
    : 0;
  const { yourTurn } = groupByTurn(accessItems(held, requests), now);
  const own = (['broken', 'ending', 'asked'] as const).flatMap(kind => {
    const of = yourTurn.filter(item => reasonOf(item, now) === kind);
    return of.length ? [{ kind, count: of.length, first: of[0] }] : [];
  });
  const [broken, others] = [
    own.filter(({ kind }) => kind === 'broken'),
    own.filter(({ kind }) => kind !== 'broken'),
  ];
  return [
    ...(decide > 0 ? [{ kind: 'decide' as const, count: decide }] : []),
    ...broken,
    ...(driftCount > 0
      ? [
          {
            kind: 'drift' as const,
            count: driftCount,
            isMore: (drift?.atLeast.length ?? 0) > 0,
          },
        ]
      : []),
    ...others,
  ];
}
