import { ReactElement } from 'react';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderPage } from '../__testUtils__/renderPage';
import { aProduct, FakeDataMeshApi } from '../testing';
import { DataProductAboutCard } from './DataProductAboutCard';
import { DataProductSchemaContent } from './schema/DataProductSchemaContent';
import { DomainDataProductsCard } from './DomainDataProductsCard';

const path = '/entity';

async function show(
  element: ReactElement,
  options: {
    entity?: Entity;
    at?: string;
    api?: FakeDataMeshApi;
    catalog?: ReturnType<typeof catalogApiMock.mock>;
    entities?: Entity[];
  } = {},
) {
  const { entity = aProduct(), at = path, ...rest } = options;
  await renderPage(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    path,
    at,
    ...rest,
  });
}

const address = () => screen.getByLabelText('address').textContent;

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

describe('DataProductSchemaContent', () => {
  const table = () => screen.getByRole('table', { name: /Columns of/ });
  const names = () =>
    within(table())
      .getAllByRole('rowheader')
      .map(cell => cell.textContent);

  it('shows the columns with all that is known of them', async () => {
    await show(<DataProductSchemaContent />, {
      entity: aProduct({ spec: { access: { neverShared: ['segment'] } } }),
    });
    expect(names()).toEqual([
      'customer_idkey',
      'segment',
      'customer_email',
      'countrypartition',
    ]);
    const [, , segment, email] = within(table()).getAllByRole('row');
    expect(within(segment).getByText('never shared')).toBeInTheDocument();
    expect(within(email).getByText('PII')).toBeInTheDocument();
    expect(screen.getByText('4 columns')).toBeInTheDocument();
  });

  it('shows the port and table of the address, and searches in columns', async () => {
    await show(<DataProductSchemaContent />, { at: '/entity?port=events' });
    expect(
      screen.getByRole('table', { name: 'Columns of profile_changes' }),
    ).toBeInTheDocument();
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search in columns' }),
      'time',
    );
    await waitFor(() => expect(names()).toEqual(['changed_at']));
    expect(screen.getByText('1 of 2 columns')).toBeInTheDocument();
    expect(address()).toBe('/entity?port=events&q=time');
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search in columns' }),
      'zebra',
    );
    expect(await screen.findByText('No column matches')).toBeInTheDocument();
  });

  it('unfolds nested types', async () => {
    const product = aProduct();
    product.spec.outputPorts[0].tables[0].columns[0].type =
      'struct<street:string,city:string>';
    await show(<DataProductSchemaContent />, { entity: product });
    expect(screen.getByText('struct<…>')).toBeInTheDocument();
    fireEvent.click(
      screen.getByRole('button', { name: 'Unfold the type of customer_id' }),
    );
    expect(screen.getByText(/city: string/)).toBeInTheDocument();
  });

  it('draws only some of thousands of columns, and says how many there are', async () => {
    const product = aProduct();
    product.spec.outputPorts[0].tables[0].columns = Array.from(
      { length: 5_000 },
      (_, at) => ({ name: `c_${at}`, type: 'int' }),
    );
    await show(<DataProductSchemaContent />, { entity: product });
    expect(table()).toHaveAttribute('aria-rowcount', '5001');
    expect(screen.getByText('5000 columns')).toBeInTheDocument();
    expect(within(table()).getAllByRole('row').length).toBeLessThan(100);
  });

  it('says so where no columns are described', async () => {
    await show(<DataProductSchemaContent />, {
      entity: aProduct({ spec: { outputPorts: [] } }),
    });
    expect(screen.getByText('No columns are described')).toBeInTheDocument();
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
