import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aMe,
  anAnswer,
  anEntitlementDetail,
  aRequestDetail,
  aStep,
  FakeDataMeshApi,
  inDays,
} from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { AccessPage } from '../pages/AccessPage';

const all = anEntitlementDetail({
  actions: ['renew', 'amend', 'narrow', 'reapply', 'relinquish'],
});

async function openAccess(
  entitlement = all,
  api = new FakeDataMeshApi(),
): Promise<FakeDataMeshApi> {
  api.entitlements = [entitlement];
  // As others see it who may read it: by itself on a page.
  api.me = aMe({ userRef: 'user:default/jo.lind', principals: [] });
  await renderPage(<AccessPage />, {
    path: '/data-mesh/access/:id?',
    at: `/data-mesh/access/${entitlement.id}`,
    api,
  });
  await screen.findByRole('article', { name: /^Customer 360/ });
  return api;
}

const inDialog = () => within(screen.getByRole('dialog'));
const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('what is done with an access', () => {
  it.each([
    ['Renew', 'renew'],
    ['Change…', 'amend'],
  ])('leads to the form: %s', async (name, kind) => {
    await openAccess();
    expect(await screen.findByRole('button', { name })).toHaveAttribute(
      'href',
      `/data-mesh/request/default/customer-360?${kind}=ent-1`,
    );
  });

  it('offers only what the backend allows', async () => {
    await openAccess(anEntitlementDetail({ actions: ['relinquish'] }));
    expect(
      await screen.findByRole('button', { name: 'Give up…' }),
    ).toBeVisible();
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: 'Renew' })).toBeNull(),
    );
  });

  it('takes a column and time away, with a reason, naming what goes', async () => {
    const api = await openAccess();
    await press('Narrow…');
    const send = inDialog().getByRole('button', { name: 'Take away' });
    expect(inDialog().getByText('Nothing is taken away yet.')).toBeVisible();
    await userEvent.click(
      await inDialog().findByRole('checkbox', { name: 'segment' }),
    );
    const day = inDays(10).slice(0, 10);
    fireEvent.change(inDialog().getByLabelText('Last day'), {
      target: { value: day },
    });
    expect(
      inDialog().getByRole('region', { name: 'What goes' }),
    ).toHaveTextContent('profiles: segment left out');
    expect(send).toBeDisabled();
    fireEvent.change(inDialog().getByLabelText(/^Reason/), {
      target: { value: 'not needed' },
    });
    await userEvent.click(send);
    await waitFor(() =>
      expect(api.called('narrowEntitlement')).toEqual([
        [
          'ent-1',
          1,
          {
            scope: {
              level: 'read',
              tables: [{ table: 'profiles', columns: ['customer_id'] }],
            },
            expiresAt: `${day}T23:59:59.999Z`,
            reason: 'not needed',
          },
        ],
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('keeps the dialog with the reasons of a refusal', async () => {
    const api = await openAccess();
    api.fail(
      'narrowEntitlement',
      await anAnswer(400, 'InputError', 'not valid', [
        { field: 'expiresAt', reason: 'is over already' },
      ]),
    );
    await press('Narrow…');
    await userEvent.click(
      await inDialog().findByRole('checkbox', { name: 'segment' }),
    );
    fireEvent.change(inDialog().getByLabelText(/^Reason/), {
      target: { value: 'not needed' },
    });
    await userEvent.click(
      inDialog().getByRole('button', { name: 'Take away' }),
    );
    expect(await inDialog().findByText('Is over already')).toBeVisible();
  });

  it('applies again what the system has lost', async () => {
    const api = await openAccess({
      ...all,
      health: 'degraded',
      healthReason: 'AWS Lake Formation lists no grant for it',
    });
    expect(screen.getByText('Not all of it')).toBeVisible();
    expect(
      screen.getByText(/AWS Lake Formation lists no grant for it/),
    ).toBeVisible();
    await press('Apply again');
    await waitFor(() =>
      expect(api.called('reapplyEntitlement')).toEqual([['ent-1', 1]]),
    );
  });

  it.each([
    ['ok', 'As approved'],
    ['unknown', 'Not looked at yet'],
    ['excess', 'More than approved'],
  ] as const)('says of its health %s: %s', async (health, words) => {
    await openAccess({ ...all, health });
    expect(screen.getByText(words)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Apply again' })).toBeNull();
  });

  it('says whether the principal can query, and what is in the way', async () => {
    await openAccess({
      ...all,
      readiness: {
        ready: 'no',
        checkedAt: inDays(-1),
        checks: [
          {
            id: 'link',
            title: 'Resource link',
            state: 'failed',
            words: 'It leads nowhere',
          },
        ],
      },
    });
    expect(
      await screen.findByText('Cannot query yet: Resource link'),
    ).toBeVisible();
  });

  it('shows a change on its way, and starts one again that failed', async () => {
    const api = await openAccess({
      ...all,
      actions: ['retry', 'relinquish'],
      change: {
        kind: 'amend',
        state: 'failed',
        since: inDays(-1),
        requestId: 'req-2',
        scope: {
          level: 'read',
          tables: [{ table: 'profiles', columns: ['customer_id', 'country'] }],
        },
        error: {
          code: 'AccessDeniedException',
          message: 'no',
          kind: 'permanent',
          at: inDays(-1),
        },
      },
    });
    const note = await screen.findByRole('alert');
    expect(note).toHaveTextContent('what was in force before still is');
    expect(note).toHaveTextContent('profiles: country added');
    expect(note).toHaveTextContent('AccessDeniedException: no');
    await userEvent.click(
      await within(note).findByRole('button', { name: 'Retry' }),
    );
    await waitFor(() =>
      expect(api.called('retryEntitlement')).toEqual([['ent-1', 1]]),
    );
  });

  it('says whom a renewal waits for, and that the last one was refused', async () => {
    const api = new FakeDataMeshApi();
    api.requests = [aRequestDetail({ id: 'req-renew', kind: 'renew' })];
    const asked = {
      requesterRef: 'user:default/ana.ruiz',
      createdAt: inDays(-1),
    };
    await openAccess(
      {
        ...all,
        requests: [
          { ...asked, id: 'req-renew', kind: 'renew', state: 'pending' },
          {
            ...asked,
            id: 'req-old',
            kind: 'amend',
            state: 'rejected',
            createdAt: inDays(-3),
          },
        ],
      },
      api,
    );
    const note = await screen.findByText(/A renewal waits/);
    await waitFor(() => expect(note).toHaveTextContent('for team-crm'));
    expect(within(note).getByRole('link', { name: /request/ })).toHaveAttribute(
      'href',
      '/data-mesh/requests/req-renew',
    );
    // What came after it counts, not what was refused before.
    expect(screen.queryByText(/The change was refused/)).toBeNull();
  });

  it('closes what could not be taken back, with a reason', async () => {
    const api = await openAccess(
      anEntitlementDetail({
        state: 'failed',
        failedFrom: 'revoking',
        actions: ['retry', 'close-residue'],
        steps: [aStep({ direction: 'undo', state: 'failed' })],
      }),
    );
    await press('Close with a reason…');
    expect(inDialog().getByRole('listitem')).toHaveTextContent(
      'Revoke SELECT on crm.profiles',
    );
    const close = inDialog().getByRole('button', { name: 'Close' });
    expect(close).toBeDisabled();
    fireEvent.change(inDialog().getByLabelText(/^Reason/), {
      target: { value: 'the account is gone' },
    });
    await userEvent.click(close);
    await waitFor(() =>
      expect(api.called('closeResidue')).toEqual([
        ['ent-1', 1, 'the account is gone'],
      ]),
    );
  });
});
