import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { renderPage } from '../__testUtils__/renderPage';
import {
  aMe,
  anAnswer,
  aProduct,
  aUsage,
  FakeDataMeshApi,
  inDays,
} from '../testing';
import { DiscoverPage } from './DiscoverPage';

const path = '/data-mesh';

const mesh: DataProductEntity[] = [
  aProduct(),
  aProduct({
    name: 'newsletter',
    title: 'Newsletter',
    description: 'Opt-ins by channel.',
    tags: ['mail'],
    spec: {
      domain: 'domain:default/marketing',
      owner: 'group:default/team-campaigns',
      classification: 'internal',
    },
  }),
  aProduct({
    name: 'ledger',
    title: 'General ledger',
    description: 'Postings since 2019.',
    tags: [],
    spec: {
      domain: 'domain:default/finance',
      owner: 'group:default/controllers',
      lifecycle: 'draft',
      outputPorts: [],
    },
  }),
];

function anApi() {
  const api = new FakeDataMeshApi();
  api.products = mesh;
  api.ownDomains = ['domain:default/marketing'];
  api.usage = [
    aUsage({
      myEntitlement: { id: 'e', state: 'active', expiresAt: inDays(30.5) },
    }),
    aUsage({
      productRef: 'dataproduct:default/newsletter',
      consumers: 1,
      myRequest: { id: 'r', state: 'pending', createdAt: inDays(-1) },
    }),
  ];
  return api;
}

async function open(
  options: {
    at?: string;
    api?: FakeDataMeshApi;
    products?: DataProductEntity[];
  } = {},
) {
  const { at = path, api = anApi(), products } = options;
  if (products) api.products = products;
  await renderPage(<DiscoverPage />, { path, at, api });
  return api;
}

let comeNearTheEnd = () => {};

beforeEach(() => {
  // jsdom has no layout, and so none of these.
  window.IntersectionObserver = class {
    constructor(tell: IntersectionObserverCallback) {
      comeNearTheEnd = () =>
        act(() =>
          tell(
            [{ isIntersecting: true } as IntersectionObserverEntry],
            this as unknown as IntersectionObserver,
          ),
        );
    }
    observe() {}
    disconnect() {}
  } as unknown as typeof IntersectionObserver;
});

const address = () => screen.getByLabelText('address').textContent;
const list = () => screen.getByRole('list', { name: 'Data products' });
const titles = () =>
  [...list().querySelectorAll('a[data-result]')].map(a => a.textContent);
const result = (title: string) => {
  const row = [...list().querySelectorAll('li')].find(
    li => li.querySelector('a[data-result]')?.textContent === title,
  );
  if (!row) throw new Error(`No result ${title}`);
  return within(row);
};

describe('DiscoverPage', () => {
  it('shows the products of the domains of the caller first', async () => {
    await open();
    expect(await screen.findByText('From your domains')).toBeInTheDocument();
    expect(titles()).toEqual(['Newsletter', 'Customer 360', 'General ledger']);
    expect(screen.getByText('3 products in 3 domains')).toBeInTheDocument();
  });

  it('offers the one next step with each product', async () => {
    await open();
    await screen.findByText('From your domains');
    expect(
      await screen.findByText('You have access · ends in 30 days'),
    ).toBeInTheDocument();
    expect(
      result('Customer 360').getByRole('button', { name: /^Use it/ }),
    ).toHaveAttribute('href', '/data-mesh/access/e');
    expect(
      result('Newsletter').getByRole('button', { name: /^See request/ }),
    ).toHaveAttribute('href', '/data-mesh/requests/r');
    // A draft is not to be asked for.
    expect(
      result('General ledger').queryByRole('button', { name: /^Request/ }),
    ).not.toBeInTheDocument();
  });

  it('finds a column, says so and keeps the words in the address', async () => {
    await open();
    await screen.findByText('From your domains');
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Search data products' }),
      'customer email',
    );
    await waitFor(() => expect(address()).toBe('/data-mesh?q=customer+email'));
    await waitFor(() =>
      expect(titles()).toEqual(['Customer 360', 'Newsletter']),
    );
    const row = result('Customer 360');
    expect(row.getByText('column')).toBeInTheDocument();
    // It leads to the column, which is ticked there.
    expect(row.getByRole('link', { name: /customer_email/ })).toHaveAttribute(
      'href',
      '/catalog/default/dataproduct/customer-360/schema?port=profiles&table=profiles&column=customer_email&columns=profiles%2Fprofiles%2Fcustomer_email',
    );
    expect(row.getByText('Personal')).toBeInTheDocument();
    expect(
      row.getAllByText('customer', { selector: 'mark' }).length,
    ).toBeGreaterThan(0);
    expect(row.getByText('email', { selector: 'mark' })).toBeInTheDocument();
  });

  it('carries the column that was found into the form', async () => {
    await open({
      api: new FakeDataMeshApi(),
      products: mesh,
      at: '/data-mesh?q=email',
    });
    await waitFor(() =>
      expect(
        result('Customer 360').getByRole('button', { name: /^Request/ }),
      ).toHaveAttribute(
        'href',
        '/data-mesh/request/default/customer-360?port=profiles&columns=profiles%2Fprofiles%2Fcustomer_email',
      ),
    );
  });

  it('says what a typo was read as, and leads back to what was typed', async () => {
    await open({ at: '/data-mesh?q=custmer+email' });
    expect(
      await screen.findByText('Showing results for', { exact: false }),
    ).toHaveTextContent('Showing results for customer email.');
    expect(titles()).toContain('Customer 360');
    fireEvent.click(
      screen.getByRole('button', { name: 'Search for custmer email' }),
    );
    expect(await screen.findByText('Nothing matches')).toBeInTheDocument();
    expect(address()).toBe('/data-mesh?q=custmer+email&exact=yes');
  });

  it('keeps the place of the results while they load', async () => {
    await open({ api: anApi().hang('findProducts') });
    expect(screen.getByRole('status', { name: 'Loading' })).toBeInTheDocument();
    expect(screen.queryByRole('list', { name: 'Data products' })).toBeNull();
  });

  it('offers an owner nothing to ask for, and an answer where one is due', async () => {
    const api = anApi();
    api.me = aMe({ ownershipRefs: ['group:default/team-crm'] });
    api.usage = [
      aUsage({
        productRef: 'dataproduct:default/newsletter',
        myRequest: {
          id: 'r',
          state: 'changes-requested',
          createdAt: inDays(-1),
        },
      }),
    ];
    await open({ api });
    await screen.findByText('You own it');
    expect(
      result('Customer 360').queryByRole('button', { name: /^Request/ }),
    ).toBeNull();
    expect(
      result('Newsletter').getByRole('button', {
        name: 'Answer what was asked about Newsletter',
      }),
    ).toHaveAttribute('href', '/data-mesh/requests/r');
  });

  it('tells two products of one title apart', async () => {
    await open({
      products: [aProduct(), aProduct({ name: 'other', namespace: 'finance' })],
    });
    await waitFor(() =>
      expect(titles()).toEqual(['Customer 360', 'Customer 360 (finance)']),
    );
  });

  it('shows what a link to it says', async () => {
    await open({ at: '/data-mesh?q=ledger&status=draft&sort=name' });
    await waitFor(() => expect(titles()).toEqual(['General ledger']));
    expect(screen.getByRole('textbox')).toHaveValue('ledger');
    expect(screen.getByRole('checkbox', { name: /Draft/ })).toBeChecked();
    expect(screen.getByRole('combobox', { name: 'Sort by' })).toHaveValue(
      'name',
    );
  });

  it('narrows by facets, whose counts say what each leads to', async () => {
    await open();
    await screen.findByText('From your domains');
    const access = await screen.findByRole('radio', { name: /I have/ });
    expect(
      screen.getByRole('radio', { name: /I can ask for/ }),
    ).toHaveAccessibleName('I can ask for 1');
    fireEvent.click(access);
    await waitFor(() => expect(titles()).toEqual(['Customer 360']));
    expect(address()).toBe('/data-mesh?access=have');
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(titles()).toHaveLength(3));
    expect(address()).toBe('/data-mesh');
  });

  it('goes by keys: / to the search, arrows through the results', async () => {
    await open();
    await screen.findByText('From your domains');
    const search = screen.getByRole('textbox');
    await userEvent.keyboard('/');
    expect(search).toHaveFocus();
    // There it is a character like any other.
    await userEvent.keyboard('/');
    expect(search).toHaveValue('/');
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveTextContent('Newsletter');
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveTextContent('Customer 360');
    await userEvent.keyboard('{ArrowUp}');
    expect(document.activeElement).toHaveTextContent('Newsletter');
  });

  it('goes on when its end comes near, through thousands', async () => {
    const many = Array.from({ length: 2_000 }, (_, at) =>
      aProduct({ name: `p-${at + 1}`, title: `Product ${at + 1}` }),
    );
    const api = await open({ products: many, at: '/data-mesh?sort=name' });
    await screen.findByText('2000 results ·');
    expect(titles()).toHaveLength(50);
    expect(api.called('findProducts')).toHaveLength(1);
    comeNearTheEnd();
    await waitFor(() => expect(titles()).toHaveLength(100));
    expect(titles()[99]).toBe('Product 100');
    expect(api.called('findProducts')).toHaveLength(2);
  });

  it('shows what was found when the next page fails, and goes on', async () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      aProduct({ name: `p-${at + 1}`, title: `Product ${at + 1}` }),
    );
    const api = await open({ products: many });
    await waitFor(() => expect(titles()).toHaveLength(50));
    api.fail('findProducts', new TypeError('Failed to fetch'));
    fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load the data products',
    );
    expect(titles()).toHaveLength(50);
    api.heal();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(titles()).toHaveLength(60));
  });

  it('asks the backend when typing rests, and shows the last results until then', async () => {
    const api = await open();
    await screen.findByText('From your domains');
    await userEvent.type(screen.getByRole('textbox'), 'ledger');
    expect(titles()).toHaveLength(3);
    await waitFor(() => expect(titles()).toEqual(['General ledger']));
    expect(
      api.called('findProducts').map(([query]) => (query as { q?: string }).q),
    ).toEqual([undefined, 'ledger']);
  });

  it('says what to do where nothing matches', async () => {
    await open({ at: '/data-mesh?q=zebra&status=draft' });
    await screen.findByText('Nothing matches');
    fireEvent.click(
      screen.getByRole('button', { name: 'Clear search and filters' }),
    );
    await waitFor(() => expect(titles()).toHaveLength(3));
  });

  it('says what would be here where the catalog has no products', async () => {
    await open({ products: [] });
    expect(
      await screen.findByText('There are no data products in the catalog yet'),
    ).toBeInTheDocument();
  });

  it('says that the search failed, and tries again', async () => {
    const api = anApi().fail(
      'findProducts',
      await anAnswer(503, 'ServiceUnavailableError', 'Database is down'),
    );
    await open({ api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load the data products',
    );
    api.heal();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(titles()).toHaveLength(3));
  });
});
