import type {
  DataClassification,
  OutputPort,
  PlanStep,
  TagDefinition,
  TagFinding,
  TaggedTable,
} from '@lakemesh/backstage-plugin-data-mesh-common';

export type { TagDefinition, TagFinding, TaggedTable };

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
  /** Annotations of its domain: where the ontology may come from as well. */
  domainAnnotations?: { [name: string]: string };
  /** Tags of the entity. */
  tags?: string[];
  ports: OutputPort[];
}

/**
 * What would bring the tags of a product to what it asks for.
 *
 * @public
 */
export interface TagPlan {
  /**
   * Tags that the ontology of the product's domain decides about; all others
   * are left alone. Empty where there is no ontology for it.
   */
  keys: string[];
  /** These tags with their values. */
  ontology: TagDefinition[];
  /** Each table that was looked at, with what it has and is to have. */
  tables: TaggedTable[];
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
   *   its domain does not have, or the domain's own ontology cannot be read
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
