import type {
  AccessRequest,
  EntitlementState,
  OutputPort,
  Plan,
  UndoableDecision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { RequestResource } from '../../permissions';
import type { StoredJudgement } from './StoredJudgement';

/** A request as lists show it. */
export type RequestSummary = Omit<AccessRequest, 'entitlementState'> & {
  sensitiveColumns: string[];
};

/** A request with all that deciding it needs. */
export interface RequestRecord extends RequestSummary {
  /** The port as it was when the plan was made. */
  portSnapshot: OutputPort;
  plan?: Plan;
  planError?: string;
  /** `ResolvedPort.identities` of the plan. */
  identities: { [key: string]: string };
  /** Absent for requests from before there were judgements. */
  judged?: StoredJudgement;
}

/** The request as the API answers it. */
export function toAccessRequest(
  summary: RequestSummary,
  {
    entitlementState,
    deciding,
  }: { entitlementState?: EntitlementState; deciding?: UndoableDecision } = {},
): AccessRequest {
  return {
    ...summary,
    ...(entitlementState && { entitlementState }),
    ...(deciding && { deciding }),
  };
}

/** What permission rules may ask about the request. */
export function toResource(summary: RequestSummary): RequestResource {
  return {
    id: summary.id,
    requesterRef: summary.requesterRef,
    productOwnerRef: summary.productOwnerRef,
    domainRef: summary.domainRef,
    approverRefs: summary.policy.stages.flatMap(stage => stage.approvers),
  };
}
