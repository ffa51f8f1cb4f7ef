import type { DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  type DataMeshApi,
  DataMeshClient,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { DEMO_USER_HEADER } from '../signIn/demoAuthenticator';

/** Signs users in through the demo provider, as the browser does. */
export function createDemoCast(
  discovery: DiscoveryService,
): (userName: string) => Promise<DataMeshApi> {
  async function signIn(userName: string): Promise<string> {
    const auth = await discovery.getBaseUrl('auth');
    const response = await fetch(`${auth}/demo/refresh`, {
      headers: {
        [DEMO_USER_HEADER]: `user:default/${userName}`,
        'x-requested-with': 'XMLHttpRequest',
      },
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const session = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return session.backstageIdentity.token;
  }

  const cast = new Map<string, DataMeshApi>();
  return async userName => {
    const known = cast.get(userName);
    if (known) return known;
    const token = await signIn(userName);
    const client = new DataMeshClient({
      discoveryApi: discovery,
      fetchApi: {
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('authorization', `Bearer ${token}`);
          return fetch(input, { ...init, headers });
        },
      },
    });
    cast.set(userName, client);
    return client;
  };
}
