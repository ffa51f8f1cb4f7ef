import {
  addressKey,
  placeCovers,
  placeHolds,
  placeHoldsTag,
  placesOverlap,
  type HeldPlace,
  type Place,
  type TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A place, whose it is, and by what. */
export interface Holding {
  readonly id: string;
  readonly domainRef: string;
  readonly place: Place;
  /** Parts of it that stay with others. */
  readonly except: readonly Place[];
  readonly source: HeldPlace['source'];
  /** Whether governance said that the narrower wins where others overlap. */
  readonly narrowerWins: boolean;
  readonly since?: string;
  readonly claimId?: string;
  readonly decidedBy?: string;
}

/** What a domain is, as far as deciding depends on it. */
export interface DomainFacts {
  readonly domainRef: string;
  /** Whether the catalog has it. */
  readonly exists: boolean;
  readonly ownerRef?: string;
  /** Groups that config lists as its teams. */
  readonly teams: readonly string[];
  /** The owner, and the groups and users whose word is the owner's. */
  readonly own: readonly string[];
}

/** Values of a tag key in a catalog. */
export interface TagAddress {
  system: string;
  catalogId: string;
  region?: string;
  key: string;
  values: readonly string[];
}

/**
 * Who answers for a table or a tag: a domain, several with equal right, so that
 * nobody does, or undefined where nobody claims to.
 */
export type Holder =
  | { domainRef: string; held: Holding }
  | { contestedBy: string[] };

const STRENGTH = { decision: 2, config: 1, annotation: 0 };

/** Who holds which place, at one time. Pure. */
export class PlaceBook {
  readonly #byRoot = new Map<string, Holding[]>();
  readonly #byDatabase = new Map<string, readonly Holding[]>();
  readonly #domains: ReadonlyMap<string, DomainFacts>;

  constructor(
    readonly holdings: readonly Holding[],
    domains: readonly DomainFacts[],
  ) {
    this.#domains = new Map(domains.map(domain => [domain.domainRef, domain]));
    for (const holding of holdings) {
      const root = rootOf(holding.place);
      const known = this.#byRoot.get(root);
      if (known) known.push(holding);
      else this.#byRoot.set(root, [holding]);
    }
  }

  get domains(): readonly DomainFacts[] {
    return [...this.#domains.values()];
  }

  /** Which domain answers for a table. */
  holderOf(address: TableAddress): Holder | undefined {
    return holderAmong(
      this.#around(address).filter(({ place }) => placeHolds(place, address)),
      place => placeHolds(place, address),
    );
  }

  /**
   * Which domain answers for all the values of a tag key.
   *
   * @returns undefined also where different domains hold them: then no domain
   *   answers for the whole
   */
  holderOfTag(tag: TagAddress): Holder | undefined {
    const holders = tag.values.map(value => {
      const single = { ...tag, values: [value] };
      return holderAmong(
        this.#at(tag).filter(({ place }) => placeHoldsTag(place, single)),
        place => placeHoldsTag(place, single),
      );
    });
    const [first] = holders;
    if (!first || holders.some(holder => holder === undefined)) {
      return undefined;
    }
    const contested = holders.flatMap(holder =>
      holder && 'contestedBy' in holder ? holder.contestedBy : [],
    );
    if (contested.length > 0) {
      return { contestedBy: [...new Set(contested)].sort() };
    }
    const domains = holders.map(holder =>
      holder && 'domainRef' in holder ? holder.domainRef : undefined,
    );
    return new Set(domains).size === 1 ? first : undefined;
  }

  /** What is known of a domain, whether it exists or not. */
  domainOf(domainRef: string): DomainFacts {
    return (
      this.#domains.get(domainRef) ?? {
        domainRef,
        exists: false,
        teams: [],
        own: [],
      }
    );
  }

  /**
   * Whether what somebody owns may belong to the domain: its owner, a group or
   * user behind it, or a team that config lists.
   */
  belongs(ownerRef: string, domainRef: string): boolean {
    const { own, teams } = this.domainOf(domainRef);
    return own.includes(ownerRef) || teams.includes(ownerRef);
  }

  /** Places of other domains that have something in common with a place. */
  overlapping({
    domainRef,
    place,
    except = [],
  }: {
    domainRef: string;
    place: Place;
    except?: readonly Place[];
  }): Holding[] {
    return this.#at(place).filter(
      other =>
        other.domainRef !== domainRef &&
        placesOverlap(place, other.place) &&
        !except.some(part => placeCovers(part, other.place)) &&
        !other.except.some(part => placeCovers(part, place)),
    );
  }

  /** Places of other domains, where neither has the better right. */
  contesting(holding: Holding): Holding[] {
    return this.overlapping(holding).filter(
      other => !beats(holding, other) && !beats(other, holding),
    );
  }

  /**
   * Places with something of the database that a table is in: found once, for a
   * database may have thousands of tables.
   */
  #around(address: TableAddress): readonly Holding[] {
    const database = { ...address, table: '' };
    const key = addressKey(database);
    const known = this.#byDatabase.get(key);
    if (known) return known;
    const around = this.#at(address).filter(({ place }) =>
      placeHolds({ ...place, table: '*' }, database),
    );
    this.#byDatabase.set(key, around);
    return around;
  }

  /** A nested catalog names its account first, and so do places in it. */
  #at(address: Pick<Place, 'system' | 'catalogId'>): readonly Holding[] {
    return this.#byRoot.get(rootOf(address)) ?? [];
  }
}

function rootOf({ system, catalogId }: Pick<Place, 'system' | 'catalogId'>) {
  return JSON.stringify([system, catalogId.split(':', 1)[0]]);
}

/** Whether one lies in the other and is smaller. */
const isInside = (narrow: Place, wide: Place) =>
  placeCovers(wide, narrow) && !placeCovers(narrow, wide);

/**
 * Whether the first answers for what both hold. Where config names both, or
 * governance said so, the narrower does; else the stronger source.
 */
function beats(first: Holding, second: Holding): boolean {
  const said =
    first.narrowerWins ||
    second.narrowerWins ||
    (first.source === 'config' && second.source === 'config');
  // What annotations claim gives way to what anybody decided or configured.
  if (said && first.source !== 'annotation' && second.source !== 'annotation') {
    if (isInside(first.place, second.place)) return true;
    if (isInside(second.place, first.place)) return false;
  }
  return STRENGTH[first.source] > STRENGTH[second.source];
}

/**
 * @param holds - whether a part that is left out holds what is looked for
 */
function holderAmong(
  found: readonly Holding[],
  holds: (place: Place) => boolean,
): Holder | undefined {
  const holdings = found.filter(({ except }) => !except.some(holds));
  if (holdings.length === 0) return undefined;
  const winner = holdings.find(holding =>
    holdings.every(
      other => other.domainRef === holding.domainRef || beats(holding, other),
    ),
  );
  if (winner) {
    // Of the places of one domain, the one that says most of the table.
    const held = holdings
      .filter(({ domainRef }) => domainRef === winner.domainRef)
      .reduce(
        (one, other) => (isInside(other.place, one.place) ? other : one),
        winner,
      );
    return { domainRef: winner.domainRef, held };
  }
  const unbeaten = holdings.filter(
    holding =>
      !holdings.some(
        other => other.domainRef !== holding.domainRef && beats(other, holding),
      ),
  );
  const contested = unbeaten.length > 0 ? unbeaten : holdings;
  return {
    contestedBy: [
      ...new Set(contested.map(({ domainRef }) => domainRef)),
    ].sort(),
  };
}
