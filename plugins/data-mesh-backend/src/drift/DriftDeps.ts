import type {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { EntitlementDeps } from '../entitlements/EntitlementDeps';
import type { ProductPowers } from '../people';
import type { EntitlementResource, ResourceAuthorizer } from '../permissions';
import type { GrantSight } from '../sight';
import type { Repairer } from './Repairer';
import type { TablePowers } from './TablePowers';

/** What applying again what is lacking takes. */
export interface ReconcileDeps {
  knex: Knex;
  entitlements: EntitlementDeps;
  repairer: Repairer;
  permissions: PermissionsService;
  powers: ProductPowers;
  clock: () => Date;
  /** Entitlements that are begun in a minute, where nobody says how many. */
  perMinute: number;
  logger: LoggerService;
}

/** What people's work on drift takes. */
export interface DriftDeps extends ReconcileDeps {
  tables: Pick<TablePowers, 'over'>;
  sight: Pick<GrantSight, 'of'>;
  authorizer: Pick<ResourceAuthorizer<EntitlementResource>, 'readFilter'>;
}
