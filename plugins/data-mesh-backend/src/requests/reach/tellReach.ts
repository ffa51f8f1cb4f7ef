import type { Reach } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../../catalog/MeshCatalog';
import type { Caller } from '../../identity/Caller';
import { visibleReach } from './reachView';

/** What is reached, without the products that the caller may not see. */
export async function tellReach(
  catalog: Pick<MeshCatalog, 'visible'>,
  reach: Reach,
  caller: Caller,
): Promise<Reach> {
  const refs = new Set(reach.tables.flatMap(table => table.productRefs));
  const visible = await catalog.visible([...refs], caller.credentials);
  return visibleReach(reach, new Set(visible));
}
