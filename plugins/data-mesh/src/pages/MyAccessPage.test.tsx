import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  anAnswer,
  anEntitlementDetail,
  aPrincipal,
  FakeDataMeshApi,
  inDays,
} from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { MyAccessPage } from './MyAccessPage';

const path = '/data-mesh/access';

const failed = anEntitlementDetail({
  id: 'ent-failed',
  state: 'failed',
  failedFrom: 'provisioning',
  activatedAt: undefined,
  expiresAt: undefined,
  principal: aPrincipal('risk-role'),
  version: 4,
  actions: ['retry', 'relinquish'],
  error: {
    code: 'AccessDeniedException',
    message: 'Insufficient permission',
    kind: 'permanent',
    at: inDays(-1),
  },
});
const ending = anEntitlementDetail({
  id: 'ent-ending',
  principal: aPrincipal('bi-role'),
  expiresAt: inDays(3.5),
});

async function openAccess(
  entitlements = [anEntitlementDetail(), failed, ending],
  at = path,
  api = new FakeDataMeshApi(),
) {
  api.entitlements = entitlements;
  await renderPage(<MyAccessPage />, { path, at, api });
  return api;
}

const inDialog = () => within(screen.getByRole('dialog'));

describe('MyAccessPage', () => {
  it('groups by product and puts on top what needs attention', async () => {
    const api = await openAccess();
    const top = await screen.findByRole('region', {
      name: 'Needs your attention',
    });
    expect(top).toHaveTextContent('1 failed, 1 ends within 14 days');
    expect(within(top).getAllByRole('listitem')).toHaveLength(2);
    const product = screen.getByRole('region', { name: 'Customer 360' });
    expect(within(product).getAllByRole('article')).toHaveLength(3);
    expect(product).toHaveTextContent('ends in 3 days');
    expect(product).toHaveTextContent('Decided by jo.lind');
    expect(api.called('listEntitlements')[0]).toEqual([
      expect.objectContaining({ view: 'mine' }),
    ]);
  });

  it('says that a rule decided where nobody did', async () => {
    await openAccess([
      anEntitlementDetail({ approvedBy: ['plugin:data-mesh'] }),
    ]);
    expect(
      await screen.findByRole('article', { name: /^Customer 360/ }),
    ).toHaveTextContent('Decided by a rule');
  });

  it('leads to the use of what is in force', async () => {
    await openAccess();
    const use = await screen.findAllByRole('button', { name: 'Use it' });
    expect(use.map(one => one.getAttribute('href'))).toEqual([
      '/data-mesh/access/ent-ending',
      '/data-mesh/access/ent-1',
    ]);
  });

  it('gives access up after it has shown what goes', async () => {
    const api = await openAccess([anEntitlementDetail({ version: 2 })]);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Give up…' }),
    );
    expect(
      await inDialog().findByText('What is taken away'),
    ).toBeInTheDocument();
    await userEvent.click(
      inDialog().getByRole('button', { name: 'Give up access' }),
    );
    await waitFor(() =>
      expect(api.called('relinquishEntitlement')).toEqual([
        ['ent-1', 2, undefined],
      ]),
    );
    expect(await screen.findByText('Being removed')).toBeInTheDocument();
  });

  it('looks again, with the reason kept, where the access changed meanwhile', async () => {
    const api = await openAccess([anEntitlementDetail()]);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Give up…' }),
    );
    const reason = inDialog().getByLabelText('Reason (optional)');
    fireEvent.change(reason, { target: { value: 'done with it' } });
    api.fail(
      'relinquishEntitlement',
      await anAnswer(409, 'ConflictError', 'changed'),
    );
    api.entitlements = [
      anEntitlementDetail({ version: 2, state: 'suspended' }),
    ];
    await userEvent.click(
      inDialog().getByRole('button', { name: 'Give up access' }),
    );
    expect(
      await inDialog().findByText(
        /changed in the meantime and is now: Suspended/,
      ),
    ).toBeInTheDocument();
    expect(reason).toHaveValue('done with it');
    api.heal();
    await userEvent.click(
      inDialog().getByRole('button', { name: 'Give up access' }),
    );
    await waitFor(() =>
      expect(api.called('relinquishEntitlement').pop()).toEqual([
        'ent-1',
        2,
        'done with it',
      ]),
    );
  });

  it('shows why it failed in the words of AWS, and retries', async () => {
    const api = await openAccess([failed]);
    expect(
      await screen.findByText(
        /AWS answered AccessDeniedException: Insufficient permission/,
      ),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() =>
      expect(api.called('retryEntitlement')).toEqual([['ent-failed', 4]]),
    );
    expect(await screen.findByText('Being granted')).toBeInTheDocument();
  });

  it('says where the data is, to be copied', async () => {
    await openAccess([anEntitlementDetail()]);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Where the data is' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Copy crm' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy profiles' }),
    ).toBeInTheDocument();
    expect(screen.getByText('eu-central-1')).toBeInTheDocument();
  });

  it('says that the port is gone', async () => {
    await openAccess([anEntitlementDetail({ port: 'gone' })]);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Where the data is' }),
    );
    expect(
      await screen.findByText(/no longer has port gone of this product/),
    ).toBeInTheDocument();
  });

  it('shows what is over with its reason, by the address', async () => {
    await openAccess(
      [
        anEntitlementDetail(),
        anEntitlementDetail({
          id: 'old',
          state: 'revoked',
          endedAt: inDays(-2),
          endedBy: 'user:default/jo.lind',
          endReason: 'project over',
        }),
      ],
      `${path}?view=past`,
    );
    expect(await screen.findByText('Revoked')).toBeInTheDocument();
    expect(screen.getByText(/project over/)).toBeInTheDocument();
    expect(screen.queryByText('Active')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Give up…' })).toBeNull();
    await userEvent.click(screen.getByRole('tab', { name: 'Now' }));
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(/access$/),
    );
  });

  it('filters in the address', async () => {
    await openAccess();
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Filter' }), {
      target: { value: 'risk' },
    });
    expect(
      within(screen.getByRole('region', { name: 'Customer 360' })).getAllByRole(
        'article',
      ),
    ).toHaveLength(1);
    expect(screen.getByLabelText('address')).toHaveTextContent('?q=risk');
    fireEvent.change(screen.getByRole('searchbox', { name: 'Filter' }), {
      target: { value: 'zzz' },
    });
    expect(
      await screen.findByText('Nothing matches “zzz”'),
    ).toBeInTheDocument();
  });

  it('leads to Discover where there is nothing', async () => {
    await openAccess([]);
    expect(
      await screen.findByText('You have no access to data products yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Find data products' }),
    ).toHaveAttribute('href', '/data-mesh');
  });

  it('names the permission that is lacking', async () => {
    const api = new FakeDataMeshApi();
    api.fail('listEntitlements', await anAnswer(403, 'NotAllowedError', 'no'));
    await openAccess([], path, api);
    expect(
      await screen.findByText('data-mesh.entitlement.read'),
    ).toBeInTheDocument();
  });

  it('says that the system gives less than was approved', async () => {
    await openAccess([
      anEntitlementDetail({
        health: 'degraded',
        healthReason: 'SELECT on `profiles` is gone',
      }),
    ]);
    expect(
      await screen.findByText(/Part of it is missing in the system/),
    ).toBeInTheDocument();
  });
});
