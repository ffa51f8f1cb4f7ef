import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  claimTransitions,
  transition,
  type CaseDecision,
  type ClaimEvent,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { ClaimDeps } from './ClaimDeps';
import type { ClaimRecord } from './ClaimStore';
import { auditedClaim } from './claimWords';

/** Actions on the audit trail. */
const ACTIONS: { [E in ClaimEvent]: string } = {
  accept: 'place.claim-accepted',
  reject: 'place.claim-rejected',
  'request-changes': 'place.claim-changes-requested',
  revise: 'place.claim-revised',
  withdraw: 'place.claim-withdrawn',
};

class LostRaceError extends Error {}

/**
 * Writes a change of a claim: where two change the same version, one wins and
 * the other is told who it was.
 *
 * @param work - what else belongs to the change, before the audit trail is
 *   locked
 * @throws ConflictError where the state does not take the event, or the claim
 *   is not at the version seen any more
 */
export async function moveClaim(
  deps: ClaimDeps,
  seen: ClaimRecord,
  event: ClaimEvent,
  by: {
    actorRef: string;
    comment?: string;
    change?: Partial<ClaimRecord>;
    note?: JsonObject;
  },
  work: (tx: Knex.Transaction, at: string) => Promise<void> = async () =>
    undefined,
): Promise<ClaimRecord> {
  const { store, audit, now, newId } = deps;
  const moved = transition(claimTransitions, seen.state, event);
  if (!moved.ok) {
    throw new ConflictError(`The claim cannot be changed so: ${moved.reason}`);
  }
  const at = now().toISOString();
  const comment = by.comment?.trim();
  const next: ClaimRecord = {
    ...seen,
    ...by.change,
    state: moved.state,
    version: seen.version + 1,
    updatedAt: at,
    ...((event === 'accept' || event === 'reject') && { decidedAt: at }),
  };
  const decision: CaseDecision = {
    id: newId(),
    actorRef: by.actorRef,
    decision: event,
    ...(comment && { comment }),
    at,
  };
  try {
    await store.transaction(async tx => {
      if (!(await store.replace(tx, next))) throw new LostRaceError();
      await work(tx, at);
      await store.addDecision(tx, next, decision);
      await audit.append(tx, {
        actorRef: by.actorRef,
        action: ACTIONS[event],
        subject: `claim:${seen.id}`,
        before: auditedClaim(seen),
        after: {
          ...auditedClaim(next),
          ...(comment && { comment }),
          ...by.note,
        },
        correlationId: seen.id,
      });
    });
  } catch (error) {
    if (error instanceof LostRaceError) {
      throw await claimConflict(deps, seen.id, seen.version);
    }
    throw error;
  }
  return next;
}

/** @throws ConflictError where the caller has seen another version */
export async function requireClaimVersion(
  deps: ClaimDeps,
  claim: ClaimRecord,
  seenVersion: number,
): Promise<void> {
  if (claim.version !== seenVersion) {
    throw await claimConflict(deps, claim.id, seenVersion);
  }
}

/** Says who changed the claim to what since the version was seen. */
async function claimConflict(
  deps: ClaimDeps,
  id: string,
  seenVersion: number,
): Promise<ConflictError> {
  const { store } = deps;
  const [current, decisions] = await Promise.all([
    store.get(id),
    store.decisionsOf(id),
  ]);
  if (current.version < seenVersion) {
    return new ConflictError(
      `The claim is at version ${current.version}; there is no version ${seenVersion}`,
    );
  }
  const last = decisions[decisions.length - 1];
  return new ConflictError(
    `The claim was changed${
      last ? ` by ${last.actorRef}` : ''
    } after you saw version ${seenVersion}: it is ${
      current.state
    } now, at version ${current.version}`,
  );
}
