import { promises as fs } from 'fs';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  type Entity,
  getCompoundEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError, isError } from '@backstage/errors';
import { stringify } from 'yaml';

/** The entities as one YAML file, a document each. */
export function entitiesToYaml(entities: Entity[]): string {
  return entities.map(entity => `---\n${stringify(entity)}`).join('');
}

/** `domain-sales.yaml`, or `domain-emea-sales.yaml` outside of `default`. */
function defaultFileName(entity: Entity): string {
  const { kind, namespace, name } = getCompoundEntityRef(entity);
  const parts =
    namespace === DEFAULT_NAMESPACE ? [kind, name] : [kind, namespace, name];
  return `${parts.join('-').toLocaleLowerCase('en-US')}.yaml`;
}

/**
 * Where the entities are published.
 *
 * @param fileName - by default made of the first entity
 */
export function catalogFilePath(
  directory: string,
  entities: Entity[],
  fileName: string | undefined,
): string {
  const name = fileName ?? defaultFileName(entities[0]);
  if (!/^[a-z0-9][a-z0-9._-]{0,199}\.ya?ml$/.test(name)) {
    throw new InputError(
      `fileName must be lower-case letters, digits, dots, dashes and underscores and end with .yaml, found "${name}"`,
    );
  }
  return resolveSafeChildPath(directory, name);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await fs.readFile(path, 'utf8');
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @throws ConflictError where the file is there with other content */
export async function assertFreeOrSame(
  path: string,
  content: string,
): Promise<void> {
  const found = await readIfThere(path);
  if (found !== undefined && found !== content) {
    throw new ConflictError(
      `${path} exists with other content; published files are never overwritten`,
    );
  }
}

/**
 * Writes a file that is not there yet. Writing the same once more does nothing.
 *
 * @throws ConflictError where the file is there with other content
 */
export async function writeOnce(
  directory: string,
  path: string,
  content: string,
): Promise<void> {
  await fs.mkdir(directory, { recursive: true });
  try {
    // wx fails where the file exists: two tasks at once cannot overwrite each
    // other, however close they are.
    await fs.writeFile(path, content, { flag: 'wx' });
  } catch (error) {
    if (!isError(error) || error.code !== 'EEXIST') throw error;
    await assertFreeOrSame(path, content);
  }
}

/** Takes a file back, unless somebody has changed it since. */
export async function removeIfSame(
  path: string,
  content: string,
): Promise<void> {
  if ((await readIfThere(path)) === content) await fs.rm(path);
}
