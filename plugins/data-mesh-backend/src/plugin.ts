import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  approvalPoliciesExtensionPoint,
  createDataMeshApiFor,
  principalResolversExtensionPoint,
  provisionersExtensionPoint,
  type ApprovalPolicy,
  type PrincipalResolver,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { registerActions } from './actions';
import { scheduleAuditing } from './audit';
import { composeMesh } from './compose/composeMesh';
import { meshPasses } from './compose/meshPasses';
import { meshRoutes } from './compose/meshRoutes';
import { readMeshConfig } from './compose/readMeshConfig';
import { registerResources } from './compose/registerResources';
import { migrate } from './database/migrate';
import { systemTimers, type Timers } from './provisioning';
import { ProvisionerRegistry } from './provisioners/ProvisionerRegistry';
import { createRouter } from './router';
import { schedulePasses } from './schedulePasses';

/** What tests put in the place of the real thing. */
export interface DataMeshPluginOptions {
  now?: () => Date;
  timers?: Timers;
  /** Answers that break the contract become errors. */
  validateResponses?: boolean;
}

/** Makes the plugin: registers, migrates, mounts and schedules. */
export function createDataMeshPlugin(options: DataMeshPluginOptions = {}) {
  return createBackendPlugin({
    pluginId: 'data-mesh',
    register(env) {
      const provisioners = new ProvisionerRegistry();
      const resolvers: PrincipalResolver[] = [];
      const policies: ApprovalPolicy[] = [];
      env.registerExtensionPoint(provisionersExtensionPoint, provisioners);
      env.registerExtensionPoint(principalResolversExtensionPoint, {
        addPrincipalResolver: resolver => resolvers.push(resolver),
      });
      env.registerExtensionPoint(approvalPoliciesExtensionPoint, {
        addApprovalPolicy: policy => policies.push(policy),
      });

      env.registerInit({
        deps: {
          actionsRegistry: actionsRegistryServiceRef,
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalogService: catalogServiceRef,
          config: coreServices.rootConfig,
          database: coreServices.database,
          discovery: coreServices.discovery,
          events: eventsServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          metrics: metricsServiceRef,
          notifications: notificationService,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          scheduler: coreServices.scheduler,
          signals: signalsServiceRef,
          tracing: tracingServiceRef,
        },
        async init(services) {
          const { database, lifecycle, scheduler } = services;
          const settings = readMeshConfig(services.config);
          const knex = await database.getClient();
          if (!database.migrations?.skip) await migrate(knex);

          const mesh = composeMesh({
            services,
            settings,
            knex,
            provisioners,
            resolvers,
            policies,
            clock: options.now ?? (() => new Date()),
            timers: options.timers ?? systemTimers,
          });
          registerResources(services.permissionsRegistry, mesh);
          services.httpRouter.use(
            createRouter({
              ...meshRoutes(mesh, { services }),
              validateResponses: options.validateResponses,
            }),
          );
          registerActions({
            registry: services.actionsRegistry,
            apiFor: createDataMeshApiFor(services),
            catalog: services.catalogService,
          });
          await schedulePasses(scheduler, meshPasses(mesh, settings));
          await scheduleAuditing(scheduler, mesh.auditing, settings.audit);
          lifecycle.addStartupHook(mesh.start);
          lifecycle.addShutdownHook(mesh.stop);
        },
      });
    },
  });
}

/**
 * The data mesh backend: access requests, entitlements, grants and audit.
 *
 * @public
 */
const dataMeshPlugin = createDataMeshPlugin();

export default dataMeshPlugin;
