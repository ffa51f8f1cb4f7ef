import { basename } from 'path';
import type {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { catalogLocationCreatePermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  CATALOG_DIRECTORY_TOPIC,
  type CatalogDirectory,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { checkNames, trustedMeanwhile } from '../mesh/checkNames';
import type { MeshFor } from '../mesh/MeshApi';
import { awaitInCatalog, type Wait } from '../publish/awaitInCatalog';
import {
  assertFreeOrSame,
  catalogFilePath,
  entitiesToYaml,
  removeIfSame,
  writeOnce,
} from '../publish/catalogFile';
import { entityProblems } from '../publish/entityProblems';
import { publishToCatalogExamples } from './publishToCatalog.examples';

interface Services {
  /** Undefined where `dataMesh.catalog.directory` is not configured. */
  directory: CatalogDirectory | undefined;
  auth: AuthService;
  catalog: CatalogService;
  events: EventsService;
  mesh: MeshFor;
  permissions: PermissionsService;
  wait: Wait;
}

/** Publishing is what registering a location is elsewhere, so it asks for that. */
async function authorize(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
): Promise<void> {
  const [decision] = await permissions.authorize(
    [{ permission: catalogLocationCreatePermission }],
    { credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `Publishing to the catalog needs the permission ${catalogLocationCreatePermission.name}`,
    );
  }
}

/**
 * The catalog would silently keep the older one of two with the same name.
 *
 * @returns references that it has from this location already
 */
async function assertNotElsewhere(
  refs: string[],
  location: string,
  { auth, catalog }: Services,
): Promise<ReadonlySet<string>> {
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: refs, fields: ['metadata.annotations'] },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  const elsewhere = refs.filter((_, index) => {
    const item = items[index];
    return (
      item && item.metadata?.annotations?.[ANNOTATION_LOCATION] !== location
    );
  });
  if (elsewhere.length > 0) {
    throw new ConflictError(
      `${elsewhere.join(', ')} exists in the catalog already, from elsewhere`,
    );
  }
  return new Set(refs.filter((_, index) => items[index]));
}

/** The catalog itself judges each entity before anything is written. */
async function assertValid(
  entities: Entity[],
  fileName: string,
  credentials: BackstageCredentials,
  catalog: CatalogService,
): Promise<void> {
  for (const entity of entities) {
    // The catalog validates for url locations only; the address is not read.
    const result = await catalog.validateEntity(
      entity,
      `url:https://catalog-directory.invalid/${fileName}`,
      { credentials },
    );
    if (!result.valid) {
      throw new InputError(
        `The catalog refuses ${stringifyEntityRef(entity)}: ${result.errors
          .map(({ message }) => message)
          .join('; ')}`,
      );
    }
  }
}

/** Makes entities visible in the catalog without a git host. */
export function createPublishToCatalogAction(services: Services) {
  const { directory, catalog, events, mesh, permissions, wait } = services;
  return createTemplateAction({
    id: 'data-mesh:catalog:publish',
    description:
      'Writes entities to the catalog directory and waits until the catalog shows them. For instances without a git host; with one, use publish:* and catalog:register.',
    supportsDryRun: true,
    examples: publishToCatalogExamples,
    schema: {
      input: {
        entities: z =>
          z
            .array(z.record(z.any()))
            .min(1)
            .describe('Entities, as in a catalog-info.yaml'),
        fileName: z =>
          z
            .string()
            .optional()
            .describe(
              'Name of the file, by default kind and name of the first entity',
            ),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .min(1)
            .max(600)
            .optional()
            .describe('How long to wait for the catalog. Default: 60'),
      },
      output: {
        entityRefs: z => z.array(z.string()),
        fileName: z => z.string().describe('File in the catalog directory'),
      },
    },
    async handler(ctx) {
      if (!directory) {
        throw new InputError(
          'dataMesh.catalog.directory is not configured. Configure it, or publish to a git host with publish:* and catalog:register',
        );
      }
      const credentials = await ctx.getInitiatorCredentials();
      await authorize(permissions, credentials);

      const problems = entityProblems(ctx.input.entities, directory.allow);
      if (problems.length > 0) {
        throw new InputError(
          problems.map(({ field, reason }) => `${field} ${reason}`).join('; '),
        );
      }
      const entities = ctx.input.entities as Entity[];
      const path = catalogFilePath(
        directory.path,
        entities,
        ctx.input.fileName,
      );
      const content = entitiesToYaml(entities);
      const location = `file:${path}`;
      const entityRefs = entities.map(entity => stringifyEntityRef(entity));

      await assertFreeOrSame(path, content);
      const mine = await assertNotElsewhere(entityRefs, location, services);
      // What a task that was interrupted has published is its own already.
      const created = entities.filter(
        entity => !mine.has(stringifyEntityRef(entity)),
      );
      const asked = mesh(credentials);
      await checkNames(created, asked);
      await assertValid(entities, basename(path), credentials, catalog);

      ctx.output('entityRefs', entityRefs);
      ctx.output('fileName', basename(path));
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would write ${basename(path)}\n${content}`);
        return;
      }

      // Again, as close to the writing as can be: checking them took time.
      await checkNames(created, asked);
      await ctx.checkpoint({
        key: `data-mesh.catalog.publish.${basename(path)}`,
        fn: () => writeOnce(directory.path, path, content),
      });
      ctx.logger.info(`Wrote ${basename(path)}, waiting for the catalog`);
      await events.publish({
        topic: CATALOG_DIRECTORY_TOPIC,
        eventPayload: { fileName: basename(path) },
      });
      await awaitInCatalog(entityRefs, {
        catalog,
        credentials,
        location,
        timeoutSeconds: ctx.input.timeoutSeconds ?? 60,
        wait,
        signal: ctx.signal,
      });
      const meanwhile = await trustedMeanwhile(created, asked);
      if (meanwhile.length > 0) {
        await removeIfSame(path, content);
        await events.publish({
          topic: CATALOG_DIRECTORY_TOPIC,
          eventPayload: { fileName: basename(path) },
        });
        throw new ConflictError(
          `While they were published, something began to trust ${meanwhile.join(
            '; ',
          )}. ${basename(path)} is removed again; ask governance`,
        );
      }
      ctx.logger.info(`In the catalog: ${entityRefs.join(', ')}`);
    },
  });
}
