import { promises as fs } from 'fs';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import type { EventParams } from '@backstage/plugin-events-node';
import { CATALOG_DIRECTORY_TOPIC } from '@lakemesh/backstage-plugin-data-mesh-node';
import { CatalogDirectoryProvider } from './CatalogDirectoryProvider';

const yaml = (kind: string, name: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec: {}\n`;

describe('CatalogDirectoryProvider', () => {
  const mockDir = createMockDirectory();

  async function aProvider(content: Record<string, string>) {
    mockDir.setContent({ mesh: content });
    const logger = mockServices.logger.mock();
    const mutations: EntityProviderMutation[] = [];
    const listeners: Array<(event: EventParams) => Promise<void>> = [];
    const provider = new CatalogDirectoryProvider({
      directory: { path: mockDir.resolve('mesh'), allow: ['domain', 'group'] },
      logger,
      taskRunner: {
        run: async ({ fn }) => {
          await fn(new AbortController().signal);
        },
      },
      events: {
        publish: async event => {
          for (const listener of listeners) await listener(event);
        },
        subscribe: async ({ topics, onEvent }) => {
          expect(topics).toEqual([CATALOG_DIRECTORY_TOPIC]);
          listeners.push(onEvent);
        },
      },
    });
    await provider.connect({
      applyMutation: async mutation => {
        mutations.push(mutation);
      },
      refresh: async () => undefined,
    });
    const write = (name: string, text: string) =>
      fs.writeFile(mockDir.resolve('mesh', name), text);
    const changed = async () => {
      for (const listener of listeners) {
        await listener({ topic: CATALOG_DIRECTORY_TOPIC, eventPayload: {} });
      }
    };
    return { provider, mutations, logger, write, changed };
  }

  function refsOf(mutation: EntityProviderMutation | undefined) {
    if (!mutation) return undefined;
    const deferred =
      mutation.type === 'full' ? mutation.entities : mutation.added;
    return {
      type: mutation.type,
      refs: deferred.map(({ entity }) => stringifyEntityRef(entity)),
    };
  }

  it('brings what is in the directory into the catalog when it starts', async () => {
    const { mutations } = await aProvider({
      'sales.yaml': `${yaml('Domain', 'sales')}---\n${yaml('Group', 'team')}`,
      'notes.txt': 'not for the catalog',
    });
    expect(mutations.map(refsOf)).toEqual([
      { type: 'full', refs: ['domain:default/sales', 'group:default/team'] },
    ]);
  });

  it('says in each entity where it comes from', async () => {
    const { mutations } = await aProvider({
      'sales.yaml': yaml('Domain', 'sales'),
    });
    const location = `file:${mockDir.resolve('mesh', 'sales.yaml')}`;
    const [mutation] = mutations;
    expect(mutation.type === 'full' && mutation.entities[0]).toMatchObject({
      locationKey: location,
      entity: {
        metadata: {
          annotations: {
            'backstage.io/managed-by-location': location,
            'backstage.io/managed-by-origin-location': location,
          },
        },
      },
    });
  });

  it('takes up a new file as soon as it is told', async () => {
    const { mutations, write, changed } = await aProvider({});
    await write('sales.yaml', yaml('Domain', 'sales'));
    await changed();
    expect(mutations.map(refsOf)).toEqual([
      { type: 'full', refs: [] },
      { type: 'full', refs: ['domain:default/sales'] },
    ]);
  });

  it('writes nothing when nothing changed', async () => {
    const { mutations, provider } = await aProvider({
      'sales.yaml': yaml('Domain', 'sales'),
    });
    await provider.refresh();
    await provider.refresh();
    expect(mutations).toHaveLength(1);
  });

  it('removes what was deleted', async () => {
    const { mutations, provider } = await aProvider({
      'sales.yaml': yaml('Domain', 'sales'),
      'finance.yaml': yaml('Domain', 'finance'),
    });
    await fs.rm(mockDir.resolve('mesh', 'finance.yaml'));
    await provider.refresh();
    expect(refsOf(mutations[1])).toEqual({
      type: 'full',
      refs: ['domain:default/sales'],
    });
  });

  it.each([
    ['is no YAML', 'kind: [', /YAML|flow|sequence/i],
    ['holds a kind that is not allowed', yaml('User', 'eve'), /kind User/],
    ['has no name', 'apiVersion: a/b\nkind: Domain\nmetadata: {}\n', /./],
  ])(
    'keeps what is in the catalog when a file %s, and says why once',
    async (_, text, reason) => {
      const { mutations, logger, provider, write } = await aProvider({
        'finance.yaml': yaml('Domain', 'finance'),
        'sales.yaml': yaml('Domain', 'sales'),
      });
      await write('sales.yaml', text);
      await provider.refresh();
      await provider.refresh();
      expect(refsOf(mutations[1])).toEqual({
        type: 'delta',
        refs: ['domain:default/finance', 'domain:default/sales'],
      });
      expect(mutations).toHaveLength(2);
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledWith(expect.stringMatching(reason));
    },
  );

  it('does not empty the catalog when the directory is gone', async () => {
    const { mutations, provider } = await aProvider({
      'sales.yaml': yaml('Domain', 'sales'),
    });
    mockDir.setContent({});
    await provider.refresh();
    expect(mutations).toHaveLength(1);
  });

  it('leaves a name to the first file that has it', async () => {
    const { mutations } = await aProvider({
      'a.yaml': yaml('Domain', 'sales'),
      'b.yaml': yaml('Domain', 'sales'),
    });
    const [mutation] = mutations;
    const entities = mutation.type === 'full' ? mutation.entities : [];
    expect(entities.map(({ locationKey }) => locationKey)).toEqual([
      `file:${mockDir.resolve('mesh', 'a.yaml')}`,
    ]);
  });

  it('tries again after the catalog refused a change', async () => {
    const { provider, write } = await aProvider({});
    const applied: EntityProviderMutation[] = [];
    let refuse = true;
    await provider.connect({
      applyMutation: async mutation => {
        if (refuse) throw new Error('database is locked');
        applied.push(mutation);
      },
      refresh: async () => undefined,
    });
    await write('sales.yaml', yaml('Domain', 'sales'));
    await expect(provider.refresh()).rejects.toThrow('database is locked');
    refuse = false;
    await provider.refresh();
    expect(applied.map(refsOf)).toEqual([
      { type: 'full', refs: ['domain:default/sales'] },
    ]);
  });
});
