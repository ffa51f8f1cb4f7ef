import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { PolicyStage, Problem, Purpose } from '../client/types';
import { columnMatcher } from '../model';
import { namesInWords, scopeForm } from '../plan';
import { columnsOfScope, sensitiveColumnsOf } from './scopeColumns';
import type { PolicyContribution, PolicyFacts } from './types';

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

function neverSharedRefusals({ product, port, scope }: PolicyFacts): Problem[] {
  const never = product.spec.access?.neverShared ?? [];
  if (never.length === 0) return [];
  const isNever = columnMatcher(never);
  const hits = new Map<string, { table: string; columns: string[] }>();
  for (const { table, column, field } of columnsOfScope(scope, port)) {
    if (isNever(table, column.name)) {
      const key = JSON.stringify([field, table]);
      const hit = hits.get(key) ?? { table, columns: [] };
      hit.columns.push(column.name);
      hits.set(key, hit);
    }
  }
  const isByTables = scopeForm(scope) === 'tables';
  return [...hits].map(([key, { table, columns }]) => ({
    field: (JSON.parse(key) as [string, string])[0],
    reason: `the owner never shares ${namesInWords(columns)} of ${table}; ${
      isByTables ? 'choose columns' : 'choose tables and columns'
    } without ${columns.length === 1 ? 'it' : 'them'}`,
  }));
}

function ownerStage({ product, ownerRef }: PolicyFacts): PolicyStage {
  const named = product.spec.access?.approvers;
  if (!named?.length) {
    return {
      name: 'owner',
      approvers: [ownerRef],
      because: 'the owner decides about the product',
    };
  }
  const context = {
    defaultKind: 'Group',
    defaultNamespace: product.metadata.namespace ?? 'default',
  };
  return {
    name: 'owner',
    approvers: named.map(ref =>
      stringifyEntityRef(parseEntityRef(ref, context)),
    ),
    because: 'the product names them as its approvers',
  };
}

function stewardStage(
  sensitive: string[],
  stewards: string[],
): PolicyStage | undefined {
  if (sensitive.length === 0 || stewards.length === 0) return undefined;
  return {
    name: 'steward',
    approvers: stewards,
    because: `${namesInWords(sensitive)} ${
      sensitive.length === 1 ? 'is' : 'are'
    } personal data`,
    columns: sensitive,
  };
}

function autoApproval(
  { product, domainOwnerRef, requesterOwnershipRefs }: PolicyFacts,
  { autoApprove }: PolicyRules,
): PolicyContribution['autoApprove'] {
  if (autoApprove.publicData && product.spec.classification === 'public') {
    return { because: 'the product is public data' };
  }
  if (
    autoApprove.sameDomain &&
    domainOwnerRef !== undefined &&
    requesterOwnershipRefs.includes(domainOwnerRef)
  ) {
    return { because: 'the requester belongs to the domain of the product' };
  }
  return undefined;
}

/**
 * The built-in policy: the owner decides, a steward too where personal data is
 * asked for, and what the owner never shares is refused.
 *
 * @public
 */
export function evaluatePolicy(
  facts: PolicyFacts,
  rules: PolicyRules,
): PolicyContribution {
  const { access } = facts.product.spec;
  const sensitive = sensitiveColumnsOf(facts.scope, facts.port);
  const steward = stewardStage(sensitive, rules.stewards);
  // Personal data is never approved by rule, with or without stewards; nor is
  // what reaches tables that are added later, which nobody knows yet.
  const autoApprove =
    sensitive.length === 0 && scopeForm(facts.scope) === 'tables'
      ? autoApproval(facts, rules)
      : undefined;
  return {
    stages: autoApprove
      ? []
      : [ownerStage(facts), ...(steward ? [steward] : [])],
    refusals: neverSharedRefusals(facts),
    maxDurationDays: Math.min(
      rules.maxDurationDays,
      access?.maxDurationDays ?? rules.maxDurationDays,
    ),
    autoApprove,
  };
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
