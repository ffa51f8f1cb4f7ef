import { useSearchParams } from 'react-router-dom';
import type { AccessView } from './useMyAccess';

/** What the address of My access says. */
export interface AccessUrl {
  view: AccessView;
  text: string;
  /** Only what is about this product. */
  productRef?: string;
}

/** Reads and writes the address; typing leaves no trace in the history. */
export function useAccessUrl(): [
  AccessUrl,
  (next: Partial<AccessUrl>) => void,
] {
  const [search, setSearch] = useSearchParams();
  const url: AccessUrl = {
    view: search.get('view') === 'past' ? 'past' : 'active',
    text: search.get('q') ?? '',
    productRef: search.get('product') ?? undefined,
  };
  const change = (next: Partial<AccessUrl>) => {
    const { view, text, productRef } = { ...url, ...next };
    const params = new URLSearchParams();
    if (view === 'past') params.set('view', view);
    if (text) params.set('q', text);
    if (productRef) params.set('product', productRef);
    setSearch(params, { replace: next.text !== undefined });
  };
  return [url, change];
}
