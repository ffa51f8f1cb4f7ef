import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  anAnswer,
  aPreview,
  aRequestDetail,
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
  actions: ['renew', 'relinquish'],
});

async function openAccess(
  entitlements = [anEntitlementDetail(), failed, ending],
  at = path,
  api = new FakeDataMeshApi(),
) {
  api.entitlements = entitlements;
  api.requests = api.requests.filter(one => one.id !== 'req-1');
  await renderPage(<MyAccessPage />, { path, at, api });
  return api;
}

const rows = () => screen.getAllByRole('listitem').map(row => row.id);
const inRow = (id: string) =>
  within(
    screen.getAllByRole('listitem').find(row => row.id === id) as HTMLElement,
  );

describe('MyAccessPage', () => {
  it('puts first what waits for its reader, with one button a row', async () => {
    const api = new FakeDataMeshApi();
    api.requests = [
      aRequestDetail({ id: 'asked', state: 'changes-requested' }),
      aRequestDetail({ id: 'waits', state: 'pending' }),
    ];
    await openAccess([anEntitlementDetail(), ending, failed], path, api);
    await screen.findByRole('region', { name: 'Your turn' });
    expect(rows()).toEqual([
      'ent-failed',
      'ent-ending',
      'asked',
      'ent-1',
      'waits',
    ]);
    const buttonOf = (id: string) =>
      inRow(id)
        .getAllByRole('button')
        .map(one => one.textContent)
        .filter(Boolean);
    expect(buttonOf('ent-failed')).toEqual(['Try again']);
    expect(buttonOf('ent-ending')).toEqual(['Renew for 30 days']);
    expect(buttonOf('asked')).toEqual(['Answer']);
    expect(buttonOf('ent-1')).toEqual(['Use it']);
    expect(buttonOf('waits')).toEqual(['See request']);
    expect(api.called('listEntitlements')[0]).toEqual([
      expect.objectContaining({ view: 'mine' }),
    ]);
    // How it is comes with the list: no access is asked for by itself.
    expect(api.called('getEntitlement')).toEqual([]);
  });

  it('says how it is with each, how much it is, and until when', async () => {
    await openAccess([
      anEntitlementDetail({
        lastCheck: {
          ready: 'no',
          checkedAt: inDays(0),
          failed: 'Its IAM policy lets it ask',
        },
      }),
      ending,
    ]);
    const row = within(
      await screen.findByRole('region', { name: 'Working' }),
    ).getByRole('listitem');
    expect(row).toHaveTextContent(
      'Cannot query yet: Its IAM policy lets it ask',
    );
    expect(await within(row).findByText('2 of 4 columns')).toBeVisible();
    expect(inRow('ent-ending').getByText('Ends in 3 days')).toBeVisible();
    // Several roles: each row says its own.
    expect(inRow('ent-ending').getByText(/^bi-role · /)).toBeVisible();
  });

  it('renews in one click, for as long as policy allows', async () => {
    const api = new FakeDataMeshApi();
    api.preview = aPreview({
      policy: { ...aPreview().policy!, maxDurationDays: 10, refusals: [] },
      problems: [],
    });
    await openAccess([ending], path, api);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Renew for 30 days/ }),
    );
    await waitFor(() =>
      expect(api.called('createRequests')).toEqual([
        [
          expect.objectContaining({
            kind: 'renew',
            entitlementId: 'ent-ending',
            durationDays: 10,
            purpose: ending.purpose,
          }),
          { idempotencyKey: expect.any(String) },
        ],
      ]),
    );
    await waitFor(() =>
      expect(api.called('listEntitlements').length).toBeGreaterThan(1),
    );
  });

  it('opens the form where policy wants more for a renewal', async () => {
    const api = new FakeDataMeshApi();
    api.preview = aPreview({
      problems: [{ field: 'justification', reason: 'is required' }],
    });
    await openAccess([ending], path, api);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Renew for 30 days/ }),
    );
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/data-mesh/request/default/customer-360?renew=ent-ending',
      ),
    );
    expect(api.called('createRequests')).toEqual([]);
  });

  it('gives up several at once, with what came of each', async () => {
    const api = await openAccess([
      anEntitlementDetail({ id: 'a' }),
      anEntitlementDetail({ id: 'b', version: 3 }),
    ]);
    for (const box of await screen.findAllByRole('checkbox')) {
      await userEvent.click(box);
    }
    await userEvent.click(screen.getByRole('button', { name: 'Give up 2' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getAllByRole('listitem')).toHaveLength(2);
    await userEvent.click(dialog.getByRole('button', { name: 'Give up 2' }));
    expect(await dialog.findAllByText('Being taken away')).toHaveLength(2);
    expect(api.called('relinquishEntitlement')).toEqual([
      ['a', 1, undefined],
      ['b', 3, undefined],
    ]);
  });

  it('filters in the address, by words and by product', async () => {
    await openAccess();
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Filter' }), {
      target: { value: 'risk' },
    });
    await waitFor(() => expect(rows()).toEqual(['ent-failed']));
    expect(screen.getByLabelText('address')).toHaveTextContent('?q=risk');
    fireEvent.change(screen.getByRole('searchbox', { name: 'Filter' }), {
      target: { value: 'zzz' },
    });
    expect(
      await screen.findByText('Nothing matches “zzz”'),
    ).toBeInTheDocument();
  });

  it('shows what is held of one product', async () => {
    await openAccess(
      [
        anEntitlementDetail(),
        anEntitlementDetail({
          id: 'other',
          productRef: 'dataproduct:default/orders',
          productTitle: 'Orders',
        }),
      ],
      `${path}?product=dataproduct:default/orders`,
    );
    await screen.findByRole('region', { name: 'Working' });
    expect(rows()).toEqual(['other']);
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear the filter' }),
    );
    await waitFor(() => expect(rows()).toHaveLength(2));
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
    expect(await screen.findByText(/^Revoked/)).toBeInTheDocument();
    expect(screen.getByText(/project over/)).toBeInTheDocument();
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(
      screen.getByRole('button', { name: /^Ask again: Customer 360/ }),
    ).toHaveAttribute(
      'href',
      '/data-mesh/request/default/customer-360?again=req-1',
    );
    await userEvent.click(screen.getByRole('tab', { name: 'Now' }));
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(/access$/),
    );
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
});
