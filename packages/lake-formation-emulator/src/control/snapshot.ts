import { Account, EmulatorState, Session } from '../model/EmulatorState';
import {
  Catalog,
  DataCellsFilterRecord,
  DatabaseRecord,
  LfTagRecord,
  OptIn,
  RegisteredLocation,
  TableRecord,
  TagExpressionRecord,
  filterKey,
  optInKey,
} from '../model/Catalog';
import { Grant } from '../model/Grant';
import { GrantBook } from '../model/GrantBook';

/**
 * The whole state of an emulator as plain data, to be saved and put back.
 *
 * @public
 */
export interface EmulatorSnapshot {
  /** The format of the snapshot. */
  version: 1;
  /** The last number given to a grant. */
  sequence: number;
  /** The accounts with their catalogs. */
  accounts: unknown[];
  /** The access keys of the seed. */
  keys: unknown[];
  /** What AssumeRole gave out. */
  sessions: unknown[];
}

interface SavedDatabase extends Omit<DatabaseRecord, 'tables'> {
  tables: TableRecord[];
}

interface SavedCatalog {
  accountId: string;
  region: string;
  settings: Catalog['settings'];
  databases: SavedDatabase[];
  grants: Grant[];
  locations: RegisteredLocation[];
  lfTags: LfTagRecord[];
  tagExpressions: TagExpressionRecord[];
  dataCellsFilters: DataCellsFilterRecord[];
  optIns: OptIn[];
}

interface SavedAccount extends Omit<Account, 'catalogs'> {
  catalogs: SavedCatalog[];
}

const saveCatalog = (catalog: Catalog): SavedCatalog => ({
  accountId: catalog.accountId,
  region: catalog.region,
  settings: catalog.settings,
  databases: [...catalog.databases.values()].map(database => ({
    ...database,
    tables: [...database.tables.values()],
  })),
  grants: [...catalog.grants.all()],
  locations: [...catalog.locations.values()],
  lfTags: [...catalog.lfTags.values()],
  tagExpressions: [...catalog.tagExpressions.values()],
  dataCellsFilters: [...catalog.dataCellsFilters.values()],
  optIns: [...catalog.optIns.values()].flat(),
});

const loadCatalog = (saved: SavedCatalog): Catalog => ({
  ...saved,
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
  locations: new Map(saved.locations.map(one => [one.arn, one])),
  // A snapshot of an older emulator has none of what follows.
  lfTags: new Map((saved.lfTags ?? []).map(one => [one.key, one])),
  tagExpressions: new Map(
    (saved.tagExpressions ?? []).map(one => [one.name, one]),
  ),
  dataCellsFilters: new Map(
    (saved.dataCellsFilters ?? []).map(one => [
      filterKey(one.database, one.table, one.name),
      one,
    ]),
  ),
  optIns: loadOptIns(saved.optIns ?? []),
});

function loadOptIns(saved: readonly OptIn[]): Catalog['optIns'] {
  const optIns: Catalog['optIns'] = new Map();
  for (const one of saved) {
    const key = optInKey(one.principal, one.resource);
    optIns.set(key, [...(optIns.get(key) ?? []), one]);
  }
  return optIns;
}

/** Copies the state; later changes do not reach the copy. */
export function saveState(state: EmulatorState): EmulatorSnapshot {
  return structuredClone({
    version: 1 as const,
    sequence: state.sequence,
    accounts: [...state.accounts.values()].map(account => ({
      ...account,
      catalogs: [...account.catalogs.values()].map(saveCatalog),
    })),
    keys: [...state.keys.values()],
    sessions: [...state.sessions.values()],
  });
}

/**
 * The state that a snapshot holds.
 *
 * @throws TypeError where it is not a snapshot of this version
 */
export function loadState(snapshot: EmulatorSnapshot): EmulatorState {
  const { version, sequence, accounts, keys, sessions } = structuredClone(
    snapshot ?? {},
  );
  const isWhole =
    Array.isArray(accounts) && Array.isArray(keys) && Array.isArray(sessions);
  if (version !== 1 || typeof sequence !== 'number' || !isWhole) {
    throw new TypeError(
      `Not a snapshot of the emulator: expected version 1 with accounts, keys and sessions, found version ${version}`,
    );
  }
  return {
    sequence,
    accounts: new Map(
      (accounts as SavedAccount[]).map(account => [
        account.id,
        {
          ...account,
          catalogs: new Map(
            account.catalogs.map(saved => [saved.region, loadCatalog(saved)]),
          ),
        },
      ]),
    ),
    keys: new Map(
      (keys as { accessKeyId: string; principal: string }[]).map(key => [
        key.accessKeyId,
        key,
      ]),
    ),
    sessions: new Map(
      (sessions as Session[]).map(session => [session.accessKeyId, session]),
    ),
  };
}
