import { useEffect } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import type {
  NewDecision,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import type { Theme } from '@material-ui/core/styles';
import { useRequestCounts } from '../../api';
import { useKeys, useTicks } from '../../components';
import {
  claimRouteRef,
  publicationRouteRef,
  requestRouteRef,
  requestsRouteRef,
} from '../../routes';
import { readItemId } from './inboxItem';
import { waitingView, writeRequestsUrl } from './requestsUrl';
import { useDecisions } from './useDecisions';
import { useInbox } from './useInbox';
import { useRequestsUrl } from './useRequestsUrl';

/** What the inbox shows, what is open in it and ticked, and its decisions. */
export function useInboxPage() {
  const requestLink = useRouteRef(requestRouteRef);
  const claimLink = useRouteRef(claimRouteRef);
  const publicationLink = useRouteRef(publicationRouteRef);
  const requestsLink = useRouteRef(requestsRouteRef);
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const [url, change] = useRequestsUrl();
  const inbox = useInbox(url);
  const counts = useRequestCounts();
  const { ids: ticked, tick, clear } = useTicks();
  // Without a view in the address, it is the one in which something waits.
  const waits = counts.value && !url.isChosen && waitingView(counts.value);
  useEffect(() => {
    if (waits && waits !== url.view) change({ view: waits }, { replace: true });
  }, [waits, url.view, change]);
  const refresh = () => {
    inbox.reload();
    void counts.reload();
  };
  const decisions = useDecisions({ onChange: refresh });

  const isToDecide = url.view === 'toDecide';
  const leaving = isToDecide
    ? inbox.items.filter(
        item => item.kind === 'request' && decisions.isGone(item.request),
      )
    : [];
  const items = inbox.items.filter(item => !leaving.includes(item));
  const openId = narrow ? undefined : url.id ?? items[0]?.id;

  const open = (id: string | undefined) => change({ id }, { replace: true });
  const openNext = (decidedId: string) => {
    if (!isToDecide) return;
    // The next one that waits takes the place of the one that is decided.
    const index = items.findIndex(item => item.id === decidedId);
    open((items[index + 1] ?? items[index - 1])?.id);
  };
  const step = (by: 1 | -1) => {
    const next = items[items.findIndex(({ id }) => id === openId) + by];
    if (next) open(next.id);
  };
  const openItem = items.find(({ id }) => id === openId);
  useKeys({
    j: !narrow && (() => step(1)),
    k: !narrow && (() => step(-1)),
    x:
      isToDecide &&
      openItem?.kind === 'request' &&
      (() => tick(openItem.id, !ticked.has(openItem.id))),
  });

  const pageOf = (itemId: string) => {
    const { kind, id } = readItemId(itemId);
    switch (kind) {
      case 'claim':
        return claimLink({ id });
      case 'publication':
        return publicationLink({ id });
      default:
        return requestLink({ id });
    }
  };
  return {
    url,
    change,
    narrow,
    isToDecide,
    inbox,
    items,
    counts: counts.value,
    leaving: leaving.length,
    openId,
    ticked: items.flatMap(item =>
      item.kind === 'request' && ticked.has(item.id) ? [item.request] : [],
    ),
    tickedIds: isToDecide ? ticked : undefined,
    tick,
    untick: (ids?: readonly string[]) => (ids ? tick(ids, false) : clear()),
    decisions,
    decide(request: RequestDetail, decision: NewDecision) {
      openNext(request.id);
      void decisions.decide(request, decision);
    },
    open,
    openNext,
    refresh,
    pageOf,
    linkTo: (id: string) =>
      narrow
        ? pageOf(id)
        : `${requestsLink()}?${writeRequestsUrl({ ...url, id })}`,
  };
}
