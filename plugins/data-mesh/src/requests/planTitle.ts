import type {
  AccessRequest,
  EntitlementState,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Which of the texts below `requests.plan` stands over a plan. */
export type PlanTitle = 'title' | 'never' | 'progress' | 'done';

const underWay: readonly EntitlementState[] = ['provisioning', 'revoking'];

/** Whether a plan is still to come, will not come, is being done, or was. */
export function planTitleOf(
  request: Pick<AccessRequest, 'state' | 'entitlementId' | 'entitlementState'>,
  /** The state of what came of it, where it is known more freshly. */
  state: EntitlementState | undefined = request.entitlementState,
): PlanTitle {
  if (['rejected', 'withdrawn', 'lapsed'].includes(request.state)) {
    return 'never';
  }
  if (!request.entitlementId) return 'title';
  return !state || underWay.includes(state) ? 'progress' : 'done';
}
