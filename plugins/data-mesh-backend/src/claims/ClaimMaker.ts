import type { PermissionsService } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  openClaimStates,
  placeInWords,
  placeKey,
  type NewClaim,
  type NewClaimRevision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { DatabaseAuditLog } from '../audit/DatabaseAuditLog';
import { ProblemsError } from '../errors/ProblemsError';
import type { Caller } from '../identity/Caller';
import type { Governance } from '../people';
import { placeStandingOf, type PlaceStore, type Places } from '../places';
import {
  hashOfBody,
  type SubmissionStore,
} from '../store/requests/SubmissionStore';
import type { ClaimNotices } from './ClaimNotices';
import { claimProblems, claimedPlaceProblems } from './claimProblems';
import type { ClaimReader } from './ClaimReader';
import { decidersOf, isClaimant } from './claimStanding';
import type { ClaimRecord, ClaimStore } from './ClaimStore';
import { auditedClaim } from './claimWords';
import type { ClaimWriter } from './ClaimWriter';

interface Deps {
  store: ClaimStore;
  submissions: SubmissionStore;
  reader: ClaimReader;
  writer: ClaimWriter;
  places: Places;
  placeStore: PlaceStore;
  audit: DatabaseAuditLog;
  notices: ClaimNotices;
  permissions: PermissionsService;
  governance: Governance;
  now: () => Date;
  newId: () => string;
}

/** Makes, changes and takes back claims. */
export class ClaimMaker {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * @returns the id of the claim
   * @throws InputError with all problems
   * @throws ConflictError where the domain claims the place already
   */
  async create(
    body: NewClaim,
    caller: Caller,
    idempotencyKey?: string,
  ): Promise<string> {
    const { submissions, places } = this.#deps;
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
      placeStandingOf(caller, this.#deps),
    ]);
    const problems = claimProblems(body, {
      book,
      standing,
      systems: this.#deps.reader.systems(),
    });
    if (!body.reason.trim()) {
      problems.push({
        field: 'reason',
        reason: 'says nothing; governance must learn why',
      });
    }
    if (problems.length > 0) throw new ProblemsError(problems);
    try {
      const claim = await this.#insert(
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
      await this.#tell(claim.id, 'created', caller);
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
  async ask(
    claimed: NewClaim & { takesPlaceId: string },
    caller: Caller,
  ): Promise<string> {
    const claim = await this.#insert({
      ...claimed,
      requesterRef: caller.userRef,
    });
    await this.#tell(claim.id, 'created', caller);
    return claim.id;
  }

  async #insert(
    claimed: NewClaim & { requesterRef: string; takesPlaceId?: string },
    work: (
      tx: Knex.Transaction,
      claim: ClaimRecord,
    ) => Promise<void> = async () => undefined,
  ): Promise<ClaimRecord> {
    const { store, placeStore, audit, now, newId } = this.#deps;
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
      await this.#refuseSecond(tx, claim);
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
  async revise(
    id: string,
    seenVersion: number,
    revision: NewClaimRevision,
    caller: Caller,
  ): Promise<void> {
    const { reader, writer } = this.#deps;
    const { claim, book, standing } = await reader.facts(id, caller);
    await writer.requireVersion(claim, seenVersion);
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
            reader.systems(),
          );
    if (problems.length > 0) throw new ProblemsError(problems);
    await writer.move(
      claim,
      'revise',
      {
        actorRef: caller.userRef,
        comment: revision.reason,
        change: { place: revision.place, reason: revision.reason.trim() },
      },
      async tx => {
        await this.#deps.placeStore.takeTurn(tx);
        await this.#refuseSecond(tx, { ...claim, place: revision.place });
      },
    );
    await this.#tell(id, 'revised', caller);
  }

  /** @throws NotAllowedError, ConflictError */
  async withdraw(
    id: string,
    seenVersion: number,
    reason: string | undefined,
    caller: Caller,
  ): Promise<void> {
    const { reader, writer } = this.#deps;
    const { claim, book, standing } = await reader.facts(id, caller);
    await writer.requireVersion(claim, seenVersion);
    if (!isClaimant({ claim, book }, standing)) {
      throw new NotAllowedError(
        `Only ${claim.requesterRef} and the owner of ${claim.domainRef} can take the claim back`,
      );
    }
    await writer.move(claim, 'withdraw', {
      actorRef: caller.userRef,
      comment: reason,
    });
    await this.#tell(id, 'withdrawn', caller);
  }

  async #refuseSecond(
    tx: Knex.Transaction,
    { id, domainRef, place }: ClaimRecord,
  ): Promise<void> {
    const open = await this.#deps.store.open(tx);
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

  async #tell(
    id: string,
    happening: 'created' | 'revised' | 'withdrawn',
    caller: Caller,
  ): Promise<void> {
    const facts = await this.#deps.reader.facts(id, caller);
    this.#deps.notices.tell({
      claim: facts.claim,
      happening,
      actorRef: caller.userRef,
      deciders: decidersOf(facts),
      ownerRef: facts.book.domainOf(facts.claim.domainRef).ownerRef,
    });
  }
}
