import type {
  Entitlement,
  EntitlementState,
  OutputPort,
  Plan,
  ProductUsage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { Knex } from 'knex';

/** An entitlement, as renewals and amendments of it need to know it. */
export interface FoundEntitlement {
  entitlement: Entitlement;
  /** The port as it was approved. */
  port: OutputPort;
  /** Keys of what is protected and was approved; absent where that is unknown. */
  approvedReach?: readonly string[];
}

/**
 * What requests and the use of products need to know of entitlements. Answers
 * are facts for decisions; permissions are not applied here.
 */
export interface EntitlementReader {
  /**
   * Entitlements in a live state that the principals hold on the port.
   *
   * @param tx - transaction to read in
   */
  findLive(
    query: {
      productRef: string;
      port: string;
      principals: readonly string[];
    },
    tx?: Knex.Transaction,
  ): Promise<Entitlement[]>;

  /**
   * A plan as the change of an entitlement: what is done, what is to be done
   * and what goes, by what the system holds now.
   */
  asChange(
    provisioner: Provisioner,
    change: { id: string; plan: Plan; signal?: AbortSignal },
  ): Promise<Plan>;

  /**
   * One entitlement with the port it was given for.
   *
   * @returns undefined where there is none of the id
   */
  find(id: string): Promise<FoundEntitlement | undefined>;

  /** State of each entitlement that exists. One query for a whole page. */
  statesOf(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, EntitlementState>>;

  /**
   * For each product with an active entitlement: how many distinct principals
   * hold one, and the holder's own live entitlement that ends last.
   */
  usage(holder: {
    userRef: string;
    principals: readonly string[];
  }): Promise<
    Array<Pick<ProductUsage, 'productRef' | 'consumers' | 'myEntitlement'>>
  >;
}
