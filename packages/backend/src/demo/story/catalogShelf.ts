import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  CATALOG_DIRECTORY_TOPIC,
  type CatalogDirectory,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { storyChange } from './cases';
import type { Shelf } from './playCases';

/**
 * The catalog directory as the place of the changing product. What an earlier
 * start has left there is taken away: it would be the first version that the
 * catalog sees.
 */
export async function catalogShelf(options: {
  directory: CatalogDirectory;
  events: EventsService;
}): Promise<Shelf> {
  const { directory, events } = options;
  const target = join(directory.path, storyChange.file);
  await rm(target, { force: true });
  return {
    async put(version) {
      await mkdir(directory.path, { recursive: true });
      // Moved into place: a half-written file is never read.
      const draft = `${target}.new`;
      await copyFile(
        resolvePackagePath('backend', 'mesh', 'changing', version),
        draft,
      );
      await rename(draft, target);
      await events.publish({
        topic: CATALOG_DIRECTORY_TOPIC,
        eventPayload: {},
      });
    },
  };
}
