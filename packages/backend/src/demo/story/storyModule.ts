import { setTimeout as sleep } from 'node:timers/promises';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { readCatalogDirectoryConfig } from '@lakemesh/backstage-plugin-data-mesh-node';
import { isDevelopment } from '../isDevelopment';
import { catalogShelf } from './catalogShelf';
import { chapters } from './chapters';
import { createDemoCast } from './demoCast';
import { playCases } from './playCases';
import { playStory } from './playStory';
import { untilCatalogKnows } from './untilCatalogKnows';

const CATALOG_WITHIN_MS = 90_000;

/** Who and what the chapters are about. */
function entitiesOfStory(): string[] {
  const users = chapters.flatMap(({ as, then }) => [
    as,
    ...then.map(step => step.as),
  ]);
  return [
    ...new Set([
      ...chapters.map(({ request }) => request.productRef),
      ...users.map(name => `user:default/${name}`),
    ]),
  ];
}

/** Plays the chapters after the start, where `demo.story` says so. */
export const storyModule = createBackendModule({
  pluginId: 'data-mesh',
  moduleId: 'demo-story',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
      },
      async init(services) {
        const { auth, catalog, config, discovery, events } = services;
        const { lifecycle, logger } = services;
        if (!config.getOptionalBoolean('demo.story')) return;
        if (!isDevelopment()) {
          logger.error('demo.story is refused: NODE_ENV is not "development".');
          return;
        }
        const directory = readCatalogDirectoryConfig(config);
        const shelf = directory && (await catalogShelf({ directory, events }));
        const ending = new AbortController();
        const wait = (milliseconds: number) =>
          sleep(milliseconds, undefined, { signal: ending.signal });
        lifecycle.addShutdownHook(() => ending.abort());

        async function play() {
          const missing = await untilCatalogKnows(entitiesOfStory(), {
            auth,
            catalog,
            sleep: wait,
            withinMs: CATALOG_WITHIN_MS,
          });
          if (missing.length > 0) {
            logger.warn(
              `Demo story: the catalog lacks ${missing.join(
                ', ',
              )}; it is played without them`,
            );
          }
          const stage = {
            as: createDemoCast(discovery),
            sleep: wait,
            log: logger,
          };
          await playStory(chapters, stage);
          await playCases(stage, shelf);
        }
        lifecycle.addStartupHook(() => {
          // In the background: the start does not wait for it.
          play().catch(error => {
            if (ending.signal.aborted) return;
            logger.warn(
              `Demo story: it was not played: ${toError(error).message}`,
            );
          });
        });
      },
    });
  },
});
