import { InputError } from '@backstage/errors';
import type {
  ProductSearchItem,
  ProductSearchPage,
  ProductSearchQuery,
  ProductUsage,
} from '../client/types.generated';
import type { DataProductEntity } from '../model/dataProduct';
import { contentOf, type ProductIndex } from './productIndex';
import { searchProducts, type ProductHit } from './searchProducts';

/** As long as the pages of other lists. */
const USUAL_LIMIT = 50;

/** Matches of one product that are told; what is beyond is counted. */
const MATCHES_TOLD = 30;

/**
 * What a search depends on beside the products and the query.
 *
 * @public
 */
export interface ProductSearchContext {
  /** Use of the products by their reference. */
  usage: ReadonlyMap<string, ProductUsage>;
  /** Who the caller answers for: their own reference and those of their groups. */
  ownershipRefs: readonly string[];
  /** Domains whose products come first where nothing is typed. */
  ownDomains: readonly string[];
  /** Whether the caller may see a product; default: all. */
  isVisible?: (product: DataProductEntity) => boolean;
}

/** Where the next page begins: a product may have come or gone meanwhile. */
function startOf(hits: readonly ProductHit[], cursor: string | undefined) {
  if (cursor === undefined) return 0;
  const [, offset, ref] = /^(\d{1,9}) (.+)$/.exec(cursor) ?? [];
  if (ref === undefined) {
    throw new InputError(
      `cursor: '${cursor.slice(
        0,
        40,
      )}' is not a cursor of this list; pass nextCursor of the page before`,
    );
  }
  const at = hits.findIndex(hit => hit.ref === ref);
  return at < 0 ? Number(offset) : at + 1;
}

function itemOf(
  hit: ProductHit,
  { usage, ownershipRefs, ownDomains }: ProductSearchContext,
): ProductSearchItem {
  const { metadata, spec } = hit.product;
  const used = usage.get(hit.ref);
  const beyond = hit.matches.length - MATCHES_TOLD;
  return {
    productRef: hit.ref,
    title: metadata.title ?? metadata.name,
    ...(metadata.description && { description: metadata.description }),
    version: spec.version,
    lifecycle: spec.lifecycle,
    ...(spec.classification && { classification: spec.classification }),
    domainRef: hit.domainRef,
    ownerRef: hit.ownerRef,
    ports: (spec.outputPorts ?? []).map(({ name, title }) => ({
      name,
      ...(title && { title }),
    })),
    isOwn: ownershipRefs.includes(hit.ownerRef),
    isOfOwnDomain: ownDomains.includes(hit.domainRef),
    matches: hit.matches.slice(0, MATCHES_TOLD),
    ...(beyond > 0 && { moreMatches: beyond }),
    ...(used && { usage: used }),
  };
}

/**
 * One page of what a search finds, as the API answers it. Counts and readings
 * are of the whole result, and of nothing that the caller may not see.
 *
 * @public
 */
export function productSearchPage(
  index: ProductIndex,
  query: ProductSearchQuery,
  context: ProductSearchContext,
): ProductSearchPage {
  const { domain, access, classification, lifecycle, owner, tag } = query;
  const { limit = USUAL_LIMIT, cursor, q, exact, sort } = query;
  const { usage, ownDomains, isVisible = () => true } = context;
  const { hits, readings, readAs, facets } = searchProducts(index, {
    text: q,
    exact,
    sort,
    filters: { domain, access, classification, lifecycle, owner, tag },
    usage,
    preferredDomains: ownDomains,
    isVisible,
  });
  const start = startOf(hits, cursor);
  const shown = hits.slice(start, start + limit);
  const last = shown.at(-1);
  const end = start + shown.length;
  const seen = contentOf(index).products.filter(one => isVisible(one.product));
  return {
    items: shown.map(hit => itemOf(hit, context)),
    total: hits.length,
    readings,
    readAs,
    facets,
    mesh: {
      products: seen.length,
      domains: new Set(seen.map(one => one.domain)).size,
    },
    ...(last && end < hits.length && { nextCursor: `${end} ${last.ref}` }),
  };
}
