import type { PlaceChange } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementRow } from '../store/tables';
import type { Caller } from '../identity/Caller';
import type { Holder, PlaceBook, PlacedProducts } from '../places';
import { inTurns } from '../turns';

/** What finding out what a change of holders does takes. */
export interface PlaceImpactDeps {
  placed: PlacedProducts;
  entitlements: {
    live(): Promise<Array<Pick<EntitlementRow, 'product_ref' | 'port'>>>;
  };
  requests: {
    openPorts(): Promise<Array<{ productRef: string; port: string }>>;
  };
}

/** Who answers, whatever place it is by. */
const nameOf = (holder: Holder | undefined) =>
  holder && 'domainRef' in holder ? holder.domainRef : undefined;

const keyOf = (productRef: string, port: string) =>
  JSON.stringify([productRef, port]);

/**
 * What becomes of products, access and requests where holders change: by the
 * catalog and what is published, live entitlements and open requests.
 */
export async function placeImpactOf(
  deps: PlaceImpactDeps,
  {
    before,
    after,
    caller,
  }: {
    before: PlaceBook;
    after: PlaceBook;
    caller: Caller;
  },
): Promise<
  Pick<PlaceChange, 'publications' | 'entitlements' | 'requests' | 'hidden'>
> {
  const { placed, entitlements, requests } = deps;
  const [tables, live, open] = await Promise.all([
    placed.named(),
    entitlements.live(),
    requests.openPorts(),
  ]);
  const ports = new Map<
    string,
    { productRef: string; productTitle: string; port: string }
  >();
  for await (const { address, productRef, title, port } of inTurns(tables)) {
    if (nameOf(before.holderOf(address)) === nameOf(after.holderOf(address)))
      continue;
    ports.set(keyOf(productRef, port.name), {
      productRef,
      productTitle: title,
      port: port.name,
    });
  }
  const visible = await placed.visible(
    [...ports.values()].map(({ productRef }) => productRef),
    caller.credentials,
  );
  const hidden = new Set(
    [...ports.values()]
      .map(({ productRef }) => productRef)
      .filter(ref => !visible.has(ref)),
  );
  return {
    publications: [...ports.values()].filter(({ productRef }) =>
      visible.has(productRef),
    ),
    entitlements: live.filter(row =>
      ports.has(keyOf(row.product_ref, row.port)),
    ).length,
    requests: open.filter(({ productRef, port }) =>
      ports.has(keyOf(productRef, port)),
    ).length,
    hidden: hidden.size,
  };
}
