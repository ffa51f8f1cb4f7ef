import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import { openRequestStates } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Tone } from '../components';

const HOUR = 3_600_000;

/** How long something has waited, in the largest unit that fits. */
export function waitedFor(
  since: string,
  now: number,
): { unit: 'minutes' | 'hours' | 'days'; value: number; tone: Tone } {
  const ms = Math.max(0, now - Date.parse(since));
  const hours = ms / HOUR;
  if (hours < 1) {
    const minutes = Math.max(1, Math.floor(ms / 60_000));
    return { unit: 'minutes', value: minutes, tone: 'neutral' };
  }
  if (hours < 24) {
    return { unit: 'hours', value: Math.floor(hours), tone: 'neutral' };
  }
  const days = Math.floor(hours / 24);
  let tone: Tone = 'neutral';
  if (days >= 7) tone = 'bad';
  else if (days >= 2) tone = 'attention';
  return { unit: 'days', value: days, tone };
}

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
