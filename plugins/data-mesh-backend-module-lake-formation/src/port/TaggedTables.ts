import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';
import { TableReader } from '../aws/TableReader';
import { PortLocation, glueName } from '../lake/PortLocation';
import { holdingsOf } from '../lake/held';
import { resourceKey } from '../lake/keys';
import { IAM_ALLOWED_PRINCIPALS } from '../lake/principals';
import { TableResource, allTables } from '../lake/resource';
import { GrantReader } from '../steps/grants/GrantReader';
import { ObservedPort } from '../planning/ObservedPort';
import { TagLook, TagSearch } from './TagSearch';
import { MOST_TAGGED } from '../planning/hybridMode';
import { RegisteredLocation, locationOf } from './locations';

const nameOf = ({ database, table }: TableResource) => `${database}.${table}`;

/** What a tag expression reaches now. */
interface TaggedPage {
  tables: TableResource[];
  token?: string;
}

/** What is left to IAM of that, and lies in hybrid access mode. */
type TaggedPort = Required<Pick<ObservedPort, 'tagged' | 'open' | 'hybrid'>>;

/** Looks what a tag expression reaches now, for people and for opt-ins. */
export class TaggedTables {
  readonly #search: TagSearch;
  readonly #grants: GrantReader;
  readonly #tables: TableReader;

  constructor(options: {
    search: TagSearch;
    grants: GrantReader;
    tables: TableReader;
  }) {
    this.#search = options.search;
    this.#grants = options.grants;
    this.#tables = options.tables;
  }

  /**
   * One page, for people to read; all of it only where something may lie in
   * hybrid access mode.
   *
   * @throws InputError where a tag or value does not exist
   */
  async read(
    location: PortLocation,
    expression: TagExpression,
    /** Asked for only where the expression reaches anything. */
    registered: () => Promise<RegisteredLocation[]>,
    look: TagLook = {},
  ): Promise<TaggedPort> {
    const { signal } = look;
    const first = await this.#page(location, expression, undefined, look);
    const tagged: TaggedPort['tagged'] = {
      tables: first.tables.map(nameOf),
      more: first.token !== undefined,
    };
    const nothing = { tagged, open: {}, hybrid: [] };
    if (first.tables.length === 0) return nothing;
    const locations = await registered();
    if (!locations.some(({ isHybrid }) => isHybrid)) return nothing;
    const all = await this.#rest(location, expression, first, look);
    if (all.length > MOST_TAGGED) {
      return { ...nothing, tagged: { ...tagged, tooMany: true } };
    }
    const hybrid = await this.#hybrid(location, all, locations, signal);
    if (hybrid.length === 0) return nothing;
    return {
      tagged: { ...tagged, hybrid },
      open: await this.#open(location, hybrid, signal),
      hybrid: hybrid.map(resourceKey),
    };
  }

  async #rest(
    location: PortLocation,
    expression: TagExpression,
    first: TaggedPage,
    look: TagLook,
  ): Promise<TableResource[]> {
    const all = [...first.tables];
    let { token } = first;
    while (token !== undefined && all.length <= MOST_TAGGED) {
      const page = await this.#page(location, expression, token, look);
      all.push(...page.tables);
      token = page.token;
    }
    return all;
  }

  async #page(
    location: PortLocation,
    expression: TagExpression,
    token: string | undefined,
    look: TagLook,
  ): Promise<TaggedPage> {
    const page = await this.#search.page(location, expression, token, look);
    return {
      tables: page.tables.map(({ address }) => address),
      ...(page.token && { token: page.token }),
    };
  }

  /** Those whose data lies at a location in hybrid access mode. */
  async #hybrid(
    location: PortLocation,
    tagged: TableResource[],
    registered: RegisteredLocation[],
    signal?: AbortSignal,
  ): Promise<TableResource[]> {
    const hybrid: TableResource[] = [];
    for (const resources of byDatabase(tagged)) {
      const [{ catalogId, database }] = resources;
      const found = await this.#tables.find(
        { ...location, catalogId, database },
        resources.map(({ table }) => table),
        { signal },
      );
      const names = new Set(
        found
          .filter(
            table =>
              locationOf(table.StorageDescriptor?.Location, registered)
                ?.isHybrid,
          )
          .map(({ Name }) => glueName(Name ?? '')),
      );
      hybrid.push(
        ...resources.filter(({ table }) => names.has(glueName(table))),
      );
    }
    return hybrid;
  }

  /** What of that IAM_ALLOWED_PRINCIPALS holds. */
  async #open(
    { accountId, region }: PortLocation,
    tables: TableResource[],
    signal?: AbortSignal,
  ): Promise<TaggedPort['open']> {
    const listed = await this.#grants.read(
      {
        accountId,
        catalogAccountId: accountId,
        region,
        resources: [
          ...tables,
          ...byDatabase(tables).map(([table]) => allTables(table)),
        ],
      },
      signal,
    );
    return Object.fromEntries(
      holdingsOf({ principalId: IAM_ALLOWED_PRINCIPALS }, listed),
    );
  }
}

function byDatabase(tables: TableResource[]): TableResource[][] {
  const groups = new Map<string, TableResource[]>();
  for (const table of tables) {
    const key = resourceKey(allTables(table));
    groups.set(key, [...(groups.get(key) ?? []), table]);
  }
  return [...groups.values()];
}
