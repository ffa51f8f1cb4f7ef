import '@backstage/cli/asset-types';
// This is an app of its own, not part of the plugin.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import ReactDOM from 'react-dom/client';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { useEffect } from 'react';
import { dataMeshApiRef } from '../src/api';
import dataMeshPlugin from '../src';
import { entities, fakeBackend } from './fixtures';

// `?fail=listProductUsage` makes a method fail, `?hang=` makes it never answer,
// `?empty` starts without products. The address at load decides.
const params = new URLSearchParams(window.location.search);
const backend = fakeBackend();
for (const method of params.getAll('fail')) {
  backend.fail(
    method as keyof typeof backend & 'getMe',
    new TypeError('Failed to fetch'),
  );
}
for (const method of params.getAll('hang')) {
  backend.hang(method as keyof typeof backend & 'getMe');
}

const userRef = 'user:default/ana.ruiz';

const app = createApp({
  features: [
    catalogPlugin,
    dataMeshPlugin,
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        SignInPageBlueprint.make({
          params: {
            loader:
              async () =>
              (props: {
                onSignInSuccess: (identity: {
                  getProfileInfo(): Promise<{ displayName: string }>;
                  getBackstageIdentity(): Promise<{
                    type: 'user';
                    userEntityRef: string;
                    ownershipEntityRefs: string[];
                  }>;
                  getCredentials(): Promise<{ token?: string }>;
                  signOut(): Promise<void>;
                }) => void;
              }) => {
                const { onSignInSuccess } = props;
                useEffect(() => {
                  onSignInSuccess({
                    getProfileInfo: async () => ({ displayName: 'Ana Ruiz' }),
                    getBackstageIdentity: async () => ({
                      type: 'user',
                      userEntityRef: userRef,
                      ownershipEntityRefs: backend.me.ownershipRefs,
                    }),
                    getCredentials: async () => ({}),
                    signOut: async () => {},
                  });
                }, [onSignInSuccess]);
                return null;
              },
          },
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'data-mesh',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: dataMeshApiRef,
              deps: {},
              factory: () => backend,
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: catalogApiRef,
              deps: {},
              factory: () =>
                new InMemoryCatalogClient({
                  entities: params.has('empty') ? [] : entities,
                }),
            }),
        }),
      ],
    }),
  ],
});

const root = document.getElementById('root');
if (root) ReactDOM.createRoot(root).render(app.createRoot());
