import type { EntitlementDeps } from '../EntitlementDeps';
import type { EntitlementResource } from '../../permissions';
import { resourceOf } from '../../store/entitlements/EntitlementRow';

/** Resources of permissions, in the order of the ids. */
export async function entitlementResources(
  deps: EntitlementDeps,
  ids: string[],
): Promise<Array<EntitlementResource | undefined>> {
  const rows = await deps.store.getMany(ids);
  const byId = new Map(rows.map(row => [row.id, resourceOf(row)]));
  return ids.map(id => byId.get(id));
}
