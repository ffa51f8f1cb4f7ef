import { ReactElement } from 'react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  CatalogApi,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { configure } from '@testing-library/react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { dataMeshApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { aProduct, FakeDataMeshApi } from '../testing';

// Asking for every element whether it is visible takes most of the time.
configure({ defaultHidden: true });

/** For a caller to whom nothing is permitted. */
export const nothingPermitted = {
  authorize: async () => ({ result: 'DENY' }),
} as unknown as PermissionApi;

function Address() {
  const { pathname, search, hash } = useLocation();
  return <output aria-label="address">{`${pathname}${search}${hash}`}</output>;
}

/** Shows a page as an app does, at an address, with a backend in memory. */
export async function renderPage(
  page: ReactElement,
  options: {
    /** Route pattern of the page, like `/data-mesh/requests/:id`. */
    path: string;
    /** The address; the pattern where it has no parameters. */
    at?: string;
    api?: FakeDataMeshApi;
    entities?: Entity[];
    catalog?: CatalogApi;
    /** True for a caller to whom nothing is permitted. */
    denied?: boolean;
  },
) {
  const { path, at = path, api = new FakeDataMeshApi() } = options;
  const catalog =
    options.catalog ??
    catalogApiMock({ entities: options.entities ?? [aProduct()] });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [dataMeshApiRef, api],
        [catalogApiRef, catalog],
        [
          permissionApiRef,
          options.denied ? nothingPermitted : mockApis.permission(),
        ],
      ]}
    >
      <Address />
      <Routes>
        <Route path={path} element={page} />
        <Route path="*" element={<div>another page</div>} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: {
        '/data-mesh': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return api;
}
