import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { ProductSearchMatch } from '../client/types.generated';
import type { DataProductEntity } from '../model/dataProduct';
import { normalize } from './normalize';

/**
 * Why a product is among the results.
 *
 * @public
 */
export type SearchMatch = ProductSearchMatch;

/**
 * Where a word of the search was found.
 *
 * @public
 */
export type SearchMatchKind = SearchMatch['kind'];

/** A distinct text of one kind, with the products it stands in. */
export interface Term {
  readonly normal: string;
  readonly weight: number;
  /** Positions of the products, each once. */
  readonly products: number[];
}

/** One place in a product. */
export interface Place {
  readonly term: Term;
  readonly match: SearchMatch;
}

/** What is asked again and again about a product, computed once. */
export interface IndexedProduct {
  product: DataProductEntity;
  ref: string;
  title: string;
  domain: string;
  owner: string;
  lifecycle: string;
  classification: string;
  tags: string[];
  places: Place[];
}

/**
 * Data products made ready to be searched; see {@link createProductIndex}.
 *
 * @public
 */
export interface ProductIndex {
  /** How many products are in it. */
  readonly size: number;
}

/** What is really in a {@link ProductIndex}. */
export interface FilledIndex extends ProductIndex {
  readonly products: readonly IndexedProduct[];
  readonly terms: readonly Term[];
}

/** The inside of an index that {@link createProductIndex} has made. */
export function contentOf(index: ProductIndex): FilledIndex {
  if (!('products' in index && 'terms' in index)) {
    throw new TypeError(
      'Expected a product index made by createProductIndex, found another object',
    );
  }
  return index as FilledIndex;
}

const weights: Record<SearchMatchKind, number> = {
  title: 10,
  name: 9,
  tag: 6,
  column: 5,
  table: 5,
  port: 4,
  domain: 3,
  owner: 3,
  description: 2,
};

function fullRef(ref: string, defaultKind: string, near: Entity): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, {
        defaultKind,
        defaultNamespace: near.metadata.namespace ?? 'default',
      }),
    );
  } catch {
    // What is no reference is shown and compared as it stands.
    return ref;
  }
}

function nameIn(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

class TermCollector {
  readonly #terms = new Map<string, Term>();
  readonly #normal = new Map<string, string>();
  #product = 0;
  #places: Place[] = [];

  /** What is added from now on stands in this product. */
  begin(product: number): Place[] {
    this.#product = product;
    this.#places = [];
    return this.#places;
  }

  add(match: SearchMatch, text = match.text) {
    const normal = this.#normalized(text);
    if (!normal) return;
    // A description of a part tells less than its name.
    const weight = match.description ? 1 : weights[match.kind];
    const key = `${weight} ${normal}`;
    let term = this.#terms.get(key);
    if (!term) {
      term = { normal, weight, products: [] };
      this.#terms.set(key, term);
    }
    if (term.products[term.products.length - 1] !== this.#product) {
      term.products.push(this.#product);
    }
    this.#places.push({ term, match });
  }

  terms(): Term[] {
    return [...this.#terms.values()];
  }

  // The same column names come back in product after product.
  #normalized(text: string): string {
    let normal = this.#normal.get(text);
    if (normal === undefined) {
      normal = normalize(text);
      this.#normal.set(text, normal);
    }
    return normal;
  }
}

function addPorts(collector: TermCollector, { spec }: DataProductEntity) {
  for (const port of spec.outputPorts ?? []) {
    const ofPort = { kind: 'port', text: port.name } as const;
    collector.add(ofPort);
    if (port.title) collector.add({ kind: 'port', text: port.title });
    if (port.description) {
      const { description } = port;
      collector.add({ ...ofPort, description }, description);
    }
    for (const table of port.tables ?? []) {
      const ofTable = {
        kind: 'table',
        text: table.name,
        port: port.name,
      } as const;
      collector.add(ofTable);
      if (table.description) {
        const { description } = table;
        collector.add({ ...ofTable, description }, description);
      }
      for (const column of table.columns ?? []) {
        const ofColumn: SearchMatch = {
          kind: 'column',
          text: column.name,
          port: port.name,
          table: table.name,
          ...(column.pii && { pii: true }),
        };
        collector.add(ofColumn);
        if (column.pii) collector.add(ofColumn, 'personal');
        if (column.description) {
          const { description } = column;
          collector.add({ ...ofColumn, description }, description);
        }
        for (const tag of column.tags ?? []) {
          collector.add({ ...ofColumn, kind: 'tag', text: tag });
        }
      }
    }
  }
}

/**
 * Prepares data products for {@link searchProducts}. Building is the slow
 * part; keep the index as long as the products stay the same.
 *
 * @public
 */
export function createProductIndex(
  products: readonly DataProductEntity[],
): ProductIndex {
  const collector = new TermCollector();
  const indexed = products.map((product, at): IndexedProduct => {
    const { metadata, spec } = product;
    const places = collector.begin(at);
    const owner = fullRef(spec.owner, 'group', product);
    const domain = fullRef(spec.domain, 'domain', product);
    collector.add({ kind: 'name', text: metadata.name });
    if (metadata.title) {
      collector.add({ kind: 'title', text: metadata.title });
    }
    if (metadata.description) {
      collector.add({ kind: 'description', text: metadata.description });
    }
    for (const tag of metadata.tags ?? []) {
      collector.add({ kind: 'tag', text: tag });
    }
    collector.add({ kind: 'owner', text: nameIn(owner) });
    collector.add({ kind: 'domain', text: nameIn(domain) });
    addPorts(collector, product);
    return {
      product,
      ref: stringifyEntityRef(product),
      title: metadata.title ?? metadata.name,
      domain,
      owner,
      lifecycle: spec.lifecycle,
      classification: spec.classification ?? 'unclassified',
      tags: metadata.tags ?? [],
      places,
    };
  });
  const filled: FilledIndex = {
    size: indexed.length,
    products: indexed,
    terms: collector.terms(),
  };
  return filled;
}
