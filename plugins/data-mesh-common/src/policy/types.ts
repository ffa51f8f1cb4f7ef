import type {
  AccessScope,
  PolicyRefusal,
  PolicyStage,
  Principal,
  RequestKind,
  Sentence,
} from '../client/types.generated';
import type { DataProductEntity, OutputPort } from '../model';
import type { JudgedReach, NamingPort } from './reach';

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
  /**
   * By whom the port is to be decided; product and port have what is published
   * of it.
   */
  judgedPort: NamingPort;
  /** What the scope reaches now, through whatever product. */
  reach: JudgedReach;
  /** Owners of the domains that are reached, by the reference of the domain. */
  domainOwners: { [domainRef: string]: string | undefined };
  /** Full references of data governance; empty where nobody governs. */
  governance: readonly string[];
  scope: AccessScope;
  requesterRef: string;
  /** The requester's own references: the user and its groups. */
  requesterOwnershipRefs: string[];
  principal: Principal;
  purpose?: string;
  durationDays?: number;
  /** True once a person has to look: then no rule approves it any more. */
  isAskedOfPeople?: boolean;
}

/**
 * Who decides in place of approvers that nobody stands behind.
 *
 * @public
 */
export interface StandIn {
  approvers: string[];
  because: Sentence;
}

/**
 * A stage, and who stands in before governance and the fallback approvers of
 * config do.
 *
 * @public
 */
export interface ContributedStage extends PolicyStage {
  /** Absent: the owner of the domain of the requested product. */
  standIns?: StandIn[];
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
  stages?: ContributedStage[];
  refusals?: PolicyRefusal[];
  maxDurationDays?: number;
  autoApprove?: { because: Sentence };
}
