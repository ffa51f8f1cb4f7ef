import { screen, waitFor } from '@testing-library/react';
import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { dataMeshApiRef } from './api';
import plugin from './plugin';
import { aProduct, FakeDataMeshApi } from './testing';

const fakeBackend = createFrontendModule({
  pluginId: 'data-mesh',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: dataMeshApiRef,
          deps: {},
          factory: () => new FakeDataMeshApi(),
        }),
    }),
  ],
});

function openAt(path: string) {
  renderTestApp({
    features: [plugin, fakeBackend, catalogPlugin],
    apis: [[catalogApiRef, catalogApiMock({ entities: [aProduct()] })]],
    initialRouteEntries: [path],
  });
}

describe('in the new frontend system', () => {
  it.each<[path: string, title: string | RegExp]>([
    ['/data-mesh', 'Data products'],
    ['/data-mesh/requests', 'Requests'],
    ['/data-mesh/requests/req-1', /Customer 360/],
    ['/data-mesh/access', 'My access'],
    ['/data-mesh/request/default/customer-360', /Request access/],
  ])('%s is a page with its own header', async (path, title) => {
    openAt(path);
    // The title changes when the page knows what it is about.
    await waitFor(() =>
      expect(screen.getByRole('heading', { level: 1 })).toHaveAccessibleName(
        title,
      ),
    );
  });

  it('has entries in the navigation for the pages people go to', async () => {
    openAt('/data-mesh');
    for (const [name, href] of [
      ['Data products', '/data-mesh'],
      ['Requests', '/data-mesh/requests'],
      ['My access', '/data-mesh/access'],
    ]) {
      expect(await screen.findByRole('link', { name })).toHaveAttribute(
        'href',
        href,
      );
    }
    expect(
      screen.queryByRole('link', { name: 'Request access' }),
    ).not.toBeInTheDocument();
  });

  it.each([
    ['', 'Output ports'],
    ['', 'Your access'],
    ['', 'Data product'],
    ['/schema', '4 columns'],
    ['/access', 'Who has access'],
    ['/tags', 'The domain declares no LF-Tags'],
  ])('the page of a product%s shows: %s', async (tab, words) => {
    openAt(`/catalog/default/dataproduct/customer-360${tab}`);
    expect(await screen.findByText(words)).toBeInTheDocument();
  });
});
