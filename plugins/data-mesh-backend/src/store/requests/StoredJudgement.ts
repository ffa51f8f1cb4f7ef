import type {
  Problem,
  Reach,
  RequestDifference,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What was found when a request was last judged, as it is stored with it. */
export interface StoredJudgement {
  at: string;
  /** What was wrong with it; a request is not made with any. */
  problems: Problem[];
  reach?: Reach;
  /** Keys of what is protected and reached, where the scope names no tables. */
  protectedReach?: string[];
  /** What changed since the approvers were last shown the request. */
  differences: RequestDifference[];
  /** The approvals that count. */
  approvals: StageApproval[];
  /** Whether the requester was in the catalog when it was made. */
  requesterKnown: boolean;
}

/** An approval, with those who were to give it at that time. */
export interface StageApproval {
  actorRef: string;
  approvers: string[];
}
