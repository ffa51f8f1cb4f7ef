import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  grantsReadPermission,
  type ExplainedGrant,
  type ObservedGrant,
  type OutputPort,
  type ProductGrants,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import { PortIndex } from '../grants/PortIndex';
import { becauseOf, entitlementsBehind } from '../grants/toGrants';
import type { Caller } from '../identity/Caller';
import { requirePermission } from '../permissions';
import { refsOf, type GrantSight, type GrantView } from '../sight';
import {
  portOf,
  resourceOf,
  toEntitlement,
} from '../store/entitlements/EntitlementRow';
import { mapInTurns } from '../turns';
import { joinedLines } from './joinedLines';
import { lookAtPorts, type LookDeps, type SeenGrant } from './lookAtPorts';
import { portsToList } from './portsToList';

/** What is needed to tell who holds what on a product. */
export interface ProductGrantsDeps extends LookDeps {
  entitlements: Pick<EntitlementStore, 'getMany' | 'liveOfProduct'>;
  permissions: PermissionsService;
  catalog: Pick<MeshCatalog, 'findProduct'>;
  sight: Pick<GrantSight, 'of'>;
}

/**
 * Of whom grants on a product are told; without a principal, whether all are.
 */
function toldTo(
  view: GrantView,
  productRef: string,
): (principal?: string) => boolean {
  if (view === 'all' || refsOf(view).includes(productRef)) return () => true;
  return principal =>
    principal !== undefined && view.principals.includes(principal);
}

/**
 * Whether a grant is on what is published of a product, or was given for it. Of
 * what its file names beyond that only own principals are told.
 */
function publishedIn(
  view: GrantView,
  productRef: string,
  given: readonly OutputPort[],
): (grant: ObservedGrant) => boolean {
  if (view === 'all') return () => true;
  const index = new PortIndex([
    ...view.products.filter(product => product.productRef === productRef),
    { productRef, title: productRef, ports: given },
  ]);
  return grant =>
    view.principals.includes(grant.principal.id) ||
    index.productsOf(grant).length > 0;
}

/**
 * Who holds what on a product now, and why. What one port answers with an error
 * is reported beside the grants of the others.
 *
 * @throws NotAllowedError; NotFoundError where the caller sees no such product
 */
export async function grantsOfProduct(
  deps: ProductGrantsDeps,
  caller: Caller,
  ref: string,
): Promise<ProductGrants> {
  const { knex, entitlements } = deps;
  await requirePermission(deps.permissions, grantsReadPermission, caller);
  const product = await deps.catalog.findProduct(ref, caller.credentials);
  if (!product) {
    throw new NotFoundError(`No data product '${ref}' is in the catalog`);
  }
  const { productRef, title, entity } = product;
  const before = await entitlements.liveOfProduct(productRef);
  const given = before.map(portOf);
  const ports = portsToList(entity.spec.outputPorts, given);
  const looked = await lookAtPorts(deps, ports, {
    product: { productRef, title, ports },
    entitlements: before,
  });
  const seen = await deps.sight.of(caller);
  const told = toldTo(seen.view, productRef);
  const isOn = publishedIn(seen.view, productRef, given);
  const lines: Array<SeenGrant & { port: string }> = [];
  for (const one of looked.ports) {
    if (!('grants' in one)) continue;
    for (const line of await joinedLines(one.grants)) {
      lines.push({ port: one.port.name, ...line });
    }
  }
  const behind = await entitlementsBehind(
    knex,
    lines.map(({ reason }) => reason),
  );
  const shown = lines.filter(
    ({ scanned: { grant } }) => told(grant.principal.id) && isOn(grant),
  );
  const items = await mapInTurns(
    shown,
    ({ port, scanned, reason }): ExplainedGrant => ({
      port,
      grant: scanned.grant,
      because: becauseOf(reason, behind, seen),
    }),
  );
  const missing = await entitlements.getMany(looked.missing);
  return {
    productRef,
    seenAt: deps.clock().toISOString(),
    items,
    hidden: lines.length - shown.length,
    missing: missing
      .filter(row => row.product_ref === productRef)
      .filter(row => told(row.principal) && seen.entitlement(resourceOf(row)))
      .map(toEntitlement),
    errors: looked.ports.flatMap(one =>
      'error' in one
        ? [
            {
              port: one.port.name,
              // What a system answers names accounts and roles.
              message: told()
                ? one.error
                : 'The grants of this port are not known now',
            },
          ]
        : [],
    ),
  };
}
