import type {
  DataMeshApi,
  Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** The caller's active entitlements on a product, all pages of them. */
export async function listMine(
  client: Pick<DataMeshApi, 'listEntitlements'>,
  productRef: string,
): Promise<Entitlement[]> {
  const all: Entitlement[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listEntitlements({
      view: 'mine',
      state: ['active'],
      productRef,
      ...(cursor && { cursor }),
    });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
}
