import {
  EntityNotFoundException,
  SearchTablesByLFTagsCommand,
} from '@aws-sdk/client-lakeformation';
import { InputError } from '@backstage/errors';
import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { ALL_TABLES, TablePlace, orderedTags, placeKey } from '../model/Place';
import { PortLocation, glueName } from '../model/PortLocation';
import { IAM_ALLOWED_PRINCIPALS } from '../model/principals';
import { TableReader } from '../scan/TableReader';
import { GrantReader, holdingsOf } from '../steps/GrantReader';
import { MOST_TAGGED } from './hybridMode';
import { RegisteredLocation, locationOf } from './locations';
import { ObservedPort } from './ObservedPort';

/** AWS's maximum of a page. */
const PAGE_SIZE = 100;

const nameOf = ({ database, table }: TablePlace) => `${database}.${table}`;

/** What a tag expression reaches now. */
interface TaggedPage {
  tables: TablePlace[];
  token?: string;
}

/** What is left to IAM of that, and lies in hybrid access mode. */
type TaggedPort = Required<Pick<ObservedPort, 'tagged' | 'open' | 'hybrid'>>;

/** Looks what a tag expression reaches now, for people and for opt-ins. */
export class TaggedTables {
  readonly #clients: AwsClients;
  readonly #grants: GrantReader;
  readonly #tables: TableReader;

  constructor(options: {
    clients: AwsClients;
    grants: GrantReader;
    tables: TableReader;
  }) {
    this.#clients = options.clients;
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
    signal?: AbortSignal,
  ): Promise<TaggedPort> {
    const first = await this.#page(location, expression, undefined, signal);
    const tagged: TaggedPort['tagged'] = {
      tables: first.tables.map(nameOf),
      more: first.token !== undefined,
    };
    const nothing = { tagged, open: {}, hybrid: [] };
    if (first.tables.length === 0) return nothing;
    const locations = await registered();
    if (!locations.some(({ isHybrid }) => isHybrid)) return nothing;
    const all = await this.#rest(location, expression, first, signal);
    if (all.length > MOST_TAGGED) {
      return { ...nothing, tagged: { ...tagged, tooMany: true } };
    }
    const hybrid = await this.#hybrid(location, all, locations, signal);
    if (hybrid.length === 0) return nothing;
    return {
      tagged: { ...tagged, hybrid },
      open: await this.#open(location, hybrid, signal),
      hybrid: hybrid.map(placeKey),
    };
  }

  async #rest(
    location: PortLocation,
    expression: TagExpression,
    first: TaggedPage,
    signal?: AbortSignal,
  ): Promise<TablePlace[]> {
    const all = [...first.tables];
    let { token } = first;
    while (token !== undefined && all.length <= MOST_TAGGED) {
      const page = await this.#page(location, expression, token, signal);
      all.push(...page.tables);
      token = page.token;
    }
    return all;
  }

  async #page(
    { accountId, region }: PortLocation,
    expression: TagExpression,
    token: string | undefined,
    signal?: AbortSignal,
  ): Promise<TaggedPage> {
    const { lakeFormation } = await this.#clients.get(accountId, region);
    try {
      const page = await lakeFormation.send(
        new SearchTablesByLFTagsCommand({
          CatalogId: accountId,
          MaxResults: PAGE_SIZE,
          NextToken: token,
          Expression: orderedTags(expression).map(({ key, values }) => ({
            TagKey: key,
            TagValues: values,
          })),
        }),
        { abortSignal: signal },
      );
      return {
        tables: (page.TableList ?? []).flatMap(({ Table }): TablePlace[] =>
          Table?.Name && Table.DatabaseName
            ? [
                {
                  kind: 'table',
                  catalogId: Table.CatalogId ?? accountId,
                  database: Table.DatabaseName,
                  table: Table.Name,
                },
              ]
            : [],
        ),
        ...(page.NextToken && { token: page.NextToken }),
      };
    } catch (error) {
      if (!(error instanceof EntityNotFoundException)) throw error;
      throw new InputError(
        `scope.tagExpression names an LF-Tag or a value that account ${accountId} does not have in ${region}: ${error.message}`,
        error,
      );
    }
  }

  /** Those whose data lies at a location in hybrid access mode. */
  async #hybrid(
    location: PortLocation,
    tagged: TablePlace[],
    registered: RegisteredLocation[],
    signal?: AbortSignal,
  ): Promise<TablePlace[]> {
    const hybrid: TablePlace[] = [];
    for (const places of byDatabase(tagged)) {
      const [{ catalogId, database }] = places;
      const found = await this.#tables.find(
        { ...location, catalogId, database },
        places.map(({ table }) => table),
        signal,
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
      hybrid.push(...places.filter(({ table }) => names.has(glueName(table))));
    }
    return hybrid;
  }

  /** What of that IAM_ALLOWED_PRINCIPALS holds. */
  async #open(
    { accountId, region }: PortLocation,
    tables: TablePlace[],
    signal?: AbortSignal,
  ): Promise<TaggedPort['open']> {
    const listed = await this.#grants.read(
      {
        accountId,
        catalogAccountId: accountId,
        region,
        places: [
          ...tables,
          ...byDatabase(tables).map(([table]) => ({
            ...table,
            table: ALL_TABLES,
          })),
        ],
      },
      signal,
    );
    return Object.fromEntries(
      holdingsOf({ principalId: IAM_ALLOWED_PRINCIPALS }, listed),
    );
  }
}

function byDatabase(tables: TablePlace[]): TablePlace[][] {
  const groups = new Map<string, TablePlace[]>();
  for (const table of tables) {
    const key = placeKey({ ...table, table: ALL_TABLES });
    groups.set(key, [...(groups.get(key) ?? []), table]);
  }
  return [...groups.values()];
}
