import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type {
  PolicyContribution,
  PolicyFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * Says who must approve, what is refused and for how long access may last.
 *
 * @public
 */
export interface ApprovalPolicy {
  /** Unique, shown in logs. */
  readonly name: string;
  evaluate(facts: PolicyFacts): Promise<PolicyContribution>;
}

/**
 * Where modules add policies to the ones built in.
 *
 * @public
 */
export interface ApprovalPoliciesExtensionPoint {
  addApprovalPolicy(policy: ApprovalPolicy): void;
}

/**
 * Extension point for {@link ApprovalPolicy}s.
 *
 * @public
 */
export const approvalPoliciesExtensionPoint =
  createExtensionPoint<ApprovalPoliciesExtensionPoint>({
    id: 'data-mesh.approval-policies',
  });
