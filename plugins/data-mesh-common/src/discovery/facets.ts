import type { ProductUsage } from '../client/types.generated';
import type { IndexedProduct } from './productIndex';
import { standingOf } from './standing';

/**
 * What results can be narrowed by.
 *
 * @public
 */
export type FacetName =
  | 'domain'
  | 'access'
  | 'classification'
  | 'lifecycle'
  | 'owner'
  | 'tag';

/**
 * The values chosen in each facet: any of one facet, all facets together.
 *
 * @public
 */
export type ProductFilters = { readonly [F in FacetName]?: readonly string[] };

/**
 * A value of a facet, and how many results it leads to with the text and all
 * other facets as they are.
 *
 * @public
 */
export interface FacetValue {
  value: string;
  count: number;
}

const names: readonly FacetName[] = [
  'domain',
  'access',
  'classification',
  'lifecycle',
  'owner',
  'tag',
];

type UsageByRef = ReadonlyMap<string, ProductUsage>;

function valuesOf(
  facet: FacetName,
  product: IndexedProduct,
  usage: UsageByRef,
): readonly string[] {
  switch (facet) {
    case 'tag':
      return product.tags;
    case 'access':
      return [standingOf(usage.get(product.ref))];
    default:
      return [product[facet]];
  }
}

/** The facets of which a product has none of the chosen values. */
export function failedFacets(
  product: IndexedProduct,
  filters: ProductFilters,
  usage: UsageByRef,
): FacetName[] {
  return names.filter(name => {
    const chosen = filters[name];
    if (!chosen?.length) return false;
    return !valuesOf(name, product, usage).some(one => chosen.includes(one));
  });
}

/** Counts values while results go by. */
export class FacetCounter {
  readonly #counts = new Map<FacetName, Map<string, number>>(
    names.map(name => [name, new Map()]),
  );

  constructor(
    private readonly filters: ProductFilters,
    private readonly usage: UsageByRef,
  ) {}

  /**
   * A product counts in a facet when nothing but that facet keeps it out, so
   * that each count says what choosing the value would show.
   */
  add(product: IndexedProduct, failed: readonly FacetName[]) {
    if (failed.length > 1) return;
    const counted = failed.length ? failed : names;
    for (const name of counted) {
      const counts = this.#counts.get(name);
      for (const value of valuesOf(name, product, this.usage)) {
        counts?.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
  }

  /** Most frequent first; chosen values stay even where they count nothing. */
  result(): Record<FacetName, FacetValue[]> {
    const entries = names.map(name => {
      const counts = this.#counts.get(name) ?? new Map<string, number>();
      for (const chosen of this.filters[name] ?? []) {
        if (!counts.has(chosen)) counts.set(chosen, 0);
      }
      const values = [...counts]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      return [name, values] as const;
    });
    return Object.fromEntries(entries) as Record<FacetName, FacetValue[]>;
  }
}
