import type {
  Claim,
  HeldPlace,
  Publication,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a domain needs next of those who may act for it. */
export type NextStep =
  | { kind: 'owner' }
  | { kind: 'place' }
  | { kind: 'claim'; claim: Claim }
  | { kind: 'publication'; publication: Publication }
  | { kind: 'product' };

/** What is known of a domain, and of who looks at it. */
export interface DomainStanding {
  ownerRefs: readonly string[];
  /** The viewer's own reference and those of their groups. */
  viewerRefs: readonly string[];
  /** The viewer is of data governance. */
  governs: boolean;
  places: readonly Pick<HeldPlace, 'id'>[];
  claims: readonly Claim[];
  publications: readonly Publication[];
  /** How many products it has. */
  products: number;
}

/**
 * The first thing to do for a domain: what stops everything else comes first.
 * Nothing for those who may not do it, and where nothing is left.
 */
export function nextStep(domain: DomainStanding): NextStep | undefined {
  const { ownerRefs, viewerRefs, governs, places, claims } = domain;
  const isViewer = (ref: string) => viewerRefs.includes(ref);
  const owns = ownerRefs.some(isViewer);
  if (ownerRefs.length === 0) return governs ? { kind: 'owner' } : undefined;

  const returned = claims.find(
    claim =>
      claim.state === 'changes-requested' && isViewer(claim.requesterRef),
  );
  const toDecide = claims.find(
    ({ state, waitsFor }) => state === 'pending' && waitsFor.some(isViewer),
  );
  const isAsked = claims.some(({ state }) => state === 'pending');
  if (places.length === 0 && !returned && !toDecide) {
    // What is asked for is not asked for again.
    return owns && !isAsked ? { kind: 'place' } : undefined;
  }
  const claim = returned ?? toDecide;
  if (claim) return { kind: 'claim', claim };

  const publication = domain.publications.find(({ waitsFor }) =>
    waitsFor?.approvers.some(isViewer),
  );
  if (publication) return { kind: 'publication', publication };
  return owns && domain.products === 0 ? { kind: 'product' } : undefined;
}
