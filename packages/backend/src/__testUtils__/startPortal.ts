import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import dataMeshPlugin from '@lakemesh/backstage-plugin-data-mesh-backend';

type Features = NonNullable<Parameters<typeof startTestBackend>[0]['features']>;

/** An answer of the API. */
export interface Answer {
  status: number;
  text: string;
}

const silent = [
  createServiceFactory({
    service: notificationService,
    deps: {},
    factory: () => ({ send: async () => {} }),
  }),
  createServiceFactory({
    service: signalsServiceRef,
    deps: {},
    factory: () => ({ publish: async () => {} }),
  }),
];

/**
 * The data mesh over HTTP, which tells nobody of anything: for tests and
 * benchmarks.
 *
 * @param options.features - a catalog, what serves ports, and a database where
 *   config names none
 */
export async function startPortal(options: {
  features: Features;
  config: mockServices.rootConfig.Options['data'];
}) {
  const backend = await startTestBackend({
    features: [
      dataMeshPlugin,
      ...silent,
      mockServices.rootConfig.factory({ data: options.config }),
      ...options.features,
    ],
  });
  const origin = `http://localhost:${backend.server.port()}`;
  const url = `${origin}/api/data-mesh/v1`;
  return {
    origin,
    url,
    send: async (
      userRef: string,
      path: string,
      sent: { body?: object; headers?: { [name: string]: string } } = {},
    ): Promise<Answer> => {
      const response = await fetch(`${url}${path}`, {
        method: sent.body ? 'POST' : 'GET',
        headers: {
          authorization: mockCredentials.user.header(userRef),
          'content-type': 'application/json',
          ...sent.headers,
        },
        ...(sent.body && { body: JSON.stringify(sent.body) }),
      });
      return { status: response.status, text: await response.text() };
    },
    stop: () => backend.stop(),
  };
}
