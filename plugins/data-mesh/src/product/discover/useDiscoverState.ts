import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type {
  FacetName,
  ProductSearchQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Names of the facets in the address, short enough to be read. */
const parameterOf: Record<FacetName, string> = {
  domain: 'domain',
  access: 'access',
  classification: 'class',
  lifecycle: 'status',
  owner: 'owner',
  tag: 'tag',
};
const facetNames = Object.keys(parameterOf) as FacetName[];

type ProductSort = NonNullable<ProductSearchQuery['sort']>;
type ProductFilters = Pick<ProductSearchQuery, FacetName>;

function sortOf(value: string | null): ProductSort {
  return value === 'used' || value === 'name' ? value : 'relevance';
}

/**
 * What is searched and shown, kept in the address. Typing replaces the entry
 * of the history, choosing adds one, so that Back undoes choices.
 */
export function useDiscoverState() {
  const [params, setParams] = useSearchParams();

  const text = params.get('q') ?? '';
  const exact = params.get('exact') === 'yes';
  const sort = sortOf(params.get('sort'));
  const filters = useMemo<ProductFilters>(
    () =>
      Object.fromEntries(
        facetNames.map(name => [name, params.getAll(parameterOf[name])]),
      ),
    [params],
  );
  const chosen = facetNames.reduce(
    (sum, name) => sum + (filters[name]?.length ?? 0),
    0,
  );

  const change = useCallback(
    (edit: (next: URLSearchParams) => void, replace: boolean) => {
      setParams(
        before => {
          const next = new URLSearchParams(before);
          edit(next);
          return next;
        },
        { replace },
      );
    },
    [setParams],
  );

  const setText = useCallback(
    (value: string) =>
      change(next => {
        // What is typed anew is read anew.
        next.delete('exact');
        if (value) next.set('q', value);
        else next.delete('q');
      }, true),
    [change],
  );
  const setExact = useCallback(
    () => change(next => next.set('exact', 'yes'), false),
    [change],
  );
  const setSort = useCallback(
    (value: ProductSort) =>
      change(
        next =>
          value === 'relevance' ? next.delete('sort') : next.set('sort', value),
        false,
      ),
    [change],
  );
  const setFacet = useCallback(
    (name: FacetName, values: readonly string[]) =>
      change(next => {
        next.delete(parameterOf[name]);
        values.forEach(value => next.append(parameterOf[name], value));
      }, false),
    [change],
  );
  const clearFilters = useCallback(
    (alsoText: boolean) =>
      change(next => {
        facetNames.forEach(name => next.delete(parameterOf[name]));
        if (alsoText) next.delete('q');
      }, false),
    [change],
  );

  return {
    text,
    exact,
    sort,
    filters,
    chosen,
    setText,
    setExact,
    setSort,
    setFacet,
    clearFilters,
  };
}

/** See {@link useDiscoverState}. */
export type DiscoverState = ReturnType<typeof useDiscoverState>;
