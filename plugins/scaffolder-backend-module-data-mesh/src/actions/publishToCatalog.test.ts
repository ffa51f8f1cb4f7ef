import { promises as fs } from 'fs';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  ANNOTATION_LOCATION,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { EventParams } from '@backstage/plugin-events-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parseAllDocuments } from 'yaml';
import { aMesh, trusted, type Verdicts } from '../testing/aMesh';
import { createPublishToCatalogAction } from './publishToCatalog';

function aDomain(name = 'sales', over: Partial<Entity['metadata']> = {}) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Domain',
    metadata: { name, ...over },
    spec: { owner: 'group:default/team-crm' },
  };
}

describe('data-mesh:catalog:publish', () => {
  const mockDir = createMockDirectory();
  beforeEach(() => mockDir.setContent({}));

  /** A catalog that reads the directory when it is told that it changed. */
  function aPortal(
    options: {
      existing?: Entity[];
      decision?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
      refusal?: string;
      deaf?: boolean;
      configured?: boolean;
      verdicts?: Verdicts;
      /** What is said of names once the file was written. */
      afterwards?: Verdicts;
    } = {},
  ) {
    const directory = mockDir.resolve('published');
    const inCatalog = new Map(
      (options.existing ?? []).map(e => [stringifyEntityRef(e), e]),
    );
    const published: EventParams[] = [];
    let waited = 0;
    const catalog = catalogServiceMock.mock({
      getEntitiesByRefs: async ({ entityRefs }) => ({
        items: entityRefs.map(ref => inCatalog.get(ref)),
      }),
      validateEntity: async () =>
        options.refusal
          ? {
              valid: false,
              errors: [{ name: 'InputError', message: options.refusal }],
            }
          : { valid: true },
    });
    async function read() {
      for (const name of await fs.readdir(directory)) {
        const path = `${directory}/${name}`;
        const text = await fs.readFile(path, 'utf8');
        for (const document of parseAllDocuments(text)) {
          const entity = document.toJS();
          entity.metadata.annotations = {
            [ANNOTATION_LOCATION]: `file:${path}`,
          };
          inCatalog.set(stringifyEntityRef(entity), entity);
        }
      }
    }
    const action = createPublishToCatalogAction({
      directory:
        options.configured === false
          ? undefined
          : { path: directory, allow: ['domain', 'group'] },
      auth: mockServices.auth(),
      catalog,
      events: {
        publish: async event => {
          published.push(event);
        },
        subscribe: async () => undefined,
      },
      mesh: aMesh(
        () =>
          (published.length > 0 && options.afterwards) ||
          (options.verdicts ?? {}),
      ).mesh,
      permissions: mockServices.permissions({
        result: options.decision ?? AuthorizeResult.ALLOW,
      }),
      // The catalog sees the change while the action waits.
      wait: async ms => {
        waited += ms;
        if (!options.deaf && published.length > 0) await read();
      },
    });
    async function publish(
      input: Parameters<typeof action.handler>[0]['input'],
      isDryRun = false,
    ) {
      const outputs: Record<string, unknown> = {};
      await action.handler({
        ...createMockActionContext({ input }),
        isDryRun,
        output: (name, value) => {
          outputs[name] = value;
        },
      });
      return outputs;
    }
    const files = () => fs.readdir(directory).catch((): string[] => []);
    return { publish, files, published, directory, waited: () => waited };
  }

  it('writes the entities, tells the catalog and waits until it shows them', async () => {
    const { publish, files, published, directory, waited } = aPortal();
    await expect(publish({ entities: [aDomain()] })).resolves.toEqual({
      entityRefs: ['domain:default/sales'],
      fileName: 'domain-sales.yaml',
    });
    expect(await files()).toEqual(['domain-sales.yaml']);
    const text = await fs.readFile(`${directory}/domain-sales.yaml`, 'utf8');
    expect(parseAllDocuments(text).map(d => d.toJS())).toEqual([aDomain()]);
    expect(published).toEqual([
      {
        topic: 'data-mesh.catalog-directory',
        eventPayload: { fileName: 'domain-sales.yaml' },
      },
    ]);
    expect(waited()).toBe(500);
  });

  it('can run again after it was interrupted', async () => {
    const { publish, files } = aPortal();
    await publish({ entities: [aDomain()] });
    await expect(publish({ entities: [aDomain()] })).resolves.toBeDefined();
    expect(await files()).toEqual(['domain-sales.yaml']);
  });

  it('names the file after the namespace too where it is not the default', async () => {
    const { publish } = aPortal();
    await expect(
      publish({ entities: [aDomain('sales', { namespace: 'emea' })] }),
    ).resolves.toMatchObject({ fileName: 'domain-emea-sales.yaml' });
  });

  it('never overwrites other content', async () => {
    const { publish, directory } = aPortal();
    mockDir.setContent({ published: { 'domain-sales.yaml': 'mine' } });
    await expect(publish({ entities: [aDomain()] })).rejects.toThrow(
      /exists with other content/,
    );
    expect(await fs.readFile(`${directory}/domain-sales.yaml`, 'utf8')).toBe(
      'mine',
    );
  });

  it('writes nothing in a dry run, but checks everything', async () => {
    const { publish, files, published } = aPortal();
    await expect(publish({ entities: [aDomain()] }, true)).resolves.toEqual({
      entityRefs: ['domain:default/sales'],
      fileName: 'domain-sales.yaml',
    });
    expect(await files()).toEqual([]);
    expect(published).toEqual([]);
    await expect(
      aPortal({ refusal: 'no' }).publish({ entities: [aDomain()] }, true),
    ).rejects.toThrow(/refuses/);
  });

  it.each([
    ['../escape.yaml'],
    ['/etc/passwd.yaml'],
    ['a/b.yaml'],
    ['..yaml'],
    ['.hidden.yaml'],
    ['domain.json'],
    [''],
  ])('refuses %j as file name', async fileName => {
    const { publish, files } = aPortal();
    await expect(publish({ entities: [aDomain()], fileName })).rejects.toThrow(
      /fileName must be/,
    );
    expect(await files()).toEqual([]);
  });

  it.each([
    [
      'a kind that is not allowed',
      [{ ...aDomain(), kind: 'User' }],
      /entities\[0\]\.kind User may not be published, only domain, group/,
    ],
    [
      'principals set by a template',
      [aDomain('x', { annotations: { 'lakemesh.io/principals': 'arn' } })],
      /lakemesh\.io\/principals may not be set/,
    ],
    [
      'an origin set by a template',
      [aDomain('x', { annotations: { [ANNOTATION_LOCATION]: 'url:x' } })],
      /managed-by-location may not be set/,
    ],
    ['the same entity twice', [aDomain(), aDomain()], /is there twice/],
    [
      'what is no entity',
      [{ kind: 'Domain' }],
      /entities\[0\] .*(apiVersion|metadata)/,
    ],
  ])('refuses %s', async (_, entities, reason) => {
    const { publish, files } = aPortal();
    await expect(publish({ entities })).rejects.toThrow(reason);
    expect(await files()).toEqual([]);
  });

  it('refuses what the catalog already has from elsewhere', async () => {
    const { publish, files } = aPortal({
      existing: [aDomain('sales', { namespace: 'default' })],
    });
    await expect(publish({ entities: [aDomain()] })).rejects.toThrow(
      /domain:default\/sales exists in the catalog already/,
    );
    expect(await files()).toEqual([]);
  });

  it('refuses a name that something trusts', async () => {
    const { publish, files } = aPortal({
      verdicts: { 'domain:default/sales': trusted('domain of Orders') },
    });
    await expect(publish({ entities: [aDomain()] })).rejects.toThrow(
      /domain:default\/sales is trusted as domain of Orders/,
    );
    expect(await files()).toEqual([]);
  });

  it('refuses a child of a group that something trusts', async () => {
    const { publish, files } = aPortal({
      verdicts: {
        'group:default/sales': {
          ...trusted('owner of Orders'),
          state: 'taken',
        },
      },
    });
    const child = {
      ...aDomain('kid'),
      kind: 'Group',
      spec: { type: 'team', parent: 'sales', children: [] },
    };
    await expect(publish({ entities: [child] })).rejects.toThrow(
      /group:default\/kid would belong to group:default\/sales, which is trusted as owner of Orders/,
    );
    expect(await files()).toEqual([]);
  });

  it('writes nothing where the data mesh backend does not answer', async () => {
    const { publish, files } = aPortal({
      verdicts: { 'domain:default/sales': new Error('ECONNREFUSED') },
    });
    await expect(publish({ entities: [aDomain()] })).rejects.toThrow(
      /did not say whether something trusts the name/,
    );
    expect(await files()).toEqual([]);
  });

  it('takes back what something began to trust while it was published', async () => {
    const { publish, files, published } = aPortal({
      afterwards: {
        'domain:default/sales': {
          ...trusted('domain of Orders'),
          state: 'taken',
        },
      },
    });
    await expect(publish({ entities: [aDomain()] })).rejects.toThrow(
      /began to trust domain:default\/sales as domain of Orders.*removed again/,
    );
    expect(await files()).toEqual([]);
    expect(published).toHaveLength(2);
  });

  it('publishes a group with the domain that names it as its owner', async () => {
    const group = {
      ...aDomain('team-crm'),
      kind: 'Group',
      spec: { type: 'team', children: [] },
    };
    const { publish, files } = aPortal({
      afterwards: {
        'group:default/team-crm': {
          ...trusted('owner of sales', 'domain'),
          state: 'taken',
        },
      },
    });
    await publish({ entities: [aDomain(), group] });
    expect(await files()).toEqual(['domain-sales.yaml']);
  });

  it('refuses what the catalog finds invalid, with its reason', async () => {
    const { publish, files } = aPortal({ refusal: 'spec.owner is missing' });
    await expect(publish({ entities: [aDomain()] })).rejects.toThrow(
      'The catalog refuses domain:default/sales: spec.owner is missing',
    );
    expect(await files()).toEqual([]);
  });

  it('needs the permission to register locations', async () => {
    const { publish, files } = aPortal({ decision: AuthorizeResult.DENY });
    await expect(publish({ entities: [aDomain()] })).rejects.toThrow(
      /needs the permission catalog\.location\.create/,
    );
    expect(await files()).toEqual([]);
  });

  it('says what to configure where no directory is', async () => {
    const { publish } = aPortal({ configured: false });
    await expect(publish({ entities: [aDomain()] })).rejects.toThrow(
      /dataMesh\.catalog\.directory is not configured/,
    );
  });

  it('does not claim success when the catalog does not show the entities', async () => {
    const { publish, waited } = aPortal({ deaf: true });
    await expect(
      publish({ entities: [aDomain()], timeoutSeconds: 2 }),
    ).rejects.toThrow(
      /after 2 s the catalog does not show domain:default\/sales/,
    );
    expect(waited()).toBe(2000);
  });
});
