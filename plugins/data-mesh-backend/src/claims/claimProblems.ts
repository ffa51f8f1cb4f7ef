import {
  placeCovers,
  placeInWords,
  placesOverlap,
  type ClaimDraft,
  type NewClaimDecision,
  type Place,
  type Problem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  decidesOnPlaces,
  isOwnerOf,
  placeProblems,
  type PlaceBook,
  type PlaceStanding,
} from '../places';

/** Whether the caller may claim for the domain at all. */
export function mayClaimFor(
  domainRef: string,
  book: PlaceBook,
  standing: PlaceStanding,
): boolean {
  return (
    decidesOnPlaces(standing) ||
    (standing.permitted.claim && isOwnerOf(book, domainRef, standing))
  );
}

function domainProblems(
  { domainRef }: ClaimDraft,
  book: PlaceBook,
  standing: PlaceStanding,
): Problem[] {
  const problem = (reason: string) => [{ field: 'domainRef', reason }];
  const { exists, ownerRef } = book.domainOf(domainRef);
  if (!exists) return problem(`the catalog has no domain ${domainRef}`);
  if (!ownerRef) {
    return problem(
      `${domainRef} has no owner who could answer for a place; give it one first`,
    );
  }
  return mayClaimFor(domainRef, book, standing)
    ? []
    : problem(
        `only its owner ${ownerRef} with the permission data-mesh.place.claim, or data governance, can claim for ${domainRef}`,
      );
}

/** What is wrong with a place that is to be claimed, taken by itself. Pure. */
export function claimedPlaceProblems(
  place: Place,
  domainRef: string,
  book: PlaceBook,
  systems: readonly string[],
): Problem[] {
  const problems = placeProblems(place).map(({ field, message }) => ({
    field: `place.${field}`,
    reason: message,
  }));
  if (problems.length > 0) return problems;
  if (!systems.includes(place.system)) {
    return [
      {
        field: 'place.system',
        reason: `nothing is installed that serves '${
          place.system
        }', expected ${systems.join(' or ')}`,
      },
    ];
  }
  const own = book.holdings.find(
    held =>
      held.domainRef === domainRef &&
      held.source !== 'annotation' &&
      placeCovers(held.place, place) &&
      !held.except.some(part => placesOverlap(part, place)),
  );
  return own
    ? [
        {
          field: 'place',
          reason: `${domainRef} holds it already, by ${placeInWords(
            own.place,
          )}`,
        },
      ]
    : [];
}

/** All that is wrong with a claim. Pure. */
export function claimProblems(
  draft: ClaimDraft,
  context: {
    book: PlaceBook;
    standing: PlaceStanding;
    systems: readonly string[];
  },
): Problem[] {
  const { book, standing, systems } = context;
  return [
    ...domainProblems(draft, book, standing),
    ...(draft.place
      ? claimedPlaceProblems(draft.place, draft.domainRef, book, systems)
      : []),
  ];
}

/** What is wrong with a decision by itself. Pure. */
export function claimDecisionProblems(
  decision: NewClaimDecision,
  place: Place,
): Problem[] {
  const { comment, without = [], narrowerWins } = decision;
  if (decision.decision !== 'accept') {
    return [
      ...(comment?.trim()
        ? []
        : [
            {
              field: 'comment',
              reason: `is required to ${
                decision.decision === 'reject' ? 'reject' : 'ask for changes'
              }: the domain must learn why`,
            },
          ]),
      ...(without.length > 0 || narrowerWins
        ? [
            {
              field: without.length > 0 ? 'without' : 'narrowerWins',
              reason: 'can only be given with an acceptance',
            },
          ]
        : []),
    ];
  }
  return without.flatMap((part, index) => {
    const field = `without[${index}]`;
    const [problem] = placeProblems(part);
    if (problem) return [{ field, reason: problem.message }];
    if (!placesOverlap(part, place)) {
      return [{ field, reason: `has nothing in common with the place` }];
    }
    return placeCovers(part, place)
      ? [{ field, reason: 'is all of it, so nothing would be left to accept' }]
      : [];
  });
}
