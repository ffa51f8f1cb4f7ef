import type { ProductUsage } from '../client/types.generated';
import type { DataProductEntity } from '../model/dataProduct';
import {
  FacetCounter,
  FacetName,
  FacetValue,
  failedFacets,
  ProductFilters,
} from './facets';
import { matchQuality } from './matchQuality';
import {
  contentOf,
  FilledIndex,
  IndexedProduct,
  ProductIndex,
  SearchMatch,
} from './productIndex';
import { readQuery, WordReading } from './readQuery';

/**
 * Order of the results.
 *
 * @public
 */
export type ProductSort = 'relevance' | 'used' | 'name';

/**
 * What is looked for.
 *
 * @public
 */
export interface ProductQuery {
  /** Words that must all be found, each anywhere in the product. */
  text?: string;
  /** Whether words are taken as typed: no typos are mended, no synonyms found. */
  exact?: boolean;
  filters?: ProductFilters;
  sort?: ProductSort;
  /** Use of the products by their reference. */
  usage?: ReadonlyMap<string, ProductUsage>;
  /** With nothing typed, products of these domains come first. */
  preferredDomains?: readonly string[];
  /**
   * What the result is made of, its counts and readings too; default: every
   * product of the index.
   */
  isVisible?: (product: DataProductEntity) => boolean;
}

/**
 * A product that was found.
 *
 * @public
 */
export interface ProductHit {
  product: DataProductEntity;
  /** Full entity reference. */
  ref: string;
  /** Full entity reference. */
  domainRef: string;
  /** Full entity reference. */
  ownerRef: string;
  score: number;
  /** Best first. Empty where nothing was typed. */
  readonly matches: readonly SearchMatch[];
}

/**
 * Outcome of {@link searchProducts}.
 *
 * @public
 */
export interface ProductSearchResult {
  hits: ProductHit[];
  /** Words that were read as others; to be said to who searches. */
  readings: WordReading[];
  /** The search as it was read, to mark what was found. */
  readAs: string;
  facets: Record<FacetName, FacetValue[]>;
}

/** The score of each product, 0 where a word is not found in it. */
function scores(index: FilledIndex, words: string[]): Float64Array {
  const { size, terms } = index;
  const best = words.map(() => new Float64Array(size));
  const together = new Float64Array(size);
  const values = new Float64Array(words.length);
  for (const { normal, weight, products } of terms) {
    let found = 0;
    let sum = 0;
    for (let word = 0; word < words.length; word += 1) {
      values[word] = matchQuality(normal, words[word]) * weight;
      if (values[word] > 0) found += 1;
      sum += values[word];
    }
    if (found === 0) continue;
    for (const product of products) {
      for (let word = 0; word < words.length; word += 1) {
        if (values[word] > best[word][product]) {
          best[word][product] = values[word];
        }
      }
      // All words in one place mean it more than the same words apart.
      if (found > 1 && found === words.length && sum > together[product]) {
        together[product] = sum;
      }
    }
  }
  return together.map((bonus, product) =>
    best.every(one => one[product] > 0)
      ? best.reduce((sum, one) => sum + one[product], bonus)
      : 0,
  );
}

/** The places that hold any of the words; those with most words first. */
function findMatches({ places }: IndexedProduct, words: string[]) {
  const found = new Map<string, { match: SearchMatch; by: [number, number] }>();
  for (const { term, match } of places) {
    const values = words
      .map(word => matchQuality(term.normal, word) * term.weight)
      .filter(value => value > 0);
    if (!values.length) continue;
    const value = values.reduce((sum, one) => sum + one, 0);
    // A column found by its name is not told again for its description.
    const { kind, text, port, table } = match;
    const key = JSON.stringify([kind, text, port, table]);
    const before = found.get(key);
    if (
      !before ||
      before.by[0] < values.length ||
      (before.by[0] === values.length && before.by[1] < value)
    ) {
      found.set(key, { match, by: [values.length, value] });
    }
  }
  return [...found.values()]
    .sort((a, b) => b.by[0] - a.by[0] || b.by[1] - a.by[1])
    .map(one => one.match);
}

/** Finds its matches when they are asked for: pages show few of the hits. */
class Hit implements ProductHit {
  readonly product: DataProductEntity;
  readonly ref: string;
  readonly domainRef: string;
  readonly ownerRef: string;
  readonly #indexed: IndexedProduct;
  readonly #words: string[];
  #matches?: SearchMatch[];

  constructor(
    indexed: IndexedProduct,
    words: string[],
    readonly score: number,
  ) {
    this.product = indexed.product;
    this.ref = indexed.ref;
    this.domainRef = indexed.domain;
    this.ownerRef = indexed.owner;
    this.#indexed = indexed;
    this.#words = words;
  }

  get matches(): SearchMatch[] {
    this.#matches ??= findMatches(this.#indexed, this.#words);
    return this.#matches;
  }
}

/**
 * Finds data products: words are joined by AND, each matches a part of a name
 * (camelCase, snake_case), the start of one, or anything inside. Says for each
 * product where the words were found.
 *
 * @public
 */
export function searchProducts(
  index: ProductIndex,
  query: ProductQuery = {},
): ProductSearchResult {
  const { text = '', exact = false, filters = {}, sort = 'relevance' } = query;
  const usage = query.usage ?? new Map<string, ProductUsage>();
  const preferred = new Set(query.preferredDomains);
  const content = contentOf(index);
  const { isVisible } = query;
  const visible =
    isVisible && content.products.map(one => isVisible(one.product));
  const { words, readings } = readQuery(content, text, exact, visible);
  const found = words.length ? scores(content, words) : undefined;

  const counter = new FacetCounter(filters, usage);
  const ordered: Array<{ hit: Hit; title: string; used: number }> = [];
  content.products.forEach((indexed, at) => {
    if (visible?.[at] === false || found?.[at] === 0) return;
    const failed = failedFacets(indexed, filters, usage);
    counter.add(indexed, failed);
    if (failed.length) return;
    const { ref, title, domain } = indexed;
    const score = found?.[at] ?? Number(preferred.has(domain));
    ordered.push({
      hit: new Hit(indexed, words, score),
      title,
      used: usage.get(ref)?.consumers ?? 0,
    });
  });

  const byName = new Intl.Collator('en', { numeric: true });
  ordered.sort((a, b) => {
    if (sort === 'relevance' && a.hit.score !== b.hit.score) {
      return b.hit.score - a.hit.score;
    }
    if (sort !== 'name' && a.used !== b.used) return b.used - a.used;
    return byName.compare(a.title, b.title);
  });
  return {
    hits: ordered.map(one => one.hit),
    readings,
    readAs: words.join(' '),
    facets: counter.result(),
  };
}
