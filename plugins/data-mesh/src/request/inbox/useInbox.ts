import { useMemo } from 'react';
import type {
  ClaimState,
  PublicationState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, useLoad } from '../../api';
import {
  claimItem,
  publicationItem,
  requestItem,
  wordsOfItem,
  type InboxItem,
} from './inboxItem';
import { queryOfUrl, type RequestsUrl, type StateFilter } from './requestsUrl';
import { useRequestList } from './useRequestList';

const PAGE = 50;

/** What the states of requests are called for claims. */
const claimStates: { [S in StateFilter]?: ClaimState[] } = {
  open: ['pending', 'changes-requested'],
  pending: ['pending'],
  'changes-requested': ['changes-requested'],
  approved: ['accepted'],
  rejected: ['rejected'],
  withdrawn: ['withdrawn'],
};

const waitingStates: PublicationState[] = [
  'pending',
  'change-pending',
  'suspended',
];

/**
 * What stands in a tab of the inbox: requests page by page, and the claims and
 * product changes beside them. Those of the other kinds are few; where they
 * cannot be loaded, the requests are there all the same.
 */
export function useInbox(url: RequestsUrl) {
  const { view, text, state } = url;
  const api = useDataMesh();
  const query = useMemo(
    () => queryOfUrl({ view, text, state }),
    [view, text, state],
  );
  const requests = useRequestList(query);
  const states = state && claimStates[state];
  const wantsClaims = !state || states !== undefined;
  const wantsPublications = !state || state === 'open' || state === 'pending';
  const cases = useLoad(`inbox ${view} ${state ?? ''}`, async () => {
    const [claims, publications] = await Promise.all([
      wantsClaims
        ? api.listClaims({
            view,
            limit: PAGE,
            ...(states && { state: states }),
          })
        : { items: [] },
      wantsPublications
        ? api.listPublications({ view, limit: PAGE, state: waitingStates })
        : { items: [] },
    ]);
    return [
      ...claims.items.map(claimItem),
      ...publications.items.map(publicationItem),
    ];
  });

  const items = useMemo(() => {
    const words = text.trim().toLowerCase();
    const found = (cases.value ?? []).filter(
      item => !words || wordsOfItem(item).includes(words),
    );
    const all: InboxItem[] = [
      ...(requests.value?.items ?? []).map(requestItem),
      ...found,
    ];
    const oldestFirst = view === 'toDecide' ? 1 : -1;
    return all.sort(
      (a, b) => oldestFirst * (Date.parse(a.since) - Date.parse(b.since)),
    );
  }, [requests.value, cases.value, text, view]);

  const reload = () => {
    void requests.reload();
    void cases.reload();
  };
  return { items, requests, casesError: cases.error, reload };
}
