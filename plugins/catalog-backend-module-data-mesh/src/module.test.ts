import { promises as fs } from 'fs';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import request from 'supertest';
import catalogModuleDataMesh from '.';
import { DataProductProcessor } from './processor/DataProductProcessor';
import { aForeignProduct, aProduct, anEntity } from './testing/builders';

type Server = Parameters<typeof request>[0];

/** As an instance has it whose catalog knows no model layers. */
const processorOnly = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'processor-only',
  register(env) {
    env.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addProcessor(
          new DataProductProcessor({ logger: mockServices.logger.mock() }),
        );
      },
    });
  },
});

/** A company's own DataProduct kind, with a processor of its own. */
const foreignKind = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'foreign-kind',
  register(env) {
    env.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addProcessor({
          getProcessorName: () => 'ForeignProcessor',
          validateEntityKind: async entity =>
            entity.apiVersion === 'acme.example/v1',
        });
      },
    });
  },
});

function ingesting(entities: Entity[]) {
  const location = 'url:https://example.com/mesh.yaml';
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'test-entities',
    register(env) {
      env.registerInit({
        deps: { processing: catalogProcessingExtensionPoint },
        async init({ processing }) {
          processing.addEntityProvider({
            getProviderName: () => 'test',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: entities.map(entity => ({
                  entity: {
                    ...entity,
                    metadata: {
                      ...entity.metadata,
                      annotations: {
                        ...entity.metadata.annotations,
                        [ANNOTATION_LOCATION]: location,
                        [ANNOTATION_ORIGIN_LOCATION]: location,
                      },
                    },
                  },
                })),
              }),
          });
        },
      });
    },
  });
}

async function startCatalog(
  entities: Entity[],
  options: {
    module?: typeof processorOnly;
    others?: Array<typeof processorOnly>;
    dataMesh?: Parameters<typeof mockServices.rootConfig.factory>[0];
  } = {},
) {
  const { server } = await startTestBackend({
    features: [
      mockServices.rootConfig.factory(
        options.dataMesh ?? {
          data: { catalog: { processingInterval: { seconds: 1 } } },
        },
      ),
      catalogPlugin,
      options.module ?? catalogModuleDataMesh,
      ...(options.others ?? []),
      ingesting(entities),
    ],
  });
  return server;
}

async function eventually<T>(
  look: () => Promise<T | undefined>,
  what: string,
): Promise<T> {
  const giveUp = Date.now() + 100_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > giveUp) throw new Error(`Never seen: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function find(server: Server, path: string, ready = (_: Entity) => true) {
  return eventually(async () => {
    const { status, body } = await request(server).get(
      `/api/catalog/entities/by-name/${path}`,
    );
    return status === 200 && ready(body) ? (body as Entity) : undefined;
  }, path);
}

const relationsOf = ({ relations = [] }: Entity) =>
  relations.map(({ type, targetRef }) => `${type} ${targetRef}`).sort();

const mesh = [
  anEntity('Group', 'team-shop', { type: 'team', children: [] }),
  anEntity('Domain', 'sales', { owner: 'team-shop' }),
  anEntity('System', 'webshop', { owner: 'team-shop', domain: 'sales' }),
  anEntity(
    'Component',
    'dashboard',
    { type: 'website', lifecycle: 'production', owner: 'team-shop' },
    { 'lakemesh.io/consumes-data': 'dataproduct:default/orders' },
  ),
  aProduct('orders', { system: 'webshop' }),
  aProduct('forecast', {
    inputPorts: [{ name: 'orders', product: 'orders', port: 'daily' }],
  }),
  aProduct('broken', { lifecycle: 'live', ownr: 'x' }),
];

describe.each([
  ['with model layers', catalogModuleDataMesh],
  ['without model layers', processorOnly],
])('catalogModuleDataMesh %s', (_, module) => {
  it('brings products with their relations, each once, into the catalog', async () => {
    const server = await startCatalog(mesh, { module });
    const orders = await find(
      server,
      'dataproduct/default/orders',
      entity => relationsOf(entity).length >= 5,
    );
    expect(relationsOf(orders)).toEqual([
      'dataConsumedBy component:default/dashboard',
      'dataConsumedBy dataproduct:default/forecast',
      'ownedBy group:default/team-shop',
      'partOf domain:default/sales',
      'partOf system:default/webshop',
    ]);
    expect(
      relationsOf(await find(server, 'dataproduct/default/forecast')),
    ).toContain('consumesData dataproduct:default/orders');
    expect(relationsOf(await find(server, 'group/default/team-shop'))).toEqual(
      expect.arrayContaining([
        'ownerOf dataproduct:default/forecast',
        'ownerOf dataproduct:default/orders',
      ]),
    );
    expect(relationsOf(await find(server, 'domain/default/sales'))).toContain(
      'hasPart dataproduct:default/orders',
    );

    const broken = await request(server).get(
      '/api/catalog/entities/by-name/dataproduct/default/broken',
    );
    expect(broken.status).toBe(404);
  });

  it('leaves a DataProduct of another API group to its own processor', async () => {
    const server = await startCatalog(
      [
        anEntity('Group', 'team-shop', { type: 'team', children: [] }),
        aForeignProduct('legacy'),
        aProduct('orders'),
      ],
      { module, others: [foreignKind] },
    );
    const legacy = await find(server, 'dataproduct/default/legacy');
    expect(legacy.apiVersion).toBe('acme.example/v1');
    expect(relationsOf(legacy)).toEqual([]);
    await find(server, 'dataproduct/default/orders');
  });

  it('refuses an invalid product with each field and the reason', async () => {
    const server = await startCatalog([], { module });
    const { status, body } = await request(server)
      .post('/api/catalog/validate-entity')
      .send({
        location: 'url:https://example.com/mesh.yaml',
        entity: aProduct('broken', { lifecycle: 'live', ownr: 'x' }),
      });
    expect(status).toBe(400);
    const text = JSON.stringify(body);
    expect(text).toMatch(/spec\.lifecycle must be one of proposed/);
    expect(text).toMatch(/spec\.ownr is not a known property, did you mean/);
  });
});

describe('the catalog directory', () => {
  const mockDir = createMockDirectory();
  it('shows what is in it without any catalog rule', async () => {
    mockDir.setContent({ published: {} });
    const directory = mockDir.resolve('published');
    await fs.writeFile(
      `${directory}/sales.yaml`,
      'apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata:\n  name: sales\nspec:\n  owner: team-shop\n',
    );
    const server = await startCatalog([], {
      dataMesh: { data: { dataMesh: { catalog: { directory } } } },
    });
    const domain = await find(server, 'domain/default/sales');
    expect(domain.metadata.annotations?.[ANNOTATION_LOCATION]).toBe(
      `file:${directory}/sales.yaml`,
    );
  });
});
