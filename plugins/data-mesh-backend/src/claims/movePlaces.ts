import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  placeInWords,
  placeKey,
  type NewGiveBack,
  type NewHandOver,
  type PlaceChange,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../identity/Caller';
import {
  PlaceBook,
  decidesOnPlaces,
  isOwnerOf,
  placeStandingOf,
  type DomainFacts,
  type Holding,
  type NewHolding,
  type PlaceStanding,
} from '../places';
import type { ClaimDeps } from './ClaimDeps';
import { askForPlace } from './makeClaims';
import { placeImpactOf } from './placeImpact';

interface Found {
  held: Holding;
  book: PlaceBook;
  standing: PlaceStanding;
}

const capital = (text: string) =>
  text[0].toLocaleUpperCase('en-US') + text.slice(1);

/** Why a domain cannot get the place. */
function unfitToHold(
  { domainRef, exists, ownerRef }: DomainFacts,
  held: Holding,
): string | undefined {
  if (domainRef === held.domainRef) return 'holds it already';
  if (!exists) return 'is not in the catalog';
  return ownerRef ? undefined : 'has no owner who could answer for it';
}

/**
 * Governance hands a place over at once. The owner of its domain asks for it,
 * as a claim of the other domain.
 *
 * @throws NotFoundError, NotAllowedError, InputError, ConflictError
 */
export async function handOverPlace(
  deps: ClaimDeps,
  id: string,
  handOver: NewHandOver,
  caller: Caller,
): Promise<PlaceChange> {
  const found = await findHolding(deps, id, caller);
  const { held, book, standing } = found;
  const { toDomainRef, reason, dryRun = false } = handOver;
  const decides = decidesOnPlaces(standing);
  if (!decides) requireOwner(found, 'hand it over');
  const to = book.domainOf(toDomainRef);
  const unfit = unfitToHold(to, held);
  if (unfit) throw new InputError(`toDomainRef: ${toDomainRef} ${unfit}`);
  if (decides && isOwnerOf(book, toDomainRef, standing)) {
    throw new NotAllowedError(
      `You stand behind the owner of ${toDomainRef}; somebody else in data governance has to give it a place`,
    );
  }
  const next: NewHolding = {
    id: deps.newId(),
    domainRef: toDomainRef,
    place: held.place,
    except: held.except,
    // What others hold inside it stays theirs, as it was until now.
    narrowerWins: held.source === 'decision' ? held.narrowerWins : true,
    takenFrom: held.domainRef,
    decidedBy: caller.userRef,
    reason: reason.trim(),
    since: deps.now().toISOString(),
  };
  const change = await placeImpactOf(deps.impact, {
    before: book,
    after: withHolding(book, held, next),
    caller,
  });
  const words = `${capital(placeInWords(held.place))} ${
    decides ? 'goes' : 'would go'
  } from ${held.domainRef} to ${toDomainRef}`;
  const sentences = [
    words,
    ...(decides ? [] : ['Data governance decides it']),
    ...(held.source === 'decision'
      ? []
      : [
          `${
            held.source === 'config' ? 'Config' : 'An annotation'
          } still says otherwise; the decision is stronger`,
        ]),
  ];
  if (dryRun) return { ...change, dryRun, words: sentences };
  if (!decides) {
    const claimId = await askForPlace(
      deps,
      {
        domainRef: toDomainRef,
        place: held.place,
        reason,
        takesPlaceId: held.id,
      },
      caller,
    );
    return { ...change, dryRun, claimId, words: sentences };
  }
  await commitMove(deps, found, next, caller, 'place.handed-over', reason);
  tellOfMove(
    deps,
    found,
    caller,
    words,
    reason,
    to.ownerRef ? [to.ownerRef] : [],
  );
  return { ...change, dryRun, words: sentences };
}

/**
 * Needs no approval: what nobody holds is decided by governance.
 *
 * @throws NotFoundError, NotAllowedError, ConflictError
 */
export async function giveBackPlace(
  deps: ClaimDeps,
  id: string,
  { reason, dryRun = false }: NewGiveBack,
  caller: Caller,
): Promise<PlaceChange> {
  const found = await findHolding(deps, id, caller);
  const { held, book, standing } = found;
  if (held.source !== 'decision') {
    throw new ConflictError(
      `${
        held.source === 'config'
          ? 'dataMesh.domains says'
          : 'An annotation says'
      } that ${held.domainRef} holds ${placeInWords(
        held.place,
      )}; change it there. What governance has given can be given back here`,
    );
  }
  if (!decidesOnPlaces(standing)) requireOwner(found, 'give it back');
  const change = await placeImpactOf(deps.impact, {
    before: book,
    after: withHolding(book, held),
    caller,
  });
  const words = `${held.domainRef} ${
    dryRun ? 'would give' : 'gives'
  } ${placeInWords(held.place)} back`;
  const sentences = [
    words,
    'Until another domain holds it, data governance decides there',
  ];
  if (dryRun) return { ...change, dryRun, words: sentences };
  await commitMove(deps, found, undefined, caller, 'place.given-back', reason);
  tellOfMove(deps, found, caller, words, reason, deps.governance.refs);
  return { ...change, dryRun, words: sentences };
}

async function findHolding(
  deps: ClaimDeps,
  id: string,
  caller: Caller,
): Promise<Found> {
  const [book, standing] = await Promise.all([
    deps.places.book(),
    placeStandingOf(caller, deps),
  ]);
  const held = book.holdings.find(holding => holding.id === id);
  if (!held) throw new NotFoundError(`No place is held by the id '${id}'`);
  return { held, book, standing };
}

function requireOwner({ held, book, standing }: Found, what: string): void {
  const { ownerRef } = book.domainOf(held.domainRef);
  if (!standing.permitted.claim || !isOwnerOf(book, held.domainRef, standing)) {
    throw new NotAllowedError(
      `Only the owner of ${held.domainRef} (${
        ownerRef ?? 'nobody'
      }) with the permission data-mesh.place.claim, or data governance, can ${what}`,
    );
  }
  if (held.source !== 'decision') {
    throw new NotAllowedError(
      `${
        held.source === 'config'
          ? 'dataMesh.domains says'
          : 'An annotation says'
      } that ${
        held.domainRef
      } holds it; change it there, or let data governance hand it over, whose decision is stronger`,
    );
  }
}

async function commitMove(
  deps: ClaimDeps,
  { held, book }: Found,
  next: NewHolding | undefined,
  caller: Caller,
  action: string,
  reason: string,
): Promise<void> {
  const { knex, places, placeStore, audit, now } = deps;
  await knex.transaction(async tx => {
    await placeStore.takeTurn(tx);
    if (held.source === 'decision') {
      const ended = await placeStore.end(tx, held.id, {
        at: now().toISOString(),
        by: caller.userRef,
        because: reason.trim(),
      });
      if (!ended) {
        throw new ConflictError(
          `${held.domainRef} does not hold ${placeInWords(
            held.place,
          )} any more; somebody else was faster`,
        );
      }
    }
    if (next) {
      const current = await places.bookIn(tx, book);
      const decided = current.holdings.find(
        other =>
          other.source === 'decision' &&
          placeKey(other.place) === placeKey(next.place),
      );
      if (decided) {
        throw new ConflictError(
          `Governance gave ${placeInWords(next.place)} to ${
            decided.domainRef
          } already; hand that over instead`,
        );
      }
      await placeStore.give(tx, next);
    }
    await audit.append(tx, {
      actorRef: caller.userRef,
      action,
      subject: `place:${next?.id ?? held.id}`,
      before: {
        id: held.id,
        domainRef: held.domainRef,
        source: held.source,
        place: JSON.parse(JSON.stringify(held.place)),
      },
      after: { domainRef: next?.domainRef ?? null, reason: reason.trim() },
    });
  });
}

function tellOfMove(
  deps: ClaimDeps,
  { held, book }: Found,
  caller: Caller,
  words: string,
  reason: string,
  others: readonly string[],
): void {
  const { ownerRef } = book.domainOf(held.domainRef);
  deps.notices.tellOfPlace({
    holding: held,
    actorRef: caller.userRef,
    ownerRefs: [...(ownerRef ? [ownerRef] : []), ...others],
    words,
    reason: reason.trim(),
  });
}

/** Who would hold what afterwards. */
function withHolding(
  book: PlaceBook,
  held: Holding,
  next?: NewHolding,
): PlaceBook {
  return new PlaceBook(
    [
      ...book.holdings.filter(
        ({ id, source }) => id !== held.id || source !== 'decision',
      ),
      ...(next ? [{ ...next, source: 'decision' as const }] : []),
    ],
    book.domains,
  );
}
