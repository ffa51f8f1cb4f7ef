import {
  factsOf,
  type DataProductEntity,
  type OutputPort,
  type PolicyRules,
  type PortFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { isFromTrustedLocation } from '../config/trustedLocations';
import type { Governance, People } from '../people';
import { addressOfFacts, type PlaceBook, type Places } from '../places';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { effectOf } from './effectOf';
import type { PortNow } from './judgePort';
import { NOBODY } from './Publication';
import { hashOf, type PortLooks } from './PublicationRow';
import { whoDecides } from './whoDecides';

/** What judging ports asks of its surroundings. */
export interface WorldDeps {
  catalog: Pick<MeshCatalog, 'entitiesOf'>;
  places: Pick<Places, 'book'>;
  people: Pick<People, 'membersOf'>;
  governance: Pick<Governance, 'refs'>;
  provisioners: Pick<ProvisionerRegistry, 'find'>;
  rules: Pick<PolicyRules, 'stewards' | 'maxDurationDays' | 'autoApprove'>;
  trustedLocations: readonly string[];
  now: () => Date;
}

/** A port as the catalog has it, with what tells whether anything changed. */
export interface PortLook {
  now: PortNow;
  looks: PortLooks;
  fingerprint: string;
}

/**
 * Places, people and entities that ports are judged by, loaded once for many of
 * them.
 */
export class World {
  readonly #deps: WorldDeps;
  readonly #book: PlaceBook;
  readonly #placesKey: string;
  readonly #members = new Map<string, readonly string[]>();
  readonly #uids = new Map<string, string | undefined>();

  static async load(deps: WorldDeps): Promise<World> {
    const world = new World(deps, await deps.places.book());
    await world.#learnMembers([
      ...deps.governance.refs,
      ...world.#book.domains.flatMap(domain => domain.ownerRef ?? []),
    ]);
    return world;
  }

  private constructor(deps: WorldDeps, book: PlaceBook) {
    this.#deps = deps;
    this.#book = book;
    this.#placesKey = hashOf([book.holdings, deps.rules]);
  }

  /** Looks up in one turn what judging these products needs. */
  async learn(products: readonly DataProductEntity[]): Promise<void> {
    const refs = products.flatMap(product => {
      const facts = readFacts(product, {
        name: '',
        type: '',
        location: {},
        tables: [],
      });
      return 'facts' in facts
        ? [facts.facts.ownerRef, facts.facts.domainRef]
        : [];
    });
    const owners = refs.filter((_, index) => index % 2 === 0);
    await this.#learnMembers(owners);
    const unknown = [...new Set(refs)].filter(ref => !this.#uids.has(ref));
    if (unknown.length === 0) return;
    const found = await this.#deps.catalog.entitiesOf(unknown);
    for (const ref of unknown) this.#uids.set(ref, this.#uidOf(found.get(ref)));
  }

  /** A port of a product of the catalog. */
  look(
    product: DataProductEntity,
    port: OutputPort,
    { returned }: { returned: boolean },
  ): PortLook {
    const read = readFacts(product, port);
    const problem = 'problem' in read ? read.problem : this.#problemOf(port);
    const facts = 'facts' in read ? read.facts : undefined;
    const now: PortNow = {
      ...this.#questions(),
      ...(problem === undefined && facts && { facts }),
      ...(problem !== undefined && { problem }),
      ...(facts && this.#uidsOf(facts)),
      trusted: isFromTrustedLocation(this.#deps.trustedLocations, product),
      returned,
    };
    return {
      now,
      looks: {
        productTitle: product.metadata.title ?? product.metadata.name,
        productVersion: product.spec.version,
        portTitle: port.title ?? port.name,
        ...(facts && { ownerRef: facts.ownerRef, domainRef: facts.domainRef }),
      },
      fingerprint: this.#fingerprint(product, port, now),
    };
  }

  /** A port that the catalog does not have. */
  gone(): { now: PortNow; fingerprint: string } {
    return {
      now: { ...this.#questions(), trusted: false, returned: false },
      fingerprint: hashOf('gone'),
    };
  }

  #questions(): Omit<PortNow, 'returned' | 'trusted'> {
    const known = new WeakMap<PortFacts, ReadonlyMap<string, string>>();
    const holdersOf = (facts: PortFacts) => {
      const before = known.get(facts);
      if (before) return before;
      const found = this.holdersOf(facts);
      known.set(facts, found);
      return found;
    };
    return {
      at: this.#deps.now().toISOString(),
      holdersOf,
      belongs: (ownerRef, domainRef) => this.#book.belongs(ownerRef, domainRef),
      outsiders: facts => this.#outsidersOf(facts),
      partsFor: (holders, owners) =>
        whoDecides(holders, owners, {
          book: this.#book,
          members: this.#members,
          governance: this.#deps.governance.refs,
        }),
      effectOf: (difference, current) =>
        effectOf(difference, current, { rules: this.#deps.rules, holdersOf }),
    };
  }

  /**
   * Domain that holds each table of the facts, or nobody. Without tables, all of
   * the database has to be held.
   */
  holdersOf(facts: PortFacts): ReadonlyMap<string, string> {
    const directory = this.#deps.provisioners.find(facts.system)?.directory;
    const base = addressOfFacts(directory, facts);
    const names = Object.keys(facts.tables);
    return new Map(
      (names.length > 0 ? names : ['*']).map(table => {
        // Where nobody knows where a table stands, nobody holds it.
        const holder = base && this.#book.holderOf({ ...base, table });
        return [
          table,
          holder && 'domainRef' in holder ? holder.domainRef : NOBODY,
        ];
      }),
    );
  }

  #outsidersOf({ approvers, ownerRef, domainRef }: PortFacts): string[] {
    const { governance, rules } = this.#deps;
    const insiders = new Set([
      ownerRef,
      ...(this.#members.get(ownerRef) ?? []),
      ...governance.refs,
      ...rules.stewards,
    ]);
    return approvers.filter(
      ref => !insiders.has(ref) && !this.#book.belongs(ref, domainRef),
    );
  }

  #problemOf(port: OutputPort): string | undefined {
    const provisioner = this.#deps.provisioners.find(port.type);
    if (!provisioner) {
      return `nothing is installed that serves ports of type '${port.type}'`;
    }
    const problems = provisioner.checkPort(port);
    return problems.length > 0
      ? problems.map(({ field, reason }) => `${field} ${reason}`).join('; ')
      : undefined;
  }

  #fingerprint(
    product: DataProductEntity,
    port: OutputPort,
    now: PortNow,
  ): string {
    const { metadata, spec } = product;
    const { facts } = now;
    const holders = facts ? [...now.holdersOf(facts).values()] : [];
    return hashOf([
      this.#placesKey,
      metadata.title,
      spec.version,
      port.title,
      facts,
      now.problem,
      now.trusted,
      now.ownerUid,
      now.domainUid,
      holders,
      facts && now.belongs(facts.ownerRef, facts.domainRef),
      facts && now.outsiders(facts),
      facts && now.partsFor(holders, [facts.ownerRef]),
    ]);
  }

  #uidsOf({ ownerRef, domainRef }: PortFacts) {
    const [ownerUid, domainUid] = [
      this.#uids.get(ownerRef),
      this.#uids.get(domainRef),
    ];
    return { ...(ownerUid && { ownerUid }), ...(domainUid && { domainUid }) };
  }

  /** Who is made again by a trusted location is the same. */
  #uidOf(entity: Entity | undefined): string | undefined {
    return entity && !isFromTrustedLocation(this.#deps.trustedLocations, entity)
      ? entity.metadata.uid
      : undefined;
  }

  async #learnMembers(refs: readonly string[]): Promise<void> {
    const unknown = [...new Set(refs)].filter(ref => !this.#members.has(ref));
    if (unknown.length === 0) return;
    const found = await this.#deps.people.membersOf(unknown);
    for (const ref of unknown) this.#members.set(ref, found.get(ref) ?? []);
  }
}

function readFacts(
  product: DataProductEntity,
  port: OutputPort,
): { facts: PortFacts } | { problem: string } {
  try {
    return { facts: factsOf(product, port) };
  } catch (error) {
    return {
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}
