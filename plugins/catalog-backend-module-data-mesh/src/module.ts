import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { CatalogModelSources } from '@backstage/catalog-model/alpha';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { catalogModelExtensionPoint } from '@backstage/plugin-catalog-node/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { readCatalogDirectoryConfig } from '@lakemesh/backstage-plugin-data-mesh-node';
import { CatalogDirectoryProvider } from './directory/CatalogDirectoryProvider';
import { createMeshModelLayer } from './model/meshModelLayer';
import { DataProductProcessor } from './processor/DataProductProcessor';

/**
 * Adds the DataProduct kind, its relations, and the catalog directory to the
 * catalog.
 *
 * @public
 */
export const catalogModuleDataMesh = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'data-mesh',
  register(env) {
    env.registerInit({
      deps: {
        processing: catalogProcessingExtensionPoint,
        model: catalogModelExtensionPoint,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ processing, model, config, events, logger, scheduler }) {
        // Catalogs before model layers have the extension point, but not this.
        if (typeof model.addModelSource === 'function') {
          model.addModelSource(
            CatalogModelSources.static([createMeshModelLayer()]),
          );
        }
        processing.addProcessor(new DataProductProcessor({ logger }));

        const directory = readCatalogDirectoryConfig(config);
        if (directory) {
          processing.addEntityProvider(
            new CatalogDirectoryProvider({
              directory,
              events,
              logger,
              taskRunner: scheduler.createScheduledTaskRunner({
                scope: 'local',
                frequency: { seconds: 10 },
                timeout: { minutes: 1 },
              }),
            }),
          );
        }
      },
    });
  },
});
