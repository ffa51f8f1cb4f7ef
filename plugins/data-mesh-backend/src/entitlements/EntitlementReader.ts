import type {
  Entitlement,
  EntitlementState,
  ProductUsage,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * What requests and the use of products need to know of entitlements. Answers
 * are facts for decisions; permissions are not applied here.
 */
export interface EntitlementReader {
  /** Entitlements in a live state that the principals hold on the port. */
  findLive(query: {
    productRef: string;
    port: string;
    principals: readonly string[];
  }): Promise<Entitlement[]>;

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
