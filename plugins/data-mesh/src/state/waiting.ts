import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import { openRequestStates } from '@lakemesh/backstage-plugin-data-mesh-common';

/** Whose turn it is. */
export type Turn =
  | {
      of: 'approvers';
      refs: string[];
      stage: number;
      total: number;
      role: string;
      /** Who comes after, if anybody does. */
      next: string[];
      /** Whether the caller is among them. */
      yours: boolean;
    }
  | { of: 'requester'; ref: string; yours: boolean }
  | { of: 'nobody' };

/** Whose turn it is with a request. */
export function whoseTurn(
  request: Pick<AccessRequest, 'state' | 'policy' | 'stage' | 'requesterRef'>,
  ownershipRefs: readonly string[],
): Turn {
  if (!openRequestStates.includes(request.state)) return { of: 'nobody' };
  if (request.state === 'changes-requested') {
    return {
      of: 'requester',
      ref: request.requesterRef,
      yours: ownershipRefs.includes(request.requesterRef),
    };
  }
  const { stages } = request.policy;
  const current = stages[request.stage];
  if (!current) return { of: 'nobody' };
  return {
    of: 'approvers',
    refs: current.approvers,
    stage: request.stage + 1,
    total: stages.length,
    role: current.name,
    next: stages[request.stage + 1]?.approvers ?? [],
    yours:
      // Separation of duties: one's own request never waits for oneself.
      !ownershipRefs.includes(request.requesterRef) &&
      current.approvers.some(ref => ownershipRefs.includes(ref)),
  };
}
