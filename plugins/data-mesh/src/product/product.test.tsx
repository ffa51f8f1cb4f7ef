import { ReactElement } from 'react';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderPage } from '../__testUtils__/renderPage';
import { aProduct, aUsage, FakeDataMeshApi, inDays } from '../testing';
import { DataProductAboutCard } from './DataProductAboutCard';
import {
  DataProductMyAccessCard,
  hoursInWords,
} from './DataProductMyAccessCard';
import { DataProductPortsCard } from './DataProductPortsCard';
import { DataProductSchemaContent } from './DataProductSchemaContent';
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

describe('DataProductMyAccessCard', () => {
  it('leads to the form, and says how long it usually takes', async () => {
    await show(<DataProductMyAccessCard />);
    expect(
      await screen.findByRole('button', {
        name: 'Request access to Customer 360',
      }),
    ).toHaveAttribute('href', '/data-mesh/request/default/customer-360');
    expect(
      screen.getByText('usually decided within 5 hours'),
    ).toBeInTheDocument();
  });

  it('tells until when the caller has access', async () => {
    const api = new FakeDataMeshApi();
    api.usage = [
      aUsage({
        myEntitlement: { id: 'e', state: 'active', expiresAt: inDays(9.5) },
      }),
    ];
    await show(<DataProductMyAccessCard />, { api });
    expect(
      await screen.findByText('You have access · ends in 9 days'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Use it/ })).toBeInTheDocument();
  });

  it('lets one ask though the own access could not be loaded', async () => {
    await show(<DataProductMyAccessCard />, {
      api: new FakeDataMeshApi().fail(
        'listProductUsage',
        new TypeError('Failed to fetch'),
      ),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load your access to this product',
    );
    expect(
      screen.getByRole('button', { name: /Request access/ }),
    ).toBeInTheDocument();
  });

  it.each([
    [0.2, '1 hour'],
    [5.4, '5 hours'],
    [47, '47 hours'],
    [80, '3 days'],
  ])('says %s hours as %s', (hours, words) => {
    expect(hoursInWords(hours)).toBe(words);
  });
});

describe('DataProductPortsCard', () => {
  it('shows each port with where it lives, what it holds and promises', async () => {
    await show(<DataProductPortsCard />);
    const port = within(screen.getByRole('region', { name: 'Profiles' }));
    expect(port.getByText('crm')).toBeInTheDocument();
    expect(port.getByText(/1 table, 4 columns/)).toHaveTextContent(
      '1 with personal data',
    );
    expect(port.getByText('freshness 24 h')).toBeInTheDocument();
    expect(
      port.getByRole('link', { name: 'See schema of Profiles' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/dataproduct/customer-360/schema?port=profiles',
    );
    expect(screen.getByRole('region', { name: 'events' })).toBeInTheDocument();
  });

  it('shows what the product reads, in the mesh and outside', async () => {
    await show(<DataProductPortsCard />, {
      entity: aProduct({
        spec: {
          inputPorts: [
            {
              name: 'in',
              product: 'dataproduct:default/orders',
              port: 'daily',
            },
            { name: 'crm', source: 'The CRM of the sales teams' },
          ],
        },
      }),
    });
    expect(screen.getByRole('link', { name: /orders/ })).toBeInTheDocument();
    expect(screen.getByText('The CRM of the sales teams')).toBeInTheDocument();
  });

  it('says what would be here', async () => {
    await show(<DataProductPortsCard />, {
      entity: aProduct({ spec: { outputPorts: [] } }),
    });
    expect(
      screen.getByText('This product gives no data away yet'),
    ).toBeInTheDocument();
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
