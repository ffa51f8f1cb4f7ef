import { promises as fs } from 'fs';
import { join } from 'path';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { parseEntityYaml } from '@backstage/plugin-catalog-node';
import type { CatalogDirectory } from '@lakemesh/backstage-plugin-data-mesh-node';

/** A file of the directory, read. */
export interface CatalogFile {
  path: string;
  entities: Entity[];
  /** Why the file, or part of it, cannot be taken. */
  problems: string[];
}

function located(entity: Entity, path: string): Entity {
  const location = `file:${path}`;
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
      },
    },
  };
}

async function readCatalogFile(
  path: string,
  allow: string[],
): Promise<CatalogFile> {
  const file: CatalogFile = { path, entities: [], problems: [] };
  try {
    const data = await fs.readFile(path);
    const location = { type: 'file', target: path };
    for (const result of parseEntityYaml(data, location)) {
      if (result.type === 'error') {
        file.problems.push(result.error.message);
      } else if (result.type === 'entity') {
        const { entity } = result;
        if (allow.includes(String(entity.kind).toLocaleLowerCase('en-US'))) {
          // Throws for what has no name, which the catalog could not key.
          stringifyEntityRef(entity);
          file.entities.push(located(entity, path));
        } else {
          file.problems.push(
            `kind ${entity.kind} is not allowed here, only ${allow.join(
              ', ',
            )} (dataMesh.catalog.allow)`,
          );
        }
      }
    }
  } catch (error) {
    file.problems.push(isError(error) ? error.message : String(error));
  }
  return file;
}

/**
 * Reads the YAML files of the directory, in the order of their names.
 *
 * @returns undefined where the directory does not exist: nothing was published
 * yet, or its volume is not mounted, which must not empty the catalog
 */
export async function readCatalogFiles(
  directory: CatalogDirectory,
): Promise<CatalogFile[] | undefined> {
  let names: string[];
  try {
    const found = await fs.readdir(directory.path, { withFileTypes: true });
    names = found
      .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map(entry => entry.name)
      .sort();
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return Promise.all(
    names.map(name =>
      readCatalogFile(join(directory.path, name), directory.allow),
    ),
  );
}
