import type { PermissionsService } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  actionsOfPhase,
  credentialsVendPermission,
  entitlementNarrowPermission,
  entitlementReadPermission,
  entitlementReapplyPermission,
  entitlementRelinquishPermission,
  entitlementRevokePermission,
  requestCreatePermission,
  type Entitlement,
  type EntitlementAction,
  type EntitlementRelation,
  type Successor,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../../catalog/MeshCatalog';
import type { Caller } from '../../identity/Caller';
import type { Governance } from '../../people';
import {
  hasPermission,
  type EntitlementResource,
  type ResourceAuthorizer,
} from '../../permissions';
import {
  doneInWords,
  actorsInWords,
  isActorOf,
  whyNotPossible,
} from './entitlementActions';
import {
  progressOf,
  resourceOf,
} from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import type { ProductHeir } from '../lifecycle/ProductHeir';
import type { EntitlementStore } from '../reading/EntitlementStore';
import type { ProductPort } from '../../store/entitlements/entitlementList';
import { productApprovers } from './productApprovers';

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

const permissionOf = {
  revoke: entitlementRevokePermission,
  relinquish: entitlementRelinquishPermission,
  // What was approved needs no new permission; who may see it may retry it,
  // if the entitlement is theirs.
  retry: entitlementReadPermission,
  reapply: entitlementReapplyPermission,
  // Beside the permission to make requests.
  renew: entitlementReadPermission,
  amend: entitlementReadPermission,
  narrow: entitlementNarrowPermission,
  vend: credentialsVendPermission,
  'close-residue': entitlementRevokePermission,
  move: entitlementRevokePermission,
} as const satisfies { [A in EntitlementAction]: object };

const portOfRow = (row: Pick<EntitlementRow, 'product_ref' | 'port'>) => ({
  productRef: row.product_ref,
  port: row.port,
});

/** Says who may do what with an entitlement. */
export class EntitlementGuard {
  readonly #store: EntitlementStore;
  readonly #access: EntitlementAccess;

  constructor(options: { store: EntitlementStore; access: EntitlementAccess }) {
    this.#store = options.store;
    this.#access = options.access;
  }

  /** @throws NotFoundError, NotAllowedError */
  async readable(caller: Caller, id: string): Promise<EntitlementRow> {
    const found = await this.#facesOf(await this.#store.get(id));
    await this.#require(entitlementReadPermission, found, caller);
    return found.row;
  }

  /** What succeeds the product of the entitlement, where that has vanished. */
  async successorOf(
    row: Pick<EntitlementRow, 'product_ref' | 'port'>,
  ): Promise<ProductSuccessor | undefined> {
    return this.#access.successors?.of(portOfRow(row));
  }

  /** @throws NotAllowedError where the caller is none who takes the action */
  async requireActor(
    caller: Caller,
    row: EntitlementRow,
    action: EntitlementAction,
  ): Promise<void> {
    const faces = await this.#facesOf(row);
    await this.#require(permissionOf[action], faces, caller);
    if (!isActorOf(action, await this.#relationsOf(caller, faces))) {
      throw new NotAllowedError(
        `Entitlement ${row.id} cannot be ${doneInWords[action]} by ${caller.userRef}: only ${actorsInWords[action]} may`,
      );
    }
  }

  /** @throws ConflictError where the state does not allow the action */
  requireState(row: EntitlementRow, action: EntitlementAction): void {
    const why = whyNotPossible(progressOf(row), action);
    if (why === undefined) return;
    throw new ConflictError(
      `Entitlement ${row.id} cannot be ${doneInWords[action]}: ${why}`,
    );
  }

  /** What the caller may do with it now. */
  async actionsOf(
    caller: Caller,
    row: EntitlementRow,
  ): Promise<EntitlementAction[]> {
    const faces = await this.#facesOf(row);
    const possible = actionsOfPhase(progressOf(row)).filter(
      action => action !== 'move' || faces.successor !== undefined,
    );
    if (possible.length === 0) return [];
    const relations = await this.#relationsOf(caller, faces);
    const allowed = await Promise.all(
      possible.map(
        async action =>
          isActorOf(action, relations) &&
          (await this.#isAllowed(permissionOf[action], faces, caller)) &&
          (!['renew', 'amend'].includes(action) ||
            hasPermission(
              this.#access.permissions,
              requestCreatePermission,
              caller,
            )),
      ),
    );
    return possible.filter((_, index) => allowed[index]);
  }

  /**
   * Ports of vanished products whose access the caller may read because its own
   * products succeed them, and those that a product succeeds.
   */
  async succeeded(
    caller: Caller,
    productRef: string | undefined,
  ): Promise<{ succeeded: ProductPort[]; predecessors: ProductPort[] }> {
    const left = (await this.#access.successors?.leftBehind()) ?? [];
    const succeeded: ProductPort[] = [];
    for (const { productRef: ref, port, successor } of left) {
      const { held, ownerRef } = successor;
      if (!held || !caller.ownershipRefs.includes(ownerRef)) continue;
      const resource = { id: '', requesterRef: '', principal: '' };
      const isAllowed = await this.#access.authorizer.isAllowed(
        entitlementReadPermission,
        ofSuccessor({ ...resource, productOwnerRef: ownerRef }, successor),
        caller,
      );
      if (isAllowed) succeeded.push({ productRef: ref, port });
    }
    return {
      succeeded,
      predecessors: left.filter(
        ({ successor }) => successor.productRef === productRef,
      ),
    };
  }

  async principalsOf(caller: Caller): Promise<string[]> {
    const principals = await this.#access.principals.availableTo(caller);
    return principals.map(principal => principal.id);
  }

  /**
   * With the owner and the domain that its product has now. Of a product that
   * has vanished, those it had last, and those of what succeeds it.
   */
  async #facesOf(row: EntitlementRow): Promise<Faces> {
    const { product_ref: ref } = row;
    const home = (await this.#access.products.homesOf([ref])).get(ref);
    if (home) {
      const { ownerRef, domainRef } = home;
      return {
        row: { ...row, product_owner_ref: ownerRef, domain_ref: domainRef },
      };
    }
    return { row, successor: await this.successorOf(row) };
  }

  async #isAllowed(
    permission: ResourcePermission,
    faces: Faces,
    caller: Caller,
  ): Promise<boolean> {
    for (const resource of resourcesOf(faces)) {
      if (
        await this.#access.authorizer.isAllowed(permission, resource, caller)
      ) {
        return true;
      }
    }
    return false;
  }

  /** @throws NotAllowedError naming the permission */
  async #require(
    permission: ResourcePermission,
    faces: Faces,
    caller: Caller,
  ): Promise<void> {
    const { authorizer } = this.#access;
    const [own, ...others] = resourcesOf(faces);
    for (const resource of others) {
      if (await authorizer.isAllowed(permission, resource, caller)) return;
    }
    await authorizer.require(permission, own, caller);
  }

  async #relationsOf(
    caller: Caller,
    { row, successor }: Faces,
  ): Promise<ReadonlySet<EntitlementRelation>> {
    const [product, isHolder] = await Promise.all([
      this.#access.products.findProduct(row.product_ref),
      this.#store
        .askedThrough(row)
        .then(via =>
          this.#access.principals.mayUse(caller, row.principal, via),
        ),
    ]);
    const isOneOf = (...refs: string[]) =>
      refs.some(ref => caller.ownershipRefs.includes(ref));
    const is: { [R in EntitlementRelation]: boolean } = {
      // A product that has left the catalog keeps the owner it had.
      owner: isOneOf(product?.ownerRef ?? row.product_owner_ref),
      approver: isOneOf(...(product ? productApprovers(product.entity) : [])),
      governance: this.#access.governance.isGovernance(caller),
      successor: isOneOf(...(successor?.held ? [successor.ownerRef] : [])),
      requester: row.requester_ref === caller.userRef,
      holder: isHolder,
    };
    const relations = Object.keys(is) as EntitlementRelation[];
    return new Set(relations.filter(relation => is[relation]));
  }
}

/** An entitlement, with what succeeds its product where that has vanished. */
interface Faces {
  row: EntitlementRow;
  successor?: ProductSuccessor;
}

/** As what permissions may be given: its own, and that of its heir. */
function resourcesOf({
  row,
  successor,
}: Faces): [EntitlementResource, ...EntitlementResource[]] {
  const own = resourceOf(row);
  return successor?.held ? [own, ofSuccessor(own, successor)] : [own];
}

/** What it is about for the owner of the successor. */
export function ofSuccessor(
  resource: EntitlementResource,
  { ownerRef, domainRef }: ProductSuccessor,
): EntitlementResource {
  return { ...resource, productOwnerRef: ownerRef, domainRef };
}
