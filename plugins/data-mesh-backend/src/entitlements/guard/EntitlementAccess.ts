import type { PermissionsService } from '@backstage/backend-plugin-api';
import type {
  Entitlement,
  Successor,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../../catalog/MeshCatalog';
import type { Caller } from '../../identity/Caller';
import type { Governance } from '../../people';
import type {
  EntitlementResource,
  ResourceAuthorizer,
} from '../../permissions';
import type { ProductHeir } from '../lifecycle/ProductHeir';
import type { ProductPort } from '../../store/entitlements/entitlementList';

/** A product that publishes all tables of one that has vanished. */
export interface ProductSuccessor extends ProductHeir {
  /**
   * Whether its domain holds the place of all the tables, and its owner belongs
   * to the domain: then the owner answers for what the product left behind.
   */
  held: boolean;
}

/** Who may see and change entitlements. */
export interface EntitlementAccess {
  authorizer: Pick<
    ResourceAuthorizer<EntitlementResource>,
    'isAllowed' | 'require' | 'readFilter'
  >;
  permissions: PermissionsService;
  products: Pick<MeshCatalog, 'findProduct' | 'homesOf'>;
  principals: {
    availableTo(caller: Caller): Promise<ReadonlyArray<{ id: string }>>;
    mayUse(
      caller: Caller,
      principalId: string,
      givenVia: string | undefined,
    ): Promise<boolean>;
  };
  governance: Pick<Governance, 'isGovernance'>;
  /** What succeeds products that have vanished. Absent: nothing is known. */
  successors?: {
    /** @returns undefined also where the product is in the catalog */
    of(port: ProductPort): Promise<ProductSuccessor | undefined>;
    /** What of it the caller may see. */
    told(
      ports: readonly ProductPort[],
      caller: Caller,
    ): Promise<(port: ProductPort) => Successor | undefined>;
    /** Vanished products that live access is of. */
    leftBehind(): Promise<
      ReadonlyArray<ProductPort & { successor: ProductSuccessor }>
    >;
    /**
     * What of the successor is stricter than what the access was approved by.
     * Empty where it can be moved.
     */
    whyNotMove(access: Entitlement): Promise<readonly string[]>;
  };
}
