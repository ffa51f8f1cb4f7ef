import type {
  BecauseKind,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  GrantComparison,
  GrantExtent,
  LiveStep,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { StandingReason } from '../store/grants/ObservedGrantRow';

/** A step that may stand behind a grant. */
export interface BackingStep {
  entitlementId: string;
  productRef: string;
  /** The one that ends last is named. */
  expiresAt: string | null;
  live: LiveStep;
  /** Could not be undone, and was closed by a person. */
  isResidue: boolean;
}

/** All that is known that could explain a grant. */
export interface Grounds {
  steps: readonly BackingStep[];
  /** Grants of the same group as a person let them stay. */
  adopted?: readonly ObservedGrant[];
  standing?: StandingReason;
}

/**
 * Why a grant is there, and what of it nobody approved. Where that is a part of
 * it, it is approved and more.
 */
export interface GrantReason {
  because: BecauseKind;
  entitlementId?: string;
  words?: string;
  excess: ObservedGrant[];
  /** Products whose entitlements have to do with it. */
  productRefs: string[];
}

/**
 * Why a grant is there: by what an entitlement brought, by what an entitlement
 * found there, by a person's word, or by the system's own rules. What remains
 * of it is unexplained. Pure.
 */
export function explainObserved(
  provisioner: Pick<Provisioner, 'compare'>,
  grant: ObservedGrant,
  { steps, adopted = [], standing }: Grounds,
): GrantReason {
  if (steps.length === 0 && adopted.length === 0) return byTheSystem(standing);
  const inForce = steps.filter(step => !step.isResidue);
  const compared = provisioner.compare(grant, {
    steps: inForce.map(({ live }) => live),
    adopted,
  });
  const isUnknown = compared.wanted === 'none' && compared.adopted === 'none';
  const excess = isUnknown || standing ? [] : compared.unexplained;

  if (compared.brought !== 'none') {
    const behind = strongest(inForce, ({ brought }) => brought, compared);
    return {
      because: excess.length > 0 ? 'approved-and-more' : 'entitlement',
      entitlementId: lastToEnd(behind).entitlementId,
      ...wordsOf([
        compared.brought === 'part' &&
          (excess.length > 0
            ? 'A part of it; the rest nobody approved'
            : 'A part of it; the rest comes from elsewhere or was there before'),
        othersInWords(behind),
      ]),
      excess,
      productRefs: productsOf(behind),
    };
  }
  if (compared.wanted !== 'none') {
    const behind = inForce.filter(
      (_, index) => compared.steps[index].wanted !== 'none',
    );
    return {
      because: excess.length > 0 ? 'approved-and-more' : 'before-us',
      entitlementId: lastToEnd(behind).entitlementId,
      words: 'Was there before the entitlement and stays when it ends',
      excess,
      productRefs: productsOf(behind),
    };
  }
  if (compared.adopted !== 'none') {
    return {
      because: excess.length > 0 ? 'approved-and-more' : 'adopted',
      ...wordsOf([excess.length > 0 && 'A part of it was never adopted']),
      excess,
      productRefs: [],
    };
  }
  if (standing) return byTheSystem(standing);
  return leftOver(provisioner, grant, steps);
}

/** Steps that stand behind all of it; if there are none, behind a part. */
function strongest(
  steps: readonly BackingStep[],
  extentOf: (compared: GrantComparison['steps'][number]) => GrantExtent,
  compared: GrantComparison,
): BackingStep[] {
  const by = (extent: GrantExtent) =>
    steps.filter((_, index) => extentOf(compared.steps[index]) === extent);
  const whole = by('full');
  return whole.length > 0 ? whole : by('part');
}

/** Unexplained, or what an entitlement left that could not be taken back. */
function leftOver(
  provisioner: Pick<Provisioner, 'compare'>,
  grant: ObservedGrant,
  steps: readonly BackingStep[],
): GrantReason {
  const ended = steps.filter(step => step.isResidue);
  const compared = provisioner.compare(grant, {
    steps: ended.map(({ live }) => live),
  });
  const residue = ended.filter(
    (_, index) => compared.steps[index].wanted !== 'none',
  );
  return {
    because: 'unexplained',
    ...(residue.length > 0 && {
      entitlementId: lastToEnd(residue).entitlementId,
      words: 'Left over from an entitlement that has ended',
    }),
    excess: [],
    productRefs: productsOf(residue),
  };
}

function byTheSystem(standing: StandingReason | undefined): GrantReason {
  return standing
    ? {
        because: standing.kind,
        words: standing.words,
        excess: [],
        productRefs: [],
      }
    : { because: 'unexplained', excess: [], productRefs: [] };
}

function productsOf(steps: readonly BackingStep[]): string[] {
  return steps.map(one => one.productRef);
}

function lastToEnd(steps: readonly BackingStep[]): BackingStep {
  return [...steps].sort(
    (a, b) =>
      (b.expiresAt ?? '').localeCompare(a.expiresAt ?? '') ||
      a.entitlementId.localeCompare(b.entitlementId),
  )[0];
}

function othersInWords(steps: readonly BackingStep[]): string | undefined {
  const others = new Set(steps.map(one => one.entitlementId)).size - 1;
  if (others < 1) return undefined;
  return `${others} more ${
    others === 1 ? 'entitlement stands' : 'entitlements stand'
  } behind it`;
}

function wordsOf(parts: Array<string | false | undefined>): { words?: string } {
  const all = parts.filter(Boolean);
  return all.length > 0 ? { words: all.join('. ') } : {};
}
