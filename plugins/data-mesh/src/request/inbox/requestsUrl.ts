import type {
  RequestCounts,
  RequestQuery,
  RequestState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { openRequestStates } from '@lakemesh/backstage-plugin-data-mesh-common';

/** The tabs of the request list. */
export type RequestsView = 'toDecide' | 'mine' | 'all';

/** States to filter by; `open` stands for all that still wait. */
export type StateFilter = RequestState | 'open';

/** What the URL of the request list says. */
export interface RequestsUrl {
  view: RequestsView;
  /** Whether the address says which view. */
  isChosen?: boolean;
  /** The request that is open beside the list. */
  id?: string;
  text: string;
  state?: StateFilter;
}

const VIEWS: readonly RequestsView[] = ['toDecide', 'mine', 'all'];

/** The states that can be filtered by, in the order of a request's life. */
export const STATE_FILTERS: readonly StateFilter[] = [
  'open',
  'pending',
  'changes-requested',
  'approved',
  'rejected',
  'withdrawn',
  'lapsed',
];

/** Reads the URL; what it does not understand falls back to the defaults. */
export function readRequestsUrl(search: URLSearchParams): RequestsUrl {
  const view = VIEWS.find(one => one === search.get('view')) ?? 'toDecide';
  return {
    view,
    isChosen: search.has('view'),
    id: search.get('id') || undefined,
    text: search.get('q') ?? '',
    // What waits for somebody is always open; a state would only hide it.
    state:
      view === 'toDecide'
        ? undefined
        : STATE_FILTERS.find(one => one === search.get('state')),
  };
}

/** Writes the URL, without what is at its default. */
export function writeRequestsUrl(url: RequestsUrl): URLSearchParams {
  const search = new URLSearchParams();
  search.set('view', url.view);
  if (url.text) search.set('q', url.text);
  if (url.state && url.view !== 'toDecide') search.set('state', url.state);
  if (url.id) search.set('id', url.id);
  return search;
}

/** The question to the backend. What waits is asked for oldest first. */
export function queryOfUrl(url: RequestsUrl): RequestQuery {
  const { view, text, state } = url;
  const states = state === 'open' ? [...openRequestStates] : state && [state];
  return {
    view,
    order: view === 'toDecide' ? 'oldest' : 'newest',
    ...(text.trim() ? { q: text.trim() } : {}),
    ...(states ? { state: states } : {}),
  };
}

/** The view in which something waits: to be decided, else of one's own. */
export function waitingView(counts: RequestCounts): RequestsView {
  const { toDecide, claimsToDecide = 0, publicationsToDecide = 0 } = counts;
  const waits = toDecide + claimsToDecide + publicationsToDecide;
  return waits === 0 && counts.mine > 0 ? 'mine' : 'toDecide';
}
