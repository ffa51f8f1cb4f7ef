import type {
  AccessScope,
  FoundTable,
  OutputPort,
  Place,
  ReachedTables,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { scopeForm } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  ReachOptions,
  TableDirectory,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { TagReader } from '../effective/TagReader';
import {
  PORT_TYPE,
  PortLocation,
  checkPortLocation,
  glueName,
  readPortLocation,
} from '../lake/PortLocation';
import { isIn, refuseLinkedDatabase } from '../lake/linkedDatabase';
import { CatalogLooks } from '../port/CatalogLooks';
import { foundTable, reachedColumns } from './foundTable';
import { PlaceReaders, tablesInPlace } from './tablesInPlace';
import { TaggedReaders, taggedReach } from './taggedReach';

type Readers = PlaceReaders & TaggedReaders & { looks: CatalogLooks };

/** Where tables stand in Glue, and which a scope reaches. */
export class LakeFormationDirectory implements TableDirectory {
  readonly #readers: Readers;

  constructor(readers: PlaceReaders & { looks: CatalogLooks }) {
    this.#readers = { ...readers, tags: new TagReader(readers.clients) };
  }

  addressOf(port: OutputPort) {
    const { regionOf } = this.#readers;
    const [problem] = checkPortLocation(port, regionOf).filter(({ field }) =>
      field.startsWith('location'),
    );
    if (problem) return undefined;
    const { catalogId, region, database } = readPortLocation(
      // What is wrong with its tables moves it nowhere.
      { ...port, tables: [{ name: 'any', columns: [] }] },
      regionOf,
    );
    return { system: PORT_TYPE, catalogId, region, database };
  }

  async reach(
    { port, scope }: { port: OutputPort; scope: AccessScope },
    options: ReachOptions = {},
  ): Promise<ReachedTables> {
    const location = readPortLocation(port, this.#readers.regionOf);
    if (scopeForm(scope) === 'tag-expression') {
      const { tagExpression = [] } = scope;
      return taggedReach(this.#readers, location, tagExpression, options);
    }
    const database = await this.#readers.looks.database(location, options);
    refuseLinkedDatabase(location, database?.TargetDatabase);
    return scopeForm(scope) === 'all-tables'
      ? {
          tables: (await this.#readers.tables.all(location, options)).map(
            table => foundTable(table, location),
          ),
        }
      : { tables: await this.#named(location, scope, options) };
  }

  tablesIn(place: Place, options: { limit: number; signal?: AbortSignal }) {
    return tablesInPlace(this.#readers, place, options);
  }

  async #named(
    location: PortLocation,
    scope: AccessScope,
    options: ReachOptions,
  ): Promise<FoundTable[]> {
    const names = [
      ...new Set(scope.tables.map(({ table }) => glueName(table))),
    ];
    const tables = await this.#readers.tables.read(location, names, options);
    for (const table of tables) {
      if (!isIn(location, table)) refuseLinkedDatabase(location, table);
    }
    const byName = new Map(tables.map(one => [glueName(one.Name ?? ''), one]));
    return scope.tables.flatMap(({ table: name, columns }) => {
      const table = byName.get(glueName(name));
      if (!table) return [];
      return [
        {
          ...foundTable(table, location),
          ...(columns && { reached: reachedColumns(table, columns) }),
        },
      ];
    });
  }
}
