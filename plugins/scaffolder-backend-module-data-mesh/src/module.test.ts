import { promises as fs } from 'fs';
import { join } from 'path';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import templateKind from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import catalogModuleDataMesh from '@lakemesh/backstage-plugin-catalog-backend-module-data-mesh';
import request from 'supertest';
import { parse } from 'yaml';
import scaffolderModuleDataMesh from '.';

type Server = Parameters<typeof request>[0];

const TEMPLATE = join(__dirname, '../templates/new-data-domain/template.yaml');
const ANA = mockCredentials.user.header('user:default/ana');

function anEntity(kind: string, name: string, spec: Entity['spec']): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec,
  };
}

/** A data mesh backend in which a product waits for the group lab-old. */
const dataMeshBackend = createBackendPlugin({
  pluginId: 'data-mesh',
  register(env) {
    env.registerInit({
      deps: {
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ httpAuth, httpRouter }) {
        httpRouter.use(async (req, res) => {
          const { principal } = await httpAuth.credentials(req, {
            allow: ['user'],
          });
          const { ref } = req.query;
          const isTrusted = ref === 'group:default/lab-old';
          const may =
            !isTrusted || principal.userEntityRef === 'user:default/gil';
          res.json({
            ref,
            state: isTrusted ? 'trusted' : 'free',
            trustedBy: isTrusted
              ? [{ kind: 'product', words: 'owner of Orders' }]
              : [],
            mayCreate: may,
            mayJoin: may,
          });
        });
      },
    });
  },
});

function ingesting(entities: Entity[]) {
  const location = 'url:https://example.com/org.yaml';
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

async function find(server: Server, path: string) {
  return eventually(async () => {
    const { status, body } = await request(server)
      .get(`/api/catalog/entities/by-name/${path}`)
      .set('authorization', ANA);
    return status === 200 ? (body as Entity) : undefined;
  }, path);
}

async function run(server: Server, values: object) {
  const created = await request(server)
    .post('/api/scaffolder/v2/tasks')
    .set('authorization', ANA)
    .send({ templateRef: 'template:default/new-data-domain', values });
  if (created.status !== 201) return { created };
  const task = await eventually(async () => {
    const { body } = await request(server)
      .get(`/api/scaffolder/v2/tasks/${created.body.id}`)
      .set('authorization', ANA);
    return ['completed', 'failed'].includes(body.status) ? body : undefined;
  }, 'end of the task');
  const { body: events } = await request(server)
    .get(`/api/scaffolder/v2/tasks/${created.body.id}/events`)
    .set('authorization', ANA);
  return { created, task, log: JSON.stringify(events) };
}

describe('the template New data domain', () => {
  const mockDir = createMockDirectory();
  async function aPortal() {
    mockDir.setContent({ workspaces: {} });
    const template = parse(await fs.readFile(TEMPLATE, 'utf8'));
    const { server } = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            backend: { workingDirectory: mockDir.resolve('workspaces') },
            catalog: { processingInterval: { seconds: 1 } },
            dataMesh: {
              catalog: { directory: mockDir.resolve('published') },
            },
          },
        }),
        // The mock gives each plugin events of its own; the scaffolder has to reach
        // the catalog.
        eventsServiceFactory,
        catalogPlugin,
        templateKind,
        catalogModuleDataMesh,
        scaffolderPlugin,
        scaffolderModuleDataMesh,
        dataMeshBackend,
        ingesting([
          template,
          anEntity('User', 'ana', { memberOf: [] }),
          anEntity('Group', 'team-crm', { type: 'team', children: [] }),
        ]),
      ],
    });
    await find(server, 'template/default/new-data-domain');
    await find(server, 'group/default/team-crm');
    await find(server, 'user/default/ana');
    return server;
  }

  it('makes a domain and its group visible, refuses its name the second time', async () => {
    const server = await aPortal();
    const values = {
      name: 'service',
      title: 'Customer service',
      ownership: 'new',
      // Left over from before the owner was switched.
      owner: 'group:default/team-crm',
      groupName: 'team-service',
      groupMembers: ['user:default/ana'],
      accountId: '210987654321',
      region: 'eu-central-1',
    };

    const { task, log } = await run(server, values);
    expect(`${task?.status} ${log}`).toMatch(/^completed/);
    expect(log).toContain('domain:default/service');

    const domain = await find(server, 'domain/default/service');
    expect(domain).toMatchObject({
      metadata: {
        title: 'Customer service',
        annotations: {
          'lakemesh.io/aws-account-id': '210987654321',
          'lakemesh.io/aws-region': 'eu-central-1',
        },
      },
      spec: { owner: 'group:default/team-service' },
    });
    const group = await find(server, 'group/default/team-service');
    expect(group.spec).toMatchObject({ members: ['user:default/ana'] });
    expect(await fs.readdir(mockDir.resolve('published'))).toEqual([
      'domain-service.yaml',
    ]);

    const again = await run(server, values);
    expect(again.task?.status).toBe('failed');
    expect(again.log).toContain('domain:default/service');
    expect(again.log).toContain('exists in the catalog already');

    const taken = await run(server, {
      name: 'sales',
      title: 'Sales',
      ownership: 'existing',
      owner: 'group:default/team-crm',
      accountId: '210987654321',
      region: 'eu-central-1',
    });
    expect(`${taken.task?.status} ${taken.log}`).toMatch(/^completed/);
    expect((await find(server, 'domain/default/sales')).spec).toMatchObject({
      owner: 'group:default/team-crm',
    });
  });

  it('creates no group whose name something trusts', async () => {
    const server = await aPortal();
    const { task, log } = await run(server, {
      name: 'sneaky',
      title: 'S',
      ownership: 'new',
      groupName: 'lab-old',
      groupMembers: ['user:default/ana'],
      accountId: '210987654321',
      region: 'eu-central-1',
    });
    expect(task?.status).toBe('failed');
    expect(log).toContain(
      'group:default/lab-old is trusted as owner of Orders',
    );
    await expect(fs.readdir(mockDir.resolve('published'))).rejects.toThrow(
      /ENOENT/,
    );
  });

  it.each([
    ['a short account', { accountId: '2109' }, 'accountId'],
    ['a name with capitals', { name: 'Sales' }, 'name'],
    ['no owner', { owner: undefined }, 'owner'],
    ['a region that is none', { region: 'moon-1' }, 'region'],
  ])('does not start with %s', async (_, over, field) => {
    const server = await aPortal();
    const { created } = await run(server, {
      name: 'sales',
      title: 'Sales',
      ownership: 'existing',
      owner: 'group:default/team-crm',
      accountId: '210987654321',
      region: 'eu-central-1',
      ...over,
    });
    expect(created.status).toBe(400);
    expect(JSON.stringify(created.body)).toContain(field);
  });
});
