import { Catalog, EmulatorState } from '../model/state/EmulatorState';
import {
  DataCellsFilterRecord,
  filterKey,
} from '../model/catalog/DataCellsFilterRecord';
import { DatabaseRecord } from '../model/catalog/DatabaseRecord';
import { LfTagRecord, TagExpressionRecord } from '../model/catalog/LfTagRecord';
import { NestedCatalogRecord } from '../model/catalog/NestedCatalogRecord';
import { OptIn, optInKey } from '../model/catalog/OptIn';
import { RegisteredLocation } from '../model/catalog/RegisteredLocation';
import { TableRecord } from '../model/catalog/TableRecord';
import { Grant } from '../model/grants/Grant';
import { GrantBook } from '../model/grants/GrantBook';
import { addNestedCatalog } from '../model/state/nestedCatalogs';
import { IdentityCenterConfiguration } from '../model/catalog/IdentityCenterConfiguration';
import { CatalogEncryption } from '../model/catalog/catalogEncryption';
import { ResourcePolicyRecord } from '../model/catalog/resourcePolicy';

interface SavedDatabase extends Omit<DatabaseRecord, 'tables'> {
  tables: TableRecord[];
}

/** A catalog as a snapshot has it. */
export interface SavedCatalog {
  accountId: string;
  region: string;
  settings: Catalog['settings'];
  databases: SavedDatabase[];
  grants: Grant[];
  passedOn: { catalogId: string; grants: Grant[] }[];
  locations: RegisteredLocation[];
  resourcePolicy?: ResourcePolicyRecord;
  encryption?: CatalogEncryption;
  identityCenter?: IdentityCenterConfiguration;
  lfTags: LfTagRecord[];
  tagExpressions: TagExpressionRecord[];
  dataCellsFilters: DataCellsFilterRecord[];
  optIns: OptIn[];
  nested: SavedNestedCatalog[];
}

/** What a nested catalog has of its own. */
interface SavedNestedCatalog
  extends Pick<
    SavedCatalog,
    'databases' | 'grants' | 'dataCellsFilters' | 'optIns'
  > {
  inside: NestedCatalogRecord;
}

function loadOptIns(saved: readonly OptIn[]): Catalog['optIns'] {
  const optIns: Catalog['optIns'] = new Map();
  for (const one of saved) {
    const key = optInKey(one.principal, one.resource);
    optIns.set(key, [...(optIns.get(key) ?? []), one]);
  }
  return optIns;
}

type Contents = Omit<SavedNestedCatalog, 'inside'>;

const saveContents = (catalog: Catalog): Contents => ({
  databases: [...catalog.databases.values()].map(database => ({
    ...database,
    tables: [...database.tables.values()],
  })),
  grants: [...catalog.grants.all()],
  dataCellsFilters: [...catalog.dataCellsFilters.values()],
  optIns: [...catalog.optIns.values()].flat(),
});

const loadContents = (saved: Contents) => ({
  databases: new Map(
    saved.databases.map(database => [
      database.name,
      {
        ...database,
        tables: new Map(database.tables.map(table => [table.name, table])),
      },
    ]),
  ),
  grants: new GrantBook(saved.grants),
  // A snapshot of an older emulator has none of what follows.
  dataCellsFilters: new Map(
    (saved.dataCellsFilters ?? []).map(one => [
      filterKey(one.database, one.table, one.name),
      one,
    ]),
  ),
  optIns: loadOptIns(saved.optIns ?? []),
});

/** A catalog with all that is nested in it. */
export const saveCatalog = (catalog: Catalog): SavedCatalog => ({
  ...saveContents(catalog),
  accountId: catalog.accountId,
  region: catalog.region,
  settings: catalog.settings,
  passedOn: [...catalog.passedOn].map(([catalogId, grants]) => ({
    catalogId,
    grants: [...grants.all()],
  })),
  locations: [...catalog.locations.values()],
  resourcePolicy: catalog.resourcePolicy,
  encryption: catalog.encryption,
  identityCenter: catalog.identityCenter,
  lfTags: [...catalog.lfTags.values()],
  tagExpressions: [...catalog.tagExpressions.values()],
  nested: [...catalog.nested.values()].flatMap(one =>
    one.inside ? [{ inside: one.inside, ...saveContents(one) }] : [],
  ),
});

/** The catalog that was saved. */
export function loadCatalog(
  saved: SavedCatalog,
  state: EmulatorState,
): Catalog {
  const catalog: Catalog = {
    ...saved,
    ...loadContents(saved),
    state,
    locations: new Map(saved.locations.map(one => [one.arn, one])),
    passedOn: new Map(
      (saved.passedOn ?? []).map(({ catalogId, grants }) => [
        catalogId,
        new GrantBook(grants),
      ]),
    ),
    lfTags: new Map((saved.lfTags ?? []).map(one => [one.key, one])),
    tagExpressions: new Map(
      (saved.tagExpressions ?? []).map(one => [one.name, one]),
    ),
    nested: new Map(),
  };
  for (const { inside, ...contents } of saved.nested ?? []) {
    Object.assign(addNestedCatalog(catalog, inside), loadContents(contents));
  }
  return catalog;
}
