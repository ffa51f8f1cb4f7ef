import { useMemo } from 'react';
import {
  endedEntitlementStates,
  isUnderWay,
  liveEntitlementStates,
  openRequestStates,
  type AccessRequest,
  type Entitlement,
  type RequestState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, useLoad } from '../../api';
import { accessItems, type AccessView } from './accessItems';

// What was approved goes on as an access; the rest ended as a request.
const refusedStates: RequestState[] = ['rejected', 'withdrawn', 'lapsed'];

// Far more than one person holds; what is beyond says so on the page.
const AT_MOST_PAGES = 10;
const PAGE = 200;

async function pagesOf<T>(
  fetchPage: (
    cursor: string | undefined,
  ) => Promise<{ items: T[]; nextCursor?: string }>,
): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < AT_MOST_PAGES; page += 1) {
    const answer = await fetchPage(cursor);
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (!cursor) break;
  }
  return { items, more: cursor !== undefined };
}

/** What the caller holds and asked for, fresh while something moves. */
export function useMyAccess(view: AccessView) {
  const api = useDataMesh();
  const isPast = view === 'past';
  const loaded = useLoad(
    `my access ${view}`,
    async (): Promise<{
      held: Entitlement[];
      requests: AccessRequest[];
      more: boolean;
    }> => {
      const [held, requests] = await Promise.all([
        pagesOf(cursor =>
          api.listEntitlements({
            view: 'mine',
            state: [
              ...(isPast ? endedEntitlementStates : liveEntitlementStates),
            ],
            limit: PAGE,
            cursor,
          }),
        ),
        pagesOf(cursor =>
          api.listRequests({
            view: 'mine',
            state: [...(isPast ? refusedStates : openRequestStates)],
            limit: PAGE,
            cursor,
          }),
        ),
      ]);
      return {
        held: held.items,
        requests: requests.items,
        more: held.more || requests.more,
      };
    },
    { pollWhile: ({ held }) => held.some(isUnderWay) },
  );
  const { value } = loaded;
  const items = useMemo(
    () => value && accessItems(value.held, value.requests),
    [value],
  );

  return { ...loaded, items };
}
