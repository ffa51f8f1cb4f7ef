import { ReactElement } from 'react';
import { screen } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderPage } from '../__testUtils__/renderPage';
import { aProduct } from '../testing';
import { DataProductAboutCard } from './DataProductAboutCard';

const path = '/entity';

async function show(element: ReactElement, entity = aProduct()) {
  await renderPage(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    path,
  });
}

describe('DataProductAboutCard', () => {
  it('says what it is and who answers for it', async () => {
    await show(<DataProductAboutCard />);
    for (const words of ['Active', '3.2.0', 'Aggregate', 'Restricted']) {
      expect(screen.getByText(words)).toBeInTheDocument();
    }
    expect(screen.getByRole('link', { name: /sales/ })).toHaveAttribute(
      'href',
      '/catalog/default/domain/sales',
    );
    expect(
      screen.getByRole('link', { name: /^team-crm@acme.example/ }),
    ).toHaveAttribute('href', 'mailto:team-crm@acme.example');
    expect(await screen.findByText('14')).toBeInTheDocument();
  });

  it('makes no link of an address that may run code', async () => {
    await show(
      <DataProductAboutCard />,
      aProduct({
        // eslint-disable-next-line no-script-url
        spec: { support: { channel: '#x', url: 'javascript:alert(1)' } },
      }),
    );
    expect(screen.getByText('#x')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: '#x' })).toBeNull();
  });

  it('says so where the owner names no support', async () => {
    await show(
      <DataProductAboutCard />,
      aProduct({ spec: { support: undefined } }),
    );
    expect(screen.getByText('The owner names no support.')).toBeInTheDocument();
  });
});
