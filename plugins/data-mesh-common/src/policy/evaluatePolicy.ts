import type { Purpose } from '../client/types.generated';
import { scopeForm } from '../plan';
import { sentence } from '../sentences';
import { neverSharedRefusals, sensitiveColumnsOf } from './neverSharedRefusals';
import {
  governanceStage,
  holderStages,
  ownerStages,
  stewardStage,
} from './reachStages';
import type {
  ContributedStage,
  PolicyContribution,
  PolicyFacts,
} from './types';

/**
 * What config says about who may get access. Shape of `dataMesh.policy`.
 *
 * @public
 */
export interface PolicyRules {
  maxDurationDays: number;
  defaultDurationDays: number;
  purposes: Purpose[];
  /** Full references of who watches over personal data. */
  stewards: string[];
  /** Full references of who decides where nobody else is left. */
  fallbackApprovers: string[];
  /** Days after which an open request lapses. */
  requestLapseDays: number;
  autoApprove: { publicData: boolean; sameDomain: boolean };
}

/**
 * What holds where config says nothing.
 *
 * @public
 */
export const DEFAULT_POLICY_RULES: PolicyRules = {
  maxDurationDays: 365,
  defaultDurationDays: 30,
  purposes: [
    { id: 'analytics', title: 'Analytics and reporting' },
    { id: 'data-science', title: 'Data science and machine learning' },
    { id: 'operations', title: 'Operations and support' },
    { id: 'data-product', title: 'Input of another data product' },
    { id: 'audit', title: 'Audit and compliance' },
  ],
  stewards: [],
  fallbackApprovers: [],
  requestLapseDays: 30,
  autoApprove: { publicData: false, sameDomain: false },
};

function autoApproval(
  facts: PolicyFacts,
  { autoApprove }: PolicyRules,
): PolicyContribution['autoApprove'] {
  const { product, reach, requesterOwnershipRefs } = facts;
  const { domainRef } = facts.judgedPort;
  // Nothing is approved by rule that is not known to the last column.
  const isKnown =
    reach.unknown === undefined &&
    reach.tables.length > 0 &&
    !facts.judgedPort.contested &&
    reach.tables.every(
      ({ ports, columns }) =>
        ports.length > 0 && columns.every(({ declared }) => declared),
    );
  if (!isKnown) return undefined;
  const isPublic =
    product.spec.classification === 'public' &&
    reach.tables.every(
      ({ ports, columns }) =>
        // Anybody may write that data is public in the name of its owner.
        ports.every(({ vouched }) => vouched) &&
        columns.every(({ classification }) => classification === 'public'),
    );
  if (autoApprove.publicData && isPublic) {
    return { because: sentence('policy.public') };
  }
  const ownerRef = facts.domainOwners[domainRef];
  if (
    autoApprove.sameDomain &&
    ownerRef !== undefined &&
    requesterOwnershipRefs.includes(ownerRef) &&
    reach.tables.every(({ ports }) =>
      ports.every(port => port.domainRef === domainRef),
    )
  ) {
    return { because: sentence('policy.sameDomain') };
  }
  return undefined;
}

/**
 * The built-in policy, by everything that the scope reaches now: the owners of
 * all products reached decide, who answers for tables of no product, a steward
 * where personal data is reached, and what an owner never shares is refused.
 *
 * @public
 */
export function evaluatePolicy(
  facts: PolicyFacts,
  rules: PolicyRules,
): PolicyContribution {
  const { access } = facts.product.spec;
  const sensitive = sensitiveColumnsOf(facts);
  const isByTables = scopeForm(facts.scope) === 'tables';
  // Personal data is never approved by rule, with or without stewards; nor is
  // what reaches tables that are added later, which nobody knows yet.
  const autoApprove =
    sensitive.length === 0 && isByTables && !facts.isAskedOfPeople
      ? autoApproval(facts, rules)
      : undefined;
  return {
    stages: autoApprove
      ? []
      : [
          ...ownerStages(facts),
          ...holderStages(facts),
          ...tagStages(facts),
          ...stewardStage(facts, sensitive, rules.stewards),
        ],
    refusals: neverSharedRefusals(facts),
    maxDurationDays: Math.min(
      rules.maxDurationDays,
      access?.maxDurationDays ?? rules.maxDurationDays,
    ),
    autoApprove,
  };
}

/** A tag expression reaches whatever carries the tags, now and in future. */
function tagStages(facts: PolicyFacts): ContributedStage[] {
  return scopeForm(facts.scope) === 'tag-expression' && !facts.reach.tagsHeld
    ? [governanceStage(facts, sentence('policy.tags'))]
    : [];
}

/**
 * The purposes that the product allows of those that config names.
 *
 * @public
 */
export function allowedPurposes(
  rules: Pick<PolicyRules, 'purposes'>,
  product?: { spec: { access?: { purposes?: string[] } } },
): Purpose[] {
  const allowed = product?.spec.access?.purposes;
  return allowed
    ? rules.purposes.filter(purpose => allowed.includes(purpose.id))
    : rules.purposes;
}
