import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  DataMeshClient,
  type DataMeshApi,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * The HTTP API of the data mesh backend, called as somebody.
 *
 * @public
 */
export type DataMeshApiFor = (credentials: BackstageCredentials) => DataMeshApi;

/**
 * Calls the data mesh backend on behalf of others: it decides by who they are,
 * as if they had called it themselves.
 *
 * @public
 */
export function createDataMeshApiFor(options: {
  auth: AuthService;
  discovery: DiscoveryService;
}): DataMeshApiFor {
  const { auth, discovery } = options;
  return credentials =>
    new DataMeshClient({
      discoveryApi: discovery,
      fetchApi: {
        fetch: async (url, init) => {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: credentials,
            targetPluginId: 'data-mesh',
          });
          const headers = new Headers(init?.headers);
          headers.set('authorization', `Bearer ${token}`);
          return fetch(url, { ...init, headers });
        },
      },
    });
}
