import { SidebarOpenStateProvider } from '@backstage/core-components';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { createRouteRef, type AppNode } from '@backstage/frontend-plugin-api';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import { screen } from '@testing-library/react';
import { CatalogItem } from './CatalogItem';
import { DataProductsItem } from './DataProductsItem';

const entry = (href: string, title: string): NavContentNavItem => ({
  node: {} as AppNode,
  href,
  title,
  icon: <span />,
  routeRef: createRouteRef(),
});

async function selectedAt(path: string) {
  renderInTestApp(
    <SidebarOpenStateProvider value={{ isOpen: true, setOpen: () => {} }}>
      <CatalogItem {...entry('/catalog', 'Catalog')} />
      <DataProductsItem
        {...entry('/data-mesh', 'Data products')}
        catalogPath="/catalog"
      />
    </SidebarOpenStateProvider>,
    { initialRouteEntries: [path] },
  );
  const links = await screen.findAllByRole('link');
  expect(links.map(link => link.getAttribute('href'))).toEqual([
    '/catalog',
    '/data-mesh',
  ]);
  return links
    .filter(link => link.getAttribute('aria-current') === 'page')
    .map(link => link.textContent);
}

describe('the selected entry of the sidebar', () => {
  it.each([
    ['/data-mesh', ['Data products']],
    ['/data-mesh/requests', []],
    ['/catalog/default/dataproduct/orders', ['Data products']],
    ['/catalog/default/DataProduct/orders/schema', ['Data products']],
    ['/catalog/default/domain/sales', ['Data products']],
    ['/catalog/default/component/dataproduct', ['Catalog']],
    ['/catalog', ['Catalog']],
    ['/settings', []],
  ])('at %s is %s', async (path, selected) => {
    expect(await selectedAt(path)).toEqual(selected);
  });
});
