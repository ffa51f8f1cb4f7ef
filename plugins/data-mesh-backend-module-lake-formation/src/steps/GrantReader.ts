import {
  AccessDeniedException,
  EntityNotFoundException,
  ListPermissionsCommand,
  type DataLakeResourceType,
  type LakeFormationClient,
  type ListPermissionsCommandInput,
  type PrincipalResourcePermissions,
} from '@aws-sdk/client-lakeformation';
import { AwsClients } from '../aws/AwsClients';
import { Gatherer } from '../aws/Gatherer';
import { OpenWindow } from '../aws/GatheringWindow';
import { isRefusal } from '../aws/classify';
import { Grantee, granteeKey } from '../model/GrantWant';
import { ALL_TABLES, Place, placeKey } from '../model/Place';
import { TableAccess, uniteAccess } from '../model/TableAccess';
import { mapLimited } from '../scan/mapLimited';
import { AccessByPlace } from './HeldAccess';
import { readEntry, wireResource } from './permissionEntries';

// AWS does not say whether the account's pages hold what is in nested catalogs.
const isNested = ({ catalogAccountId, places }: GrantQuery) =>
  places.some(({ catalogId }) => catalogId !== catalogAccountId);

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
  places: Place[];
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

/** A line of a listing: what somebody holds in one place. */
export interface ListedGrant extends Grantee {
  place: Place;
  access: TableAccess;
  /** ARNs of the RAM shares that carry it to another account. */
  shares: string[];
  updatedAt?: Date;
  updatedBy?: string;
}

/** AWS's maximum of a page. */
const PAGE_SIZE = 1_000;
/** Listings of places under way at the same time. */
const LISTINGS_AT_ONCE = 4;
/** Looks that are answered by one listing at most. */
const LOOKS_AT_ONCE = 100;

const RESOURCE_TYPES: Record<Place['kind'], DataLakeResourceType | undefined> =
  {
    table: 'TABLE',
    database: 'DATABASE',
    tagPolicy: 'LF_TAG_POLICY',
    tag: 'LF_TAG',
    location: 'DATA_LOCATION',
    // AWS has no type for filters: only the catalog as a whole has them.
    filter: undefined,
  };

const isNamedTable = (place: Place) =>
  place.kind === 'table' && place.table !== ALL_TABLES;

const isRelated = (place: Place, tables: ReadonlySet<string>) =>
  place.kind === 'tagPolicy' ||
  (place.kind === 'filter' &&
    tables.has(placeKey({ ...place, kind: 'table' })));

/**
 * Lists who holds what in some places, by the way that takes fewer calls: place
 * by place, or the catalog's pages. Always by resource: with a principal AWS
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
    const places = new Map(
      queries.flatMap(query =>
        query.places.map(place => [placeKey(place), place]),
      ),
    );
    const listed = await this.#read(
      { ...first, places: [...places.values()] },
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
   * where the pages say nothing, a look at one place tells whether they would.
   */
  async #readPassedOn(
    query: GrantQuery,
    signal?: AbortSignal,
  ): Promise<ListedGrant[]> {
    const { accountId, region, places, grantee } = query;
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
        !grantee || granteeKey(line) === granteeKey(grantee);
      if (lines?.some(isWanted)) return lines;
      if (lines) {
        const probe = await this.#readPlaces(
          lakeFormation,
          { ...query, places: places.slice(0, 1) },
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

  /** @returns undefined where place by place takes fewer calls */
  async #readPages(
    client: LakeFormationClient,
    query: GrantQuery,
    signal?: AbortSignal,
  ): Promise<ListedGrant[] | undefined> {
    const { places } = query;
    const cost = places.length;
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
    const lost: Place[] = [];
    const isOwn = query.accountId === query.catalogAccountId;
    const lines = await mapLimited(
      query.places,
      LISTINGS_AT_ONCE,
      async place => {
        try {
          return await this.#readPlace(client, query, place, signal);
        } catch (error) {
          const isLost = error instanceof EntityNotFoundException;
          if (isLost && query.trustsNotFound) return [];
          if (!isLost || isNested(query) || !isOwn) throw error;
          lost.push(place);
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
      { type: typeOf({ ...query, places: lost }), limit: Infinity },
      signal,
    );
    return [...lines.flat(), ...linesOf(all ?? [], { ...query, places: lost })];
  }

  async #readPlace(
    client: LakeFormationClient,
    query: GrantQuery,
    place: Place,
    signal?: AbortSignal,
  ): Promise<ListedGrant[]> {
    const lines: ListedGrant[] = [];
    let token: string | undefined;
    do {
      const page = await this.#page(
        client,
        query,
        {
          Resource: wireResource(place),
          ...(query.withRelated &&
            isNamedTable(place) && { IncludeRelated: 'TRUE' }),
          NextToken: token,
        },
        signal,
      );
      lines.push(...page.lines);
      token = page.next;
    } while (token);
    return linesOf(lines, { ...query, places: [place] });
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

/**
 * Reads a line of a listing.
 *
 * @returns undefined where it is on something that is not granted on here
 */
export function readListedGrant(
  line: PrincipalResourcePermissions,
  catalogAccountId: string,
): ListedGrant | undefined {
  const principalId = line.Principal?.DataLakePrincipalIdentifier;
  const entry = readEntry(
    line.Resource,
    line.Permissions,
    line.PermissionsWithGrantOption,
    catalogAccountId,
  );
  if (!principalId || !entry) return undefined;
  const condition = line.Condition?.Expression;
  return {
    place: entry.place,
    access: entry.access,
    principalId,
    ...(condition && { condition }),
    shares: line.AdditionalDetails?.ResourceShare ?? [],
    ...(line.LastUpdated && { updatedAt: line.LastUpdated }),
    ...(line.LastUpdatedBy && { updatedBy: line.LastUpdatedBy }),
  };
}

/**
 * What one grantee holds in each place. Lake Formation lists one grant of
 * SELECT and DESCRIBE as two lines, and columns with the grant option apart
 * from columns without it: joined here.
 */
export function holdingsOf(
  grantee: Grantee,
  listed: ListedGrant[],
): AccessByPlace {
  const wanted = granteeKey(grantee);
  const held = new Map<string, TableAccess>();
  for (const line of listed) {
    if (granteeKey(line) !== wanted) continue;
    const key = placeKey(line.place);
    const known = held.get(key);
    held.set(key, known ? uniteAccess(known, line.access) : line.access);
  }
  return held;
}

/** The type that all that is asked for is listed under, where there is one. */
function typeOf({
  places,
  withRelated,
}: GrantQuery): DataLakeResourceType | undefined {
  const types = new Set(places.map(({ kind }) => RESOURCE_TYPES[kind]));
  const [type] = types;
  return types.size === 1 && !withRelated ? type : undefined;
}

function linesOf(
  lines: ListedGrant[],
  { places, withRelated = false }: GrantQuery,
): ListedGrant[] {
  const wanted = new Set(places.map(placeKey));
  return lines.filter(
    ({ place }) =>
      wanted.has(placeKey(place)) || (withRelated && isRelated(place, wanted)),
  );
}
