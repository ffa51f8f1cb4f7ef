import { setTimeout as sleep } from 'timers/promises';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { readCatalogDirectoryConfig } from '@lakemesh/backstage-plugin-data-mesh-node';
import { createBuildDomainAction } from './actions/buildDomain';
import { createPublishToCatalogAction } from './actions/publishToCatalog';

/**
 * Adds the actions `data-mesh:domain:build` and `data-mesh:catalog:publish` to
 * the scaffolder.
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
        events: eventsServiceRef,
        permissions: coreServices.permissions,
      },
      async init({ scaffolder, auth, catalog, config, events, permissions }) {
        scaffolder.addActions(
          createBuildDomainAction({ auth, catalog }),
          createPublishToCatalogAction({
            directory: readCatalogDirectoryConfig(config),
            auth,
            catalog,
            events,
            permissions,
            wait: (ms, signal) => sleep(ms, undefined, { signal }),
          }),
        );
      },
    });
  },
});
