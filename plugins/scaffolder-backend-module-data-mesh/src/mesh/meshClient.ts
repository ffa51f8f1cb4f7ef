import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  DataMeshClient,
  type DataMeshApi,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What the actions ask of the data mesh backend. */
export type MeshApi = Pick<DataMeshApi, 'findName' | 'createClaim'>;

/** The backend as seen by whoever runs the template. */
export type MeshFor = (credentials: BackstageCredentials) => MeshApi;

/**
 * Asks the data mesh backend with the credentials of the initiator, so that the
 * backend decides by who they are.
 */
export function createMeshClient(options: {
  auth: AuthService;
  discovery: DiscoveryService;
}): MeshFor {
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
