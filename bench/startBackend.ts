/** The running plugin with a fake system, measured over HTTP. */
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { startPortal } from '../packages/backend/src/__testUtils__/startPortal';
import type { FakeProvisioner } from '../plugins/data-mesh-backend/src/testing/FakeProvisioner';
import { theMesh } from '../plugins/data-mesh-backend/src/testing/meshFixture';
import { provisionersExtensionPoint } from '../plugins/data-mesh-node/src';
import { indexedCatalog } from './indexedCatalog';
import { printTable } from './printTable';
import { cpuMs, ms, watchTurns, type Turn } from './watchTurns';

/** One call of the API. */
export interface Measured {
  elapsed: number;
  /** CPU time of the whole process meanwhile, in milliseconds. */
  cpu: number;
  /** The longest that the event loop was held, in milliseconds. */
  longest: Turn;
  answer: string;
}

/** Prints how long each took, and for how long it held the event loop. */
export function printMeasured(
  title: string,
  rows: ReadonlyArray<{ what: string; measured: Measured }>,
): void {
  printTable(
    [title, 'elapsed', 'longest block', 'of it CPU time, at most'],
    rows.map(({ what, measured: { elapsed, longest } }) => [
      what,
      ms(elapsed),
      ms(longest.wall),
      ms(longest.cpu),
    ]),
  );
}

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

  /** Calls the API, and measures until the answer is read. */
  async function call(
    path: string,
    userRef: string,
    {
      expected = 200,
      ...sent
    }: Parameters<typeof portal.send>[2] & { expected?: number } = {},
  ): Promise<Measured> {
    const longestTurn = watchTurns();
    const [began, cpuBefore] = [performance.now(), cpuMs()];
    const { status, text } = await portal.send(userRef, path, sent);
    const elapsed = performance.now() - began;
    const cpu = cpuMs() - cpuBefore;
    const longest = longestTurn();
    if (status !== expected) {
      throw new Error(
        `${path} was answered with ${status}, expected ${expected}: ${text.slice(
          0,
          500,
        )}`,
      );
    }
    return { elapsed, cpu, longest, answer: text };
  }

  return { call, setProducts: catalog.set, stop: portal.stop };
}
