import type { PermissionsService } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  credentialsVendPermission,
  entitlementNarrowPermission,
  entitlementReadPermission,
  entitlementReapplyPermission,
  entitlementRelinquishPermission,
  entitlementRevokePermission,
  requestCreatePermission,
  type EntitlementAction,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { Caller } from '../identity/Caller';
import type { Governance } from '../people';
import {
  hasPermission,
  type EntitlementResource,
  type ResourceAuthorizer,
} from '../permissions';
import {
  actionsOfState,
  actorsInWords,
  isActorOf,
  type Standing,
} from './entitlementActions';
import { resourceOf, type EntitlementRow } from './EntitlementRow';
import type { EntitlementStore } from './EntitlementStore';
import { productApprovers } from './productApprovers';

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
  };
  governance: Pick<Governance, 'isGovernance'>;
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
} as const satisfies { [A in EntitlementAction]: object };

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
    const row = await this.#present(await this.#store.get(id));
    await this.#access.authorizer.require(
      entitlementReadPermission,
      resourceOf(row),
      caller,
    );
    return row;
  }

  /** @throws NotAllowedError where the caller is none who takes the action */
  async requireActor(
    caller: Caller,
    row: EntitlementRow,
    action: EntitlementAction,
  ): Promise<void> {
    await this.#access.authorizer.require(
      permissionOf[action],
      resourceOf(await this.#present(row)),
      caller,
    );
    if (!isActorOf(action, await this.#standingOf(caller, row))) {
      throw new NotAllowedError(
        `${caller.userRef} may not ${inWords(action)} entitlement ${
          row.id
        }: only ${actorsInWords[action]} may`,
      );
    }
  }

  /** @throws ConflictError where the state does not allow the action */
  requireState(row: EntitlementRow, action: EntitlementAction): void {
    if (actionsOfState(row).includes(action)) return;
    throw new ConflictError(
      `Entitlement ${row.id} is ${stateInWords(
        row,
      )}: there is nothing to ${inWords(action)}`,
    );
  }

  /** What the caller may do with it now. */
  async actionsOf(
    caller: Caller,
    row: EntitlementRow,
  ): Promise<EntitlementAction[]> {
    const possible = actionsOfState(row);
    if (possible.length === 0) return [];
    const [standing, present] = await Promise.all([
      this.#standingOf(caller, row),
      this.#present(row),
    ]);
    const allowed = await Promise.all(
      possible.map(
        async action =>
          isActorOf(action, standing) &&
          (await this.#access.authorizer.isAllowed(
            permissionOf[action],
            resourceOf(present),
            caller,
          )) &&
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

  async principalsOf(caller: Caller): Promise<string[]> {
    const principals = await this.#access.principals.availableTo(caller);
    return principals.map(principal => principal.id);
  }

  /** With the owner and the domain that its product has now. */
  async #present(row: EntitlementRow): Promise<EntitlementRow> {
    const { product_ref: ref } = row;
    const home = (await this.#access.products.homesOf([ref])).get(ref);
    if (!home) return row;
    const { ownerRef, domainRef } = home;
    return { ...row, product_owner_ref: ownerRef, domain_ref: domainRef };
  }

  async #standingOf(caller: Caller, row: EntitlementRow): Promise<Standing> {
    const [product, principals] = await Promise.all([
      this.#access.products.findProduct(row.product_ref),
      this.principalsOf(caller),
    ]);
    const inCharge = [
      // A product that has left the catalog keeps the owner it had.
      product?.ownerRef ?? row.product_owner_ref,
      ...(product ? productApprovers(product.entity) : []),
    ];
    return {
      isInCharge:
        inCharge.some(ref => caller.ownershipRefs.includes(ref)) ||
        this.#access.governance.isGovernance(caller),
      isRequester: row.requester_ref === caller.userRef,
      isHolder: principals.includes(row.principal),
    };
  }
}

/** The state, and what is under way in it. */
export function stateInWords(row: EntitlementRow): string {
  if (row.failed_from) return `${row.state} (from ${row.failed_from})`;
  return row.change_state
    ? `${row.state} (a change of it is ${row.change_state})`
    : row.state;
}

function inWords(action: EntitlementAction): string {
  switch (action) {
    case 'vend':
      return 'get credentials of';
    case 'close-residue':
      return 'close with residue at';
    default:
      return action;
  }
}
