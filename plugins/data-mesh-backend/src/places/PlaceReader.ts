import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  compareNarrowness,
  placeInWords,
  placeRelation,
  type HeldPlace,
  type Place,
  type PlaceOverlap,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccountAliases } from '../config/readAccountAliases';
import type { Caller } from '../identity/Caller';
import type { Governance } from '../people';
import type { Holding, PlaceBook } from './PlaceBook';
import type { PlacedProducts } from './PlacedProducts';
import type { Places } from './Places';
import { productsIn } from './productsIn';
import {
  decidesOnPlaces,
  isOwnerOf,
  placeStandingOf,
  type PlaceStanding,
} from './placeStanding';

/** Name of the account that a place is in, where config names it. */
export function aliasOf(
  { catalogId }: Pick<Place, 'catalogId'>,
  aliases: AccountAliases,
): string | undefined {
  return aliases.get(catalogId.split(':', 1)[0]);
}

/** Another place as it lies to this. */
export function overlapOf(
  place: Place,
  other: Pick<Holding, 'domainRef' | 'place'>,
): PlaceOverlap[] {
  const relation = placeRelation(place, other.place);
  return relation
    ? [
        {
          domainRef: other.domainRef,
          place: other.place,
          words: placeInWords(other.place),
          relation,
        },
      ]
    : [];
}

/** What the caller may do with a place that is held. */
export function placeActionsOf(
  holding: Holding,
  book: PlaceBook,
  standing: PlaceStanding,
): HeldPlace['actions'] {
  const decides = decidesOnPlaces(standing);
  const isDecided = holding.source === 'decision';
  const owns =
    standing.permitted.claim && isOwnerOf(book, holding.domainRef, standing);
  return [
    ...(decides || (owns && isDecided) ? (['hand-over'] as const) : []),
    ...(isDecided && (decides || owns) ? (['give-back'] as const) : []),
  ];
}

/** Reads who holds what, for everybody who is signed in. */
export class PlaceReader {
  readonly #deps: {
    places: Places;
    placed: Pick<PlacedProducts, 'published' | 'visible'>;
    aliases: AccountAliases;
    permissions: PermissionsService;
    governance: Governance;
  };

  constructor(deps: {
    places: Places;
    placed: Pick<PlacedProducts, 'published' | 'visible'>;
    aliases: AccountAliases;
    permissions: PermissionsService;
    governance: Governance;
  }) {
    this.#deps = deps;
  }

  /** The widest first. */
  async list(
    { domainRef }: { domainRef?: string },
    caller: Caller,
  ): Promise<{ items: HeldPlace[] }> {
    const [book, standing] = await Promise.all([
      this.#deps.places.book(),
      placeStandingOf(caller, this.#deps),
    ]);
    const holdings = book.holdings
      .filter(held => domainRef === undefined || held.domainRef === domainRef)
      .sort(
        (one, other) =>
          compareNarrowness(other.place, one.place) ||
          one.domainRef.localeCompare(other.domainRef) ||
          one.id.localeCompare(other.id),
      );
    const counts = await this.#countProducts(holdings, caller, standing);
    return {
      items: holdings.map((held, index) =>
        this.#heldPlace(held, counts[index], book, standing),
      ),
    };
  }

  /** Published products in each place, of those that the caller may see. */
  async #countProducts(
    holdings: readonly Holding[],
    caller: Caller,
    { seesAll }: PlaceStanding,
  ): Promise<Array<number | undefined>> {
    const { placed } = this.#deps;
    const inside = await productsIn(holdings, await placed.published());
    const all = new Set(inside.flatMap(products => [...(products ?? [])]));
    const seen = seesAll
      ? all
      : await placed.visible([...all], caller.credentials);
    return inside.map(
      products => products && [...products].filter(ref => seen.has(ref)).length,
    );
  }

  #heldPlace(
    holding: Holding,
    products: number | undefined,
    book: PlaceBook,
    standing: PlaceStanding,
  ): HeldPlace {
    const { place, except } = holding;
    const accountAlias = aliasOf(place, this.#deps.aliases);
    const contestedBy = book
      .contesting(holding)
      .map(other => other.domainRef)
      .sort();
    const inside = book
      .overlapping(holding)
      .flatMap(other => overlapOf(place, other))
      .filter(({ relation }) => relation === 'wider');
    return {
      id: holding.id,
      domainRef: holding.domainRef,
      place,
      words: placeInWords(place),
      ...(accountAlias && { accountAlias }),
      ...(except.length > 0 && { except: [...except] }),
      source: holding.source,
      ...(holding.since && { since: holding.since }),
      ...(holding.claimId && { claimId: holding.claimId }),
      ...(holding.decidedBy && { decidedBy: holding.decidedBy }),
      ...(inside.length > 0 && { inside }),
      ...(contestedBy.length > 0 && { contestedBy: [...new Set(contestedBy)] }),
      ...(products !== undefined && { products }),
      actions: placeActionsOf(holding, book, standing),
    };
  }
}
