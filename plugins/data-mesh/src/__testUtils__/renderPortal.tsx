import { MemoryRouter } from 'react-router-dom';
import type { Entity } from '@backstage/catalog-model';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
  type FrontendModule,
} from '@backstage/frontend-plugin-api';
import {
  RouterBlueprint,
  SignInPageBlueprint,
} from '@backstage/plugin-app-react';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis } from '@backstage/test-utils';
import { render } from '@testing-library/react';
import { useEffect } from 'react';
import { dataMeshApiRef } from '../api';
import plugin from '../plugin';
import { aProduct, FakeDataMeshApi } from '../testing';
import { nothingPermitted } from './renderPage';

/**
 * Shows the plugin in an app of the new frontend system, at an address, with a
 * backend in memory.
 *
 * `renderTestApp` of Backstage finishes an app at once, and cannot finish one in
 * which an extension waits for a permission, as the audit page does.
 */
export function renderPortal(
  path: string,
  options: {
    api?: FakeDataMeshApi;
    entities?: Entity[];
    /** More of the app, like the words of another language. */
    modules?: FrontendModule[];
    /** True for a caller to whom nothing is permitted. */
    denied?: boolean;
  } = {},
) {
  const { api = new FakeDataMeshApi(), entities = [aProduct()] } = options;
  const app = createApp({
    features: [
      catalogPlugin,
      plugin,
      createFrontendModule({
        pluginId: 'data-mesh',
        extensions: [
          ApiBlueprint.make({
            params: defineParams =>
              defineParams({
                api: dataMeshApiRef,
                deps: {},
                factory: () => api,
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
                factory: () => catalogApiMock({ entities }),
              }),
          }),
        ],
      }),
      createFrontendModule({
        pluginId: 'app',
        extensions: [
          ApiBlueprint.make({
            name: 'permission',
            params: defineParams =>
              defineParams({
                api: permissionApiRef,
                deps: {},
                factory: () =>
                  options.denied ? nothingPermitted : mockApis.permission(),
              }),
          }),
          RouterBlueprint.make({
            params: {
              component: ({ children }) => (
                <MemoryRouter initialEntries={[path]}>{children}</MemoryRouter>
              ),
            },
          }),
          SignInPageBlueprint.make({
            params: {
              loader: async () =>
                function SignInAtOnce({ onSignInSuccess }) {
                  useEffect(
                    () => onSignInSuccess(mockApis.identity()),
                    [onSignInSuccess],
                  );
                  return null;
                },
            },
          }),
        ],
      }),
      ...(options.modules ?? []),
    ],
    advanced: {
      configLoader: async () => ({
        config: mockApis.config({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        }),
      }),
    },
  });
  render(app.createRoot());
}
