import {
  liveEntitlementStates,
  isOpenRequest,
  type AccessRequest,
  type Entitlement,
  type EntitlementPage,
  type EntitlementQuery,
  type PortOverview,
  type ProductOverview,
  type RequestPage,
  type RequestQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { NotFoundError } from '@backstage/errors';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { Caller } from '../identity/Caller';
import type { Publications } from '../publication';
import type { TagService } from '../tags';
import type { ProductUsageReader } from './ProductUsageReader';

/** More than a person has to do with one product. */
const AT_MOST = 50;

/** Whose answers an overview is made of. */
export interface ProductOverviewDeps {
  catalog: Pick<MeshCatalog, 'findProduct'>;
  usage: Pick<ProductUsageReader, 'list'>;
  entitlements: {
    list(caller: Caller, query: EntitlementQuery): Promise<EntitlementPage>;
  };
  requests: {
    list(query: RequestQuery, caller: Caller): Promise<RequestPage>;
  };
  publications: Pick<Publications['reader'], 'portStandings'>;
  tags: Pick<TagService, 'maySee'>;
}

/**
 * One product, port by port, as it concerns the caller: what they hold, what
 * they asked for, and what cannot be asked for. By the same readers as the
 * lists, so that it tells nothing that they would not.
 *
 * @throws NotFoundError also where the caller may not see the product
 */
export async function productOverview(
  deps: ProductOverviewDeps,
  caller: Caller,
  ref: string,
): Promise<ProductOverview> {
  const product = await deps.catalog.findProduct(ref, caller.credentials);
  if (!product) {
    throw new NotFoundError(`There is no data product ${ref} in the catalog`);
  }
  const { productRef } = product;
  const ofProduct = { productRef, limit: AT_MOST };
  const [usages, held, mine, toDecide, unpublished, maySeeTags] =
    await Promise.all([
      deps.usage.list(caller),
      deps.entitlements.list(caller, {
        ...ofProduct,
        view: 'mine',
        state: [...liveEntitlementStates],
      }),
      deps.requests.list({ ...ofProduct, view: 'mine' }, caller),
      deps.requests.list({ ...ofProduct, view: 'toDecide' }, caller),
      deps.publications.portStandings(productRef),
      deps.tags.maySee(caller, product),
    ]);
  const usage = usages.find(one => one.productRef === productRef);
  const median = usage?.medianDecisionHours;
  return {
    productRef,
    consumers: usage?.consumers ?? 0,
    ...(median !== undefined && { medianDecisionHours: median }),
    toDecide: toDecide.items.length,
    maySeeTags,
    ports: product.entity.spec.outputPorts.map((port): PortOverview => {
      const publication = unpublished.get(port.name);
      const access = held.items.filter(item => item.port === port.name);
      const asked = mine.items.filter(item => item.port === port.name);
      return {
        port: port.name,
        ...(publication && { publication }),
        access,
        requests: tellingRequests(asked, access),
      };
    }),
  };
}

/** What is open; else the last that came to nothing, if nothing came after it. */
function tellingRequests(
  asked: readonly AccessRequest[],
  access: readonly Entitlement[],
): AccessRequest[] {
  const open = asked.filter(isOpenRequest);
  if (open.length > 0) return open;
  const [last] = asked;
  const isOver =
    !last ||
    last.state === 'approved' ||
    access.some(({ createdAt }) => createdAt > last.createdAt);
  return isOver ? [] : [last];
}
