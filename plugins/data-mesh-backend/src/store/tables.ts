import type {
  AccessRequest,
  AccessScope,
  BecauseKind,
  DriftKind,
  EntitlementChangeState,
  EntitlementState,
  Health,
  Principal,
  Scan,
  StepState,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** How an entitlement ends, or has ended. */
export type EndKind =
  | 'revoked'
  | 'expired'
  | 'relinquished'
  // Not an end: what is held is taken away until somebody decides.
  | 'suspended';

/** A row of the table `entitlements`. */
export interface EntitlementRow {
  id: string;
  request_id: string;
  state: EntitlementState;
  failed_from: 'provisioning' | 'revoking' | null;
  version: number;
  health: Health;
  health_reason: string | null;
  requester_ref: string;
  principal: string;
  principal_kind: Principal['kind'];
  principal_name: string;
  principal_account_id: string | null;
  principal_account_alias: string | null;
  consumer_ref: string | null;
  product_ref: string;
  product_title: string;
  product_owner_ref: string;
  domain_ref: string | null;
  port: string;
  port_type: string;
  port_snapshot: string;
  scope: string;
  level: AccessScope['level'];
  purpose: string;
  duration_days: number;
  approved_by: string;
  identities: string;
  created_at: string;
  updated_at: string;
  activated_at: string | null;
  expires_at: string | null;
  ended_at: string | null;
  end_reason: string | null;
  ended_by: string | null;
  end_kind: EndKind | null;
  error: string | null;
  served: number | string;
  change_state: EntitlementChangeState | null;
  /** {@link StoredChange} */
  change: string | null;
  residue: string | null;
  readiness: string | null;
  readiness_due_at: string | null;
  /** Keys of what is protected and was reached when it was approved, as JSON. */
  protected_reach: string | null;
  /** `Suspension`, while it is suspended or is being suspended. */
  suspension: string | null;
}

/** Whether a step is on its way into the system or out of it. */
export type StepDirection = 'apply' | 'undo';

/** A row of the table `entitlement_steps`. */
export interface StepRow {
  id: string;
  entitlement_id: string;
  position: number;
  direction: StepDirection;
  state: StepState;
  step: string;
  baseline: string | null;
  outcome: string | null;
  attempts: number;
  last_error: string | null;
  next_attempt_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
  started_at: string | null;
  finished_at: string | null;
  /** When a call to apply it ended without an answer. */
  apply_unknown_at: string | null;
  /** SQLite has no booleans. */
  leaving: boolean | number;
}

/** A row of the table `scan_targets`. */
export interface ScanTargetRow {
  id: string;
  port_type: string;
  title: string;
  account_id: string | null;
  data: string;
  grants: number;
  seen_at: string | null;
  known_since: string | null;
  requested_at: string | null;
  requested_by: string | null;
  lease_owner: string | null;
  lease_until: string | null;
  retired_at: string | null;
}

/** A row of the table `scans`. */
export interface ScanRow {
  id: string;
  target_id: string;
  state: Scan['state'];
  claim: string;
  actor_ref: string;
  started_at: string;
  finished_at: string | null;
  grants: number;
  added: number;
  changed: number;
  removed: number;
  calls: number;
  error: string | null;
  released_by: string | null;
  released_reason: string | null;
}

/** A row of the table `observed_grants`. */
export interface ObservedGrantRow {
  /** A string on PostgreSQL, a number on SQLite. */
  id: number | string;
  target_id: string;
  grant_key: string;
  group_key: string;
  hash: string;
  account_id: string | null;
  /** May be of another account. */
  catalog_id: string | null;
  principal: string;
  principal_kind: Principal['kind'];
  database_name: string | null;
  table_name: string | null;
  resource_key: string;
  data: string;
  search_text: string;
  because: BecauseKind;
  entitlement_id: string | null;
  words: string | null;
  standing: string | null;
  excess: string | null;
  products: string;
  /** The first of them. */
  product_ref: string | null;
  first_seen_at: string;
  valid_from: string;
  gone_at: string | null;
  last_seen_at: string | null;
}

/** A row of the table `drift_items`. */
export interface DriftRow {
  id: number | string;
  kind: DriftKind;
  subject: string;
  target_id: string | null;
  account_id: string | null;
  grant_key: string | null;
  entitlement_id: string | null;
  product_ref: string | null;
  /** Empty where the grant itself says it. */
  words: string;
  since: string;
  notified_at: string | null;
  gone_at: string | null;
}

/** A row of the table `step_groups`. */
export interface StepGroupRow {
  step_id: string;
  target_id: string;
  group_key: string;
}

/** A row of the table `step_findings`: what lacks of a step. */
export interface FindingRow {
  step_id: string;
  entitlement_id: string;
  target_id: string | null;
  state: 'partial' | 'absent';
  words: string;
  seen_at: string;
  /** Begin of the last scan before that saw it as a whole. */
  present_at: string | null;
}

/** Row of `access_requests`, as lists read it. */
export interface SummaryRow {
  id: string;
  group_id: string;
  kind: AccessRequest['kind'];
  state: AccessRequest['state'];
  version: number;
  requester_ref: string;
  principal: string;
  principal_json: string;
  principal_via: string | null;
  consumer_ref: string | null;
  product_ref: string;
  product_title: string;
  product_version: string | null;
  product_owner_ref: string;
  domain_ref: string | null;
  port: string;
  port_title: string | null;
  port_type: string;
  port_version: string | null;
  scope: string;
  sensitive_columns: string;
  purpose: string;
  justification: string | null;
  duration_days: number;
  policy: string;
  stage: number;
  created_at: string;
  updated_at: string;
  decided_at: string | null;
  lapses_at: string | null;
  entitlement_id: string | null;
  amends_entitlement_id: string | null;
}

/** Row of `access_requests`. */
export interface RequestRow extends SummaryRow {
  port_snapshot: string;
  plan: string | null;
  plan_error: string | null;
  identities: string;
  judgement: string | null;
  search_text: string;
}
