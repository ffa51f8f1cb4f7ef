import { useSearchParams } from 'react-router-dom';
import type { Shown } from './accessItems';

/** Reads and writes the address; typing leaves no trace in the history. */
export function useAccessUrl(): [Shown, (next: Partial<Shown>) => void] {
  const [search, setSearch] = useSearchParams();
  const url: Shown = {
    view: search.get('view') === 'past' ? 'past' : 'active',
    text: search.get('q') ?? '',
    productRef: search.get('product') ?? undefined,
  };
  const change = (next: Partial<Shown>) => {
    const { view, text, productRef } = { ...url, ...next };
    const params = new URLSearchParams();
    if (view === 'past') params.set('view', view);
    if (text) params.set('q', text);
    if (productRef) params.set('product', productRef);
    setSearch(params, { replace: next.text !== undefined });
  };
  return [url, change];
}
