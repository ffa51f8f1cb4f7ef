import { screen } from '@testing-library/react';
import {
  createFrontendModule,
  createTranslationMessages,
} from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import {
  sentence,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { renderPortal } from './__testUtils__/renderPortal';
import { aPlanStep, FakeDataMeshApi } from './testing';
import { dataMeshTranslationRef } from './translation';

const german = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      params: {
        resource: createTranslationMessages({
          ref: dataMeshTranslationRef,
          messages: {
            'sentences.plan.grant': '{{grantee}} bekommt {{access}}',
            'sentences.lake.access.columns':
              'SELECT auf {{columns}} von {{resources}}',
            'sentences.lake.columns.only_other': 'den Spalten {{names}}',
            'sentences.list.and': '{{before}} und {{last}}',
          },
        }),
      },
    }),
  ],
});

const granted = sentence('plan.grant', {
  access: sentence('lake.access.columns', {
    columns: sentence('lake.columns.only', {
      count: 2,
      names: ['`email`', '`name`'],
    }),
    resources: [sentence('lake.resource.table', { table: 'sales.orders' })],
  }),
  grantee: '`analyst`',
});

/** The page of a request whose plan has one step, in an app with translations. */
async function openPlan(words: Sentence) {
  const api = new FakeDataMeshApi();
  api.requests = api.requests.map(request => ({
    ...request,
    plan: request.plan && {
      ...request.plan,
      steps: [aPlanStep({ words })],
    },
  }));
  renderPortal('/data-mesh/requests/req-1', { api, modules: [german] });
  const steps = await screen.findByRole('list', { name: 'Steps' });
  return steps.textContent;
}

describe('a sentence of the server', () => {
  it('is said in the words of the portal, with all its parts', async () => {
    expect(await openPlan(granted)).toContain(
      'analyst bekommt SELECT auf den Spalten email und name von sales.orders',
    );
  });

  it('is said in English where the portal has no other words', async () => {
    expect(
      await openPlan(sentence('plan.delete', { what: 'the filter' })),
    ).toContain('Delete the filter');
  });

  it.each<[string, Sentence]>([
    ['has no code', { text: 'Create the topic' }],
    ['has a code that is not known', { text: 'Create the topic', code: 'a.b' }],
    [
      'has a part that is not known',
      {
        text: 'Create the topic',
        code: 'plan.delete',
        params: { what: { code: 'a.b' } },
      },
    ],
  ])('is said as it is where it %s', async (_, words) => {
    expect(await openPlan(words)).toContain('Create the topic');
  });
});
