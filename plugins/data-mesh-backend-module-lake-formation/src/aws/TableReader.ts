import {
  EntityNotFoundException,
  GetTablesCommand,
  type GlueClient,
  type Table,
} from '@aws-sdk/client-glue';
import { NotFoundError } from '@backstage/errors';
import { namesInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { PortLocation, glueName } from '../lake/PortLocation';
import { AwsClients } from './AwsClients';
import { TogetherLooks } from './TogetherLooks';
import { findTable } from './findTable';
import { mapLimited } from './mapLimited';

/** How tables are looked up. */
interface TableLook {
  signal?: AbortSignal;
  /** The same object for looks that may share what they find. */
  together?: object;
}

/** AWS's maximum of a page. */
const PAGE_SIZE = 100;
/** Look-ups under way at the same time. */
const LOOKUPS_AT_ONCE = 4;

const keyOf = (
  { catalogId, region, database }: PortLocation,
  names: string[],
) => JSON.stringify([catalogId, region, database, names.map(glueName)]);

/** Reads tables of one database from Glue, by the way that takes fewer calls. */
export class TableReader {
  readonly #clients: AwsClients;
  readonly #pageSize: number;
  readonly #looks = new TogetherLooks<Table[]>();

  constructor(clients: AwsClients, options: { pageSize?: number } = {}) {
    this.#clients = clients;
    this.#pageSize = options.pageSize ?? PAGE_SIZE;
  }

  /**
   * @returns one table for each name, in the same order
   * @throws NotFoundError naming the database or the tables that are not there
   */
  async read(
    location: PortLocation,
    names: string[],
    look: TableLook = {},
  ): Promise<Table[]> {
    const found = await this.find(location, names, look);
    const there = new Set(found.map(({ Name }) => glueName(Name ?? '')));
    const missing = names.map(glueName).filter(name => !there.has(name));
    if (missing.length > 0) throw noTables([...new Set(missing)], location);
    return found;
  }

  /**
   * @returns the tables that are there, in the order of the names
   * @throws NotFoundError where the database is not
   */
  find(
    location: PortLocation,
    names: string[],
    { signal, together }: TableLook = {},
  ): Promise<Table[]> {
    return this.#looks.once(together, keyOf(location, names), () =>
      this.#find(location, names, signal),
    );
  }

  /**
   * All tables of a database, in pages.
   *
   * @param atMost - after how many the look stops
   * @throws NotFoundError where the database is not there
   */
  all(
    location: PortLocation,
    { signal, together, atMost = Infinity }: TableLook & { atMost?: number },
  ): Promise<Table[]> {
    return this.#looks.once(together, keyOf(location, [`*${atMost}`]), () =>
      this.#all(location, atMost, signal),
    );
  }

  async #all(
    location: PortLocation,
    atMost: number,
    signal: AbortSignal | undefined,
  ): Promise<Table[]> {
    const { accountId, region } = location;
    const { glue } = await this.#clients.get(accountId, region);
    const found: Table[] = [];
    let token: string | undefined;
    do {
      const page = await this.#page(glue, location, token, signal);
      found.push(...(page.TableList ?? []));
      token = page.NextToken;
    } while (token && found.length < atMost);
    return found;
  }

  async #find(
    location: PortLocation,
    names: string[],
    signal: AbortSignal | undefined,
  ): Promise<Table[]> {
    const { glue } = await this.#clients.get(
      location.accountId,
      location.region,
    );
    const missing = new Set(names.map(glueName));
    const found = new Map<string, Table>();
    const keep = (table: Table | undefined) => {
      const name = glueName(table?.Name ?? '');
      if (table && missing.delete(name)) found.set(name, table);
    };

    let isWholeDatabaseRead = false;
    // The last one is cheapest by its name. Pages are given up where they have
    // cost as much as the names would have.
    let token: string | undefined;
    for (let page = 0; page < names.length && missing.size > 1; page += 1) {
      const answer = await this.#page(glue, location, token, signal);
      answer.TableList?.forEach(keep);
      token = answer.NextToken;
      isWholeDatabaseRead = !token;
      if (isWholeDatabaseRead) break;
    }
    if (!isWholeDatabaseRead) {
      const rest = await mapLimited([...missing], LOOKUPS_AT_ONCE, name =>
        findTable(glue, location, name, signal),
      );
      rest.forEach(keep);
    }
    return names.flatMap(name => found.get(glueName(name)) ?? []);
  }

  async #page(
    glue: GlueClient,
    { catalogId, database }: PortLocation,
    token: string | undefined,
    signal?: AbortSignal,
  ) {
    try {
      return await glue.send(
        new GetTablesCommand({
          CatalogId: catalogId,
          DatabaseName: database,
          MaxResults: this.#pageSize,
          NextToken: token,
        }),
        { abortSignal: signal },
      );
    } catch (error) {
      if (!(error instanceof EntityNotFoundException)) throw error;
      throw new NotFoundError(
        `location.database: database '${database}' does not exist in Glue catalog ${catalogId}`,
        error,
      );
    }
  }
}

function noTables(
  names: string[],
  { catalogId, region, database }: PortLocation,
) {
  return new NotFoundError(
    `scope.tables: ${namesInWords(
      names,
    )} not found in database '${database}' of Glue catalog ${catalogId} in ${region}`,
  );
}
