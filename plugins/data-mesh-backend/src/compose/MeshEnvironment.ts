import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type {
  MetricsService,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type {
  ApprovalPolicy,
  PrincipalResolver,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { Knex } from 'knex';
import type { Timers } from '../provisioning';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { MeshConfig } from './readMeshConfig';

/** Where the plugin runs: what Backstage, config and other modules give it. */
export interface MeshEnvironment {
  services: {
    auditor: AuditorService;
    auth: AuthService;
    catalogService: CatalogService;
    config: RootConfigService;
    events: EventsService;
    httpAuth: HttpAuthService;
    logger: LoggerService;
    metrics: MetricsService;
    notifications: NotificationService;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    signals: SignalsService;
    tracing: TracingService;
  };
  settings: MeshConfig;
  /** Its tables are there already. */
  knex: Knex;
  provisioners: ProvisionerRegistry;
  resolvers: readonly PrincipalResolver[];
  policies: ApprovalPolicy[];
  clock: () => Date;
  timers: Timers;
}
