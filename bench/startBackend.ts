/** The running plugin with a fake system, measured over HTTP. */
import { setTimeout } from 'node:timers/promises';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { startPortal } from '../packages/backend/src/__testUtils__/startPortal';
import type { FakeProvisioner } from '../plugins/data-mesh-backend/src/testing/FakeProvisioner';
import { theMesh } from '../plugins/data-mesh-backend/src/testing/meshFixture';
import { provisionersExtensionPoint } from '../plugins/data-mesh-node/src';
import { startClient, type Sent } from './client';
import { indexedCatalog } from './indexedCatalog';
import { watchTurns, type Turn } from './watchTurns';

/** One call of the API. */
export interface Measured {
  /** Until the answer was read, and the CPU time of the backend meanwhile. */
  elapsed: Turn;
  /** The longest that the event loop was held, until a moment after. */
  longest: Turn;
  answer: string;
}

/** What a call sends, and the status that it is answered with. */
export interface Call {
  body?: object;
  headers?: { [name: string]: string };
  /** 200 where nothing is said. */
  expected?: number;
}

/** For how long what follows an answer is looked at. */
const AFTER_MS = 50;

/** A catalog in memory whose products can be changed. */
function changingCatalog(first: DataProductEntity[]) {
  const of = (products: DataProductEntity[]) =>
    indexedCatalog(theMesh(products));
  let catalog = of(first);
  const service = new Proxy(catalog, {
    get: (_, name) => {
      const found: unknown = Reflect.get(catalog, name);
      return typeof found === 'function' ? found.bind(catalog) : found;
    },
  });
  return {
    factory: createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      factory: () => service,
    }),
    set: (products: DataProductEntity[]) => {
      catalog = of(products);
    },
  };
}

export async function startBackend(options: {
  products: DataProductEntity[];
  provisioner: FakeProvisioner;
}) {
  const catalog = changingCatalog(options.products);
  const portal = await startPortal({
    features: [
      createBackendModule({
        pluginId: 'data-mesh',
        moduleId: 'fake',
        register(env) {
          env.registerInit({
            deps: { provisioners: provisionersExtensionPoint },
            async init({ provisioners }) {
              provisioners.addProvisioner(options.provisioner);
            },
          });
        },
      }),
      catalog.factory,
    ],
    config: {
      backend: {
        baseUrl: 'http://localhost:7007',
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      dataMesh: {
        domains: [
          {
            domain: 'sales',
            teams: ['sales'],
            holds: [{ system: 'fake', catalogId: 'fake' }],
          },
        ],
        governance: ['group:default/governance'],
      },
    },
  });

  const client = startClient();

  /** Calls the API, and measures until the answer is read. */
  async function call(
    path: string,
    userRef: string,
    { body, headers, expected = 200 }: Call = {},
  ): Promise<Measured> {
    const sent: Sent = {
      url: `${portal.url}${path}`,
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: mockCredentials.user.header(userRef),
        'content-type': 'application/json',
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    };
    const sending = client.send(sent);
    const watched = watchTurns();
    await sending;
    const elapsed = watched.soFar();
    await setTimeout(AFTER_MS);
    const longest = watched.longest();
    const { status, text } = await client.handOver();
    if (status !== expected) {
      throw new Error(
        `${path} was answered with ${status}, expected ${expected}: ${text.slice(
          0,
          500,
        )}`,
      );
    }
    return { elapsed, longest, answer: text };
  }

  return {
    call,
    setProducts: catalog.set,
    stop: async () => {
      await client.stop();
      await portal.stop();
    },
  };
}
