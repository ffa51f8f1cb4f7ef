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

/** The door from requests to entitlements. */
export interface EntitlementIntake {
  /**
   * Records the entitlement and its steps within the transaction of the last
   * approval.
   *
   * @returns its id
   */
  create(tx: Knex.Transaction, entitlement: NewEntitlement): Promise<string>;
  /** Wakes the worker. To be called after the transaction has been committed. */
  wake(): void;
}
