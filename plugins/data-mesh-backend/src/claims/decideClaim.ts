import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  claimTransitions,
  placeInWords,
  transition,
  type NewClaimDecision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { ProblemsError } from '../errors/ProblemsError';
import type { Caller } from '../identity/Caller';
import { overlapOf, type PlaceBook } from '../places';
import type { ClaimDeps } from './ClaimDeps';
import { claimDecisionProblems } from './claimProblems';
import { whyNotDecideClaim } from './claimStanding';
import type { ClaimRecord } from './ClaimStore';
import { blockedInWords, blockingOverlaps } from './claimWords';
import { moveClaim, requireClaimVersion } from './moveClaim';
import { readableClaim } from './readClaims';

const happenings = {
  accept: 'accepted',
  reject: 'rejected',
  'request-changes': 'changes-requested',
} as const;

/**
 * @throws NotAllowedError where the caller may not decide
 * @throws ConflictError where the claim was changed or decided meanwhile, or
 *   overlaps what others hold
 * @throws InputError with all problems of the decision
 */
export async function decideClaim(
  deps: ClaimDeps,
  id: string,
  seenVersion: number,
  decision: NewClaimDecision,
  caller: Caller,
): Promise<void> {
  const { notices } = deps;
  const facts = await readableClaim(deps, id, caller);
  const { claim, book, standing } = facts;
  await requireClaimVersion(deps, claim, seenVersion);
  const possible = transition(claimTransitions, claim.state, decision.decision);
  if (!possible.ok) {
    throw new ConflictError(`The claim cannot be decided: ${possible.reason}`);
  }
  const refusal = whyNotDecideClaim(facts, standing);
  if (refusal) throw new NotAllowedError(refusal);
  const problems = claimDecisionProblems(decision, claim.place);
  if (problems.length > 0) throw new ProblemsError(problems);

  const { comment, without = [], narrowerWins } = decision;
  const by = { actorRef: caller.userRef, comment };
  const placeId = deps.newId();
  const decided =
    decision.decision === 'accept'
      ? await moveClaim(
          deps,
          claim,
          'accept',
          {
            ...by,
            change: { without },
            note: { placeId, ...(narrowerWins && { narrowerWins }) },
          },
          (tx, at) =>
            givePlace(deps, tx, { claim, decision, book, caller, placeId, at }),
        )
      : await moveClaim(deps, claim, decision.decision, by);
  notices.tell({
    claim: decided,
    happening: happenings[decision.decision],
    actorRef: caller.userRef,
    deciders: [],
    ownerRef: book.domainOf(claim.domainRef).ownerRef,
    comment: comment?.trim() || undefined,
  });
}

/** Looks again at what others hold, while nobody else can change it. */
async function givePlace(
  deps: ClaimDeps,
  tx: Knex.Transaction,
  given: {
    claim: ClaimRecord;
    decision: NewClaimDecision;
    book: PlaceBook;
    caller: Caller;
    placeId: string;
    at: string;
  },
): Promise<void> {
  const { places, placeStore } = deps;
  const { claim, decision, caller, placeId, at } = given;
  const { domainRef, place, takesPlaceId } = claim;
  const { without = [], narrowerWins = false } = decision;
  await placeStore.takeTurn(tx);
  const book = await places.bookIn(tx, given.book);
  const { exists, ownerRef } = book.domainOf(domainRef);
  if (!exists || !ownerRef) {
    throw new ConflictError(
      `${domainRef} ${
        exists ? 'has no owner' : 'is not in the catalog'
      } any more, so nobody would answer for the place. Nothing was decided`,
    );
  }
  const overlaps = book
    .overlapping({ domainRef, place, except: without })
    .filter(({ id }) => id !== takesPlaceId)
    .flatMap(other => overlapOf(place, other));
  const blocking = blockingOverlaps(overlaps, narrowerWins);
  if (blocking.length > 0) {
    throw new ConflictError(blockedInWords(blocking, narrowerWins));
  }
  if (takesPlaceId) {
    const ended = await placeStore.end(tx, takesPlaceId, {
      at,
      by: caller.userRef,
      because: claim.reason,
    });
    if (!ended) {
      throw new ConflictError(
        `${placeInWords(
          place,
        )} is not held any more by the domain that hands it over. Nothing was decided`,
      );
    }
  }
  const taken = given.book.holdings.find(({ id }) => id === takesPlaceId);
  await placeStore.give(tx, {
    id: placeId,
    domainRef,
    place,
    except: taken ? [...taken.except, ...without] : without,
    narrowerWins: narrowerWins || (taken?.narrowerWins ?? false),
    claimId: claim.id,
    ...(taken && { takenFrom: taken.domainRef }),
    decidedBy: caller.userRef,
    reason: decision.comment?.trim() || claim.reason,
    since: at,
  });
}
