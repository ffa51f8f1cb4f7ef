import {
  isUnderWay,
  type AccessRequest,
  type EntitlementState,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Which of the texts below `requests.plan` stands over a plan. */
export type PlanTitle = 'title' | 'never' | 'progress' | 'done';

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
  return !state || isUnderWay({ state }) ? 'progress' : 'done';
}
