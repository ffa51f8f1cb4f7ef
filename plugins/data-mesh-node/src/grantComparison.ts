import type {
  ObservedGrant,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { JsonObject } from '@backstage/types';

/**
 * A step of another entitlement that is in force on something this step
 * shares (`PlanStep.shares`), with what was there before that one.
 *
 * @public
 */
export interface LiveStep {
  step: PlanStep;
  baseline: JsonObject;
}

/**
 * How much of a grant something stands behind: all of it, some of its
 * permissions or columns, or nothing.
 *
 * @public
 */
export type GrantExtent = 'full' | 'part' | 'none';

/**
 * What could explain a listed grant.
 *
 * @public
 */
export interface GrantGrounds {
  /** Steps that were carried out. */
  steps: readonly LiveStep[];
  /** Grants of the same group that a person let stay, as they were then. */
  adopted?: readonly ObservedGrant[];
}

/**
 * A listed grant beside what could explain it.
 *
 * @public
 */
export interface GrantComparison {
  /** By each step, in their order. */
  steps: Array<{
    /** What the step has put there itself. */
    brought: GrantExtent;
    /** What it wants there, whoever put it there. */
    wanted: GrantExtent;
  }>;
  /** By all steps together. */
  brought: GrantExtent;
  wanted: GrantExtent;
  /** By what a person let stay. */
  adopted: GrantExtent;
  /**
   * Parts of the grant that nothing stands behind, each with its own words: the
   * grant itself where that is all of it.
   */
  unexplained: ObservedGrant[];
}
