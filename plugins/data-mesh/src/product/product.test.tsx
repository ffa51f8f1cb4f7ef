import { ReactElement } from 'react';
import { screen } from '@testing-library/react';
import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderPage } from '../__testUtils__/renderPage';
import { aProduct, FakeDataMeshApi } from '../testing';
import { DataProductAboutCard } from './DataProductAboutCard';
import { DomainDataProductsCard } from './DomainDataProductsCard';

const path = '/entity';

async function show(
  element: ReactElement,
  options: {
    entity?: Entity;
    api?: FakeDataMeshApi;
    catalog?: ReturnType<typeof catalogApiMock.mock>;
    entities?: Entity[];
  } = {},
) {
  const { entity = aProduct(), ...rest } = options;
  await renderPage(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    path,
    ...rest,
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
    await show(<DataProductAboutCard />, {
      entity: aProduct({
        // eslint-disable-next-line no-script-url
        spec: { support: { channel: '#x', url: 'javascript:alert(1)' } },
      }),
    });
    expect(screen.getByText('#x')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: '#x' })).toBeNull();
  });

  it('says so where the owner names no support', async () => {
    await show(<DataProductAboutCard />, {
      entity: aProduct({ spec: { support: undefined } }),
    });
    expect(screen.getByText('The owner names no support.')).toBeInTheDocument();
  });
});

describe('DomainDataProductsCard', () => {
  const domain: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Domain',
    metadata: { namespace: 'default', name: 'sales' },
  };

  it('lists the products of the domain, and no others', async () => {
    await show(<DomainDataProductsCard />, {
      entity: domain,
      entities: [
        aProduct(),
        aProduct({
          name: 'ledger',
          title: 'Ledger',
          spec: { domain: 'domain:default/finance' },
        }),
      ],
    });
    expect(
      await screen.findByRole('link', { name: 'Customer 360' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Ledger' }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'See them in Data products' }),
    ).toHaveAttribute('href', '/data-mesh?domain=domain%3Adefault%2Fsales');
  });

  it('says what would be here', async () => {
    await show(<DomainDataProductsCard />, { entity: domain, entities: [] });
    expect(
      await screen.findByText('This domain has no data products yet'),
    ).toBeInTheDocument();
  });

  it('says that the catalog failed', async () => {
    await show(<DomainDataProductsCard />, {
      entity: domain,
      catalog: catalogApiMock.mock({
        queryEntities: async () => {
          throw new Error('Catalog is down');
        },
      }),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Catalog is down',
    );
  });
});
