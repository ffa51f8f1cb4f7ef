import { setTimeout as sleep } from 'timers/promises';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  createDataMeshApiFor,
  readCatalogDirectoryConfig,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { createBuildDomainAction } from './actions/buildDomain';
import { createClaimPlaceAction } from './actions/claimPlace';
import { createPublishToCatalogAction } from './actions/publishToCatalog';

/**
 * Adds the actions `data-mesh:domain:build`, `data-mesh:catalog:publish` and
 * `data-mesh:place:claim` to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleDataMesh = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'data-mesh',
  register(env) {
    env.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        permissions: coreServices.permissions,
      },
      async init({
        scaffolder,
        auth,
        catalog,
        config,
        discovery,
        events,
        permissions,
      }) {
        const mesh = createDataMeshApiFor({ auth, discovery });
        const appUrl = config.getOptionalString('app.baseUrl') ?? '';
        scaffolder.addActions(
          createBuildDomainAction({ auth, catalog, mesh }),
          createClaimPlaceAction({
            mesh,
            appUrl: appUrl.replace(/\/+$/, ''),
          }),
          createPublishToCatalogAction({
            directory: readCatalogDirectoryConfig(config),
            auth,
            catalog,
            events,
            mesh,
            permissions,
            wait: (ms, signal) => sleep(ms, undefined, { signal }),
          }),
        );
      },
    });
  },
});
