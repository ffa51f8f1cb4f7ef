import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  aGrant,
  anAnswer,
  anEntitlement,
  anEntitlementDetail,
  aPrincipal,
  aProduct,
  aRequestDetail,
  aStep,
  FakeDataMeshApi,
  inDays,
  someGrants,
} from '../../testing';
import { DataProductAccessContent } from './DataProductAccessContent';

async function open(api = new FakeDataMeshApi(), at = '/entity') {
  await renderPage(
    <EntityProvider entity={aProduct()}>
      <DataProductAccessContent />
    </EntityProvider>,
    { path: '/entity', at, api },
  );
  return api;
}

function asOwner() {
  const api = new FakeDataMeshApi();
  api.me = { ...api.me, ownershipRefs: ['group:default/team-crm'] };
  return api;
}

const section = (name: string) => within(screen.getByRole('region', { name }));
const who = () => section('Who has access');
const grants = () => section('As Lake Formation reports it');

describe('Who has access', () => {
  it('says who, to what, why, by whose decision and until when', async () => {
    await open();
    const [, row] = await who().findAllByRole('row');
    expect(row).toHaveTextContent('analytics-role');
    expect(row).toHaveTextContent('Read 2 columns of profiles, all rows');
    expect(row).toHaveTextContent('Active');
    expect(row).toHaveTextContent('Marketing analytics');
    expect(row).toHaveTextContent('Decided by jo.lind');
    expect(row).toHaveTextContent('ends in 25 days');
    expect(within(row).getByRole('link', { name: 'ana.ruiz' })).toHaveAttribute(
      'href',
      '/data-mesh/requests/req-1',
    );
  });

  it('lets nobody but the owner revoke', async () => {
    await open();
    await who().findByText('Active');
    expect(
      who().queryByRole('button', { name: /Revoke/ }),
    ).not.toBeInTheDocument();
  });

  it('shows the owner what goes and what stays, and asks for a reason', async () => {
    const api = await open(asOwner());
    fireEvent.click(
      await who().findByRole('button', {
        name: 'Revoke the access of analytics-role',
      }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText(/DESCRIBE on database/)).toBeInTheDocument();
    await userEvent.type(dialog.getByRole('textbox'), 'The project is over');
    fireEvent.click(dialog.getByRole('button', { name: /^Revoke/ }));
    await waitFor(() =>
      expect(api.called('revokeEntitlement')).toEqual([
        ['ent-1', 1, 'The project is over'],
      ]),
    );
    expect(await who().findByText('Being removed')).toBeInTheDocument();
    // What AWS says is looked at again when an entitlement has changed.
    await waitFor(() => expect(api.called('getProductGrants')).toHaveLength(2));
  });

  it('unfolds to the steps, and starts failed ones again', async () => {
    const api = new FakeDataMeshApi();
    api.entitlements = [
      anEntitlementDetail({
        state: 'failed',
        failedFrom: 'provisioning',
        actions: ['retry'],
        steps: [
          aStep({
            state: 'failed',
            lastError: {
              code: 'AccessDeniedException',
              message: 'Insufficient permissions',
              kind: 'permanent',
              advice: 'Make the role an administrator',
              at: inDays(0),
            },
          }),
        ],
      }),
    ];
    await open(api);
    fireEvent.click(
      await who().findByRole('button', {
        name: 'Steps of the access of analytics-role',
      }),
    );
    expect(
      await who().findByText('Make the role an administrator'),
    ).toBeInTheDocument();
    fireEvent.click(who().getByRole('button', { name: 'Retry' }));
    await waitFor(() =>
      expect(api.called('retryEntitlement')).toEqual([['ent-1', 1]]),
    );
    expect(await who().findByText('Being granted')).toBeInTheDocument();
  });

  it('shows former ones when asked to, and keeps that in the address', async () => {
    const api = new FakeDataMeshApi();
    api.usage = [];
    api.entitlements = [
      anEntitlementDetail({ state: 'revoked', endedAt: inDays(-3.5) }),
    ];
    await open(api);
    expect(await who().findByText('Nobody has access yet')).toBeInTheDocument();
    fireEvent.click(
      who().getByRole('checkbox', { name: 'Show former ones too' }),
    );
    expect(await who().findByText('Revoked 3 days ago')).toBeInTheDocument();
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/entity?former=1',
    );
  });

  it('does not take what the caller may not see for nobody', async () => {
    const api = new FakeDataMeshApi();
    api.entitlements = [];
    await open(api);
    expect(
      await who().findByText('14 consumers have access, which you may not see'),
    ).toBeInTheDocument();
    expect(who().getByText('data-mesh.entitlement.read')).toBeInTheDocument();
  });

  it('fetches more when asked to, without losing what it shows', async () => {
    const api = new FakeDataMeshApi();
    jest.spyOn(api, 'listEntitlements').mockImplementation(async query =>
      query?.cursor
        ? { items: [anEntitlement({ id: 'b', principal: aPrincipal('two') })] }
        : {
            items: [anEntitlement({ id: 'a', principal: aPrincipal('one') })],
            nextCursor: 'next',
          },
    );
    await open(api);
    fireEvent.click(await who().findByRole('button', { name: 'Show more' }));
    expect(await who().findByText('two')).toBeInTheDocument();
    expect(who().getByText('one')).toBeInTheDocument();
    expect(
      who().queryByRole('button', { name: 'Show more' }),
    ).not.toBeInTheDocument();
  });

  it('names the permission that is lacking', async () => {
    await open(
      new FakeDataMeshApi().fail(
        'listEntitlements',
        await anAnswer(403, 'NotAllowedError', 'Unauthorized'),
      ),
    );
    expect(await who().findByRole('alert')).toHaveTextContent(
      'data-mesh.entitlement.read',
    );
  });
});

describe('Waiting for a decision', () => {
  const waiting = () => section('Waiting for a decision');

  it('shows the open requests with the way to each', async () => {
    const api = new FakeDataMeshApi();
    api.requests = [
      aRequestDetail(),
      aRequestDetail({ id: 'over', state: 'rejected' }),
    ];
    await open(api);
    const rows = await waiting().findAllByRole('row');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveTextContent('asks for 2 columns of profiles');
    expect(
      within(rows[0]).getByRole('link', { name: 'See request' }),
    ).toHaveAttribute('href', '/data-mesh/requests/req-1');
  });

  it('says that none is waiting', async () => {
    const api = new FakeDataMeshApi();
    api.requests = [];
    await open(api);
    expect(
      await waiting().findByText('No request that you may see is waiting.'),
    ).toBeInTheDocument();
  });
});

describe('As Lake Formation reports it', () => {
  it('says of each grant why it is there, and marks what nobody knows', async () => {
    const api = new FakeDataMeshApi();
    api.grants = someGrants({
      items: [
        aGrant(),
        aGrant({ because: { kind: 'before-us' } }),
        aGrant({ because: { kind: 'unexplained', words: 'granted by hand' } }),
      ],
    });
    await open(api);
    const [, ours, before, unexplained] = await grants().findAllByRole('row');
    expect(
      within(ours).getByRole('link', { name: 'approved request' }),
    ).toHaveAttribute('href', '/data-mesh/requests/req-1');
    expect(before).toHaveTextContent('was there before us');
    expect(unexplained).toHaveTextContent('unexplained');
    expect(unexplained).toHaveTextContent('granted by hand');
    expect(
      grants().getByText('1 grant has no reason that we know of'),
    ).toBeInTheDocument();
  });

  it('says what should be in force but is not listed', async () => {
    const api = new FakeDataMeshApi();
    api.grants = someGrants({ items: [], missing: [anEntitlement()] });
    await open(api);
    expect(await grants().findByRole('alert')).toHaveTextContent(
      '1 entitlement should be in force, but Lake Formation does not list it:',
    );
    expect(
      grants().getByText('Lake Formation lists no grant on this product'),
    ).toBeInTheDocument();
  });

  it('says which port could not be read, beside what could', async () => {
    const api = new FakeDataMeshApi();
    api.grants = someGrants({
      errors: [{ port: 'events', message: 'AccessDeniedException: no' }],
    });
    await open(api);
    expect(await grants().findByRole('alert')).toHaveTextContent(
      'Port events could not be read: AccessDeniedException: no',
    );
    expect(grants().getByText('SELECT')).toBeInTheDocument();
  });

  it('does not take what could not be read for nothing', async () => {
    const api = new FakeDataMeshApi();
    api.grants = someGrants({
      items: [],
      errors: [{ port: 'events', message: 'InternalServiceException: no' }],
    });
    await open(api);
    await grants().findByRole('alert');
    expect(
      grants().queryByText('Lake Formation lists no grant on this product'),
    ).not.toBeInTheDocument();
  });

  it('asks AWS once, and again on demand', async () => {
    const api = await open();
    await grants().findByText('SELECT');
    expect(api.called('getProductGrants')).toEqual([
      ['dataproduct:default/customer-360'],
    ]);
    fireEvent.click(grants().getByRole('button', { name: 'Look again' }));
    await waitFor(() => expect(api.called('getProductGrants')).toHaveLength(2));
  });

  it('keeps its place while AWS is slow', async () => {
    const slow = await open(new FakeDataMeshApi().hang('getProductGrants'));
    await who().findByText('Active');
    expect(
      grants().getByRole('status', { name: 'Loading' }),
    ).toBeInTheDocument();
    expect(slow.called('getProductGrants')).toHaveLength(1);
  });

  it('says when AWS fails', async () => {
    await open(
      new FakeDataMeshApi().fail(
        'getProductGrants',
        await anAnswer(502, 'Error', 'Lake Formation did not answer'),
      ),
    );
    expect(await grants().findByRole('alert')).toHaveTextContent(
      'Could not load what Lake Formation reports',
    );
    // The rest of the page stands.
    expect(await who().findByText('Active')).toBeInTheDocument();
  });
});
