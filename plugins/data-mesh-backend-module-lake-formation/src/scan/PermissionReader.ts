import {
  EntityNotFoundException,
  ListPermissionsCommand,
  type LakeFormationClient,
  type ListPermissionsCommandInput,
} from '@aws-sdk/client-lakeformation';
import { AwsClients } from '../aws/AwsClients';
import { ALL_TABLES } from '../steps/permissionEntries';
import { ListedPermission, readListedPermission } from './ListedPermission';
import { mapLimited } from './mapLimited';

/** Tables of one database whose permissions are wanted. */
export interface PermissionQuery {
  accountId: string;
  region: string;
  catalogId: string;
  database: string;
  tables: string[];
  /** What is held on all tables of the database as well. */
  withAllTables?: boolean;
}

/** AWS's maximum of a page. */
const PAGE_SIZE = 1_000;
/** Listings of tables under way at the same time. */
const LISTINGS_AT_ONCE = 4;

/**
 * Lists who holds what on tables, by the way that takes fewer calls: table by
 * table, or the catalog's pages. Always by resource: with a principal AWS
 * answers effective permissions, an administrator's implicit ones among them.
 */
export class PermissionReader {
  readonly #clients: AwsClients;
  readonly #pageSize: number;
  /** How many pages a catalog took at least, when last looked. */
  readonly #knownPages = new Map<string, number>();

  constructor(clients: AwsClients, options: { pageSize?: number } = {}) {
    this.#clients = clients;
    this.#pageSize = options.pageSize ?? PAGE_SIZE;
  }

  async read(
    query: PermissionQuery,
    signal?: AbortSignal,
  ): Promise<ListedPermission[]> {
    const { lakeFormation } = await this.#clients.get(
      query.accountId,
      query.region,
    );
    const names = [...query.tables];
    if (query.withAllTables) names.push(ALL_TABLES);
    const cost = names.length;
    const known = this.#knownPages.get(catalogKey(query));
    if (!isNested(query) && cost > (known ?? 1)) {
      // Of a catalog never seen, no more is tried than half of what the other
      // way costs: it may be large.
      const limit = known ? cost : Math.ceil(cost / 2);
      const lines = await this.#readCatalog(
        lakeFormation,
        query,
        limit,
        signal,
      );
      if (lines) return linesOn(lines, query, names);
    }
    return this.#readTables(lakeFormation, query, names, signal);
  }

  async #readTables(
    client: LakeFormationClient,
    query: PermissionQuery,
    names: string[],
    signal?: AbortSignal,
  ): Promise<ListedPermission[]> {
    const lost: string[] = [];
    const lines = await mapLimited(names, LISTINGS_AT_ONCE, async name => {
      try {
        return await this.#readTable(client, query, name, signal);
      } catch (error) {
        if (!(error instanceof EntityNotFoundException) || isNested(query)) {
          throw error;
        }
        lost.push(name);
        return [];
      }
    });
    if (lost.length === 0) return lines.flat();
    // Grants survive the table they are on and apply to the next one of the
    // same name: only the catalog's listing shows whether some are left.
    const all = await this.#readCatalog(client, query, Infinity, signal);
    return [...lines.flat(), ...linesOn(all ?? [], query, lost)];
  }

  async #readTable(
    client: LakeFormationClient,
    query: PermissionQuery,
    name: string,
    signal?: AbortSignal,
  ): Promise<ListedPermission[]> {
    const lines: ListedPermission[] = [];
    let token: string | undefined;
    do {
      const page = await this.#page(
        client,
        query,
        {
          Resource: {
            Table: {
              CatalogId: query.catalogId,
              DatabaseName: query.database,
              ...(name === ALL_TABLES ? { TableWildcard: {} } : { Name: name }),
            },
          },
          NextToken: token,
        },
        signal,
      );
      lines.push(...page.lines);
      token = page.next;
    } while (token);
    return linesOn(lines, query, [name]);
  }

  /** @returns undefined where the catalog has more pages than the limit */
  async #readCatalog(
    client: LakeFormationClient,
    query: PermissionQuery,
    limit: number,
    signal?: AbortSignal,
  ): Promise<ListedPermission[] | undefined> {
    const lines: ListedPermission[] = [];
    let pages = 0;
    let token: string | undefined;
    do {
      if (pages === limit) {
        this.#knownPages.set(catalogKey(query), pages + 1);
        return undefined;
      }
      const page = await this.#page(
        client,
        query,
        { ResourceType: 'TABLE', NextToken: token },
        signal,
      );
      pages += 1;
      lines.push(...page.lines);
      token = page.next;
    } while (token);
    this.#knownPages.set(catalogKey(query), pages);
    return lines;
  }

  async #page(
    client: LakeFormationClient,
    { accountId }: PermissionQuery,
    input: ListPermissionsCommandInput,
    signal?: AbortSignal,
  ): Promise<{ lines: ListedPermission[]; next?: string }> {
    const { PrincipalResourcePermissions: found, NextToken: next } =
      await client.send(
        new ListPermissionsCommand({
          CatalogId: accountId,
          MaxResults: this.#pageSize,
          ...input,
        }),
        { abortSignal: signal },
      );
    return {
      lines: (found ?? []).flatMap(
        line => readListedPermission(line, accountId) ?? [],
      ),
      next,
    };
  }
}

// AWS does not say whether the account's pages hold what is in nested catalogs.
function isNested({ catalogId, accountId }: PermissionQuery) {
  return catalogId !== accountId;
}

function catalogKey({ accountId, region }: PermissionQuery) {
  return `${accountId}/${region}`;
}

function linesOn(
  lines: ListedPermission[],
  query: PermissionQuery,
  names: string[],
): ListedPermission[] {
  const wanted = new Set(names);
  return lines.filter(
    line =>
      line.catalogId === query.catalogId &&
      line.database === query.database &&
      wanted.has(line.table),
  );
}
