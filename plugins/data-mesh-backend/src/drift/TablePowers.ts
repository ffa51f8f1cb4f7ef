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
import type { MeshCatalog, ProductHome } from '../catalog/MeshCatalog';
import { grantOf, type ObservedGrantRow } from '../grants/ObservedGrantRow';
import type { Caller } from '../identity/Caller';
import type { PlaceBook, Places } from '../places';
import type { ProvisionerRegistry } from '../provisioning/ProvisionerRegistry';
import { targetOf, type ScanTargetRow } from '../scans/ScanRow';

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
    const found = new Map<string, GrantPowers>();
    for (const row of onTables) {
      const target = targets.get(row.target_id);
      const grant = grantOf(row);
      const naming = target ? this.#naming(all, target, grant) : [];
      const homes = await catalog.homesOf(
        naming.map(({ named }) => named.productRef),
      );
      const present = naming.filter(({ named }) => homes.has(named.productRef));
      const owns =
        present.length > 0 &&
        present.every(one => isOwn(one, homes, book, caller));
      found.set(String(row.id), {
        revoke: owns,
        adopt: owns && isOwnersAlone(grant, naming),
      });
    }
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

  /** Published ports that name the table of a grant, with where it stands. */
  #naming(
    all: readonly PublishedFacts[],
    row: ScanTargetRow,
    grant: ObservedGrant,
  ): Naming[] {
    const directory = this.#deps.provisioners.find(row.port_type)?.directory;
    const { table } = grant.resource;
    if (!directory || table === undefined) return [];
    const target = targetOf(row);
    return all.flatMap(one => {
      const { facts } = one;
      if (!facts || facts.system !== row.port_type) return [];
      const { system, location } = facts;
      const base = directory.addressOf({
        name: '',
        type: system,
        location,
        tables: [],
      });
      const names = Object.keys(facts.tables).map(foldedName);
      // A port that names no tables reaches all of them.
      const isNamed = names.length === 0 || names.includes(foldedName(table));
      return base && isNamed && isAt(base, grant, target)
        ? [{ named: { ...one, facts }, address: { ...base, table } }]
        : [];
    });
  }
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
    resource.database !== undefined &&
    foldedName(resource.database) === foldedName(base.database) &&
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
  const { productRef, facts, requestable, contested } = named;
  const home = homes.get(productRef);
  const holder = book.holderOf(address);
  return (
    requestable &&
    // While it waits whose product it is, it is nobody's to decide.
    !contested &&
    home?.ownerRef === facts.ownerRef &&
    home.domainRef === facts.domainRef &&
    ownershipRefs.includes(facts.ownerRef) &&
    book.belongs(facts.ownerRef, facts.domainRef) &&
    holder !== undefined &&
    'domainRef' in holder &&
    holder.domainRef === facts.domainRef
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
