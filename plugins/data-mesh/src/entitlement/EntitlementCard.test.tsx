import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { EntitlementDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  aMe,
  anAnswer,
  anEntitlementDetail,
  aPrincipal,
  FakeDataMeshApi,
  inDays,
} from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { AccessPage } from '../pages/AccessPage';

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

/** As others see it who may read it: by itself on a page. */
async function openCard(
  entitlement: EntitlementDetail,
  api = new FakeDataMeshApi(),
) {
  api.me = aMe({ userRef: 'user:default/jo.lind', principals: [] });
  api.entitlements = [entitlement];
  await renderPage(<AccessPage />, {
    path: '/data-mesh/access/:id?',
    at: `/data-mesh/access/${entitlement.id}`,
    api,
  });
  await screen.findByRole('article', { name: /^Customer 360/ });
  return api;
}

const inDialog = () => within(screen.getByRole('dialog'));

describe('one access', () => {
  it('says that a rule decided where nobody did', async () => {
    await openCard(anEntitlementDetail({ approvedBy: ['plugin:data-mesh'] }));
    expect(
      await screen.findByRole('article', { name: /^Customer 360/ }),
    ).toHaveTextContent('Decided by a rule');
  });

  it('gives access up after it has shown what goes', async () => {
    const api = await openCard(anEntitlementDetail({ version: 2 }));
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
    const api = await openCard(anEntitlementDetail());
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
    const api = await openCard(failed);
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
    await openCard(anEntitlementDetail());
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
    await openCard(anEntitlementDetail({ port: 'gone' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Where the data is' }),
    );
    expect(
      await screen.findByText(/no longer has port gone of this product/),
    ).toBeInTheDocument();
  });

  it('says that the system gives less than was approved', async () => {
    await openCard(
      anEntitlementDetail({
        health: 'degraded',
        healthReason: 'SELECT on `profiles` is gone',
      }),
    );
    expect(
      await screen.findByText(/Part of it is missing in the system/),
    ).toBeInTheDocument();
  });
});
