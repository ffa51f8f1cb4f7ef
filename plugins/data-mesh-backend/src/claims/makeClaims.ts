import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  openClaimStates,
  placeInWords,
  placeKey,
  type NewClaim,
  type NewClaimRevision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { ProblemsError } from '../errors/ProblemsError';
import type { Caller } from '../identity/Caller';
import { placeStandingOf } from '../places';
import { hashOfBody } from '../store/requests/SubmissionStore';
import type { ClaimDeps } from './ClaimDeps';
import { claimProblems, claimedPlaceProblems } from './claimProblems';
import { decidersOf, isClaimant } from './claimStanding';
import type { ClaimRecord } from './ClaimStore';
import { auditedClaim } from './claimWords';
import { moveClaim, requireClaimVersion } from './moveClaim';
import { claimableSystems, readableClaim } from './readClaims';

/**
 * @returns the id of the claim
 * @throws InputError with all problems
 * @throws ConflictError where the domain claims the place already
 */
export async function createClaim(
  deps: ClaimDeps,
  body: NewClaim,
  caller: Caller,
  idempotencyKey?: string,
): Promise<string> {
  const { submissions, places } = deps;
  const submission = idempotencyKey
    ? {
        userRef: caller.userRef,
        idempotencyKey,
        bodyHash: hashOfBody({ claim: body }),
      }
    : undefined;
  const before = submission && (await submissions.find(submission));
  if (before) return before;
  const [book, standing] = await Promise.all([
    places.book(),
    placeStandingOf(caller, deps),
  ]);
  const problems = claimProblems(body, {
    book,
    standing,
    systems: claimableSystems(deps),
  });
  if (!body.reason.trim()) {
    problems.push({
      field: 'reason',
      reason: 'says nothing; governance must learn why',
    });
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  try {
    const claim = await insertClaim(
      deps,
      { ...body, requesterRef: caller.userRef },
      async (tx, { id, createdAt }) => {
        if (submission) {
          await submissions.claim(tx, submission, {
            groupId: id,
            at: createdAt,
          });
        }
      },
    );
    await tellOfClaim(deps, claim.id, 'created', caller);
    return claim.id;
  } catch (error) {
    // The same submission may be what stood in the way.
    const made = submission && (await submissions.find(submission));
    if (made) return made;
    throw error;
  }
}

/**
 * Asks for a place that its holder hands over.
 *
 * @returns the id of the claim
 * @throws ConflictError where it is asked for already
 */
export async function askForPlace(
  deps: ClaimDeps,
  claimed: NewClaim & { takesPlaceId: string },
  caller: Caller,
): Promise<string> {
  const claim = await insertClaim(deps, {
    ...claimed,
    requesterRef: caller.userRef,
  });
  await tellOfClaim(deps, claim.id, 'created', caller);
  return claim.id;
}

async function insertClaim(
  deps: ClaimDeps,
  claimed: NewClaim & { requesterRef: string; takesPlaceId?: string },
  work: (
    tx: Knex.Transaction,
    claim: ClaimRecord,
  ) => Promise<void> = async () => undefined,
): Promise<ClaimRecord> {
  const { store, placeStore, audit, now, newId } = deps;
  const at = now().toISOString();
  const claim: ClaimRecord = {
    id: newId(),
    state: 'pending',
    version: 1,
    domainRef: claimed.domainRef,
    place: claimed.place,
    reason: claimed.reason.trim(),
    requesterRef: claimed.requesterRef,
    ...(claimed.takesPlaceId && { takesPlaceId: claimed.takesPlaceId }),
    without: [],
    createdAt: at,
    updatedAt: at,
  };
  await store.transaction(async tx => {
    await work(tx, claim);
    await placeStore.takeTurn(tx);
    await refuseSecond(deps, tx, claim);
    await store.insert(tx, claim);
    await audit.append(tx, {
      actorRef: claim.requesterRef,
      action: 'place.claimed',
      subject: `claim:${claim.id}`,
      after: auditedClaim(claim),
      correlationId: claim.id,
    });
  });
  return claim;
}

/** @throws NotAllowedError, ConflictError, InputError */
export async function reviseClaim(
  deps: ClaimDeps,
  id: string,
  seenVersion: number,
  revision: NewClaimRevision,
  caller: Caller,
): Promise<void> {
  const { claim, book, standing } = await readableClaim(deps, id, caller);
  await requireClaimVersion(deps, claim, seenVersion);
  if (!isClaimant({ claim, book }, standing)) {
    throw new NotAllowedError(
      `Only ${claim.requesterRef} and the owner of ${claim.domainRef} can change the claim`,
    );
  }
  const isHandOver = claim.takesPlaceId !== undefined;
  const problems =
    isHandOver && placeKey(revision.place) !== placeKey(claim.place)
      ? [
          {
            field: 'place',
            reason: `is handed over as it is, ${placeInWords(
              claim.place,
            )}; withdraw this claim to ask for another`,
          },
        ]
      : claimedPlaceProblems(
          revision.place,
          claim.domainRef,
          book,
          claimableSystems(deps),
        );
  if (problems.length > 0) throw new ProblemsError(problems);
  await moveClaim(
    deps,
    claim,
    'revise',
    {
      actorRef: caller.userRef,
      comment: revision.reason,
      change: { place: revision.place, reason: revision.reason.trim() },
    },
    async tx => {
      await deps.placeStore.takeTurn(tx);
      await refuseSecond(deps, tx, { ...claim, place: revision.place });
    },
  );
  await tellOfClaim(deps, id, 'revised', caller);
}

/** @throws NotAllowedError, ConflictError */
export async function withdrawClaim(
  deps: ClaimDeps,
  id: string,
  seenVersion: number,
  reason: string | undefined,
  caller: Caller,
): Promise<void> {
  const { claim, book, standing } = await readableClaim(deps, id, caller);
  await requireClaimVersion(deps, claim, seenVersion);
  if (!isClaimant({ claim, book }, standing)) {
    throw new NotAllowedError(
      `Only ${claim.requesterRef} and the owner of ${claim.domainRef} can take the claim back`,
    );
  }
  await moveClaim(deps, claim, 'withdraw', {
    actorRef: caller.userRef,
    comment: reason,
  });
  await tellOfClaim(deps, id, 'withdrawn', caller);
}

async function refuseSecond(
  deps: ClaimDeps,
  tx: Knex.Transaction,
  { id, domainRef, place }: ClaimRecord,
): Promise<void> {
  const open = await deps.store.open(tx);
  const same = open.find(
    other =>
      other.id !== id &&
      other.domainRef === domainRef &&
      openClaimStates.includes(other.state) &&
      placeKey(other.place) === placeKey(place),
  );
  if (same) {
    throw new ConflictError(
      `${domainRef} claims ${placeInWords(place)} already, by the claim ${
        same.id
      }, which is ${same.state}`,
    );
  }
}

async function tellOfClaim(
  deps: ClaimDeps,
  id: string,
  happening: 'created' | 'revised' | 'withdrawn',
  caller: Caller,
): Promise<void> {
  const facts = await readableClaim(deps, id, caller);
  deps.notices.tell({
    claim: facts.claim,
    happening,
    actorRef: caller.userRef,
    deciders: decidersOf(facts),
    ownerRef: facts.book.domainOf(facts.claim.domainRef).ownerRef,
  });
}
