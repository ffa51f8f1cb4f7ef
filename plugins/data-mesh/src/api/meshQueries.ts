import { QueryClient } from '@tanstack/react-query';
import type { DataMeshApi } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from './dataMeshApiRef';

/** What was loaded, and the refreshing of it. */
export interface MeshQueries {
  client: QueryClient;
  /** Takes note of a signal; the same one is told by every component. */
  onSignal(signal: unknown): void;
}

// One cache for all pages, cards and tabs: an app mounts each of them by
// itself, without a place above them for a provider. A cache belongs to the
// client that filled it.
const queriesOf = new WeakMap<DataMeshApi, MeshQueries>();

function makeQueries(): MeshQueries {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        // Errors are said at once, with a button; no loopback is offline.
        retry: false,
        networkMode: 'always',
      },
    },
  });
  // Takes note of the window being looked at again.
  client.mount();
  let seen: unknown;
  let isRefreshing = false;
  let isDue = false;

  // A load that runs when the signal comes may answer with what was before it,
  // but is waited for: where answers take longer than the signals between
  // them, there would never be any.
  const refresh = async () => {
    isDue = true;
    if (isRefreshing) return;
    isRefreshing = true;
    while (isDue) {
      isDue = client.isFetching({ predicate: isLive }) > 0;
      await client.invalidateQueries(
        { predicate: isLive },
        { cancelRefetch: false },
      );
    }
    isRefreshing = false;
  };
  return {
    client,
    onSignal(signal) {
      if (signal === seen) return;
      seen = signal;
      void refresh();
    },
  };
}

function isLive(query: { meta?: Record<string, unknown> }): boolean {
  return query.meta?.live === true;
}

/** The cache of the plugin. */
export function useMeshQueries(): MeshQueries {
  const api = useDataMesh();
  const queries = queriesOf.get(api) ?? makeQueries();
  queriesOf.set(api, queries);
  return queries;
}
