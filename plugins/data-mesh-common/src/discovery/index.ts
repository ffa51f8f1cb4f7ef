export { createProductIndex } from './productIndex';
export type {
  ProductIndex,
  SearchMatch,
  SearchMatchKind,
} from './productIndex';
export type { FacetName, FacetValue, ProductFilters } from './facets';
export { searchProducts } from './searchProducts';
export type {
  ProductHit,
  ProductQuery,
  ProductSearchResult,
  ProductSort,
} from './searchProducts';
export { productSearchPage } from './productSearchPage';
export type { ProductSearchContext } from './productSearchPage';
export { highlightParts, wordsFound } from './highlight';
export type { HighlightPart } from './highlight';
export { standingOf } from './standing';
export type { Standing } from './standing';
export type { WordReading } from './readQuery';
