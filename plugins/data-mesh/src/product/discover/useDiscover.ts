import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import type {
  ProductSearchItem,
  ProductSearchPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, usePages } from '../../api';
import type { DiscoverState } from './useDiscoverState';

/** Of typing, before it is searched for. */
const TYPING_MS = 250;

/**
 * The products that a search finds, page by page, in the order of the backend:
 * who uses what and whose domains these are comes with them, so that what is
 * read does not move.
 */
export function useDiscover(state: DiscoverState) {
  const { text, exact, sort, filters } = state;
  const dataMesh = useDataMesh();
  const [search, setSearch] = useState(text);
  useDebounce(() => setSearch(text), TYPING_MS, [text]);
  const query = { ...(search && { q: search }), exact, sort, ...filters };
  const found = usePages<ProductSearchItem, ProductSearchPage>(
    `found ${JSON.stringify(query)}`,
    cursor => dataMesh.findProducts({ ...query, cursor }),
    { keepsLast: true },
  );
  return { ...found, search };
}
