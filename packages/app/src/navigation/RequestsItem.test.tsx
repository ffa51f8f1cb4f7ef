import { SidebarOpenStateProvider } from '@backstage/core-components';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { createRouteRef, type AppNode } from '@backstage/frontend-plugin-api';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import { dataMeshApiRef } from '@lakemesh/backstage-plugin-data-mesh';
import { screen } from '@testing-library/react';
import { RequestsItem } from './RequestsItem';

const requestsEntry: NavContentNavItem = {
  node: {} as AppNode,
  href: '/data-mesh/requests',
  title: 'Requests',
  icon: <span />,
  routeRef: createRouteRef(),
};

describe.each([
  ['open', true],
  ['closed', false],
])('the entry Requests of the %s sidebar', (_state, isOpen) => {
  function show(
    countRequests: () => Promise<{ toDecide: number; mine: number }>,
  ) {
    renderInTestApp(
      <SidebarOpenStateProvider value={{ isOpen, setOpen: () => {} }}>
        <RequestsItem {...requestsEntry} />
      </SidebarOpenStateProvider>,
      { apis: [[dataMeshApiRef, { countRequests }]] },
    );
  }

  it('says how many requests wait for the user', async () => {
    show(async () => ({ toDecide: 7, mine: 3 }));

    expect(
      await screen.findByRole('link', { name: 'Requests 7 to decide' }),
    ).toHaveAttribute('href', '/data-mesh/requests');
  });

  it('shows no number where nothing waits', async () => {
    show(async () => ({ toDecide: 0, mine: 3 }));

    const entry = await screen.findByRole('link', { name: 'Requests' });
    expect(entry).not.toHaveTextContent(/\d/);
  });

  it('stays a link where the backend does not answer', async () => {
    show(async () => {
      throw new Error('down');
    });

    expect(
      await screen.findByRole('link', { name: 'Requests' }),
    ).toBeInTheDocument();
  });
});
