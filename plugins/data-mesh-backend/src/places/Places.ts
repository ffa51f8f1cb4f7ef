import { createHash } from 'node:crypto';
import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_AWS_ACCOUNT_ID,
  ANNOTATION_AWS_REGION,
  placeKey,
  type Place,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { isFromTrustedLocation } from '../config/trustedLocations';
import type { People } from '../people';
import { PlaceBook, type DomainFacts, type Holding } from './PlaceBook';
import type { PlaceStore } from './PlaceStore';
import type { ConfiguredDomain } from './readDomains';
import { placeProblems } from './placeProblems';

/** What annotations of domains are about. */
const ANNOTATED_SYSTEM = 'lake-formation';

/** Stable, so that a page can name a place that no row is kept of. */
function idOf(source: string, domainRef: string, place: Place): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([source, domainRef, placeKey(place)]))
    .digest('hex');
  return `${source}-${hash.slice(0, 24)}`;
}

const stated = (
  source: 'config' | 'annotation',
  domainRef: string,
  place: Place,
): Holding => ({
  id: idOf(source, domainRef, place),
  domainRef,
  place,
  except: [],
  source,
  narrowerWins: false,
});

/** The catalog that a domain says it lives in, where it says so. */
export function annotatedPlace(entity: Entity): Place | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const catalogId = annotations[ANNOTATION_AWS_ACCOUNT_ID];
  const region = annotations[ANNOTATION_AWS_REGION];
  // Without a region it would be wider than what was written.
  if (!catalogId || !region) return undefined;
  const place = { system: ANNOTATED_SYSTEM, catalogId, region };
  return placeProblems(place).length === 0 ? place : undefined;
}

/** Knows who holds which place: config, trusted domains and decisions. */
export class Places {
  readonly #deps: {
    store: Pick<PlaceStore, 'held'>;
    catalog: Pick<MeshCatalog, 'domains'>;
    people: Pick<People, 'membersOf' | 'groupsUnder'>;
    configured: readonly ConfiguredDomain[];
    trustedLocations: readonly string[];
  };

  constructor(deps: {
    store: Pick<PlaceStore, 'held'>;
    catalog: Pick<MeshCatalog, 'domains'>;
    people: Pick<People, 'membersOf' | 'groupsUnder'>;
    configured: readonly ConfiguredDomain[];
    trustedLocations: readonly string[];
  }) {
    this.#deps = deps;
  }

  /** Who holds what now: load it once for all that belongs together. */
  async book(): Promise<PlaceBook> {
    const { store, catalog } = this.#deps;
    const [decided, domains] = await Promise.all([
      store.held(),
      catalog.domains(),
    ]);
    return new PlaceBook(
      [...decided, ...this.#stated(domains)],
      await this.#factsOf(domains),
    );
  }

  /** The same with what is decided as a transaction sees it. */
  async bookIn(tx: Knex.Transaction, book: PlaceBook): Promise<PlaceBook> {
    const decided = await this.#deps.store.held(tx);
    return new PlaceBook(
      [
        ...decided,
        ...book.holdings.filter(({ source }) => source !== 'decision'),
      ],
      book.domains,
    );
  }

  #stated(domains: Awaited<ReturnType<MeshCatalog['domains']>>): Holding[] {
    const { configured, trustedLocations } = this.#deps;
    return [
      ...configured.flatMap(({ domainRef, holds }) =>
        holds.map(place => stated('config', domainRef, place)),
      ),
      ...domains
        .filter(({ entity }) => isFromTrustedLocation(trustedLocations, entity))
        .flatMap(({ domainRef, entity }) => {
          const place = annotatedPlace(entity);
          return place ? [stated('annotation', domainRef, place)] : [];
        }),
    ];
  }

  async #factsOf(
    domains: Awaited<ReturnType<MeshCatalog['domains']>>,
  ): Promise<DomainFacts[]> {
    const { people, configured } = this.#deps;
    const owners = new Set(
      domains.flatMap(({ ownerRef }) => (ownerRef ? [ownerRef] : [])),
    );
    const [members, groups] = await Promise.all([
      people.membersOf(owners),
      people.groupsUnder(owners),
    ]);
    const teams = new Map(
      configured.map(domain => [domain.domainRef, domain.teams]),
    );
    const existing = domains.map(({ domainRef, ownerRef }) => ({
      domainRef,
      exists: true,
      ...(ownerRef && { ownerRef }),
      teams: teams.get(domainRef) ?? [],
      own: ownerRef
        ? [
            ...new Set([
              ownerRef,
              ...(groups.get(ownerRef) ?? []),
              ...(members.get(ownerRef) ?? []),
            ]),
          ]
        : [],
    }));
    const known = new Set(existing.map(({ domainRef }) => domainRef));
    return [
      ...existing,
      ...configured
        .filter(({ domainRef }) => !known.has(domainRef))
        .map(({ domainRef, teams: listed }) => ({
          domainRef,
          exists: false,
          teams: listed,
          own: [],
        })),
    ];
  }
}
