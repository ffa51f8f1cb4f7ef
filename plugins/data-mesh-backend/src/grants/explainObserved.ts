import type {
  BecauseKind,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { StandingReason } from '../store/ObservedGrantRow';
import { isWithin, unknownParts } from './partsOfGrant';

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
  /** The grant as a person let it stay. */
  adopted?: ObservedGrant;
  standing?: StandingReason;
}

/** Why a grant is there, and what of it nobody approved. */
export interface GrantReason {
  because: BecauseKind;
  entitlementId?: string;
  words?: string;
  excess: ObservedGrant[];
  /** Products whose entitlements have to do with it. */
  productRefs: string[];
}

type Extent = 'full' | 'part' | 'none';

const extents: readonly Extent[] = ['none', 'part', 'full'];

function most(all: Iterable<Extent>): Extent {
  let found = 0;
  for (const one of all) found = Math.max(found, extents.indexOf(one));
  return extents[found];
}

/**
 * Why a grant is there: by what an entitlement brought, by what an entitlement
 * found there, by a person's word, or by the system's own rules. What remains
 * of it is unexplained. Pure.
 */
export function explainObserved(
  provisioner: Pick<Provisioner, 'explains'>,
  grant: ObservedGrant,
  { steps, adopted, standing }: Grounds,
): GrantReason {
  if (steps.length === 0 && !adopted) return byTheSystem(standing);
  const inForce = steps.filter(one => !one.isResidue);
  const brought = (part: ObservedGrant) =>
    most(inForce.map(one => provisioner.explains(one.live, part)));
  // With nothing there before us, all that the step wants counts as its own.
  const wanted = (part: ObservedGrant) =>
    most(
      inForce.map(one =>
        provisioner.explains({ step: one.live.step, baseline: {} }, part),
      ),
    );
  const known = (part: ObservedGrant): Extent =>
    adopted && isWithin(part, adopted)
      ? 'full'
      : most([brought(part), wanted(part)]);

  const how = brought(grant);
  const unknown = how === 'full' || standing ? [] : unknownParts(grant, known);
  const isUnknown = unknown.length === 1 && isWithin(grant, unknown[0]);
  const excess = isUnknown ? [] : unknown;

  if (how !== 'none') {
    const behind = inForce.filter(
      one => provisioner.explains(one.live, grant) === how,
    );
    const isPart = how === 'part' && unknownParts(grant, brought).length > 0;
    return {
      because: 'entitlement',
      entitlementId: lastToEnd(behind).entitlementId,
      ...wordsOf([
        isPart &&
          (excess.length > 0
            ? 'A part of it; the rest nobody approved'
            : 'A part of it; the rest comes from elsewhere or was there before'),
        othersInWords(behind),
      ]),
      excess,
      productRefs: productsOf(behind),
    };
  }
  if (wanted(grant) !== 'none') {
    const behind = inForce.filter(
      one =>
        provisioner.explains({ step: one.live.step, baseline: {} }, grant) !==
        'none',
    );
    return {
      because: 'before-us',
      entitlementId: lastToEnd(behind).entitlementId,
      words: 'Was there before the entitlement and stays when it ends',
      excess,
      productRefs: productsOf(behind),
    };
  }
  if (adopted && !isUnknown) {
    return {
      because: 'adopted',
      ...wordsOf([excess.length > 0 && 'A part of it was never adopted']),
      excess,
      productRefs: [],
    };
  }
  if (standing) return byTheSystem(standing);
  const residue = steps.filter(
    one =>
      one.isResidue &&
      provisioner.explains({ step: one.live.step, baseline: {} }, grant) !==
        'none',
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
