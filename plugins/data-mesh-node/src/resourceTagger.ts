import type {
  DataClassification,
  OutputPort,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * What tagging needs to know of a product.
 *
 * @public
 */
export interface TaggedProduct {
  /** Entity reference of the product. */
  productRef: string;
  /** Entity reference of its domain. */
  domainRef: string;
  classification?: DataClassification;
  /** Tags of the entity. */
  tags?: string[];
  ports: OutputPort[];
}

/**
 * A difference between the tags that a product asks for and those in the
 * system.
 *
 * @public
 */
export interface TagFinding {
  /**
   * `missing`: not there. `different`: another value is there. `excess`: a value
   * is there that nothing asks for.
   */
  kind: 'missing' | 'different' | 'excess';
  /** What was found and what is wanted; names stand in backticks. */
  words: string;
  accountId: string;
  region: string;
  database: string;
  table: string;
  /** Absent for the table itself. */
  column?: string;
  key: string;
  wanted?: string;
  found?: string;
}

/**
 * What would bring the tags of a product to what it asks for.
 *
 * @public
 */
export interface TagPlan {
  findings: TagFinding[];
  /** In order, each with its inverse. Carried out by {@link ResourceTagger.apply}. */
  steps: PlanStep[];
}

/**
 * Keeps the tags by which a system gives access in line with the
 * classification and tags of products.
 *
 * @public
 */
export interface ResourceTagger {
  /**
   * Looks at the tags in the system. Changes nothing.
   *
   * @throws InputError where the product asks for a value that the ontology of
   *   its domain does not have
   */
  plan(
    product: TaggedProduct,
    options?: { signal?: AbortSignal },
  ): Promise<TagPlan>;

  /** Does what a step of {@link ResourceTagger.plan} says. Idempotent. */
  apply(step: PlanStep, options?: { signal?: AbortSignal }): Promise<void>;

  /** Does what the `undo` of the step says. Idempotent. */
  undo(step: PlanStep, options?: { signal?: AbortSignal }): Promise<void>;
}
