import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { aDeciderApi, openRequest } from '../../__testUtils__/requestDetail';
import { formAddress, openForm } from '../../__testUtils__/requestForm';
import { renderPage } from '../../__testUtils__/renderPage';
import { DataProductAccessContent } from '../../product/access/DataProductAccessContent';
import {
  anAnswer,
  anEntitlementDetail,
  aProduct,
  FakeDataMeshApi,
  inDays,
} from '../../testing';
import { AccessPage } from '../../pages/AccessPage';

const successor = {
  productRef: 'dataproduct:default/customers',
  productTitle: 'Customers',
  port: 'tables',
};

async function openAccess(
  over: Parameters<typeof anEntitlementDetail>[0],
  api = new FakeDataMeshApi(),
) {
  api.entitlements = [anEntitlementDetail(over)];
  await renderPage(<AccessPage />, {
    path: '/data-mesh/access/:id?',
    at: '/data-mesh/access/ent-1',
    api,
  });
  await screen.findByRole('dialog', { name: /^Customer 360/ });
  return api;
}

describe('access to a product that has vanished', () => {
  it('says what publishes its tables now, and offers to ask there', async () => {
    await openAccess({ successor });
    const card = within(
      await screen.findByRole('dialog', { name: /^Customer 360/ }),
    );
    expect(
      await card.findByText('Customer 360 is no longer in the catalog.'),
    ).toBeVisible();
    expect(card.getByRole('status')).toHaveTextContent(
      'Its tables are published as Customers, port tables.',
    );
    expect(card.getByRole('link', { name: 'Customers' })).toHaveAttribute(
      'href',
      '/catalog/default/dataproduct/customers',
    );
    expect(
      await card.findByRole('button', { name: 'Ask there' }),
    ).toHaveAttribute(
      'href',
      '/data-mesh/request/default/customers?port=tables',
    );
    // The catalog has no page of the old one.
    expect(
      card.queryByRole('link', { name: 'Customer 360' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Move/ }),
    ).not.toBeInTheDocument();
  });

  it('is moved by who may', async () => {
    const api = await openAccess({ successor, actions: ['move'] });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Move the access there' }),
    );
    await waitFor(() =>
      expect(api.called('moveEntitlement')).toEqual([
        ['ent-1', 1, { productRef: successor.productRef, port: 'tables' }],
      ]),
    );
    expect(
      await screen.findByRole('dialog', { name: /^Customers/ }),
    ).toBeVisible();
  });

  it('says why it cannot be moved instead of offering it', async () => {
    await openAccess({
      successor,
      actions: ['move'],
      whyNotMove: 'Marks `email` as personal data',
    });
    expect(
      await screen.findByText(/that product is stricter: Marks/),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Move/ }),
    ).not.toBeInTheDocument();
  });

  it('is said on its request, without a link that leads nowhere', async () => {
    await openRequest(aDeciderApi({ successor }));
    expect(
      await screen.findByText('Customer 360 is no longer in the catalog.'),
    ).toBeVisible();
    expect(
      screen.queryByRole('link', { name: 'See the product' }),
    ).not.toBeInTheDocument();
  });

  it('is said where an old link asks for it', async () => {
    const api = new FakeDataMeshApi();
    api.successors = [{ port: 'profiles', successor }];
    await openForm(api, {
      at: formAddress.replace('customer-360', 'profiles-old'),
    });
    expect(
      await screen.findByText('profiles-old is no longer in the catalog.'),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Ask there' })).toHaveAttribute(
      'href',
      '/data-mesh/request/default/customers?port=tables',
    );
  });
});

describe('access that products left to this one', () => {
  const open = async (api: FakeDataMeshApi) => {
    api.entitlements = [
      anEntitlementDetail(),
      ...['ent-2', 'ent-3'].map(id =>
        anEntitlementDetail({
          id,
          productTitle: 'Profiles',
          successor: {
            ...successor,
            productRef: 'dataproduct:default/customer-360',
          },
        }),
      ),
    ];
    await renderPage(
      <EntityProvider entity={aProduct()}>
        <DataProductAccessContent />
      </EntityProvider>,
      { path: '/entity', at: '/entity', api },
    );
  };
  const words =
    '2 entitlements still belong to Profiles, no longer in the catalog. This product publishes their tables now.';

  it('is moved together by its owner, with what was refused', async () => {
    const api = new FakeDataMeshApi();
    api.me = { ...api.me, ownershipRefs: ['group:default/team-crm'] };
    await open(api);
    expect(await screen.findByText(words)).toBeVisible();
    api.fail(
      'moveEntitlement',
      await anAnswer(409, 'ConflictError', 'It is stricter'),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Move all 2 here' }),
    );
    expect(await screen.findByText(/It is stricter/)).toBeVisible();
    expect(api.called('moveEntitlement')).toHaveLength(2);
  });

  it('is shown to others without that', async () => {
    await open(new FakeDataMeshApi());
    expect(await screen.findByText(words)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Move/ }),
    ).not.toBeInTheDocument();
  });
});

describe('access that is suspended', () => {
  it('says why, and where it is decided', async () => {
    await openAccess({
      state: 'suspended',
      suspension: {
        reason: 'It newly reaches what nobody has approved',
        since: inDays(-1),
        newlyReached: [
          '`crm.cards.number`, which is personal data',
          'table `pay.salaries` of domain:default/finance',
        ],
      },
      requests: [
        {
          id: 'req-9',
          kind: 'resume',
          state: 'pending',
          requesterRef: 'user:default/ana.ruiz',
          createdAt: inDays(-1),
        },
      ],
    });
    const notice = await screen.findByText(/nobody has approved/);
    expect(notice).toHaveTextContent(/^Suspended 1 day ago, because/);
    expect(notice).toHaveTextContent('crm.cards.number');
    expect(
      await within(notice).findByRole('link', { name: 'finance' }),
    ).toHaveAttribute('href', '/catalog/default/domain/finance');
    expect(
      await screen.findByRole('link', { name: 'See what waits' }),
    ).toHaveAttribute('href', '/data-mesh/requests/req-9');
  });

  it('is decided by yes or no', async () => {
    const api = aDeciderApi({
      kind: 'resume',
      amendsEntitlementId: 'ent-1',
      actions: ['approve', 'reject', 'comment'],
    });
    api.entitlements = [anEntitlementDetail({ state: 'suspended' })];
    await openRequest(api);
    expect(await screen.findByText('suspended')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Approve' })).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Narrow…' }),
    ).not.toBeInTheDocument();
  });
});
