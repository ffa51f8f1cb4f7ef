import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { MeshCatalog } from '../catalog/MeshCatalog';
import { AnnotationPrincipalResolver } from './AnnotationPrincipalResolver';

const GROUP = 'arn:aws:iam::111111111111:saml-provider/idp:group';
const LONG = Array.from(
  { length: 12 },
  (_, index) => `arn:aws:iam::111111111111:role/a-long-name-of-a-role-${index}`,
);

function group(name: string, principals?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      namespace: 'default',
      ...(principals && {
        annotations: { 'lakemesh.io/principals': principals },
      }),
    },
  };
}

const warnings: string[] = [];
const catalog = new MeshCatalog({
  auth: mockServices.auth(),
  catalog: catalogServiceMock({
    entities: [
      group('analysts', `${GROUP}/Data Analysts`),
      group('data', `${GROUP}/Data`),
      group('broken', `${GROUP}/Data Analysts, nonsense arn:aws:iam`),
      group('long', LONG.join('\n')),
      group('none'),
    ],
  }),
});
const resolver = new AnnotationPrincipalResolver(catalog, {
  logger: mockServices.logger.mock({
    warn: message => {
      warnings.push(message);
    },
  }),
});
const ref = (name: string) => `group:default/${name}`;

describe('principals by annotation', () => {
  it('are whole, whatever characters they have', async () => {
    expect(await resolver.resolve([ref('analysts'), ref('none')])).toEqual([
      { id: `${GROUP}/Data Analysts`, via: ref('analysts') },
    ]);
  });

  it('are found by the whole principal, and by no part of it', async () => {
    const actors = async (id: string) =>
      (await catalog.actingAs(id)).map(({ metadata }) => metadata.name);
    expect(await actors(`${GROUP}/Data`)).toEqual(['data']);
    expect(await actors(`${GROUP}/Data Analysts`)).toEqual(['analysts']);
    expect(await actors(`${GROUP}/data`)).toEqual([]);
  });

  it('are found in annotations that are too long for the index', async () => {
    const found = await catalog.actingAs(LONG[11]);
    expect(found.map(({ metadata }) => metadata.name)).toEqual(['long']);
  });

  it('are nobody where the annotation does not read whole, and that is said', async () => {
    const text = `${GROUP}/Data\n${GROUP}/Ops, nonsense,`;
    const unreadable = new AnnotationPrincipalResolver(
      {
        entitiesOf: async () => new Map([[ref('x'), group('x', text)]]),
        actingAs: async () => [],
      },
      {
        logger: mockServices.logger.mock({
          warn: message => {
            warnings.push(message);
          },
        }),
      },
    );
    expect(await unreadable.resolve([ref('x')])).toEqual([]);
    expect(await unreadable.problems([ref('x')])).toEqual([
      { via: ref('x'), reason: expect.stringMatching(/unclear/) },
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(/of group:default\/x names nobody/),
    ]);
  });
});
