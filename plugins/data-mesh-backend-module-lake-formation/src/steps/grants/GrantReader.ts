import {
  AccessDeniedException,
  EntityNotFoundException,
  ListPermissionsCommand,
  type DataLakeResourceType,
  type LakeFormationClient,
  type ListPermissionsCommandInput,
} from '@aws-sdk/client-lakeformation';
import { AwsClients } from '../../aws/AwsClients';
import { Gatherer } from '../../aws/Gatherer';
import { OpenWindow } from '../../aws/GatheringWindow';
import { isRefusal } from '../../aws/classify';
import { mapLimited } from '../../aws/mapLimited';
import { Grantee } from '../../lake/grant';
import { granteeKey, resourceKey } from '../../lake/keys';
import { LakeResource, tablesIn } from '../../lake/resource';
import { ListedGrant, readListedGrant, wireResource } from '../../lake/wire';

// AWS does not say whether the account's pages hold what is in nested catalogs.
const isNested = ({ catalogAccountId, resources }: GrantQuery) =>
  resources.some(({ catalogId }) => catalogId !== catalogAccountId);

const pagesKey = (
  { accountId, catalogAccountId, region }: GrantQuery,
  type: DataLakeResourceType | undefined,
) => `${accountId}/${catalogAccountId}/${region}/${type ?? ''}`;

/** The same for looks that one listing answers. */
const togetherKey = (query: GrantQuery) =>
  JSON.stringify([
    pagesKey(query, typeOf(query)),
    isNested(query),
    query.withRelated ?? false,
    query.trustsNotFound ?? false,
    // What is passed on is looked for by whom it is passed on to.
    query.accountId !== query.catalogAccountId &&
      query.grantee &&
      granteeKey(query.grantee),
  ]);

/** Places whose permissions are wanted. */
export interface GrantQuery {
  /** The account that asks: the catalog's own, or one it is shared with. */
  accountId: string;
  region: string;
  /** The account whose catalog it is about. */
  catalogAccountId: string;
  resources: LakeResource[];
  /** Whose grants are looked for, where all others do not matter. */
  grantee?: Grantee;
  /**
   * Also what is held on filters of the tables, and by any tag policy of the
   * catalog.
   */
  withRelated?: boolean;
  /**
   * Takes the answer that a thing does not exist for the answer that nobody
   * holds anything there, which saves reading the catalog.
   */
  trustsNotFound?: boolean;
}

/** AWS's maximum of a page. */
const PAGE_SIZE = 1_000;
/** Listings of resources under way at the same time. */
const LISTINGS_AT_ONCE = 4;
/** Looks that are answered by one listing at most. */
const LOOKS_AT_ONCE = 100;

const RESOURCE_TYPES: Record<
  LakeResource['kind'],
  DataLakeResourceType | undefined
> = {
  table: 'TABLE',
  catalog: 'CATALOG',
  database: 'DATABASE',
  allTables: 'TABLE',
  tagPolicy: 'LF_TAG_POLICY',
  tag: 'LF_TAG',
  savedExpression: 'LF_NAMED_TAG_EXPRESSION',
  location: 'DATA_LOCATION',
  // AWS has no type for filters: only the catalog as a whole has them.
  filter: undefined,
  unknown: undefined,
};

const isRelated = (resource: LakeResource, tables: ReadonlySet<string>) => {
  if (resource.kind === 'tagPolicy') return true;
  const filtered = resource.kind === 'filter' && tablesIn(resource);
  return filtered && tables.has(resourceKey(filtered));
};

/**
 * Lists who holds what in some resources, by the way that takes fewer calls: resource
 * by resource, or the catalog's pages. Always by resource: with a principal AWS
 * answers effective permissions, an administrator's implicit ones among them.
 * What several want to see at the same moment is listed once for all of them.
 */
export class GrantReader {
  readonly #clients: AwsClients;
  readonly #pageSize: number;
  readonly #openWindow: OpenWindow;
  readonly #gatherers = new Map<string, Gatherer<GrantQuery, ListedGrant[]>>();
  /** How many pages a catalog took at least, when last looked. */
  readonly #knownPages = new Map<string, number>();
  /** Catalogs of others whose pages do not say what is passed on. */
  readonly #unpaged = new Set<string>();

  constructor(
    clients: AwsClients,
    options: { openWindow: OpenWindow; pageSize?: number },
  ) {
    this.#clients = clients;
    this.#openWindow = options.openWindow;
    this.#pageSize = options.pageSize ?? PAGE_SIZE;
  }

  async read(query: GrantQuery, signal?: AbortSignal): Promise<ListedGrant[]> {
    const key = togetherKey(query);
    const gatherer =
      this.#gatherers.get(key) ??
      new Gatherer<GrantQuery, ListedGrant[]>({
        carryOut: (queries, callSignal) =>
          this.#readTogether(queries, callSignal),
        limit: LOOKS_AT_ONCE,
        window: this.#openWindow(),
        separates: isRefusal,
      });
    this.#gatherers.set(key, gatherer);
    const [listed] = await gatherer.ask([query], signal);
    return listed;
  }

  async #readTogether(
    queries: GrantQuery[],
    signal: AbortSignal,
  ): Promise<ListedGrant[][]> {
    const [first, ...others] = queries;
    if (others.length === 0) return [await this.#read(first, signal)];
    const resources = new Map(
      queries.flatMap(query =>
        query.resources.map(resource => [resourceKey(resource), resource]),
      ),
    );
    const listed = await this.#read(
      { ...first, resources: [...resources.values()] },
      signal,
    );
    return queries.map(query => linesOf(listed, query));
  }

  async #read(query: GrantQuery, signal?: AbortSignal): Promise<ListedGrant[]> {
    const { accountId, catalogAccountId } = query;
    if (accountId === catalogAccountId) return this.#readOwn(query, signal);
    try {
      return await this.#readPassedOn(query, signal);
    } catch (error) {
      // A look from outside may be refused although the grant holds.
      if (!(error instanceof AccessDeniedException)) throw error;
      return this.#readOwn({ ...query, accountId: catalogAccountId }, signal);
    }
  }

  /**
   * What an account passes on stands in its own listing of the owner's catalog.
   * Whether AWS pages through that as through one's own is not written anywhere:
   * where the pages say nothing, a look at one resource tells whether they would.
   */
  async #readPassedOn(
    query: GrantQuery,
    signal?: AbortSignal,
  ): Promise<ListedGrant[]> {
    const { accountId, region, resources, grantee } = query;
    const { lakeFormation } = await this.#clients.get(accountId, region);
    const key = pagesKey(query, typeOf(query));
    if (!this.#unpaged.has(key)) {
      const lines = await this.#readPages(lakeFormation, query, signal).catch(
        error => {
          if (!(error instanceof AccessDeniedException)) throw error;
          this.#unpaged.add(key);
        },
      );
      const isWanted = (line: ListedGrant) =>
        !grantee || granteeKey(line.grantee) === granteeKey(grantee);
      if (lines?.some(isWanted)) return lines;
      if (lines) {
        const probe = await this.#readPlaces(
          lakeFormation,
          { ...query, resources: resources.slice(0, 1) },
          signal,
        );
        if (!probe.some(isWanted)) return lines;
        this.#unpaged.add(key);
      }
    }
    return this.#readPlaces(lakeFormation, query, signal);
  }

  async #readOwn(
    query: GrantQuery,
    signal?: AbortSignal,
  ): Promise<ListedGrant[]> {
    const { accountId, region } = query;
    const { lakeFormation } = await this.#clients.get(accountId, region);
    return (
      (await this.#readPages(lakeFormation, query, signal)) ??
      this.#readPlaces(lakeFormation, query, signal)
    );
  }

  /** @returns undefined where resource by resource takes fewer calls */
  async #readPages(
    client: LakeFormationClient,
    query: GrantQuery,
    signal?: AbortSignal,
  ): Promise<ListedGrant[] | undefined> {
    const { resources } = query;
    const cost = resources.length;
    const type = typeOf(query);
    const known = this.#knownPages.get(pagesKey(query, type));
    if (isNested(query) || cost <= (known ?? 1)) return undefined;
    // Of a catalog never seen, no more is tried than half of what the other
    // way costs: it may be large.
    const limit = known ? cost : Math.ceil(cost / 2);
    const lines = await this.#readCatalog(
      client,
      query,
      { type, limit },
      signal,
    );
    return lines && linesOf(lines, query);
  }

  async #readPlaces(
    client: LakeFormationClient,
    query: GrantQuery,
    signal?: AbortSignal,
  ): Promise<ListedGrant[]> {
    const lost: LakeResource[] = [];
    const isOwn = query.accountId === query.catalogAccountId;
    const lines = await mapLimited(
      query.resources,
      LISTINGS_AT_ONCE,
      async resource => {
        try {
          return await this.#readPlace(client, query, resource, signal);
        } catch (error) {
          const isLost = error instanceof EntityNotFoundException;
          if (isLost && query.trustsNotFound) return [];
          if (!isLost || isNested(query) || !isOwn) throw error;
          lost.push(resource);
          return [];
        }
      },
    );
    if (query.withRelated) {
      const policies = await this.#readCatalog(
        client,
        query,
        { type: RESOURCE_TYPES.tagPolicy, limit: Infinity },
        signal,
      );
      lines.push(policies ?? []);
    }
    if (lost.length === 0) return lines.flat();
    // Grants survive the thing they are on and apply to the next one of the
    // same name: only the catalog's listing shows whether some are left.
    const all = await this.#readCatalog(
      client,
      query,
      { type: typeOf({ ...query, resources: lost }), limit: Infinity },
      signal,
    );
    return [
      ...lines.flat(),
      ...linesOf(all ?? [], { ...query, resources: lost }),
    ];
  }

  async #readPlace(
    client: LakeFormationClient,
    query: GrantQuery,
    resource: LakeResource,
    signal?: AbortSignal,
  ): Promise<ListedGrant[]> {
    const lines: ListedGrant[] = [];
    let token: string | undefined;
    do {
      const page = await this.#page(
        client,
        query,
        {
          Resource: wireResource(resource),
          ...(query.withRelated &&
            resource.kind === 'table' && { IncludeRelated: 'TRUE' }),
          NextToken: token,
        },
        signal,
      );
      lines.push(...page.lines);
      token = page.next;
    } while (token);
    return linesOf(lines, { ...query, resources: [resource] });
  }

  /** @returns undefined where the catalog has more pages than the limit */
  async #readCatalog(
    client: LakeFormationClient,
    query: GrantQuery,
    { type, limit }: { type: DataLakeResourceType | undefined; limit: number },
    signal?: AbortSignal,
  ): Promise<ListedGrant[] | undefined> {
    const lines: ListedGrant[] = [];
    let pages = 0;
    let token: string | undefined;
    do {
      if (pages === limit) {
        this.#knownPages.set(pagesKey(query, type), pages + 1);
        return undefined;
      }
      const page = await this.#page(
        client,
        query,
        { ...(type && { ResourceType: type }), NextToken: token },
        signal,
      );
      pages += 1;
      lines.push(...page.lines);
      token = page.next;
    } while (token);
    this.#knownPages.set(pagesKey(query, type), pages);
    return lines;
  }

  async #page(
    client: LakeFormationClient,
    { catalogAccountId }: GrantQuery,
    input: ListPermissionsCommandInput,
    signal?: AbortSignal,
  ): Promise<{ lines: ListedGrant[]; next?: string }> {
    const { PrincipalResourcePermissions: found, NextToken: next } =
      await client.send(
        new ListPermissionsCommand({
          CatalogId: catalogAccountId,
          MaxResults: this.#pageSize,
          ...input,
        }),
        { abortSignal: signal },
      );
    return {
      lines: (found ?? []).flatMap(
        line => readListedGrant(line, catalogAccountId) ?? [],
      ),
      next,
    };
  }
}

/** The type that all that is asked for is listed under, where there is one. */
function typeOf({
  resources,
  withRelated,
}: GrantQuery): DataLakeResourceType | undefined {
  const types = new Set(resources.map(({ kind }) => RESOURCE_TYPES[kind]));
  const [type] = types;
  return types.size === 1 && !withRelated ? type : undefined;
}

function linesOf(
  lines: ListedGrant[],
  { resources, withRelated = false }: GrantQuery,
): ListedGrant[] {
  const wanted = new Set(resources.map(resourceKey));
  return lines.filter(
    ({ resource }) =>
      wanted.has(resourceKey(resource)) ||
      (withRelated && isRelated(resource, wanted)),
  );
}
