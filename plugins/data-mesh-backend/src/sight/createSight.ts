import {
  entitlementReadPermission,
  requestReadPermission,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../identity/Caller';
import type {
  EntitlementResource,
  RequestResource,
  ResourceAuthorizer,
} from '../permissions';
import { GrantSight } from './GrantSight';
import { RecordSight } from './RecordSight';

/**
 * The one rule of who may see what. What a caller may not read is not told
 * elsewhere; where it matters that it exists, it is counted.
 */
export interface Sight {
  requests: RecordSight<RequestResource>;
  entitlements: RecordSight<EntitlementResource>;
  grants: Pick<GrantSight, 'of' | 'view'>;
  /** Both, asked beforehand: for decisions inside a transaction. */
  of(caller: Caller): Promise<Seen>;
}

/** Tells of a record whether one caller may read it. */
export interface Seen {
  request(resource: RequestResource): boolean;
  entitlement(resource: EntitlementResource): boolean;
}

/** Puts the parts together. */
export function createSight(options: {
  requests: Pick<ResourceAuthorizer<RequestResource>, 'judge' | 'readFilter'>;
  entitlements: Pick<
    ResourceAuthorizer<EntitlementResource>,
    'judge' | 'readFilter'
  >;
  grants: Omit<ConstructorParameters<typeof GrantSight>[0], 'entitlements'>;
}): Sight {
  const requests = new RecordSight({
    authorizer: options.requests,
    permission: requestReadPermission,
  });
  const entitlements = new RecordSight({
    authorizer: options.entitlements,
    permission: entitlementReadPermission,
  });
  return {
    requests,
    entitlements,
    grants: new GrantSight({ ...options.grants, entitlements }),
    of: async caller => {
      const [request, entitlement] = await Promise.all([
        requests.judge(caller),
        entitlements.judge(caller),
      ]);
      return { request, entitlement };
    },
  };
}
