import { screen, waitFor } from '@testing-library/react';
import type { Entity } from '@backstage/catalog-model';
import { renderPortal } from './__testUtils__/renderPortal';
import { aProduct } from './testing';

/** A kind of the same name that a company brought by itself. */
const foreignProduct: Entity = {
  apiVersion: 'acme.example/v1',
  kind: 'DataProduct',
  metadata: { name: 'legacy', namespace: 'default' },
  spec: { type: 'gold', owner: 'group:default/team-crm', domain: 'sales' },
};

function openAt(path: string) {
  renderPortal(path, { entities: [aProduct(), foreignProduct] });
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

  it('shows the audit trail to those who may read it', async () => {
    openAt('/data-mesh');
    expect(await screen.findByRole('link', { name: 'Audit' })).toHaveAttribute(
      'href',
      '/data-mesh/audit',
    );
  });

  it('leaves the audit trail out for everybody else', async () => {
    renderPortal('/data-mesh', { denied: true });
    expect(
      await screen.findByRole('link', { name: 'My access' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Audit' }),
    ).not.toBeInTheDocument();
  });

  it.each([
    ['', 'Output ports'],
    ['', 'Classification'],
    ['/schema', '4 columns'],
    ['/access', 'Who has access'],
    ['/tags', 'The domain declares no LF-Tags'],
  ])('the page of a product%s shows: %s', async (tab, words) => {
    openAt(`/catalog/default/dataproduct/customer-360${tab}`);
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('leaves a DataProduct of another API group alone', async () => {
    openAt('/catalog/default/dataproduct/legacy');
    expect(
      await screen.findByRole('heading', { name: /legacy/ }),
    ).toBeInTheDocument();
    for (const words of ['Output ports', 'Your access', 'Data product']) {
      expect(screen.queryByText(words)).not.toBeInTheDocument();
    }
    for (const tab of ['Schema', 'Access', 'LF-Tags']) {
      expect(screen.queryByText(tab)).not.toBeInTheDocument();
    }
  });
});
