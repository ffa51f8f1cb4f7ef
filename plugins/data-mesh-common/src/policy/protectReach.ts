import type { AccessScope } from '../client/types.generated';
import {
  parseRowFilter,
  type DataClassification,
  type RowFilter,
} from '../model';
import { addressKey, type TableAddress } from '../place';
import {
  UNCLASSIFIED,
  classificationRank,
  foldedName,
  type ColumnFacts,
  type PortFacts,
} from '../publication';
import type {
  JudgedReach,
  JudgedTable,
  NamingPort,
  ReachedColumn,
  TableHolder,
} from './reach';

/** As many names as are worth remembering. */
const MOST_FOLDED = 10_000;
const foldedNames = new Map<string, string>();

/** {@link foldedName}, remembered: tables have the same columns over and over. */
function fold(name: string): string {
  const known = foldedNames.get(name);
  if (known !== undefined) return known;
  if (foldedNames.size >= MOST_FOLDED) foldedNames.clear();
  const folded = foldedName(name);
  foldedNames.set(name, folded);
  return folded;
}

/**
 * A port whose published facts protect the tables that it names.
 *
 * @public
 */
export interface ProtectingPort {
  productRef: string;
  port: string;
  facts: PortFacts;
  /** Where its tables stand, but for their names. */
  address: Omit<TableAddress, 'table'>;
  /** Whether a person or a trusted location stands behind what it says. */
  vouched?: boolean;
  /** It waits who owns the product. */
  contested?: boolean;
}

/**
 * What one port says of one table.
 *
 * @public
 */
export interface TableNaming {
  port: NamingPort;
  /** Folded names to what is said of them. */
  columns: ReadonlyMap<string, ColumnFacts>;
  classification: DataClassification;
  /** Of a column of the table that nobody declares. */
  strictest: { pii: boolean; classification: DataClassification };
  /** Folded names, with and without that of the table. */
  neverShared: ReadonlySet<string>;
}

/**
 * What all published ports say of tables, by the address of the table.
 *
 * @public
 */
export type ProtectionIndex = ReadonlyMap<string, readonly TableNaming[]>;

type Said = Omit<TableNaming, 'port'>;

/**
 * What facts say of their tables, by the folded names of these: read when it is
 * asked for first, and kept for as long as the facts are.
 */
const saidByFacts = new WeakMap<PortFacts, Map<string, () => Said>>();

function saidBy(facts: PortFacts): ReadonlyMap<string, () => Said> {
  const known = saidByFacts.get(facts);
  if (known) return known;
  const byTable = new Map(
    Object.entries(facts.tables).map(([name, table]) => {
      let said: Said | undefined;
      const read = () => {
        said ??= readSaid(facts, table);
        return said;
      };
      return [foldedName(name), read];
    }),
  );
  saidByFacts.set(facts, byTable);
  return byTable;
}

function readSaid(
  facts: PortFacts,
  { columns }: PortFacts['tables'][string],
): Said {
  const classification = facts.classification ?? UNCLASSIFIED;
  const strictest = { pii: false, classification };
  const byName = new Map<string, ColumnFacts>();
  for (const [name, said] of Object.entries(columns)) {
    byName.set(fold(name), said);
    const own = said.classification ?? classification;
    if (said.pii) strictest.pii = true;
    if (
      classificationRank(own) > classificationRank(strictest.classification)
    ) {
      strictest.classification = own;
    }
  }
  return {
    columns: byName,
    classification,
    strictest,
    neverShared: neverSharedOf(facts),
  };
}

const neverSharedNames = new WeakMap<PortFacts, ReadonlySet<string>>();

function neverSharedOf(facts: PortFacts): ReadonlySet<string> {
  const known =
    neverSharedNames.get(facts) ?? new Set(facts.neverShared.map(foldedName));
  neverSharedNames.set(facts, known);
  return known;
}

/**
 * What published ports say of tables, one after another. The facts of a port
 * are read once, however often they are asked for: they must not be changed.
 *
 * @param tables - folded names of those that are asked for; default: all
 * @public
 */
export function* tableNamings(
  ports: Iterable<ProtectingPort>,
  tables?: ReadonlySet<string>,
): Generator<[key: string, naming: TableNaming]> {
  for (const one of ports) {
    const { productRef, port, facts, address, vouched, contested } = one;
    const naming: NamingPort = {
      productRef,
      port,
      ownerRef: facts.ownerRef,
      approvers: facts.approvers,
      domainRef: facts.domainRef,
      ...(vouched && { vouched }),
      ...(contested && { contested }),
    };
    const said = saidBy(facts);
    // The shorter list is gone through: many ports may have many tables.
    const isFew = tables && tables.size < said.size;
    for (const table of isFew ? tables : said.keys()) {
      const read = said.get(table);
      if (!read || (tables && !tables.has(table))) continue;
      yield [addressKey({ ...address, table }), { port: naming, ...read() }];
    }
  }
}

/**
 * Puts together what published ports say. Linear in their columns.
 *
 * @public
 */
export function protectionIndex(
  ports: Iterable<ProtectingPort>,
): ProtectionIndex {
  const index = new Map<string, TableNaming[]>();
  for (const [key, naming] of tableNamings(ports)) {
    const known = index.get(key);
    if (known) known.push(naming);
    else index.set(key, [naming]);
  }
  return index;
}

/**
 * A table that a scope reaches now, with the columns that the system has.
 *
 * @public
 */
export interface FoundTable {
  /** Where it really stands: the target, where a link leads there. */
  address: TableAddress;
  /** All its columns, partition keys included, as the system has them. */
  columns: ReadonlyArray<{ name: string; type?: string }>;
  /** Names of the columns that are reached; absent where all are. */
  reached?: readonly string[];
}

/**
 * What a scope reaches now.
 *
 * @public
 */
export interface ReachedTables {
  tables: readonly FoundTable[];
  /**
   * Why the tables are not all there is, in words; then nothing may be decided
   * as if they were.
   */
  incomplete?: string;
}

/**
 * What a scope reaches, with the strictest of all that is known of each column:
 * through whatever product, declared or not, and read by row filters alone.
 * Linear in the columns. Pure.
 *
 * @param holderOf - who answers for a table
 * @public
 */
export function protectReach(
  found: ReachedTables,
  scope: AccessScope,
  index: ProtectionIndex,
  holderOf: (address: TableAddress) => TableHolder | undefined,
): Omit<JudgedReach, 'tagsHeld'> {
  return {
    tables: [...judgedTables(found, scope, index, holderOf)],
    ...(found.incomplete && { unknown: found.incomplete }),
  };
}

/**
 * The tables of {@link protectReach}, one after another. Pure.
 *
 * @param holderOf - who answers for a table
 * @public
 */
export function* judgedTables(
  found: Pick<ReachedTables, 'tables'>,
  scope: AccessScope,
  index: ProtectionIndex,
  holderOf: (address: TableAddress) => TableHolder | undefined,
): Generator<JudgedTable> {
  const filters = new Map<string, string[]>();
  for (const { table, rowFilter } of scope.tables) {
    if (rowFilter === undefined) continue;
    const key = foldedName(table);
    const known = filters.get(key);
    if (known) known.push(rowFilter);
    else filters.set(key, [rowFilter]);
  }
  for (const table of found.tables) {
    yield judgedTable(
      table,
      index.get(addressKey(table.address)) ?? [],
      filters.get(foldedName(table.address.table)) ?? [],
      holderOf(table.address),
    );
  }
}

function judgedTable(
  { address, columns, reached }: FoundTable,
  namings: readonly TableNaming[],
  filters: readonly string[],
  holder: TableHolder | undefined,
): JudgedTable {
  const chosen = reached && new Set(reached.map(foldedName));
  const filtered = new Set(
    filters.flatMap(filter => [...columnsOfFilter(filter)]),
  );
  const judged: ReachedColumn[] = [];
  for (const { name } of columns) {
    const key = fold(name);
    const isChosen = !chosen || chosen.has(key);
    if (isChosen || filtered.has(key)) {
      judged.push(judgedColumn(name, address.table, namings, !isChosen));
    }
  }
  return {
    address,
    columns: judged,
    ports: namings.map(({ port }) => port),
    ...(holder && { holder }),
  };
}

const NOBODY: readonly string[] = [];

const saysNever = (
  { neverShared }: TableNaming,
  table: string,
  column: string,
): boolean =>
  neverShared.size > 0 &&
  (neverShared.has(column) || neverShared.has(`${fold(table)}.${column}`));

function judgedColumn(
  name: string,
  table: string,
  namings: readonly TableNaming[],
  filtered: boolean,
): ReachedColumn {
  const key = fold(name);
  const declaring = namings.filter(({ columns }) => columns.has(key));
  const isVouchedFor = declaring.some(({ port }) => port.vouched);
  let pii = false;
  let strictest: DataClassification | undefined;
  let neverSharedBy = NOBODY;
  for (const naming of namings) {
    const said = naming.columns.get(key);
    if (saysNever(naming, table, key)) {
      neverSharedBy = [...neverSharedBy, naming.port.productRef];
    }
    // Where somebody vouches for the column, silence of others says nothing.
    if (isVouchedFor && !said) continue;
    const own = said
      ? said.classification ?? naming.classification
      : naming.strictest.classification;
    if (said ? said.pii : naming.strictest.pii) pii = true;
    if (
      strictest === undefined ||
      classificationRank(own) > classificationRank(strictest)
    ) {
      strictest = own;
    }
  }
  return {
    name,
    declared: declaring.length > 0,
    pii,
    ...(strictest && { classification: strictest }),
    neverSharedBy,
    filtered,
  };
}

/** Folded names of the columns that a row filter reads. */
function columnsOfFilter(text: string): Set<string> {
  const names = new Set<string>();
  const parsed = parseRowFilter(text);
  // What is no filter is refused for that.
  const open: RowFilter[] = parsed.ok ? [parsed.filter] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    switch (next.kind) {
      case 'and':
      case 'or':
        open.push(...next.terms);
        break;
      case 'not':
        open.push(next.term);
        break;
      case 'all':
      case 'none':
        break;
      default:
        names.add(foldedName(next.column[0].name));
    }
  }
  return names;
}
