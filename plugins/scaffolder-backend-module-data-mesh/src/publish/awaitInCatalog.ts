import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const LOOK_EVERY_MS = 500;

/** Waits so many milliseconds; an aborted signal ends it with an error. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * Waits until the catalog shows all entities as coming from a location.
 *
 * @throws ServiceUnavailableError where it does not within the time
 */
export async function awaitInCatalog(
  entityRefs: string[],
  options: {
    catalog: CatalogService;
    credentials: BackstageCredentials;
    location: string;
    timeoutSeconds: number;
    wait: Wait;
    signal?: AbortSignal;
  },
): Promise<void> {
  const { catalog, credentials, location, timeoutSeconds, wait } = options;
  let missing = entityRefs;
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: missing },
      { credentials },
    );
    missing = missing.filter(
      (_, index) =>
        items[index]?.metadata.annotations?.[ANNOTATION_LOCATION] !== location,
    );
    if (missing.length === 0) return;
    if (waited >= timeoutSeconds * 1000) break;
    await wait(LOOK_EVERY_MS, options.signal);
  }
  throw new ServiceUnavailableError(
    `${location} is written, but after ${timeoutSeconds} s the catalog does not show ${missing.join(
      ', ',
    )}. Its log says why; the catalog module of Lakemesh must be installed and read the same directory.`,
  );
}
