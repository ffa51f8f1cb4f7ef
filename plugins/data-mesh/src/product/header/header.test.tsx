import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  EntityProvider,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { TestApiProvider } from '@backstage/test-utils';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  anEntitlementDetail,
  aProduct,
  aRequestDetail,
  FakeDataMeshApi,
} from '../../testing';
import { DataProductHeader } from './DataProductHeader';
import { firstSentence } from './firstSentence';

const REF = 'dataproduct:default/customer-360';

async function show(
  options: {
    entity?: ReturnType<typeof aProduct>;
    change?: (api: FakeDataMeshApi) => void;
    denied?: boolean;
  } = {},
) {
  const { entity = aProduct(), change, denied } = options;
  const api = new FakeDataMeshApi();
  api.entitlements = [];
  api.requests = [];
  change?.(api);
  await renderPage(
    <TestApiProvider
      apis={[[starredEntitiesApiRef, new MockStarredEntitiesApi()]]}
    >
      <EntityProvider entity={entity}>
        <DataProductHeader tabs={[]} />
      </EntityProvider>
    </TestApiProvider>,
    { path: '/entity', api, denied },
  );
}

const access = anEntitlementDetail({
  id: 'ent-1',
  productRef: REF,
  port: 'profiles',
});
const request = aRequestDetail({
  id: 'req-1',
  productRef: REF,
  port: 'profiles',
  state: 'pending',
});

describe('the header of a product', () => {
  it('says what it is, in one sentence, and who answers for it', async () => {
    await show();
    expect(screen.getByText('Customer 360')).toBeInTheDocument();
    for (const words of ['Active', '3.2.0', 'Restricted']) {
      expect(screen.getByText(words)).toBeInTheDocument();
    }
    expect(
      screen.getByText(/^One row a customer, deduplicated daily/),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Data products' })).toHaveAttribute(
      'href',
      '/data-mesh',
    );
    expect(await screen.findByText('14')).toBeInTheDocument();
  });

  it.each<[string, string, string, (api: FakeDataMeshApi) => void]>([
    [
      'asks, where one has nothing',
      'Request access',
      '/data-mesh/request/default/customer-360',
      api => {
        // A product that nothing was asked of yet has its ports all the same.
        api.entitlements = [];
        api.emptyPorts = ['profiles'];
      },
    ],
    [
      'uses what one has',
      'Use it',
      '/data-mesh/access/ent-1',
      api => {
        api.entitlements = [access];
        api.requests = [request];
      },
    ],
    [
      'shows what one waits for',
      'See request',
      '/data-mesh/requests/req-1',
      api => {
        api.requests = [request];
      },
    ],
    [
      'answers before all else that is one’s own',
      'Answer',
      '/data-mesh/requests/req-1',
      api => {
        api.entitlements = [access];
        api.requests = [{ ...request, state: 'changes-requested' }];
      },
    ],
    [
      'decides what others wait for',
      'Decide 2 requests',
      '/data-mesh/requests?view=toDecide&q=customer-360',
      api => {
        api.entitlements = [access];
        api.toDecide = 2;
      },
    ],
  ])('%s', async (_what, name, href, change) => {
    await show({ change });
    expect(await screen.findByRole('button', { name })).toHaveAttribute(
      'href',
      href,
    );
  });

  it('offers to unregister only to those who may', async () => {
    const open = () =>
      userEvent.click(
        screen.getByRole('button', { name: 'More about this product' }),
      );
    await show();
    await open();
    expect(
      await screen.findByRole('menuitem', { name: 'Unregister…' }),
    ).toBeInTheDocument();
  });

  it('does not offer it to others', async () => {
    // Of another product: answers about permissions are remembered.
    await show({ entity: aProduct({ name: 'orders' }), denied: true });
    await userEvent.click(
      screen.getByRole('button', { name: 'More about this product' }),
    );
    expect(
      screen.getAllByRole('menuitem').map(item => item.textContent),
    ).toEqual(['Copy the link', 'Inspect entity']);
  });
});

it.each([
  ['One row a customer. Rebuilt at 04:00.', 'One row a customer.'],
  ['What is sold.\nAnd where.', 'What is sold.'],
  ['No end', 'No end'],
  ['', ''],
])('the first sentence of %j is %j', (text, sentence) => {
  expect(firstSentence(text)).toBe(sentence);
});
