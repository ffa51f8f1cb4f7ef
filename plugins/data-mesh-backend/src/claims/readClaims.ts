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
import type { Caller } from '../identity/Caller';
import {
  aliasOf,
  decidesOnPlaces,
  isOwnerOf,
  overlapOf,
  placeProblems,
  placeStandingOf,
  type PlaceBook,
  type PlaceStanding,
} from '../places';
import type { ClaimDeps } from './ClaimDeps';
import { claimProblems, mayClaimFor } from './claimProblems';
import {
  claimActionsOf,
  whyNotDecideClaim,
  type ClaimFacts,
} from './claimStanding';
import type { ClaimRecord, ReadableClaims } from './ClaimStore';
import { claimDelta, claimFacts } from './claimWords';
import { readPlaceContents } from './placeContents';

/** Claims that the caller may read. */
export async function listClaims(
  deps: ClaimDeps,
  query: ClaimQuery,
  caller: Caller,
): Promise<ClaimPage> {
  const { store, places } = deps;
  const [book, standing] = await Promise.all([
    places.book(),
    placeStandingOf(caller, deps),
  ]);
  if (query.view === 'toDecide' && !decidesOnPlaces(standing)) {
    return { items: [] };
  }
  const { items, nextCursor } = await store.list(
    query,
    readableBy(standing, book),
  );
  return {
    items: items.map(claim => claimOf(deps, claim, book)),
    ...(nextCursor && { nextCursor }),
  };
}

export async function countClaimsToDecide(
  deps: ClaimDeps,
  caller: Caller,
): Promise<{ claimsToDecide: number }> {
  const standing = await placeStandingOf(caller, deps);
  if (!decidesOnPlaces(standing)) return { claimsToDecide: 0 };
  const book = await deps.places.book();
  return {
    claimsToDecide: await deps.store.countToDecide(readableBy(standing, book)),
  };
}

/**
 * A claim that the caller may read, with how the caller stands to it.
 *
 * @throws NotFoundError, NotAllowedError
 */
export async function readableClaim(
  deps: ClaimDeps,
  id: string,
  caller: Caller,
): Promise<ClaimFacts & { claim: ClaimRecord; standing: PlaceStanding }> {
  const { store, places, governance, people } = deps;
  const [claim, book, standing, members] = await Promise.all([
    store.get(id),
    places.book(),
    placeStandingOf(caller, deps),
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

export async function claimDetail(
  deps: ClaimDeps,
  id: string,
  caller: Caller,
): Promise<ClaimDetail> {
  const { store, aliases } = deps;
  const facts = await readableClaim(deps, id, caller);
  const { claim, book, standing } = facts;
  const isOpen = openClaimStates.includes(claim.state);
  const [overlaps, decisions, rejected] = await Promise.all([
    isOpen ? overlapsOfClaim(deps, claim, book) : [],
    store.decisionsOf(id),
    rejectionsOf(deps, claim),
  ]);
  const found = await readPlaceContents(deps, claim.place, caller, {
    named: standing.seesAll,
  });
  const why =
    claim.state === 'pending' ? whyNotDecideClaim(facts, standing) : undefined;
  return {
    ...claimOf(deps, claim, book),
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

export async function previewClaim(
  deps: ClaimDeps,
  draft: ClaimDraft,
  caller: Caller,
): Promise<ClaimPreview> {
  const [book, standing] = await Promise.all([
    deps.places.book(),
    placeStandingOf(caller, deps),
  ]);
  const problems = claimProblems(draft, {
    book,
    standing,
    systems: claimableSystems(deps),
  });
  const { domainRef, place } = draft;
  if (
    !place ||
    placeProblems(place).length > 0 ||
    !mayClaimFor(domainRef, book, standing)
  ) {
    return { problems, overlaps: [] };
  }
  const overlaps = await overlapsOfClaim(deps, { domainRef, place }, book);
  const { contents } = await readPlaceContents(deps, place, caller, {
    named: standing.seesAll,
  });
  return { problems, words: placeInWords(place), overlaps, contents };
}

/** Types of ports for which places can be held. */
export function claimableSystems(deps: ClaimDeps): string[] {
  return deps.provisioners.list().map(({ portType }) => portType);
}

/** What others hold or claim there. */
async function overlapsOfClaim(
  deps: ClaimDeps,
  claim: {
    id?: string;
    domainRef: string;
    place: Place;
    takesPlaceId?: string;
  },
  book: PlaceBook,
): Promise<PlaceOverlap[]> {
  const open = await deps.store.open();
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

async function rejectionsOf(deps: ClaimDeps, { id, place }: ClaimRecord) {
  const { store } = deps;
  const before = (await store.rejected(place)).find(one => one.id !== id);
  if (!before) return [];
  return (await store.decisionsOf(before.id)).filter(
    ({ decision }) => decision === 'reject',
  );
}

function waitsFor(
  deps: ClaimDeps,
  { state, requesterRef }: ClaimRecord,
): string[] {
  if (state === 'pending') return [...deps.governance.refs];
  return state === 'changes-requested' ? [requesterRef] : [];
}

function claimOf(deps: ClaimDeps, claim: ClaimRecord, book: PlaceBook): Claim {
  const { takesPlaceId, without, ...rest } = claim;
  const accountAlias = aliasOf(claim.place, deps.aliases);
  const taken = book.holdings.find(({ id }) => id === takesPlaceId);
  return {
    ...rest,
    words: placeInWords(claim.place),
    ...(accountAlias && { accountAlias }),
    waitsFor: waitsFor(deps, claim),
    ...(without.length > 0 && { without: [...without] }),
    ...(taken && { takenFrom: taken.domainRef }),
  };
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
