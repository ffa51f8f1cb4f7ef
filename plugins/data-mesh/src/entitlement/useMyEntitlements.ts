import {
  isUnderWay,
  type Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Loaded, useDataMesh, useLoad } from '../api';
import { AccessView, statesOfView } from './entitlementGroups';

// Far more than one person holds; what is beyond says so on the page.
const AT_MOST_PAGES = 10;

/** The entitlements of the caller, all pages, fresh while something moves. */
export function useMyEntitlements(
  view: AccessView,
): Loaded<{ items: Entitlement[]; more: boolean }> {
  const api = useDataMesh();
  return useLoad(
    `my entitlements ${view}`,
    async () => {
      const items: Entitlement[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < AT_MOST_PAGES; page += 1) {
        const answer = await api.listEntitlements({
          view: 'mine',
          state: statesOfView(view),
          limit: 200,
          cursor,
        });
        items.push(...answer.items);
        cursor = answer.nextCursor;
        if (!cursor) break;
      }
      return { items, more: cursor !== undefined };
    },
    { pollWhile: ({ items }) => items.some(isUnderWay) },
  );
}
