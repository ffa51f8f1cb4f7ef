import { resolve } from 'path';
import type { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * Topic of the event that says that something below the catalog directory
 * changed, so that the catalog reads it at once instead of at its next look.
 *
 * @public
 */
export const CATALOG_DIRECTORY_TOPIC = 'data-mesh.catalog-directory';

/**
 * A directory of catalog files that templates write to and the catalog reads,
 * for instances without a git host.
 *
 * @public
 */
export interface CatalogDirectory {
  /** Absolute path. */
  path: string;
  /** Kinds that files in it may hold, lower case. */
  allow: string[];
}

const DEFAULT_KINDS = ['Domain', 'Group', 'System', 'DataProduct'];

/**
 * Reads `dataMesh.catalog` from config. A relative directory is taken from the
 * working directory of the backend, as the catalog does with file locations.
 *
 * @returns undefined where no directory is configured
 * @public
 */
export function readCatalogDirectoryConfig(
  config: RootConfigService,
): CatalogDirectory | undefined {
  const directory = config.getOptionalString('dataMesh.catalog.directory');
  if (!directory) return undefined;
  const kinds =
    config.getOptionalStringArray('dataMesh.catalog.allow') ?? DEFAULT_KINDS;
  return {
    path: resolve(directory),
    allow: kinds.map(kind => kind.toLocaleLowerCase('en-US')),
  };
}
