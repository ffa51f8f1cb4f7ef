import type { Principal } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { RequestRecord, RequestSummary } from './RequestRecord';
import type { StoredJudgement } from './StoredJudgement';
import { storedDifference, storedPlan, storedPolicy } from '../storedSentences';
import type { SummaryRow, RequestRow } from '../tables';

/** Columns of {@link SummaryRow}: lists leave plans and snapshots alone. */
export const summaryColumns: Array<keyof SummaryRow> = [
  'id',
  'group_id',
  'kind',
  'state',
  'version',
  'requester_ref',
  'principal',
  'principal_json',
  'principal_via',
  'consumer_ref',
  'product_ref',
  'product_title',
  'product_version',
  'product_owner_ref',
  'domain_ref',
  'port',
  'port_title',
  'port_type',
  'port_version',
  'scope',
  'sensitive_columns',
  'purpose',
  'justification',
  'duration_days',
  'policy',
  'stage',
  'created_at',
  'updated_at',
  'decided_at',
  'lapses_at',
  'entitlement_id',
  'amends_entitlement_id',
];

/** What is written as JSON was written by {@link toRow}. */
function parsed<T>(text: string): T {
  return JSON.parse(text) as T;
}

function searchText(record: RequestRecord): string {
  return [
    record.productTitle,
    record.productRef,
    record.port,
    record.portTitle,
    record.requesterRef,
    record.principal.id,
    record.principal.accountAlias,
    record.purpose,
  ]
    .filter(Boolean)
    .join(' ')
    .toLocaleLowerCase('en-US');
}

export function toSummary(row: SummaryRow): RequestSummary {
  return {
    id: row.id,
    groupId: row.group_id,
    kind: row.kind,
    state: row.state,
    version: row.version,
    requesterRef: row.requester_ref,
    principal: parsed<Principal>(row.principal_json),
    ...(row.principal_via && { principalVia: row.principal_via }),
    ...(row.consumer_ref && { consumerRef: row.consumer_ref }),
    productRef: row.product_ref,
    productTitle: row.product_title,
    ...(row.product_version && { productVersion: row.product_version }),
    productOwnerRef: row.product_owner_ref,
    ...(row.domain_ref && { domainRef: row.domain_ref }),
    port: row.port,
    ...(row.port_title && { portTitle: row.port_title }),
    portType: row.port_type,
    ...(row.port_version && { portVersion: row.port_version }),
    scope: parsed<RequestSummary['scope']>(row.scope),
    sensitiveColumns: parsed<string[]>(row.sensitive_columns),
    purpose: row.purpose,
    ...(row.justification && { justification: row.justification }),
    durationDays: row.duration_days,
    policy: storedPolicy(parsed(row.policy)),
    stage: row.stage,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.decided_at && { decidedAt: row.decided_at }),
    ...(row.lapses_at && { lapsesAt: row.lapses_at }),
    ...(row.entitlement_id && { entitlementId: row.entitlement_id }),
    ...(row.amends_entitlement_id && {
      amendsEntitlementId: row.amends_entitlement_id,
    }),
  };
}

function toJudgement(text: string): StoredJudgement {
  const stored = parsed<StoredJudgement>(text);
  return { ...stored, differences: stored.differences.map(storedDifference) };
}

export function toRecord(row: RequestRow): RequestRecord {
  return {
    ...toSummary(row),
    portSnapshot: parsed<RequestRecord['portSnapshot']>(row.port_snapshot),
    ...(row.plan && { plan: storedPlan(parsed(row.plan)) }),
    ...(row.plan_error && { planError: row.plan_error }),
    identities: parsed<RequestRecord['identities']>(row.identities),
    ...(row.judgement && { judged: toJudgement(row.judgement) }),
  };
}

export function toRow(record: RequestRecord): RequestRow {
  const json = (value: unknown) =>
    value === undefined ? null : JSON.stringify(value);
  return {
    id: record.id,
    group_id: record.groupId,
    kind: record.kind,
    state: record.state,
    version: record.version,
    requester_ref: record.requesterRef,
    principal: record.principal.id,
    principal_json: JSON.stringify(record.principal),
    principal_via: record.principalVia ?? null,
    consumer_ref: record.consumerRef ?? null,
    product_ref: record.productRef,
    product_title: record.productTitle,
    product_version: record.productVersion ?? null,
    product_owner_ref: record.productOwnerRef,
    domain_ref: record.domainRef ?? null,
    port: record.port,
    port_title: record.portTitle ?? null,
    port_type: record.portType,
    port_version: record.portVersion ?? null,
    scope: JSON.stringify(record.scope),
    sensitive_columns: JSON.stringify(record.sensitiveColumns),
    purpose: record.purpose,
    justification: record.justification ?? null,
    duration_days: record.durationDays,
    policy: JSON.stringify(record.policy),
    stage: record.stage,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    decided_at: record.decidedAt ?? null,
    lapses_at: record.lapsesAt ?? null,
    entitlement_id: record.entitlementId ?? null,
    amends_entitlement_id: record.amendsEntitlementId ?? null,
    port_snapshot: JSON.stringify(record.portSnapshot),
    plan: json(record.plan),
    plan_error: record.planError ?? null,
    identities: JSON.stringify(record.identities),
    judgement: json(record.judged),
    search_text: searchText(record),
  };
}
