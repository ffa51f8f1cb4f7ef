import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  CATALOG_DIRECTORY_TOPIC,
  type CatalogDirectory,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { type CatalogFile, readCatalogFiles } from './readCatalogFiles';

function deferred(files: CatalogFile[]): DeferredEntity[] {
  const byRef = new Map<string, DeferredEntity>();
  for (const { path, entities } of files) {
    for (const entity of entities) {
      const ref = stringifyEntityRef(entity);
      // The first file keeps the name, so that a later one cannot take it over.
      if (!byRef.has(ref)) {
        byRef.set(ref, { entity, locationKey: `file:${path}` });
      }
    }
  }
  return [...byRef.values()];
}

/**
 * Keeps the catalog equal to the catalog directory.
 *
 * Looks at every run of its task and when it is told that something changed; an
 * unchanged directory causes no write. A file that cannot be read takes nothing
 * out of the catalog: its last good entities stay, and until it is repaired
 * nothing is removed at all.
 */
export class CatalogDirectoryProvider implements EntityProvider {
  private connection?: EntityProviderConnection;
  private applied?: string;
  private reported = '';
  private lastGood = new Map<string, Entity[]>();
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: {
      directory: CatalogDirectory;
      taskRunner: SchedulerServiceTaskRunner;
      events: EventsService;
      logger: LoggerService;
    },
  ) {}

  getProviderName(): string {
    return 'data-mesh-catalog-directory';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
    const { events, taskRunner } = this.options;
    await events.subscribe({
      id: this.getProviderName(),
      topics: [CATALOG_DIRECTORY_TOPIC],
      onEvent: () => this.refresh(),
    });
    await taskRunner.run({
      id: `${this.getProviderName()}:refresh`,
      fn: () => this.refresh(),
    });
  }

  /** One at a time: two overlapping looks could apply the older one last. */
  refresh(): Promise<void> {
    const next = this.queue.then(() => this.refreshNow());
    this.queue = next.catch(() => undefined);
    return next;
  }

  private async refreshNow(): Promise<void> {
    if (!this.connection) return;
    const read = await readCatalogFiles(this.options.directory);
    if (!read) return;
    this.report(read);

    const broken = read.some(file => file.problems.length > 0);
    const files = read.map(file =>
      file.problems.length > 0
        ? { ...file, entities: this.lastGood.get(file.path) ?? file.entities }
        : file,
    );
    const entities = deferred(files);
    const state = JSON.stringify([broken, entities]);
    if (state === this.applied) return;

    await this.connection.applyMutation(
      broken
        ? { type: 'delta', added: entities, removed: [] }
        : { type: 'full', entities },
    );
    this.applied = state;
    this.lastGood = new Map(files.map(file => [file.path, file.entities]));
    this.options.logger.info(
      `Catalog directory ${this.options.directory.path}: ${entities.length} entities in ${files.length} files`,
    );
  }

  /** Says what is wrong once, not at every look. */
  private report(files: CatalogFile[]): void {
    const problems = files.flatMap(({ path, problems: reasons }) =>
      reasons.map(reason => `${path}: ${reason}`),
    );
    const text = problems.join('; ');
    if (text && text !== this.reported) {
      this.options.logger.warn(`Catalog directory: ${text}`);
    }
    this.reported = text;
  }
}
