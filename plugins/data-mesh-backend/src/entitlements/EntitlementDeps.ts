import type { Knex } from 'knex';
import type { EntitlementRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessPlanner } from '../provisioners/AccessPlanner';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { EntitlementAccess } from './guard/EntitlementAccess';
import type { EntitlementChange } from './lifecycle/EntitlementChange';
import type { LifecycleDeps } from './lifecycle/LifecycleDeps';
import type { EntitlementStore } from './reading/EntitlementStore';

/** Renewals and amendments, as the requests know them. */
export interface RequestsAbout {
  aboutEntitlement(id: string): Promise<EntitlementRequest[]>;
}

/** What everything about entitlements works with. */
export interface EntitlementDeps extends LifecycleDeps {
  knex: Knex;
  store: EntitlementStore;
  provisioners: ProvisionerRegistry;
  planner: AccessPlanner;
  access: EntitlementAccess;
  requests: RequestsAbout;
  /** Told of each change that a person made, when it is committed. */
  changed(change: EntitlementChange): void;
}
