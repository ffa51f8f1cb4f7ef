import { NotAllowedError } from '@backstage/errors';
import {
  openClaimStates,
  placeInWords,
  type Claim,
  type ClaimDetail,
  type ClaimDraft,
  type ClaimPage,
  type ClaimPreview,
  type ClaimQuery,
  type Place,
  type PlaceOverlap,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { AccountAliases } from '../config/readAccountAliases';
import type { Caller } from '../identity/Caller';
import type { Governance, People } from '../people';
import {
  aliasOf,
  decidesOnPlaces,
  isOwnerOf,
  overlapOf,
  placeProblems,
  placeStandingOf,
  type PlaceBook,
  type PlaceStanding,
  type Places,
} from '../places';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { claimProblems, mayClaimFor } from './claimProblems';
import {
  claimActionsOf,
  whyNotDecideClaim,
  type ClaimFacts,
} from './claimStanding';
import type { ClaimRecord, ClaimStore, ReadableClaims } from './ClaimStore';
import { claimDelta, claimFacts } from './claimWords';
import type { PlaceContentsReader } from './PlaceContentsReader';

interface Deps {
  store: ClaimStore;
  places: Places;
  contents: PlaceContentsReader;
  people: People;
  governance: Governance;
  permissions: PermissionsService;
  provisioners: ProvisionerRegistry;
  aliases: AccountAliases;
}

/** Reads claims for a caller. */
export class ClaimReader {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async list(query: ClaimQuery, caller: Caller): Promise<ClaimPage> {
    const { store, places } = this.#deps;
    const [book, standing] = await Promise.all([
      places.book(),
      placeStandingOf(caller, this.#deps),
    ]);
    if (query.view === 'toDecide' && !decidesOnPlaces(standing)) {
      return { items: [] };
    }
    const { items, nextCursor } = await store.list(
      query,
      readableBy(standing, book),
    );
    return {
      items: items.map(claim => this.#claimOf(claim, book)),
      ...(nextCursor && { nextCursor }),
    };
  }

  async counts(caller: Caller): Promise<{ claimsToDecide: number }> {
    const standing = await placeStandingOf(caller, this.#deps);
    if (!decidesOnPlaces(standing)) return { claimsToDecide: 0 };
    const book = await this.#deps.places.book();
    return {
      claimsToDecide: await this.#deps.store.countToDecide(
        readableBy(standing, book),
      ),
    };
  }

  /**
   * A claim that the caller may read, with how the caller stands to it.
   *
   * @throws NotFoundError, NotAllowedError
   */
  async facts(
    id: string,
    caller: Caller,
  ): Promise<ClaimFacts & { claim: ClaimRecord; standing: PlaceStanding }> {
    const { store, places, governance, people } = this.#deps;
    const [claim, book, standing, members] = await Promise.all([
      store.get(id),
      places.book(),
      placeStandingOf(caller, this.#deps),
      people.membersOf(governance.refs),
    ]);
    const { all, domainRefs } = readableBy(standing, book);
    if (
      !all &&
      claim.requesterRef !== caller.userRef &&
      !domainRefs.includes(claim.domainRef)
    ) {
      throw new NotAllowedError(
        `The claim ${id} is for its requester, the owner of ${claim.domainRef}, data governance and auditors to read`,
      );
    }
    return {
      claim,
      book,
      standing,
      governanceRefs: governance.refs,
      governors: [...new Set([...members.values()].flat())],
    };
  }

  async detail(id: string, caller: Caller): Promise<ClaimDetail> {
    const { store, contents, aliases } = this.#deps;
    const facts = await this.facts(id, caller);
    const { claim, book, standing } = facts;
    const isOpen = openClaimStates.includes(claim.state);
    const [overlaps, decisions, rejected] = await Promise.all([
      isOpen ? this.overlaps(claim, book) : [],
      store.decisionsOf(id),
      this.#rejections(claim),
    ]);
    const found = await contents.read(claim.place, caller, {
      named: standing.seesAll,
    });
    const why =
      claim.state === 'pending'
        ? whyNotDecideClaim(facts, standing)
        : undefined;
    return {
      ...this.#claimOf(claim, book),
      delta: claimDelta(claim, overlaps),
      overlaps,
      contents: found.contents,
      facts: claimFacts({
        claim,
        ...found,
        rejected,
        overlaps,
        accountName: aliasOf(claim.place, aliases) ?? claim.place.catalogId,
      }),
      decisions,
      actions: claimActionsOf(facts, standing),
      ...(why && { whyNotDecide: why }),
    };
  }

  async preview(draft: ClaimDraft, caller: Caller): Promise<ClaimPreview> {
    const [book, standing] = await Promise.all([
      this.#deps.places.book(),
      placeStandingOf(caller, this.#deps),
    ]);
    const problems = claimProblems(draft, {
      book,
      standing,
      systems: this.systems(),
    });
    const { domainRef, place } = draft;
    if (
      !place ||
      placeProblems(place).length > 0 ||
      !mayClaimFor(domainRef, book, standing)
    ) {
      return { problems, overlaps: [] };
    }
    const overlaps = await this.overlaps({ domainRef, place }, book);
    const { contents } = await this.#deps.contents.read(place, caller, {
      named: standing.seesAll,
    });
    return { problems, words: placeInWords(place), overlaps, contents };
  }

  /** Types of ports for which places can be held. */
  systems(): string[] {
    return this.#deps.provisioners.list().map(({ portType }) => portType);
  }

  /** What others hold or claim there. */
  async overlaps(
    claim: {
      id?: string;
      domainRef: string;
      place: Place;
      takesPlaceId?: string;
    },
    book: PlaceBook,
  ): Promise<PlaceOverlap[]> {
    const open = await this.#deps.store.open();
    return [
      ...book
        .overlapping(claim)
        .filter(({ id }) => id !== claim.takesPlaceId)
        .flatMap(other => overlapOf(claim.place, other)),
      ...open
        .filter(
          other => other.id !== claim.id && other.domainRef !== claim.domainRef,
        )
        .flatMap(other =>
          overlapOf(claim.place, other).map(overlap => ({
            ...overlap,
            claimId: other.id,
          })),
        ),
    ];
  }

  async #rejections({ id, place }: ClaimRecord) {
    const { store } = this.#deps;
    const before = (await store.rejected(place)).find(one => one.id !== id);
    if (!before) return [];
    return (await store.decisionsOf(before.id)).filter(
      ({ decision }) => decision === 'reject',
    );
  }

  #waitsFor({ state, requesterRef }: ClaimRecord): string[] {
    if (state === 'pending') return [...this.#deps.governance.refs];
    return state === 'changes-requested' ? [requesterRef] : [];
  }

  #claimOf(claim: ClaimRecord, book: PlaceBook): Claim {
    const { takesPlaceId, without, ...rest } = claim;
    const accountAlias = aliasOf(claim.place, this.#deps.aliases);
    const taken = book.holdings.find(({ id }) => id === takesPlaceId);
    return {
      ...rest,
      words: placeInWords(claim.place),
      ...(accountAlias && { accountAlias }),
      waitsFor: this.#waitsFor(claim),
      ...(without.length > 0 && { without: [...without] }),
      ...(taken && { takenFrom: taken.domainRef }),
    };
  }
}

function readableBy(standing: PlaceStanding, book: PlaceBook): ReadableClaims {
  return {
    all: standing.seesAll,
    requesterRef: standing.userRef,
    domainRefs: book.domains
      .filter(({ domainRef }) => isOwnerOf(book, domainRef, standing))
      .map(({ domainRef }) => domainRef),
  };
}
