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
  type EntitlementAction,
  type EntitlementRelation,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import { hasPermission, type EntitlementResource } from '../../permissions';
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
import type { ProductPort } from '../../store/entitlements/entitlementList';
import type { ProductSuccessor } from './EntitlementAccess';
import { productApprovers } from './productApprovers';

/** What saying who may do what takes. */
export type GuardDeps = Pick<EntitlementDeps, 'access' | 'store'>;

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

/** @throws NotFoundError, NotAllowedError */
export async function readableEntitlement(
  deps: GuardDeps,
  caller: Caller,
  id: string,
): Promise<EntitlementRow> {
  const found = await facesOf(deps, await deps.store.get(id));
  await requireOn(deps, entitlementReadPermission, found, caller);
  return found.row;
}

/** What succeeds the product of the entitlement, where that has vanished. */
export async function successorOf(
  deps: GuardDeps,
  row: Pick<EntitlementRow, 'product_ref' | 'port'>,
): Promise<ProductSuccessor | undefined> {
  return deps.access.successors?.of(portOfRow(row));
}

/** @throws NotAllowedError where the caller is none who takes the action */
export async function requireActor(
  deps: GuardDeps,
  caller: Caller,
  row: EntitlementRow,
  action: EntitlementAction,
): Promise<void> {
  const faces = await facesOf(deps, row);
  await requireOn(deps, permissionOf[action], faces, caller);
  if (!isActorOf(action, await relationsOf(deps, caller, faces))) {
    throw new NotAllowedError(
      `Entitlement ${row.id} cannot be ${doneInWords[action]} by ${caller.userRef}: only ${actorsInWords[action]} may`,
    );
  }
}

/** @throws ConflictError where the state does not allow the action */
export function requireState(
  row: EntitlementRow,
  action: EntitlementAction,
): void {
  const why = whyNotPossible(progressOf(row), action);
  if (why === undefined) return;
  throw new ConflictError(
    `Entitlement ${row.id} cannot be ${doneInWords[action]}: ${why}`,
  );
}

/** What the caller may do with it now. */
export async function actionsOfEntitlement(
  deps: GuardDeps,
  caller: Caller,
  row: EntitlementRow,
): Promise<EntitlementAction[]> {
  const faces = await facesOf(deps, row);
  const possible = actionsOfPhase(progressOf(row)).filter(
    action => action !== 'move' || faces.successor !== undefined,
  );
  if (possible.length === 0) return [];
  const relations = await relationsOf(deps, caller, faces);
  const allowed = await Promise.all(
    possible.map(
      async action =>
        isActorOf(action, relations) &&
        (await isAllowedOn(deps, permissionOf[action], faces, caller)) &&
        (!['renew', 'amend'].includes(action) ||
          hasPermission(
            deps.access.permissions,
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
export async function succeededPorts(
  deps: GuardDeps,
  caller: Caller,
  productRef: string | undefined,
): Promise<{ succeeded: ProductPort[]; predecessors: ProductPort[] }> {
  const left = (await deps.access.successors?.leftBehind()) ?? [];
  const succeeded: ProductPort[] = [];
  for (const { productRef: ref, port, successor } of left) {
    const { held, ownerRef } = successor;
    if (!held || !caller.ownershipRefs.includes(ownerRef)) continue;
    const resource = { id: '', requesterRef: '', principal: '' };
    const isAllowed = await deps.access.authorizer.isAllowed(
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

export async function principalIdsOf(
  deps: GuardDeps,
  caller: Caller,
): Promise<string[]> {
  const principals = await deps.access.principals.availableTo(caller);
  return principals.map(principal => principal.id);
}

/**
 * With the owner and the domain that its product has now. Of a product that
 * has vanished, those it had last, and those of what succeeds it.
 */
async function facesOf(deps: GuardDeps, row: EntitlementRow): Promise<Faces> {
  const { product_ref: ref } = row;
  const home = (await deps.access.products.homesOf([ref])).get(ref);
  if (home) {
    const { ownerRef, domainRef } = home;
    return {
      row: { ...row, product_owner_ref: ownerRef, domain_ref: domainRef },
    };
  }
  return { row, successor: await successorOf(deps, row) };
}

async function isAllowedOn(
  deps: GuardDeps,
  permission: ResourcePermission,
  faces: Faces,
  caller: Caller,
): Promise<boolean> {
  for (const resource of resourcesOf(faces)) {
    if (await deps.access.authorizer.isAllowed(permission, resource, caller)) {
      return true;
    }
  }
  return false;
}

/** @throws NotAllowedError naming the permission */
async function requireOn(
  deps: GuardDeps,
  permission: ResourcePermission,
  faces: Faces,
  caller: Caller,
): Promise<void> {
  const { authorizer } = deps.access;
  const [own, ...others] = resourcesOf(faces);
  for (const resource of others) {
    if (await authorizer.isAllowed(permission, resource, caller)) return;
  }
  await authorizer.require(permission, own, caller);
}

async function relationsOf(
  deps: GuardDeps,
  caller: Caller,
  { row, successor }: Faces,
): Promise<ReadonlySet<EntitlementRelation>> {
  const [product, isHolder] = await Promise.all([
    deps.access.products.findProduct(row.product_ref),
    deps.store
      .askedThrough(row)
      .then(via => deps.access.principals.mayUse(caller, row.principal, via)),
  ]);
  const isOneOf = (...refs: string[]) =>
    refs.some(ref => caller.ownershipRefs.includes(ref));
  const is: { [R in EntitlementRelation]: boolean } = {
    // A product that has left the catalog keeps the owner it had.
    owner: isOneOf(product?.ownerRef ?? row.product_owner_ref),
    approver: isOneOf(...(product ? productApprovers(product.entity) : [])),
    governance: deps.access.governance.isGovernance(caller),
    successor: isOneOf(...(successor?.held ? [successor.ownerRef] : [])),
    requester: row.requester_ref === caller.userRef,
    holder: isHolder,
  };
  const relations = Object.keys(is) as EntitlementRelation[];
  return new Set(relations.filter(relation => is[relation]));
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
