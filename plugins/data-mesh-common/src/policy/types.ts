import type {
  AccessScope,
  PolicyStage,
  Principal,
  Problem,
  RequestKind,
} from '../client/types';
import type { DataProductEntity, OutputPort } from '../model';

/**
 * All that a policy may look at. Facts, no services.
 *
 * @public
 */
export interface PolicyFacts {
  kind: RequestKind;
  product: DataProductEntity;
  /** Full entity reference of the product. */
  productRef: string;
  /** Full entity reference of the product's owner. */
  ownerRef: string;
  /** Full entity reference of the product's domain. */
  domainRef: string;
  /** Owner of that domain, where the catalog knows it. */
  domainOwnerRef?: string;
  port: OutputPort;
  scope: AccessScope;
  requesterRef: string;
  /** The requester's own references: the user and its groups. */
  requesterOwnershipRefs: string[];
  principal: Principal;
  purpose?: string;
  durationDays?: number;
}

/**
 * What one policy has to say. Contributions of several policies add up: stages
 * in order (the same approvers twice count once), all refusals, the shortest
 * limit; a request is approved by rule only where some policy says so and none
 * adds a stage.
 *
 * @public
 */
export interface PolicyContribution {
  stages?: PolicyStage[];
  refusals?: Problem[];
  maxDurationDays?: number;
  autoApprove?: { because: string };
}
