import {
  isInForce,
  type Usage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import { accessInForce } from './accessInForce';
import { progressOf } from '../../store/entitlements/EntitlementRow';
import { stayingSteps } from '../../store/steps/steps';
import {
  actionsOfEntitlement,
  readableEntitlement,
} from '../guard/entitlementGuard';
import { vendableOf } from './credentials';

/**
 * Snippets of what is in force; none of what is not.
 *
 * @throws NotFoundError, NotAllowedError
 */
export async function usageOf(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
): Promise<Usage> {
  const row = await readableEntitlement(deps, caller, id);
  const steps = await stayingSteps(deps.knex, id);
  const guide = deps.provisioners.find(row.port_type)?.usage;
  const snippets =
    guide && isInForce(progressOf(row))
      ? guide.snippets(accessInForce(row, steps))
      : [];
  const vendable = vendableOf(deps, row, steps);
  if ('reason' in vendable) {
    return {
      snippets,
      credentials: { available: false, reason: vendable.reason },
    };
  }
  const actions = await actionsOfEntitlement(deps, caller, row);
  return {
    snippets,
    credentials: actions.includes('vend')
      ? { available: true, tables: vendable.tables }
      : {
          available: false,
          reason:
            'Credentials are given to who may act as its principal and has the permission data-mesh.credentials.vend',
        },
  };
}
