import {
  counted,
  openClaimStates,
  placeInWords,
  type CaseDecision,
  type ClaimDetail,
  type DecisionFact,
  type DeltaLine,
  type PlaceContents,
  type PlaceOverlap,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ClaimRecord } from './ClaimStore';

const MOST_FACTS = 4;

const ownerOf = (domainRef: string) => `The owner of ${domainRef}`;

/** Who decides what after a claim is accepted; access stays as it is. Pure. */
export function claimDelta(
  { domainRef, place }: Pick<ClaimRecord, 'domainRef' | 'place'>,
  overlaps: readonly PlaceOverlap[],
): DeltaLine[] {
  const words = placeInWords(place);
  const held = overlaps.filter(({ claimId }) => claimId === undefined);
  const isTag = place.tag !== undefined;
  return [
    {
      sign: 'add',
      words: isTag
        ? `${ownerOf(domainRef)} answers for access by ${words}`
        : `${ownerOf(
            domainRef,
          )} decides which products may offer tables of ${words}`,
    },
    ...(isTag
      ? []
      : [
          {
            sign: 'add' as const,
            words: `${ownerOf(
              domainRef,
            )} is asked where access reaches tables there that no product offers`,
          },
        ]),
    ...(held.length === 0
      ? [
          {
            sign: 'remove' as const,
            words: 'Governance no longer decides there in place of an owner',
          },
        ]
      : held.map(other => ({
          sign: 'change' as const,
          words: `${ownerOf(other.domainRef)} holds ${
            other.words
          }, which overlaps it`,
        }))),
    {
      sign: 'keep',
      words: 'Everybody keeps the access they have: 0 calls to AWS',
    },
  ];
}

/** What to know before deciding, the most surprising first. Pure. */
export function claimFacts(found: {
  claim: Pick<ClaimRecord, 'domainRef' | 'place'>;
  contents: PlaceContents;
  isOpenToIam: boolean;
  productDomains: ReadonlyMap<string, number>;
  rejected: readonly CaseDecision[];
  overlaps: readonly PlaceOverlap[];
  accountName: string;
}): DecisionFact[] {
  const { claim, contents, productDomains, rejected, overlaps } = found;
  const foreign = [...productDomains].filter(
    ([domainRef]) => domainRef !== claim.domainRef,
  );
  const foreignProducts = foreign.reduce((sum, [, count]) => sum + count, 0);
  const { count: principals, explained } = contents.principals;
  const warning = (title: string, detail?: string): DecisionFact => ({
    tone: 'warning',
    title,
    ...(detail && { detail }),
  });
  const facts: DecisionFact[] = [];
  if (foreignProducts > 0) {
    facts.push(
      warning(
        `${counted(
          foreignProducts,
          'product',
        )} of other domains name tables there`,
        foreign
          .map(([domainRef]) => domainRef || 'no domain')
          .sort()
          .join(', '),
      ),
    );
  }
  const [last] = rejected;
  if (last) {
    facts.push(
      warning(
        `It was claimed before and rejected on ${last.at.slice(0, 10)}`,
        last.comment,
      ),
    );
  }
  if (found.isOpenToIam) {
    facts.push(
      warning(
        'Part of it is open to IAM',
        'IAM policies alone decide who reads it, whatever is decided here',
      ),
    );
  }
  if (principals !== undefined && principals > 0 && explained === 0) {
    facts.push(warning('Nobody knows why anybody holds grants there'));
  }
  if (overlaps.some(({ claimId }) => claimId !== undefined)) {
    facts.push(warning('Another domain claims a part of it as well'));
  }
  if (overlaps.length === 0 && !last) {
    facts.push({
      tone: 'neutral',
      title: `Nobody holds or claims it yet, in ${found.accountName}`,
    });
  }
  return facts.slice(0, MOST_FACTS);
}

/** Overlaps that have to be left out or settled before acceptance. Pure. */
export function blockingOverlaps(
  overlaps: readonly PlaceOverlap[],
  narrowerWins: boolean,
): PlaceOverlap[] {
  return overlaps.filter(
    ({ relation, claimId }) =>
      claimId === undefined &&
      !(narrowerWins && (relation === 'wider' || relation === 'narrower')),
  );
}

/** What stands in the way of an acceptance, and what to do. Pure. */
export function blockedInWords(
  blocking: readonly PlaceOverlap[],
  narrowerWins: boolean,
): string {
  const held = blocking
    .map(
      ({ domainRef, words, relation }) =>
        `${domainRef} holds ${words} (${relation})`,
    )
    .join('; ');
  return narrowerWins
    ? `${held}. No place is narrower there: leave that part out, or hand it over first. Nothing was decided`
    : `It overlaps places of others: ${held}. Leave that part out, or say that the narrower wins. Nothing was decided`;
}

/** As the audit trail keeps a claim. */
export function auditedClaim(claim: ClaimRecord) {
  return {
    state: claim.state,
    version: claim.version,
    domainRef: claim.domainRef,
    place: JSON.parse(JSON.stringify(claim.place)),
    reason: claim.reason,
    ...(claim.without.length > 0 && {
      without: JSON.parse(JSON.stringify(claim.without)),
    }),
  };
}

export const isOpen = ({ state }: Pick<ClaimDetail, 'state'>) =>
  openClaimStates.includes(state);
