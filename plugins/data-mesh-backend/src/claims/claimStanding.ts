import {
  claimActors,
  claimTransitions,
  eventsOf,
  type ClaimDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { isOwnerOf, type PlaceBook, type PlaceStanding } from '../places';
import type { ClaimRecord } from './ClaimStore';

/** What a claim's standing depends on. Facts, no services. */
export interface ClaimFacts {
  claim: Pick<ClaimRecord, 'state' | 'domainRef' | 'requesterRef'>;
  book: PlaceBook;
  /** Who `dataMesh.governance` names. */
  governanceRefs: readonly string[];
  /** Users behind them. */
  governors: readonly string[];
}

/** Users who may decide a claim: they govern, and it is not their own. */
export function decidersOf({ claim, book, governors }: ClaimFacts): string[] {
  const { own } = book.domainOf(claim.domainRef);
  return governors.filter(
    userRef => userRef !== claim.requesterRef && !own.includes(userRef),
  );
}

/**
 * Why the caller cannot decide. Separation of duties holds whatever the
 * permission policy allows: nobody decides a claim of their own, or of a domain
 * that they stand behind.
 *
 * @returns undefined where the caller can
 */
export function whyNotDecideClaim(
  facts: ClaimFacts,
  standing: PlaceStanding,
): string | undefined {
  const { claim, book, governanceRefs } = facts;
  if (governanceRefs.length === 0) {
    return 'Nobody can decide it: dataMesh.governance names nobody. It waits until config names somebody';
  }
  const others = decidersOf(facts);
  const nobodyElse =
    others.length > 0
      ? ''
      : `. Nobody else in ${governanceRefs.join(
          ', ',
        )} can decide it; it waits until somebody joins who neither made the claim nor stands behind its domain`;
  if (!standing.isGovernance) {
    return `Data governance decides it (${governanceRefs.join(
      ', ',
    )}), to which you do not belong${nobodyElse}`;
  }
  if (claim.requesterRef === standing.userRef) {
    return `You made this claim yourself; somebody else in data governance has to decide it${nobodyElse}`;
  }
  if (isOwnerOf(book, claim.domainRef, standing)) {
    return `You stand behind the owner of ${claim.domainRef}; somebody else in data governance has to decide it${nobodyElse}`;
  }
  return standing.permitted.decide
    ? undefined
    : 'The permission data-mesh.place.decide is not given to you';
}

/** Whether the caller may change a claim or take it back. */
export function isClaimant(
  { claim, book }: Pick<ClaimFacts, 'claim' | 'book'>,
  standing: PlaceStanding,
): boolean {
  return (
    standing.permitted.claim &&
    (claim.requesterRef === standing.userRef ||
      isOwnerOf(book, claim.domainRef, standing))
  );
}

/** What the caller may do now: what the state takes and the rules allow. */
export function claimActionsOf(
  facts: ClaimFacts,
  standing: PlaceStanding,
): ClaimDetail['actions'] {
  const decides = whyNotDecideClaim(facts, standing) === undefined;
  const claims = isClaimant(facts, standing);
  return eventsOf(claimTransitions, facts.claim.state).filter(event =>
    claimActors[event].includes('claimant') ? claims : decides,
  );
}
