import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { screen } from '@testing-library/react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  dataMeshApiRef,
  DataMeshPage,
  DataMeshSidebarItems,
  dataMeshPlugin,
  EntityDataProductAboutCard,
  EntityDataProductAccessContent,
  EntityDataProductPortsCard,
  EntityDataProductSchemaContent,
  EntityDataProductTagsContent,
  isDataProduct,
} from '.';
import { rootRouteRef } from './routes';
import { aProduct, FakeDataMeshApi } from './testing';

const withApis = (children: ReactElement) => (
  <TestApiProvider
    apis={[
      [dataMeshApiRef, new FakeDataMeshApi()],
      [catalogApiRef, catalogApiMock({ entities: [aProduct()] })],
      [permissionApiRef, mockApis.permission()],
    ]}
  >
    {children}
  </TestApiProvider>
);

async function openAt(at: string) {
  await renderInTestApp(
    withApis(
      <Routes>
        <Route path="/data-mesh/*" element={<DataMeshPage />} />
        <Route
          path="/entity"
          element={
            <EntityProvider entity={aProduct()}>
              <EntityDataProductAboutCard />
              <EntityDataProductPortsCard />
              <EntityDataProductSchemaContent />
              <EntityDataProductAccessContent />
              <EntityDataProductTagsContent />
            </EntityProvider>
          }
        />
      </Routes>,
    ),
    {
      routeEntries: [at],
      mountedRoutes: {
        '/data-mesh': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

describe('in a legacy app', () => {
  it.each([
    ['/data-mesh', 'Data products'],
    ['/data-mesh/requests', 'Requests'],
    ['/data-mesh/requests/req-1', /Customer 360/],
    ['/data-mesh/access', 'My access'],
    ['/data-mesh/request/default/customer-360', /Request access/],
  ])('one mount point serves %s', async (at, title) => {
    await openAt(at);
    expect(
      await screen.findByRole('heading', { level: 1, name: title }),
    ).toBeInTheDocument();
  });

  it.each([
    ['/data-mesh', 'Data products'],
    ['/data-mesh/requests', 'Requests'],
    ['/data-mesh/requests/req-1', 'Requests'],
    ['/data-mesh/grants', 'Grants'],
    ['/data-mesh/audit', 'Audit'],
  ])('at %s only the entry %s is selected', async (at, selected) => {
    await renderInTestApp(withApis(<DataMeshSidebarItems />), {
      routeEntries: [at],
      mountedRoutes: { '/data-mesh': rootRouteRef },
    });
    const names = ['Data products', 'Requests', 'My access', 'Grants', 'Audit'];
    for (const name of names) {
      const [entry] = await screen.findAllByRole('link', {
        name: new RegExp(`^${name}`),
      });
      expect([name, entry.getAttribute('aria-current')]).toEqual([
        name,
        name === selected ? 'page' : null,
      ]);
    }
  });

  it('cards and contents stand on an entity page', async () => {
    await openAt('/entity');
    for (const words of [
      'Data product',
      'Output ports',
      '4 columns',
      'Who has access',
      'The domain declares no LF-Tags',
    ]) {
      expect(await screen.findByText(words)).toBeInTheDocument();
    }
  });

  it('brings its own API client', () => {
    expect([...dataMeshPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      'plugin.data-mesh.service',
    ]);
  });

  it('tells data products from a kind of the same name in another API group', () => {
    expect(isDataProduct(aProduct())).toBe(true);
    expect(
      isDataProduct({ ...aProduct(), apiVersion: 'acme.example/v1' }),
    ).toBe(false);
  });
});
