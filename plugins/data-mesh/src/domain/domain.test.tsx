import { ReactElement } from 'react';
import { screen, within } from '@testing-library/react';
import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { HeldPlace } from '@lakemesh/backstage-plugin-data-mesh-common';
import { renderPage } from '../__testUtils__/renderPage';
import { aClaim, aMe, aProduct, aUsage, FakeDataMeshApi } from '../testing';
import { AccountsCard } from './AccountsCard';
import { DomainDataProductsCard } from './DomainDataProductsCard';
import { WaitingCard } from './WaitingCard';

const OWNER = 'group:default/team-crm';
const domain: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Domain',
  metadata: { namespace: 'default', name: 'sales' },
  relations: [{ type: 'ownedBy', targetRef: OWNER }],
};

async function show(
  element: ReactElement,
  options: Partial<Parameters<typeof renderPage>[1]> = {},
) {
  await renderPage(<EntityProvider entity={domain}>{element}</EntityProvider>, {
    path: '/entity',
    ...options,
  });
}

function aPlace(change: Partial<HeldPlace> = {}): HeldPlace {
  const { place } = aClaim();
  return {
    id: 'place-1',
    domainRef: 'domain:default/sales',
    place,
    words: 'the database `shop_events`',
    accountAlias: 'acme-lakehouse',
    source: 'config',
    actions: [],
    ...change,
  };
}

describe('what waits in a domain', () => {
  const asOwner = () => {
    const api = new FakeDataMeshApi();
    api.me = aMe({ ownershipRefs: [OWNER] });
    return api;
  };

  it('begins with the next step, for those who may do it', async () => {
    await show(<WaitingCard />, { api: asOwner() });
    const next = await screen.findByRole('region', { name: 'Next' });
    expect(next).toHaveTextContent('Claim what this domain answers for');
    within(next).getByRole('button', { name: 'Claim a place' }).click();
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
  });

  it('leads to the claim that came back', async () => {
    const api = asOwner();
    api.claims = [
      aClaim({ state: 'changes-requested', requesterRef: api.me.userRef }),
    ];
    await show(<WaitingCard />, { api });
    expect(
      within(await screen.findByRole('region', { name: 'Next' })).getByRole(
        'button',
        { name: 'Open' },
      ),
    ).toHaveAttribute('href', '/data-mesh/requests/claims/claim-1');
  });

  it('tells others nothing of it', async () => {
    await show(<WaitingCard />);
    expect(await screen.findByText('Nothing waits here')).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Next' })).toBeNull();
  });
});

describe('the accounts of a domain', () => {
  it('are those of its places, each once', async () => {
    const api = new FakeDataMeshApi();
    const { place } = aPlace();
    api.places = [
      aPlace({
        id: 'other',
        accountAlias: 'acme-finance',
        place: { ...place, catalogId: '755500120007' },
      }),
      aPlace({ id: 'a' }),
      aPlace({ id: 'b', place: { ...place, region: 'us-east-1' } }),
    ];
    await show(<AccountsCard />, { api });
    expect(
      (await screen.findAllByRole('listitem')).map(item => item.textContent),
    ).toEqual([
      'acme-lakehouse …4321eu-central-1 · us-east-1 · 2 places',
      'acme-finance …0007eu-central-1 · 1 place',
    ]);
  });
});

describe('DomainDataProductsCard', () => {
  it('lists the products of the domain, and no others', async () => {
    await show(<DomainDataProductsCard />, {
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

  it('says how each is used, and has the most used first', async () => {
    const api = new FakeDataMeshApi();
    api.usage = [
      aUsage({
        productRef: 'dataproduct:default/orders',
        consumers: 7,
        openRequests: 2,
      }),
    ];
    await show(<DomainDataProductsCard />, {
      api,
      entities: [aProduct(), aProduct({ name: 'orders', title: 'Orders' })],
    });
    expect(
      await screen.findByText('7 consumers · 2 requests open'),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('link').map(({ textContent }) => textContent),
    ).toEqual(['See them in Data products', 'Orders', 'Customer 360']);
  });

  it('says what would be here', async () => {
    await show(<DomainDataProductsCard />, { entities: [] });
    expect(
      await screen.findByText('This domain has no data products yet'),
    ).toBeInTheDocument();
  });

  it('says that the catalog failed', async () => {
    await show(<DomainDataProductsCard />, {
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
