import { GetDatabasesCommand } from '@aws-sdk/client-glue';
import { InputError } from '@backstage/errors';
import {
  placeHolds,
  type Place,
  type TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { TableReader } from '../aws/TableReader';
import {
  PORT_TYPE,
  DefaultRegion,
  accountOfCatalog,
  glueName,
} from '../lake/PortLocation';
import { TagSearch } from '../port/TagSearch';
import { foundTable } from './foundTable';

/** AWS's maximum of a page. */
const PAGE_SIZE = 100;

/** What looking into places takes. */
export interface PlaceReaders {
  clients: AwsClients;
  tables: TableReader;
  search: TagSearch;
  regionOf: DefaultRegion;
}

interface Look {
  limit: number;
  signal?: AbortSignal;
}

/** Tables that stand in a place now, at most as many as the limit. */
export async function tablesInPlace(
  deps: PlaceReaders,
  place: Place,
  look: Look,
): Promise<{ tables: TableAddress[]; more: boolean }> {
  const found: TableAddress[] = [];
  for await (const address of walk(deps, place, look)) {
    if (found.length === look.limit) return { tables: found, more: true };
    found.push(address);
  }
  return { tables: found, more: false };
}

function walk(deps: PlaceReaders, place: Place, look: Look) {
  const { catalogId } = place;
  const accountId = accountOfCatalog(catalogId);
  const region = place.region ?? deps.regionOf(accountId);
  if (!region) {
    throw new InputError(
      `The place names no region, and dataMesh.lakeFormation.accounts names none for ${accountId}`,
    );
  }
  const at = { catalogId, accountId, region };
  return place.tag
    ? taggedTables(deps, place.tag, at, look)
    : tablesOfDatabases(deps, place, at, look);
}

interface Catalog {
  catalogId: string;
  accountId: string;
  region: string;
}

async function* taggedTables(
  { search }: PlaceReaders,
  tag: NonNullable<Place['tag']>,
  catalog: Catalog,
  { signal }: Look,
): AsyncGenerator<TableAddress> {
  let token: string | undefined;
  do {
    const page = await search.page(catalog, [tag], token, { signal });
    for (const { address } of page.tables) {
      yield {
        system: PORT_TYPE,
        catalogId: address.catalogId,
        region: catalog.region,
        database: glueName(address.database),
        table: glueName(address.table),
      };
    }
    token = page.token;
  } while (token);
}

async function* tablesOfDatabases(
  deps: PlaceReaders,
  place: Place,
  catalog: Catalog,
  { signal, limit }: Look,
): AsyncGenerator<TableAddress> {
  const { region } = catalog;
  const isIn = (database: string, table: string) =>
    placeHolds(place, {
      system: PORT_TYPE,
      catalogId: catalog.catalogId,
      region,
      database,
      table,
    });
  for await (const database of databasesOf(deps, catalog, signal)) {
    const ofDatabase = { ...place, table: undefined };
    const any = { ...catalog, system: PORT_TYPE, database, table: '' };
    if (!placeHolds(ofDatabase, any)) continue;
    const tables = await deps.tables.all(
      { ...catalog, database },
      // One table by name may be the last of all.
      { signal, ...(place.table === undefined && { atMost: limit + 1 }) },
    );
    for (const table of tables) {
      const name = glueName(table.Name ?? '');
      // A link holds nothing itself.
      if (table.TargetTable || !isIn(database, name)) continue;
      yield foundTable(table, { ...catalog, database }).address;
    }
  }
}

async function* databasesOf(
  { clients }: PlaceReaders,
  { catalogId, accountId, region }: Catalog,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const { glue } = await clients.get(accountId, region);
  let token: string | undefined;
  do {
    const page = await glue.send(
      new GetDatabasesCommand({
        CatalogId: catalogId,
        MaxResults: PAGE_SIZE,
        NextToken: token,
      }),
      { abortSignal: signal },
    );
    for (const { Name, TargetDatabase } of page.DatabaseList ?? []) {
      if (Name && !TargetDatabase) yield glueName(Name);
    }
    token = page.NextToken;
  } while (token);
}
