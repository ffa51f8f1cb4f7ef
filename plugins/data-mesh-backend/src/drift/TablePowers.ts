import type { Knex } from 'knex';
import {
  columnProtection,
  foldedName,
  undeclaredProtection,
  type ObservedGrant,
  type PortFacts,
  type ScanTarget,
  type TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { ProductHome } from '../catalog/productHome';
import { grantOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import type { Caller } from '../identity/Caller';
import {
  addressOfFacts,
  ownerAnswers,
  type PlaceBook,
  type Places,
} from '../places';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { targetOf } from '../store/scans/ScanRow';
import type { ScanTargetRow } from '../store/tables';

/** What somebody may do about a grant that nobody approved. */
export interface GrantPowers {
  revoke: boolean;
  /** Only where the owner alone would decide about it, too. */
  adopt: boolean;
}

interface PublishedFacts {
  productRef: string;
  facts?: PortFacts;
  requestable: boolean;
  contested: boolean;
}

type NamedFacts = PublishedFacts & { facts: PortFacts };

const NONE: GrantPowers = { revoke: false, adopt: false };

/**
 * Powers that owners have over what nobody approved on the tables of their
 * published products. It takes that nobody else publishes the table, and that
 * the product's domain holds its place.
 */
export class TablePowers {
  readonly #deps: {
    knex: Knex;
    published: { all(): Promise<readonly PublishedFacts[]> };
    places: Pick<Places, 'book'>;
    catalog: Pick<MeshCatalog, 'homesOf'>;
    provisioners: Pick<ProvisionerRegistry, 'find'>;
  };

  constructor(deps: {
    knex: Knex;
    published: { all(): Promise<readonly PublishedFacts[]> };
    places: Pick<Places, 'book'>;
    catalog: Pick<MeshCatalog, 'homesOf'>;
    provisioners: Pick<ProvisionerRegistry, 'find'>;
  }) {
    this.#deps = deps;
  }

  /** By the catalog, the places and the publications of now. */
  async over(
    caller: Caller,
    grants: readonly ObservedGrantRow[],
  ): Promise<(grant: ObservedGrantRow) => GrantPowers> {
    const onTables = grants.filter(grant => grant.table_name !== null);
    if (onTables.length === 0) return () => NONE;
    const { published, places, catalog } = this.#deps;
    const [all, book, targets] = await Promise.all([
      published.all(),
      places.book(),
      this.#targets(onTables),
    ]);
    const namingOf = this.#namings(all);
    const namings = onTables.map(row => {
      const target = targets.get(row.target_id);
      const grant = grantOf(row);
      return { row, grant, naming: target ? namingOf(target, grant) : [] };
    });
    const homes = await catalog.homesOf(
      namings.flatMap(({ naming }) =>
        naming.map(({ named }) => named.productRef),
      ),
    );
    const found = new Map(
      namings.map(({ row, grant, naming }) => {
        const present = naming.filter(({ named }) =>
          homes.has(named.productRef),
        );
        const owns =
          present.length > 0 &&
          present.every(one => isOwn(one, homes, book, caller));
        return [
          String(row.id),
          { revoke: owns, adopt: owns && isOwnersAlone(grant, naming) },
        ];
      }),
    );
    return grant => found.get(String(grant.id)) ?? NONE;
  }

  async #targets(
    grants: readonly ObservedGrantRow[],
  ): Promise<ReadonlyMap<string, ScanTargetRow>> {
    const ids = [...new Set(grants.map(grant => grant.target_id))];
    const rows: ScanTargetRow[] = await this.#deps
      .knex<ScanTargetRow>('scan_targets')
      .whereIn('id', ids);
    return new Map(rows.map(row => [row.id, row]));
  }

  /** Finds the published ports that name the table of a grant. */
  #namings(
    all: readonly PublishedFacts[],
  ): (row: ScanTargetRow, grant: ObservedGrant) => Naming[] {
    const { provisioners } = this.#deps;
    const byDatabase = new Map<string, PlacedFacts[]>();
    for (const one of all) {
      const { facts } = one;
      const base =
        facts &&
        addressOfFacts(provisioners.find(facts.system)?.directory, facts);
      if (!base) continue;
      const key = databaseKey(facts.system, base.database);
      const there = byDatabase.get(key) ?? [];
      byDatabase.set(key, there);
      there.push({ named: { ...one, facts }, base });
    }
    return (row, grant) => {
      const { table, database } = grant.resource;
      if (table === undefined || database === undefined) return [];
      const target = targetOf(row);
      return (byDatabase.get(databaseKey(row.port_type, database)) ?? [])
        .filter(
          ({ named, base }) =>
            isNamed(named.facts, table) && isAt(base, grant, target),
        )
        .map(({ named, base }) => ({ named, address: { ...base, table } }));
    };
  }
}

/** A published port, with where its tables stand. */
interface PlacedFacts {
  named: NamedFacts;
  base: Omit<TableAddress, 'table'>;
}

function databaseKey(system: string, database: string): string {
  return JSON.stringify([system, foldedName(database)]);
}

function isNamed({ tables }: PortFacts, table: string): boolean {
  const names = Object.keys(tables).map(foldedName);
  // A port that names no tables reaches all of them.
  return names.length === 0 || names.includes(foldedName(table));
}

interface Naming {
  named: NamedFacts;
  address: TableAddress;
}

/** Where the system leaves the catalog out, it is that of the account scanned. */
function isAt(
  base: Omit<TableAddress, 'table'>,
  { resource }: ObservedGrant,
  target: ScanTarget,
): boolean {
  const catalogId = resource.catalogId ?? target.accountId;
  const region = resource.region ?? target.region;
  return (
    // Only a system without accounts or regions says neither.
    (catalogId === undefined || catalogId === base.catalogId) &&
    (region === undefined || region === base.region)
  );
}

function isOwn(
  { named, address }: Naming,
  homes: ReadonlyMap<string, ProductHome>,
  book: PlaceBook,
  { ownershipRefs }: Caller,
): boolean {
  return (
    named.requestable &&
    ownershipRefs.includes(named.facts.ownerRef) &&
    ownerAnswers(named, homes.get(named.productRef), [address], book)
  );
}

/**
 * Whether only the owner would be asked for what is held: no personal data, nothing
 * that is never shared, and nothing to pass on. Those of products that have
 * vanished count, too.
 */
function isOwnersAlone(
  { resource, grantable }: ObservedGrant,
  naming: readonly Naming[],
): boolean {
  const isPlain =
    grantable.length === 0 &&
    resource.filter === undefined &&
    resource.tagExpression === undefined &&
    resource.savedExpression === undefined;
  return isPlain && naming.every(({ named }) => !isProtected(resource, named));
}

function isProtected(
  { table = '', columns, excludedColumns = [] }: ObservedGrant['resource'],
  { facts }: NamedFacts,
): boolean {
  const declared = new Map(
    Object.entries(facts.tables)
      .filter(([name]) => foldedName(name) === foldedName(table))
      .flatMap(([, { columns: all }]) =>
        Object.entries(all).map(
          ([name, said]) => [foldedName(name), said] as const,
        ),
      ),
  );
  const excluded = new Set(excludedColumns.map(foldedName));
  const rest = undeclaredProtection(facts, table, Object.fromEntries(declared));
  const protectionOf = (column: string) => {
    const said = declared.get(foldedName(column));
    return said ? columnProtection(facts, table, column, said) : rest;
  };
  const reached = columns?.map(protectionOf) ?? [
    // All columns, and those that nobody has declared.
    ...[...declared.keys()]
      .filter(name => !excluded.has(name))
      .map(protectionOf),
    rest,
  ];
  return (
    reached.some(({ pii, neverShared }) => pii || neverShared) ||
    (facts.approvers.length > 0 && !facts.approvers.includes(facts.ownerRef))
  );
}
