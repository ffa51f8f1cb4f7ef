import type { Knex } from 'knex';
import type {
  AccessScope,
  OutputPort,
  Plan,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What the last approval hands over. */
export interface NewEntitlement {
  requestId: string;
  requesterRef: string;
  principal: Principal;
  consumerRef?: string;
  productRef: string;
  productTitle: string;
  productOwnerRef: string;
  domainRef?: string;
  /** The port as it was approved. */
  port: OutputPort;
  scope: AccessScope;
  purpose: string;
  durationDays: number;
  approvedBy: string[];
  plan: Plan;
  /** `ResolvedPort.identities` of the plan. */
  identities: { [key: string]: string };
}

/** What an approved renewal hands over. */
export interface EntitlementRenewal {
  entitlementId: string;
  requestId: string;
  /** From the old end. */
  durationDays: number;
  approvedBy: string[];
}

/** What an approved amendment hands over. */
export interface EntitlementAmendment {
  entitlementId: string;
  requestId: string;
  /** The port as it was approved. */
  port: OutputPort;
  scope: AccessScope;
  purpose: string;
  approvedBy: string[];
  plan: Plan;
  /** `ResolvedPort.identities` of the plan. */
  identities: { [key: string]: string };
}

/** What the decision hands over that suspended access goes on. */
export interface EntitlementResumption {
  entitlementId: string;
  requestId: string;
  /** The port as it was approved. */
  port: OutputPort;
  approvedBy: string[];
  plan: Plan;
  /** `ResolvedPort.identities` of the plan. */
  identities: { [key: string]: string };
}

/** How suspended access ends that does not go on. */
export interface SuspendedEnding {
  entitlementId: string;
  /** The product that it was asked of. */
  productRef: string;
  kind: 'revoked' | 'relinquished';
  reason?: string;
  actorRef: string;
}

/** The door from requests to entitlements. */
export interface EntitlementIntake {
  /**
   * Records the entitlement and its steps within the transaction of the last
   * approval.
   *
   * @returns its id
   */
  create(tx: Knex.Transaction, entitlement: NewEntitlement): Promise<string>;
  /**
   * Moves the end of an entitlement within the transaction of the last approval.
   *
   * @throws ConflictError where it is no longer in force
   */
  renew(tx: Knex.Transaction, renewal: EntitlementRenewal): Promise<void>;
  /**
   * Begins to change an entitlement within the transaction of the last approval.
   *
   * @throws ConflictError where it is not active, or is being changed
   */
  amend(tx: Knex.Transaction, amendment: EntitlementAmendment): Promise<void>;
  /**
   * Gives suspended access back within the transaction of the last approval.
   *
   * @throws ConflictError where it is not suspended, or what it was given for is
   *   another thing now
   */
  resume(
    tx: Knex.Transaction,
    resumption: EntitlementResumption,
  ): Promise<void>;
  /**
   * Ends suspended access within the transaction that ends the request about it.
   * Does nothing where it has ended meanwhile, or belongs to another product.
   */
  endSuspended(tx: Knex.Transaction, ending: SuspendedEnding): Promise<void>;
  /**
   * Wakes the worker. To be called after the transaction has been committed.
   *
   * @param changedId - an entitlement that was there and is different now
   */
  wake(changedId?: string): void;
}
